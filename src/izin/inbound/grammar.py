"""What a clause means, read as a string with one letter for the kind of each word. Pure."""

import re
from functools import lru_cache

from izin.inbound.lexicon import KINDS
from izin.inbound.patterns import PARTS, SETS, Rule, Verdict
from izin.inbound.rules import KEPT, RULES

_SMALL = PARTS["SMALL"]
_PIECE = re.compile("|".join(sorted((*PARTS, *KINDS), key=len, reverse=True)) + r"|\[[A-Z ]*\]|.")


LONGEST_CLAUSE, STEP = 160, 120  # words


def pieces(clause: str) -> list[str]:
    """The clause, or when it is endless, overlapping pieces of it: so that no text takes more than linear time."""
    if len(clause) <= LONGEST_CLAUSE:
        return [clause]
    return [clause[start : start + LONGEST_CLAUSE] for start in range(0, len(clause) - LONGEST_CLAUSE + STEP, STEP)]


@lru_cache(maxsize=4096)
def judge(clause: str) -> tuple[Verdict, str] | None:
    """What this clause means and by which rule; None when it says nothing of stopping, asking or returning.

    The letters are those of ``lexicon.KINDS``: no word that was written is kept in memory here.
    """
    if _ORDINARY.fullmatch(clause):
        return None
    kept = _KEPT.sub(KINDS["KEEP"], _SENDER.sub("", clause).replace(KINDS["FROM"], ""))
    for verdict, because, rule in _RULES:
        if rule.search(kept):
            return verdict, because
    return ("other", "do_not_stop") if KINDS["KEEP"] in kept else None


def _letters(pattern: str) -> str:
    """The regular expression over letters that a pattern over names stands for."""
    made = ""
    for piece in _PIECE.findall(pattern):
        if piece == " ":
            made += _letters(_SMALL)
        elif piece.startswith("["):
            made += f"[{_set(piece[1:-1])}]"
        else:
            made += _letters(PARTS[piece]) if piece in PARTS else KINDS.get(piece, piece)
    return made


def _set(kinds: str) -> str:
    return "".join(_set(SETS[kind]) if kind in SETS else KINDS[kind] for kind in kinds.split())


def _compiled(rule: Rule) -> re.Pattern[str]:
    conditions = f"(?!.*[{_set(rule.without)}])" if rule.without else ""
    conditions += "".join(f"(?=.*(?:{_letters(pattern)}))" for pattern in rule.having)
    patterns = map(_letters, rule.patterns)
    if not conditions:
        return re.compile("|".join(patterns))
    anchored = (pattern[1:] if pattern.startswith("^") else f".*(?:{pattern})" for pattern in patterns)
    return re.compile(f"^{conditions}(?:{'|'.join(anchored)})")


_RULES = tuple((rule.verdict, rule.because, _compiled(rule)) for rule in RULES)
_KEPT = re.compile(f"(?:{'|'.join(map(_letters, KEPT))}).*$")
# "… from your shop": who sends it, when nothing is taken out of something.
_SENDER = re.compile(
    _letters(
        "(?:FROM[UNKNOWN IT YOU MY ME]{0,2}PLACE|(?<!OUT)FROM[UNKNOWN IT YOU MY ME]{0,2}[THING ORDER])(?!.*[TAKE OUT])"
    )
)
# Words of ordinary talk: a clause of nothing else is not looked at further.
_ORDINARY_KINDS = "UNKNOWN TOPIC ME MY YOU IT MORE DAY DIGITS CAN ASKED WISH NEED GET SAY REPLY LIST COLLECT FROM"
_ORDINARY = re.compile(f"[{_set(_ORDINARY_KINDS)}]*")
