"""The rule of consent against a second statement of it that knows no order: only sets of facts and their own times."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.consent.decision import REFUSALS, Act, Decision, Fact, State, decide

DAWN = datetime(2026, 1, 1, tzinfo=UTC)
LIFETIME = timedelta(days=10)
# The acts of asking, agreeing and refusing. Whatever else may happen to a consent has tests of its own.
ACTS = (Act.REQUESTED, Act.GIVEN, Act.ATTESTED, Act.WITHDRAWN, Act.OBJECTED)
DAYS = tuple(DAWN + timedelta(days=day) for day in (0, 1, 2))
# Just before, at, and after the end of a consent of each day, and a moment when all still hold.
MOMENTS = (DAYS[2], DAYS[0] + LIFETIME - timedelta.resolution, *(day + LIFETIME for day in DAYS))


def plainly(facts: Sequence[Fact], at: datetime) -> Decision:
    """What the law asks for, said without walking through the story in order."""
    refused = [fact for fact in facts if fact.act in REFUSALS]
    lifted_by = [fact for fact in facts if fact.act is Act.GIVEN]
    attested = [fact for fact in facts if fact.act is Act.ATTESTED]
    if refused:
        last = max(refused, key=lambda fact: (fact.at, str(fact.id)))
        lifted_by = [fact for fact in lifted_by if fact.at > last.at]
        if not lifted_by:
            return Decision(State.REFUSED, last.id)
        lifted = min(fact.at for fact in lifted_by)
        attested = [fact for fact in attested if fact.at >= lifted]
    agreed = [*lifted_by, *attested]
    if agreed:
        newest = max(fact.at for fact in agreed)
        own = sorted((str(fact.id), fact.id) for fact in lifted_by if fact.at == newest)
        brought = sorted((str(fact.id), fact.id) for fact in attested if fact.at == newest)
        because = own[-1][1] if own else brought[0][1]
        until = newest + LIFETIME
        return Decision(State.GRANTED if at < until else State.EXPIRED, because, until)
    if facts:
        return Decision(State.PENDING, min(facts, key=lambda fact: (fact.at, str(fact.id))).id)
    return Decision(State.UNKNOWN)


def stories(most: int) -> Iterator[tuple[Fact, ...]]:
    """Every story of up to ``most`` facts over these acts and three days, in every order of arrival, ties included."""
    for length in range(most + 1):
        for told in product(product(ACTS, DAYS), repeat=length):
            yield tuple(Fact(number, act, day) for number, (act, day) in enumerate(told))


def test_every_short_story_is_decided_as_the_law_asks() -> None:
    count = 0
    for story in stories(4):
        for at in MOMENTS[:1] if len(story) == 4 else MOMENTS:
            assert decide(story, at, LIFETIME) == plainly(story, at), (story, at)
        count += 1
    assert count == sum((len(ACTS) * len(DAYS)) ** length for length in range(5))


def test_arrival_order_is_irrelevant() -> None:
    for story in stories(3):
        expected = decide(story, DAYS[2], LIFETIME)
        for order in permutations(story):
            assert decide(order, DAYS[2], LIFETIME) == expected, order


def test_no_story_whose_last_act_is_a_refusal_is_granted() -> None:
    for story in stories(3):
        for refusal, day in product(REFUSALS, DAYS):
            if all(fact.at <= day for fact in story):  # at the same instant as a yes, the no counts
                ended = (*story, Fact("no", refusal, day))
                assert decide(ended, DAYS[2], LIFETIME).state is State.REFUSED, ended


def test_neither_an_import_nor_a_question_lifts_a_refusal() -> None:
    later = [Fact(name, act, DAYS[2]) for name, act in (("a", Act.ATTESTED), ("b", Act.REQUESTED), ("c", Act.ATTESTED))]
    for story in stories(3):
        if decide(story, DAYS[2], LIFETIME).state is State.REFUSED:
            assert decide((*story, *later), DAYS[2], LIFETIME) == decide(story, DAYS[2], LIFETIME)


def test_being_asked_again_changes_nothing_that_was_decided() -> None:
    for story in stories(3):
        before = decide(story, DAYS[2], LIFETIME)
        asked = decide((*story, Fact("z", Act.REQUESTED, DAYS[2])), DAYS[2], LIFETIME)
        assert asked == (before if before.state is not State.UNKNOWN else Decision(State.PENDING, "z"))


def test_only_the_persons_own_act_leads_out_of_a_refusal() -> None:
    for story in stories(2):
        if decide(story, DAYS[2], LIFETIME).state is not State.REFUSED:
            continue
        for act in ACTS:
            after = decide((*story, Fact("z", act, DAYS[2] + timedelta(seconds=1))), DAYS[2], LIFETIME)
            assert (after.state is State.GRANTED) == (act is Act.GIVEN)


def test_brought_evidence_never_shortens_a_consent() -> None:
    for story in stories(3):
        before = decide(story, DAYS[2], LIFETIME)
        for day in DAYS:
            after = decide((*story, Fact("z", Act.ATTESTED, day)), DAYS[2], LIFETIME)
            if before.state is State.GRANTED:
                assert after.state is State.GRANTED
                assert after.valid_until is not None and before.valid_until is not None
                assert after.valid_until >= before.valid_until


@pytest.mark.parametrize("act", [Act.GIVEN, Act.ATTESTED])
def test_a_consent_ends_exactly_at_its_end(act: Act) -> None:
    fact = Fact(1, act, DAWN)
    end = DAWN + LIFETIME
    assert decide([fact], end - timedelta.resolution, LIFETIME) == Decision(State.GRANTED, 1, end)
    assert decide([fact], end, LIFETIME) == Decision(State.EXPIRED, 1, end)


def test_a_tie_names_the_same_evidence_in_every_order() -> None:
    for act in ACTS:
        twins = [Fact(name, act, DAWN) for name in ("a", "b", "c")]
        assert len({decide(order, DAWN, LIFETIME).because for order in permutations(twins)}) == 1


MOMENT = st.integers(0, 30).map(lambda day: DAWN + timedelta(days=day))


@given(st.lists(st.tuples(st.sampled_from(ACTS), MOMENT), max_size=25), MOMENT, st.randoms(use_true_random=False))
def test_long_stories_are_decided_alike(told: list[tuple[Act, datetime]], at: datetime, chance: object) -> None:
    story = [Fact(number, act, moment) for number, (act, moment) in enumerate(told)]
    expected = plainly(story, at)
    assert decide(story, at, LIFETIME) == expected
    chance.shuffle(story)  # type: ignore[attr-defined]
    assert decide(story, at, LIFETIME) == expected
