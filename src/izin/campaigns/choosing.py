"""Which of two templates goes to the rest, by a rule that stands before the figures are known. Pure.

Fewer refusals come first, since each is a person lost; then more readers. A difference counts only when chance alone
would rarely make it: when the two shares lie further apart than twice their standard error (about one time in twenty
by chance), with enough people and cases for that to be true of them. Otherwise nobody has won, and the first template,
which the author chose, goes to the rest.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from izin.campaigns.staging import Signals

Winner = Literal["first", "variant", "none"]
Rule = Literal["refusals", "reads", "chance", "few"]

LEAST_EACH: Final = 50  # people who got each of the two
LEAST_CASES: Final = 5  # of what is compared, in both together
ERRORS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Choice:
    """``rule`` says by what it was won, or why nobody did."""

    winner: Winner
    rule: Rule


def choose(first: Signals, variant: Signals) -> Choice:
    """The winner between the two groups, out of what they answered with until now."""
    if min(first.sent, variant.sent) < LEAST_EACH:
        return Choice("none", "few")
    refused, refused_variant = first.opt_outs + first.blocks, variant.opt_outs + variant.blocks
    if differ(refused, first.sent, refused_variant, variant.sent):
        return Choice(_larger(refused_variant / variant.sent, refused / first.sent), "refusals")
    if differ(first.read, first.sent, variant.read, variant.sent):
        return Choice(_larger(first.read / first.sent, variant.read / variant.sent), "reads")
    return Choice("none", "chance")


def differ(cases: int, of: int, other_cases: int, of_others: int) -> bool:
    """Whether two shares lie further apart than ``ERRORS`` times the standard error of their difference."""
    if cases + other_cases < LEAST_CASES:
        return False
    both = min(1.0, (cases + other_cases) / (of + of_others))
    error = sqrt(both * (1 - both) * (1 / of + 1 / of_others))
    return abs(cases / of - other_cases / of_others) > ERRORS * error


def _larger(first: float, variant: float) -> Winner:
    return "first" if first > variant else "variant"
