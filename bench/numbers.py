"""The numbers of the benchmark's senders and people: made up, and reached by nobody but the sink."""

PEOPLE_IN_A_LANE = 500_000


def phone(lane: int) -> str:
    """The id of a sender number."""
    return f"1065403522{lane:05}"


def number(lane: int, place: int) -> str:
    """The number of somebody."""
    return f"+6011{10_000_000 + lane * PEOPLE_IN_A_LANE + place}"
