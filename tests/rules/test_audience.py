"""The rules of an audience in plain values: what was chosen comes back, what cannot be is refused with its place."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.campaigns import audience
from izin.campaigns.audience import (
    Audience,
    Consent,
    Countries,
    InvalidAudience,
    Languages,
    Reached,
    Read,
    Replied,
    RepliedTo,
    Tags,
)
from izin.contacts import tag_words

DAYS = st.integers(0, audience.MOST_DAYS)
ids = st.lists(st.uuids().map(str), min_size=1, max_size=3).map(tuple)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


consents = st.builds(
    lambda days, ways: Consent(min(days), max(days), ways), st.tuples(DAYS, DAYS), some("qr", "paper", "web_form")
)
RULES = (
    some("vip", "ibu bapa", "2026").map(Tags),
    some("ms", "en", "zh").map(Languages),
    some("MY", "SG").map(Countries),
    consents,
    DAYS.map(Replied),
    DAYS.map(Read),
    ids.map(Reached),
    ids.map(RepliedTo),
)
sides = st.tuples(*(st.none() | rule for rule in RULES)).map(lambda rules: tuple(one for one in rules if one))


@given(sides, sides)
def test_what_was_chosen_comes_back(include: tuple, exclude: tuple) -> None:
    chosen = Audience(include, exclude)
    assert audience.from_json(chosen.as_json()) == chosen
    assert chosen.is_everybody == (not include and not exclude)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(["tags", "kind", "include"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["kind", "include", "exclude", "tags", "days"]), inner, max_size=3)
        ),
    )
)
def test_anything_else_is_refused_and_nothing_breaks(told: object) -> None:
    try:
        read = audience.from_json(told)
    except InvalidAudience as refused:
        assert refused.code
        return
    assert audience.from_json(read.as_json()) == read


@pytest.mark.parametrize(
    ("rules", "code", "place"),
    [
        ([Tags(())], "empty", "include.tags"),
        ([Tags(("012-345 6789",))], "unknown_value", "include.tags"),
        ([Tags(("VIP",))], "unknown_value", "include.tags"),
        ([Tags(("vip",)), Tags(("vip",))], "twice", "include.tags"),
        ([Languages(("malay",))], "unknown_value", "include.languages"),
        ([Countries(("my",))], "unknown_value", "include.countries"),
        ([Replied(-1)], "days_out_of_range", "include.replied"),
        ([Read(True)], "days_out_of_range", "include.read"),
        ([Consent()], "empty", "include.consent"),
        ([Consent(30, 7)], "never", "include.consent"),
        ([Reached(("x",))], "unknown_value", "include.reached"),
        ([Reached((str(uuid4()),) * 101)], "too_many", "include.reached"),
    ],
)
def test_each_mistake_names_its_place(rules: list, code: str, place: str) -> None:
    with pytest.raises(InvalidAudience) as refused:
        Audience(include=tuple(rules))
    assert (refused.value.code, refused.value.place) == (code, place)


@pytest.mark.parametrize(
    ("written", "kept"), [(" VIP ", "vip"), ("Ibu  bapa", "ibu bapa"), ("SPM 2026", "spm 2026"), ("家长", "家长")]
)
def test_a_tag_is_a_short_word(written: str, kept: str) -> None:
    assert tag_words.read(written) == kept
    assert tag_words.read(kept) == kept


@pytest.mark.parametrize("written", ["", "x" * 31, "012-345 6789", "siti@kedai.my", "900101-14-5678", "<b>", "+60"])
def test_no_number_and_no_address_is_a_tag(written: str) -> None:
    with pytest.raises(tag_words.BadTag):
        tag_words.read(written)
