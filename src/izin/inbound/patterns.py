"""What a rule is, and the parts that its patterns are written with. Pure data.

One rule reads all languages: DONT SEND is jangan hantar, don't send, 不要发 and nie wysyłajcie. A pattern is a regular
expression over the names of ``lexicon.KINDS`` and of ``PARTS``; where it has a space, words that change nothing (me,
you, this, already) may stand; ``[A B]`` is one word of either kind.
"""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["stop_all", "hold", "my_data", "resume", "join", "help", "other"]

PARTS = {
    "SMALL": "[ME MY YOU IT MORE]*",
    "FILL": "[ME MY YOU IT MORE DAY]*",
    "ASKING": "[ME WISH CAN]*",
    "FEW": "(?:[UNKNOWN WISH CAN DAY TIME OFTEN CALL REPLY LIKE ANGER NUMBER PERCEIVE SAY] ){0,2}",
    "BEFORE": "[VENDAM ANGER WISH CAN NEED ME MY YOU IT MORE SAY OFTEN REFUSE LIKE DAY MESSAGE ADVERT SEND GET NO ENDS]*",
    "AFTER": "[ANGER CAN ME MY YOU IT MORE DAY ENDS REFUSE CONSENT ONLY]*",
    "END": "ASKED?$",
    "REFUSAL": "(?:[DONT NOT NO NEGATE](?: MORE)? [WISH NEED LIKE]+|DONT|NO MORE|NEGATE(?= SEND|.*MORE))",
    "CANCELLED": "CANCEL FEW [MESSAGE ADVERT SUBSCRIPTION]",
    "STOPPED": "[STOP LEAVE] FEW [CONTACT]",
}
# Kinds that go together; allowed inside brackets too.
SETS = {
    "ENDS": "STOP LEAVE CANCEL",
    "CONTACT": "SEND BOTHER MESSAGE ADVERT SUBSCRIPTION",
    "TOPIC": "THING ORDER PLACE MEDIA",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``having``: patterns that must all stand somewhere in the clause; ``without``: kinds that must not."""

    verdict: Verdict
    because: str
    patterns: tuple[str, ...]
    having: tuple[str, ...] = ()
    without: str = ""


def rule(verdict: Verdict, because: str, *patterns: str, having: tuple[str, ...] | str = (), without: str = "") -> Rule:
    return Rule(verdict, because, patterns or ("",), (having,) if isinstance(having, str) else having, without)
