"""What changed between two versions of a text, word by word. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\s+|\S+")
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed (``same``), was taken out (``old``) or came in (``new``)."""

    kind: Literal["same", "old", "new"]
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Both texts as one; without the ``new`` pieces it is ``before``, without the ``old`` ones ``after``."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found: list[Piece] = []
    for verdict, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verdict == "equal":
            found.append(Piece("same", "".join(old[i:j])))
            continue
        found += [Piece("old", "".join(old[i:j]))] if j > i else []
        found += [Piece("new", "".join(new[k:m]))] if m > k else []
    return found


def changed_slots(before: Texts, after: Texts, slots: Sequence[str]) -> list[str]:
    """The parts whose text differs in any language, in the order given."""
    languages = set(before) | set(after)
    return [
        slot
        for slot in slots
        if any(before.get(one, {}).get(slot, "") != after.get(one, {}).get(slot, "") for one in languages)
    ]
