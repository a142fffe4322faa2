"""Answers that are a keyword and little more: an opt-in code, yes, help, my data, start again. Pure."""

import re

from izin.inbound.lexicon import ANSWERS, FINE, JOINING, KINDS, YES, Answer
from izin.inbound.normalise import Reply
from izin.inbound.spelling import kinds_of

LONGEST_ANSWER = 8  # words
_GLUED = re.compile(r"^(join|sertai)[-_:]")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{2,15}")
_FIGURE = re.compile(r"[\d-]")  # every code but one right after "join" or "sertai" has one
_DATA_CODE = re.compile(r"(?:data\s+saya|my\s+data)[\s:,.-]+((?=[a-z]*\d)[a-hj-np-z2-9]{8})[.!]?")
_PIECE = re.compile(r"""[a-z0-9-]+|[^\sa-z0-9:;,.!?"'()*_“”‘’«»「」『』-]+""")
# Beside a code only words may stand that change nothing: "hai, saya nak sertai kod F4ZK9QMT ya".
_BESIDE_CODE = frozenset(KINDS[kind] for kind in "ME MY YOU IT WISH CAN SUBSCRIPTION".split())
_BESIDE_YES = frozenset(
    KINDS[kind] for kind in "ME MY IT YOU WISH GET CONSENT SEND MESSAGE ADVERT CAN SUBSCRIPTION".split()
)


def opt_in_code(folded: str) -> str | None:
    """The code that this message, in lower case, sends to join, in capitals; None when it is about something else.

    A word for joining and the code alone may be any code that an organisation chose; with more words around it, it
    must look like a code (letters and figures).
    """
    if len(folded) > 128 or not (folded.startswith(("join", "sertai")) or _FIGURE.search(folded)):
        return None
    pieces: list[str] = _PIECE.findall(_GLUED.sub(r"\1 ", folded))
    if len(pieces) > LONGEST_ANSWER or JOINING.isdisjoint(pieces):
        return None
    place = next(place for place, piece in enumerate(pieces) if piece in JOINING)
    rest = pieces[:place] + pieces[place + 1 :]
    if not place and len(rest) == 1 and pieces[0] in ("join", "sertai") and _CODE.fullmatch(rest[0]):
        return rest[0].upper()
    codes = [piece for piece in pieces[place + 1 :] if _CODE.fullmatch(piece) and _is_mixed(piece)]
    others = [piece for piece in rest if piece not in codes and piece not in JOINING and piece not in ("kod", "code")]
    if len(codes) != 1 or not all(set(kinds_of(other)) <= _BESIDE_CODE for other in others):
        return None
    return codes[0].upper()


def data_code(folded: str) -> str | None:
    """The code that this message, in lower case, sends to prove its number, in capitals ("data saya K7QWRT2Z").

    Such a code has a figure, so that no word is taken for one; None for whatever else is said.
    """
    found = _DATA_CODE.fullmatch(folded.strip())
    return found[1].upper() if found and kinds_of(found[1]) not in (KINDS["STOP"], KINDS["LEAVE"]) else None


def _is_mixed(piece: str) -> bool:
    return len(piece) >= 5 and not piece.isalpha() and not piece.replace("-", "").isdigit()


def short_answer(reply: Reply) -> Answer | None:
    """What the keywords of yes, help, data and return say, with or without politeness; None when none is said."""
    words = reply.words
    if not 0 < len(words) <= LONGEST_ANSWER:
        return None
    answer = ANSWERS.get(" ".join(words)) or ANSWERS.get(" ".join(word for word in words if kinds_of(word)))
    if answer is None and not reply.folded.isascii():
        answer = ANSWERS.get("".join(words))
    return answer


def says_yes(reply: Reply) -> bool:
    """ "ya saya nak terima", "yes that's fine": a yes and only words that may stand beside one."""
    words = reply.words
    if YES.isdisjoint(words) or any(asks for _, asks in reply.clauses):
        return False
    beside = [word for word in words if word not in YES and word not in FINE]
    return all(set(kinds_of(word)) <= _BESIDE_YES for word in beside)
