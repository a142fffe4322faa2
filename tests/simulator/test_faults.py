"""The fault plan strikes whom it should, as often as it should."""

import msgspec
import pytest

from izin_simulator.faults import FaultPlan


def deeds(plan: FaultPlan, *people: str) -> list[str | None]:
    struck = [plan.strike(person) for person in people]
    return [fault.deed if fault else None for fault in struck]


def test_times_every_and_person() -> None:
    plan = FaultPlan.of(
        [
            {"match": {"to": "+60 12-345 6789"}, "do": "drop", "times": 1},
            {"match": {"every": 3}, "do": "error", "code": 130429, "http": "reset"},
        ]
    )
    assert deeds(plan, "60123456789", "1", "2", "3", "60123456789") == ["drop", None, None, "reset", None]
    assert plan.struck() == [1, 1]


def test_all_is_the_default() -> None:
    assert deeds(FaultPlan.of([{"do": "html500", "times": 2}]), "1", "2", "3") == ["html500", "html500", None]
    assert deeds(FaultPlan.of([]), "1") == [None]


@pytest.mark.parametrize(
    "wrong", [{}, [{"do": "explode"}], [{"do": "drop", "match": "some"}], [{"do": "drop", "match": {"every": 0}}]]
)
def test_a_plan_that_cannot_be_understood_is_refused(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        FaultPlan.of(wrong)


def test_a_person_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="phone number"):
        FaultPlan.of([{"do": "drop", "match": {"to": "Ali"}}])
