"""What a person's acts decide, by a second implementation of the rule that Izin states in its own documents.

Acts count by their own time, whatever the order of their arrival; of two at one instant the refusal counts. Only the
person's own act lifts a refusal; imported evidence and questions never do. An unclear wish holds until it is decided.
A consent ends with its lifetime. Imported evidence weaker than the purpose accepts grants nothing: it leaves the person
to be asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from izin_verify.acts import Act, read_time

REFUSING = ("withdrawn", "objected")
CAUTION = {"withdrawn": 2, "objected": 2, "held": 1}


@dataclass(slots=True)
class Standing:
    """How one purpose stands for one person; ``until`` is the end of a consent."""

    state: str = "unknown"
    until: datetime | None = None
    held: bool = False
    paused_until: datetime | None = None

    def name_at(self, moment: datetime) -> str:
        """granted, paused, expired, refused, held, pending or unknown."""
        if self.held and self.state != "refused":
            return "held"
        if self.state != "granted":
            return self.state
        if self.until is not None and self.until <= moment:
            return "expired"
        return "paused" if self.paused_until is not None and self.paused_until > moment else "granted"


@dataclass(frozen=True, slots=True)
class Rule:
    """What the ledger says of a purpose: how long a consent holds, and from which grade on imported evidence counts."""

    lifetime: timedelta
    least_grade: int = 1


def decide(found: Iterable[Act], purpose: str, rule: Rule, moment: datetime) -> str:
    """How this purpose stands at ``moment`` for the one person whose acts these are."""
    standing = Standing()
    acts = [act for act in found if act.public["purpose"] in (None, purpose)]
    for act in sorted(acts, key=lambda act: (act.at, CAUTION.get(act.public["act"], 0))):
        _apply(standing, act, rule)
    return standing.name_at(moment)


def _apply(standing: Standing, act: Act, rule: Rule) -> None:
    name = act.public["act"]
    if name == "held":
        standing.held = True
    elif name == "released":
        standing.held = False
    elif name == "paused":
        standing.paused_until = read_time(act.public.get("until"), f"entry {act.entry}")
    elif name in REFUSING:
        standing.state, standing.until, standing.held = "refused", None, False
    elif name == "given":
        standing.state, standing.until, standing.held, standing.paused_until = (
            "granted",
            act.at + rule.lifetime,
            False,
            None,
        )
    elif standing.state == "refused":
        return
    elif name == "attested" and act.public.get("grade", 1) >= rule.least_grade:
        ends = act.at + rule.lifetime
        standing.until = max(ends, standing.until) if standing.state == "granted" and standing.until else ends
        standing.state = "granted"
    elif standing.state == "unknown":
        standing.state = "pending"
