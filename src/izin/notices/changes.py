"""What a new wording changes, and whether those who agreed to the old one still know what they agreed to. Pure.

GDPR Art. 13(3); WP260 ¶29-31; EDPB 05/2020 ¶110; PDPA s.7(2)(c).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, Mapping[str, str]]

# A change in one of these is a change of what was agreed to: who, what for, who else, where. Saying for the first time
# what was not said before tells more and changes nothing.
AGREED_TO = frozenset({"statement", "controller", "recipients", "transfers"})
WORDING, TELL, ASK = "wording", "tell", "ask"
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs. ``weight``: wording (nothing to do), tell (people are told), ask (a new consent)."""

    slot: str
    language: str
    before: str
    after: str
    weight: str


def changes(before: Texts, after: Texts) -> list[Change]:
    """Every part whose text differs, in the order in which the parts are read."""
    found = []
    for slot in dict.fromkeys(slot for texts in (after, before) for slots in texts.values() for slot in slots):
        for language in sorted({*before, *after}, reverse=True):
            old, new = (texts.get(language, {}).get(slot, "") for texts in (before, after))
            if old != new:
                found.append(Change(slot, language, old, new, _weight(slot, old, new)))
    return found


def asks_anew(found: list[Change]) -> bool:
    """Whether consents to the old wording no longer cover the new one."""
    return any(change.weight == ASK for change in found)


def _weight(slot: str, old: str, new: str) -> str:
    if _bare(old) == _bare(new):
        return WORDING
    return ASK if old and slot in AGREED_TO else TELL


def _bare(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())
