"""How strong the evidence behind a consent is, and what each way of consenting can reach. Pure.

GDPR Art. 7(1) and PDPA s.6 ask the controller to show that the person consented. What shows it best is the person's own
message from the own number, which Izin received itself. An import brings somebody else's record of an earlier act: a
row that names its single proof (a scan, a log line, a recording) can be checked by anybody who opens it; a row that
only states when, how, under which notice and where rests on the organisation's word.
"""

from enum import IntEnum


class Grade(IntEnum):
    """The stronger the higher. Something without date, way, notice version or source has no grade and is not kept."""

    STATED = 1
    DOCUMENTED = 2
    OWN_ACT = 3


# What each way of consenting reaches: by the person's message to us, in a file with the row's proof, in a file without.
# The own WhatsApp message and the web form that ends in one are the person's act; a form elsewhere is a record of it.
WAYS: dict[str, tuple[Grade | None, Grade | None, Grade | None]] = {
    "wa_keyword": (Grade.OWN_ACT, Grade.DOCUMENTED, Grade.STATED),
    "wa_button": (Grade.OWN_ACT, None, None),
    "web_form": (Grade.OWN_ACT, Grade.DOCUMENTED, Grade.STATED),
    "qr": (Grade.OWN_ACT, Grade.DOCUMENTED, Grade.STATED),
    "paper": (None, Grade.DOCUMENTED, Grade.STATED),
    "counter": (None, Grade.DOCUMENTED, Grade.STATED),
    "call": (None, Grade.DOCUMENTED, Grade.STATED),
}


def grade_of(method: str, *, own_act: bool = False, proof: bool = False) -> Grade | None:
    """The grade of a consent given in this way: by the person's own message to us, or brought by a file.

    ``proof``: the row names the single proof. None for a way by which no such consent can come.
    """
    by_message, proven, stated = WAYS.get(method, (None, None, None))
    return by_message if own_act else proven if proof else stated
