"""What a reply means. Pure.

Nobody has to know a keyword: "any wording" stops (law.md C-04; PDPA s.43, GDPR Art. 7(3) and 21). A wrong stop costs a
customer who can rejoin with one tap, a missed one is an infringement; what is undecided is therefore held for a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from izin.inbound.grammar import judge, pieces
from izin.inbound.keywords import data_code, opt_in_code, says_yes, short_answer
from izin.inbound.lexicon import ASKING, EMOJI_ALONE, EMOJI_REACTION, EMOJI_WORDS, FOREIGN, KINDS, MULTI
from izin.inbound.normalise import Reply, normalise
from izin.inbound.purposes import named_purpose
from izin.inbound.resembling import LIKE_A_STOP, LIKE_TALK, SURELY_A_STOP, resemblance
from izin.inbound.spelling import INNOCENT, kinds_of
from izin.whatsapp.optout import BUTTONS

Intent = Literal["stop_all", "stop_purpose", "hold", "confirm", "join", "help", "my_data", "resume", "other"]
Confidence = Literal["certain", "likely", "unsure"]
LONGEST = 4096  # of a WhatsApp text
WORDLESS = frozenset(
    {"audio", "voice", "image", "video", "sticker", "document", "unsupported", "edit", "revoke", "unknown"}
)
_JOIN_PAYLOAD = re.compile(r"join:([A-Za-z0-9-]{3,16})")
_PRESSED = frozenset(text for texts in BUTTONS.values() for text in texts)
_TOPIC = re.compile(f"[{KINDS['THING']}{KINDS['ORDER']}{KINDS['PLACE']}]")
_SENT = re.compile("[{MESSAGE}{ADVERT}{NUMBER}{CALL}{WHO}{SUBSCRIPTION}]".format_map(KINDS))
_COLLECTED = KINDS["COLLECT"]
_REFUSING = re.compile(f"[{EMOJI_WORDS}]")
_REFUSING_ALONE = re.compile(f"[{EMOJI_ALONE}]")
_RANK = {"stop_all": 4, "hold": 3, "my_data": 2, "resume": 1, "join": 1, "help": 1, "other": 0}
# Holds in which a stop was meant but not for everything; with a purpose that we know it is a stop for that one.
_OPEN = frozenset({"nothing_said", "another_matter"})
# What a clause must hold to be doubted at first sight: a word that we do not know, or one that refuses, asks or blames.
_CURIOUS = re.compile(
    "[{UNKNOWN}{STOP}{LEAVE}{CANCEL}{DONT}{NOT}{NO}{NEGATE}{REFUSE}{VENDAM}{TAKE}{OUT}{BACK}{OBJECT}{REPORT}{BOTHER}{OFTEN}"
    "{ANGER}{PAUSE}{WRONG}{MOVED}{WHO}{WHY}{HOW}{CANNOT}]".format_map(KINDS)
)
# Holds that beside goods are ordinary talk: the delivery goes elsewhere, the cake came broken, a pupil mourns.
_OF_PEOPLE = frozenset({"moved_away", "no_longer", "wrong_number", "died", "anger"})
_DOUBTFUL = frozenset(
    {"undecided", "asks_about_stopping", "unclear_object", "partial", "records_of_something", "died", "someone_else"}
    | {"wrong_number", "moved_away", "complaint", "complaint_of_something"}
)
_DOUBTFUL_BESIDE = frozenset({"refusal", "asks_who"})  # only where more is said than that
# Of advertising, or of what to answer: such a hold stays, whatever it resembles.
_OF_MESSAGES = re.compile("[{ADVERT}{REPLY}]".format_map(KINDS))
_UNTOLD = frozenset({"send_only", "refusal"})
_SOFT = frozenset({"too_often", "bothered"})  # holds that "don't stop" beside them takes away
_OF_SOMETHING = frozenset({"contact", "send_only", "keyword", "partial", "unclear_object", "undecided"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """``because`` names the rule that decided, never the text; ``code`` is that of a ``join`` or of ``my_data``,
    ``purpose`` the one of the given purposes that a ``stop_purpose`` is about.

    stop_all: a withdrawal, act at once · stop_purpose: the same for one purpose · hold: no marketing until a person has
    read it · resume: asks to come back and gives nothing (law.md C-15) · confirm: a yes, which counts only where a
    question was open.
    """

    intent: Intent
    confidence: Confidence
    because: str
    code: str | None = None
    purpose: str | None = None


def understand(
    text: str | None,
    *,
    payload: str | None = None,
    kind: str = "text",
    languages: Iterable[str] = (),
    answers_campaign: bool = False,
    purposes: Iterable[str] = (),
) -> Meaning:
    """The meaning of one inbound message: its words or caption, its button's payload, its kind as WhatsApp names it.

    ``languages``: those the person is known to read (codes like ``ms``), which make a foreign keyword doubtful.
    ``answers_campaign``: whether it answers a campaign; a voice note or a picture is then held (law.md 7.3).
    ``purposes``: names or keys of what the organisation sends.
    """
    if payload is not None and (pressed := _button(payload, text)):
        return pressed
    if kind == "reaction":
        refuses = text is not None and text[:1] in EMOJI_REACTION and text != ""
        return Meaning("hold", "unsure", "reaction") if refuses else Meaning("other", "certain", "reaction")
    meaning = _words(text, languages, purposes) if text and not text.isspace() else Meaning("other", "certain", "empty")
    if meaning.intent == "other" and answers_campaign and kind in WORDLESS:
        return Meaning("hold", "unsure", "wordless")
    return meaning


def _button(payload: str, text: str | None) -> Meaning | None:
    pressed = " ".join(payload.casefold().split())
    if pressed.startswith("optout"):
        return Meaning("stop_all", "certain", "button")
    if pressed.startswith("confirm"):
        return Meaning("confirm", "certain", "button")
    if code := _JOIN_PAYLOAD.fullmatch(payload.strip()):
        return Meaning("join", "certain", "button", code[1].upper())
    if pressed in _PRESSED or (text is not None and " ".join(text.casefold().split()) in _PRESSED):
        return Meaning("stop_all", "certain", "button")
    return Meaning("stop_all", "certain", "button") if _words(payload, (), ()).intent == "stop_all" else None


def _words(text: str, languages: Iterable[str], purposes: Iterable[str]) -> Meaning:
    read = text[:LONGEST]
    reply = normalise(read)
    if code := opt_in_code(reply.folded):
        if kinds_of(code.casefold()) in (KINDS["STOP"], KINDS["LEAVE"]):
            return Meaning("hold", "unsure", "join_or_stop")
        return Meaning("join", "certain", "code", code)
    if code := data_code(reply.folded):
        return Meaning("my_data", "certain", "code", code)
    clauses = [coded(words, asks) for words, asks in reply.clauses]
    if answer := short_answer(reply):
        return Meaning("hold", "unsure", "refusal") if answer == "hold" else Meaning(answer, "certain", "keyword")
    meaning = _heard(clauses)
    if (meaning is None or meaning.intent == "other") and len(clauses) > 1:
        meaning = _in_one_breath(read, reply) or meaning
    if meaning is None or meaning.intent == "other":
        meaning = _emoji(reply, clauses) or meaning
    if meaning is None and len(text) > LONGEST:  # what was cut off may hold a stop
        return Meaning("hold", "unsure", "long")
    if meaning is None and says_yes(reply):
        return Meaning("confirm", "certain", "keyword")
    meaning = _weighed(meaning or Meaning("other", "likely", "nothing_said"), reply, clauses)
    if meaning.intent in ("stop_all", "hold") and meaning.because in _OF_SOMETHING:
        return _narrowed(meaning, reply, languages, purposes)
    return meaning


def _weighed(meaning: Meaning, reply: Reply, clauses: list[str]) -> Meaning:
    """What the rules left open, moved by resemblance: talk that is like a stop is held, a doubtful hold is let go."""
    if INNOCENT.issuperset(reply.words):  # of no word at all too
        return meaning
    if meaning.intent == "other" and (meaning.because in _OPEN or meaning.because == "reminds"):
        is_open = meaning.because in _OPEN and any(map(_CURIOUS.search, clauses))
        limit = LIKE_A_STOP if is_open else SURELY_A_STOP
        if resemblance(reply.words, clauses) > limit:
            return Meaning("hold", "unsure", "resembles")
    elif (
        meaning.intent == "hold"
        and (meaning.because in _DOUBTFUL or (meaning.because in _DOUBTFUL_BESIDE and len(clauses) > 1))
        and not any(map(_OF_MESSAGES.search, clauses))
        and resemblance(reply.words, clauses) < LIKE_TALK
    ):
        return Meaning("other", "likely", "resembles_talk")
    return meaning


def _in_one_breath(text: str, reply: Reply) -> Meaning | None:
    """What is said by words that stand on a line each ("chega / de / mensagens"), when no clause says it alone."""
    if "\n" in text:
        reply = normalise(text.replace("\n", " "))
    elif len(reply.clauses) < 3 or any(len(words) > 2 for words, _ in reply.clauses):
        return None
    else:
        reply = replace(reply, clauses=[(reply.words, False)])
    meaning = _heard([coded(words, asks) for words, asks in reply.clauses])
    return meaning if meaning and meaning.intent in ("stop_all", "hold") else None


def coded(words: list[str], asks: bool) -> str:
    """One letter for each word or set phrase of a clause."""
    asked = len(words) > 1 and words[-1] in ASKING
    letters = ""
    skip = 0
    for place, word in enumerate(words[:-1] if asked else words):
        if place < skip:
            continue
        seconds = MULTI.get(word)
        phrase = _phrase(words, place + 2, seconds) if seconds and place + 1 < len(words) else None
        if phrase:
            kinds, skip = phrase
            letters += kinds
        else:
            letters += kinds_of(word)
    return letters + KINDS["ASKED"] * (asks or asked)


def _phrase(words: list[str], after: int, seconds: dict[str, list[tuple[list[str], str]]]) -> tuple[str, int] | None:
    """The kinds of the set phrase whose second word stands before ``after``, and where it ends."""
    for rest, kinds in seconds.get(words[after - 1], ()):
        end = after + len(rest)
        if words[after:end] == rest:
            return kinds, end
    return None


def _heard(clauses: list[str]) -> Meaning | None:
    """The gravest of what the clauses say."""
    found = None
    delivers = keeps = False
    for piece in [piece for clause in clauses for piece in pieces(clause)]:
        judged = judge(piece)
        delivers |= judged == ("other", "delivery")
        keeps |= judged == ("other", "do_not_stop")
        if judged is not None and (found is None or _RANK[judged[0]] > _RANK[found[0]]):
            found = judged
    if found is None:
        return None
    intent, because = found
    if keeps and because in _SOFT:
        return Meaning("other", "likely", "do_not_stop")
    if because in _OF_PEOPLE and _about_goods(clauses, delivers, because):
        return Meaning("other", "likely", "another_matter")
    if because in _UNTOLD and len(clauses) > 1:  # of a message, or of goods? The rest of what is said tells
        if any(_COLLECTED in clause for clause in clauses):
            return Meaning("other", "likely", "delivery")
        if because == "send_only" and any(map(_TOPIC.search, clauses)):
            intent = "hold"
    return Meaning(intent, "unsure" if intent == "hold" else "certain" if because == "keyword" else "likely", because)


def _about_goods(clauses: list[str], delivers: bool, because: str) -> bool:
    """Whether somebody moved, died or is angry in a reply about an order, a lesson or where a delivery goes."""
    if delivers:
        return because != "anger"
    about = [clause for clause in clauses if _TOPIC.search(clause)]
    return because != "wrong_number" and len(about) > (len(clauses) == 1) and not any(map(_SENT.search, clauses))


def _emoji(reply: Reply, clauses: list[str]) -> Meaning | None:
    if reply.folded.isascii():
        return None
    if clauses:
        refuses = _REFUSING.search(reply.folded) is not None and not any(map(_TOPIC.search, clauses))
    else:
        refuses = _REFUSING_ALONE.search(reply.folded) is not None
    return Meaning("hold", "unsure", "emoji") if refuses else None


def _narrowed(meaning: Meaning, reply: Reply, languages: Iterable[str], purposes: Iterable[str]) -> Meaning:
    """A stop for one purpose, of another person's number, or in a language that the person is not known to read."""
    words = reply.words
    if meaning.intent == "stop_all" and reply.number and meaning.because == "keyword" and len(words) > 1:
        return Meaning("hold", "unsure", "someone_else")
    if purpose := named_purpose(words, tuple(purposes)):
        return replace(meaning, intent="stop_purpose", confidence="likely", purpose=purpose)
    known = tuple(languages)
    if known and len(words) == 1 and (home := FOREIGN.get(words[0])) and home not in known:
        return Meaning("hold", "unsure", "other_language")
    return meaning
