"""Any mixture of joins, imports, questions and refusals against a model of sixty lines that knows no database."""

from collections import defaultdict
from datetime import datetime, timedelta

import consent_cast as cast
from consent_cast import NOON, number, person
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from izin.consent import joining, records
from izin.consent.decision import Act
from izin.consent.models import Standing
from izin.consent.records import NewFact
from izin.contacts import book
from izin.lib import clock
from izin.lib.phone import PhoneNumber
from izin.organisations.scope import scope

PEOPLE = range(4)
LIFETIME = timedelta(days=200)
EVERYTHING = None


class Model:
    """What everybody said, and for which purposes nothing more may be asked of them."""

    def __init__(self, purposes: list[str]) -> None:
        self.purposes = purposes
        self.in_book: set[int] = set()
        self.yes: dict[tuple[int, str], list[tuple[datetime, bool]]] = defaultdict(list)  # (when, the person's own act)
        self.no: dict[tuple[int, str | None], list[datetime]] = defaultdict(list)
        self.asked: set[tuple[int, str]] = set()
        self.silent: set[tuple[int, str | None]] = set()

    def standing(self, who: int, purpose: str) -> tuple[str, datetime | None] | None:
        refused = max(self.no[who, purpose] + self.no[who, EVERYTHING], default=None)
        yes = sorted(self.yes[who, purpose])
        if refused is not None:
            own = [at for at, by_self in yes if by_self and at > refused]
            yes = [(at, by_self) for at, by_self in yes if own and at >= own[0]]
        if who not in self.in_book:
            return None
        if yes:
            return "granted", yes[-1][0] + LIFETIME
        if refused is not None:
            return "refused", None
        return ("pending", None) if (who, purpose) in self.asked else None

    def join(self, who: int, purposes: list[str], at: datetime) -> None:
        self.in_book.add(who)
        for purpose in purposes:
            self.yes[who, purpose].append((at, True))
        for purpose in purposes:
            stands = self.standing(who, purpose)
            if stands is not None and stands[0] == "granted":
                if (who, EVERYTHING) in self.silent:
                    self.silent |= {(who, other) for other in self.purposes}
                self.silent -= {(who, EVERYTHING), (who, purpose)}

    def bring(self, who: int, purpose: str, at: datetime, now: datetime) -> str:
        refused = self.standing(who, purpose) == ("refused", None)
        if refused or {(who, purpose), (who, EVERYTHING)} & self.silent:
            return "kept_refused"
        if at + LIFETIME <= now:
            return "expired"
        self.in_book.add(who)
        self.yes[who, purpose].append((at, False))
        return "granted"

    def refuse(self, who: int, purpose: str | None, at: datetime) -> None:
        self.no[who, purpose].append(at)
        self.silent.add((who, purpose))


WHO = st.sampled_from(PEOPLE)
AGO = st.sampled_from([0, 1, 30, 150, 199, 200, 300]).map(lambda days: timedelta(days=days))
ONE = st.integers(0, 2)


class Story(RuleBasedStateMachine):
    """Runs each step for real and in the model; whoever and whatever for, both must say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.frozen = clock.frozen(NOON)
        self.hands = self.frozen.__enter__()
        self.house = cast.found(lifetime_days=LIFETIME.days)
        self.model = Model(list(self.house.purposes))

    def purpose(self, index: int) -> str:
        return self.model.purposes[index % len(self.model.purposes)]

    @rule(who=WHO, indexes=st.sets(ONE, min_size=1), late=st.sampled_from([timedelta(), timedelta(minutes=90)]))
    def joins(self, who: int, indexes: set[int], late: timedelta) -> None:
        purposes = sorted({self.purpose(index) for index in indexes})
        at = clock.now() - late
        with scope(self.house.id):
            choices = [(self.house.purposes[key], self.house.versions[key]) for key in purposes]
            code = joining.issue_code(choices, language="ms", shown_at=at)
            joined = joining.redeem(code, PhoneNumber(number(who)), at=at, message_id="wamid.1", text=code)
        self.model.join(who, purposes, at)
        welcomed = {key for key in purposes if (self.model.standing(who, key) or ("",))[0] == "granted"}
        assert {one.key for one in joined.purposes} == welcomed if joined else not welcomed

    @rule(rows=st.lists(st.tuples(WHO, AGO, st.booleans()), max_size=4, unique_by=lambda row: row[0]), index=ONE)
    def imports(self, rows: list[tuple[int, timedelta, bool]], index: int) -> None:
        purpose, expected = self.purpose(index), defaultdict(int)
        lines = []
        for who, ago, says_no in rows:
            at = (clock.now() - ago).isoformat(timespec="seconds")
            lines.append(cast.line(who, consented=at, notice=f"{purpose}@1", withdrawn=at if says_no else ""))
        file = self.house.take_in(*lines, f"# {clock.now()}", purpose=purpose)
        for who, ago, says_no in rows:
            if not says_no:
                expected[self.model.bring(who, purpose, clock.now() - ago, clock.now())] += 1
        for who, ago, says_no in rows:
            if says_no:
                self.model.refuse(who, EVERYTHING, clock.now() - ago)
        assert (file.granted, file.kept_refused) == (expected["granted"], expected["kept_refused"])
        assert file.withdrawn == sum(says_no for _, _, says_no in rows)
        assert cast.accounted(file) == file.rows == len(rows) + 1

    @rule(who=WHO, index=st.none() | ONE, late=AGO, act=st.sampled_from([Act.WITHDRAWN, Act.OBJECTED]))
    def refuses(self, who: int, index: int | None, late: timedelta, act: Act) -> None:
        purpose = None if index is None else self.purpose(index)
        at = clock.now() - late
        with scope(self.house.id):
            what = self.house.purposes[purpose] if purpose else None
            records.withdraw("phone", number(who), method="wa_keyword", at=at, purpose=what, act=act)
        self.model.refuse(who, purpose, at)

    @rule(who=WHO, index=ONE)
    def is_asked(self, who: int, index: int) -> None:
        purpose = self.purpose(index)
        with scope(self.house.id):
            if who in self.model.in_book:
                fact = NewFact(person(who), Act.REQUESTED, "staff", clock.now(), self.house.purposes[purpose])
                records.request([fact])
                self.model.asked.add((who, purpose))

    @precondition(lambda self: len(self.model.purposes) < 3)
    @rule()
    def a_purpose_is_added(self) -> None:
        with scope(self.house.id):
            cast.add(self.house, "acara", LIFETIME.days)
        self.model.purposes.append("acara")

    @rule(by=st.sampled_from([timedelta(minutes=1), timedelta(days=60)]))
    def time_passes(self, by: timedelta) -> None:
        self.hands.move(by)

    @invariant()
    def every_standing_is_the_models(self) -> None:
        self.hands.move(timedelta(seconds=1))
        with scope(self.house.id):
            who_is = {person.id: value for value, person in book.find_many("phone", map(number, PEOPLE)).items()}
            rows = Standing.objects.select_related("purpose")
            real = {(who_is[row.contact_id], row.purpose.key): (row.standing, row.valid_until) for row in rows}
        model = {
            (number(who), purpose): stands
            for who in PEOPLE
            for purpose in self.model.purposes
            if (stands := self.model.standing(who, purpose)) is not None
        }
        assert real == model
        assert set(who_is.values()) == {number(who) for who in self.model.in_book}

    def teardown(self) -> None:
        try:
            assert self.house.problems() == []
        finally:
            self.frozen.__exit__(None, None, None)


def test_every_story_leaves_the_standings_of_the_model(opened: None) -> None:
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=40, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
