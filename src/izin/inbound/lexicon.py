"""Every word and set phrase with its kinds: what ``grammar`` makes sentences of. Pure.

The words stand in ``lexicon_words`` (Malay, English, Indonesian), ``lexicon_han`` (Chinese), ``lexicon_world``
(all others) and ``lexicon_phrases``. Operators may add words, never take one away. ``VERSION`` goes with each decision.
"""

from typing import Literal

from izin.inbound.folding import fold
from izin.inbound.lexicon_han import HAN_WORDS
from izin.inbound.lexicon_languages import ENTRIES
from izin.inbound.lexicon_phrases import (
    ASSENT,
    ASSENT_BESIDE,
    CONFIRM,
    DECLINED,
    HELP,
    JOIN,
    JOIN_WORDS,
    MY_DATA,
    PHRASES,
    RESUME,
)
from izin.inbound.lexicon_words import DROPPED, TABLE
from izin.inbound.lexicon_world import OTHER_LANGUAGES, OTHER_PHRASES, OTHER_PREFIXES

VERSION = "2026-12f"

# The kinds of words, each with the letter that stands for it in the grammar.
KINDS = {
    "UNKNOWN": "0",
    "STOP": "s",  # a keyword and a verb of stopping
    "LEAVE": "u",  # says only one thing: unsubscribe
    "CANCEL": "h",  # stops when alone or with a subscription; orders and meetings are cancelled too
    "KEEP": "K",  # do not stop
    "DONT": "d",
    "NOT": "n",
    "NO": "o",
    "NEGATE": "ñ",  # the one negation of languages that make both "don't" and "not" of it
    "WISH": "w",
    "NEED": "W",
    "LIKE": "l",
    "SEND": "c",
    "MESSAGE": "m",  # the verb, or the thing
    "BOTHER": "8",
    "CALL": "k",
    "ADVERT": "a",
    "GET": "g",
    "SUBSCRIPTION": "b",
    "TAKE": "r",  # remove, delete
    "OUT": "O",
    "LIST": "i",
    "NUMBER": "j",
    "DATA": "D",
    "HOLD": "H",  # what we keep about a person
    "ME": "e",
    "MY": "y",
    "YOU": "Y",
    "IT": "I",
    "MORE": "4",
    "CONSENT": "p",
    "BACK": "B",  # withdraw
    "REPORT": "t",
    "AUTHORITY": "A",
    "OBJECT": "J",
    "ORDER": "z",
    "THING": "v",  # goods, delivery, places, activities: what a sentence that only sounds like a stop is about
    "PLACE": "ð",  # a shop: what sends, or where something happens
    "MEDIA": "þ",  # pictures, catalogues: sent as advertising, or asked for
    "FROM": "æ",
    "DAY": "1",
    "TIME": "f",
    "FORGET": "F",
    "WHO": "q",
    "WHY": "Q",
    "HOW": "x",
    "WHEN": "X",
    "ONLY": "L",
    "THEY": "T",
    "SAY": "S",
    "REPLY": "R",
    "IF": "P",
    "CAN": "C",
    "CANNOT": "N",
    "OFTEN": "E",
    "ANGER": "G",
    "REFUSE": "Z",  # a refusal of it knows not what
    "WRONG": "M",
    "DEAD": "U",
    "VENDAM": "V",  # Tamil "not wanted", which comes after what is refused
    "DIGITS": "5",
    "COPY": "2",
    "PAUSE": "3",
    "ISNT": "6",
    "COLLECT": "ç",  # fetches or pays for goods
    "PERCEIVE": "ø",
    "PRIVACY": "ß",
    "AGAIN": "7",
    "START": "_",
    "MOVED": "ƒ",  # lives, learns or works elsewhere now
    "MISTAKE": "¥",  # did it without meaning to
    "HELP": "é",
    "ENTER": "è",  # join, add
    "ASKED": "9",  # the clause ends in a question mark
}

# Words that end a clause as a comma does: what follows "but" or "please" is judged by itself.
SOFT_BREAKS = frozenset(
    """so maka please pls plz plis tolong tlg sila mohon kindly but tapi tetapi tp tpi because sebab sbb since coz kerana
    krn as namun walaupun although though however lalu tapinya aber mais pero 但 但是 因为 因為 所以""".split()
)

# Words that make a question of the clause they end.
ASKING = frozenset("ke ker ka tak x 吗 嗎 么 呢 ma".split())

# Keywords that are ordinary words of another language: with the person's languages known, they are doubted.
FOREIGN = {
    "baja": "es",
    "alto": "es",
    "pare": "pt",
    "parar": "pt",
    "basta": "it",
    "peru": "fi",
    "loobu": "et",
    "stad": "ga",
    "end": "en",
}

# Pictures that refuse beside words, alone, and as a reaction to our message.
EMOJI_WORDS = "🛑🚫⛔🖕"
EMOJI_ALONE = EMOJI_WORDS + "🙄😒🤦🤢🖐😾👊🔇🔕😑📵❎✖✋👎😡🤬❌😠🙅🤮💩🤚😤"
EMOJI_REACTION = "🛑🚫✋"


def _letters(kinds: str) -> str:
    return "".join(KINDS[kind] for kind in kinds.split())


def _phrases(text: str) -> list[str]:
    return [phrase for line in text.split("|") if (phrase := " ".join(line.split()))]


WORDS: dict[str, str] = dict.fromkeys(fold(DROPPED).split(), "")
for _table in (OTHER_LANGUAGES, HAN_WORDS, TABLE):
    for _kinds, _text in _table.items():
        WORDS.update(dict.fromkeys(fold(_text).split(), _letters(_kinds)))

# Set phrases by their first and second word: what follows these two, and the kinds; the longest is tried first.
MULTI: dict[str, dict[str, list[tuple[list[str], str]]]] = {}


def _add_phrase(phrase: list[str], kinds: str) -> None:
    first, *others = phrase
    if others:
        MULTI.setdefault(first, {}).setdefault(others[0], []).append((others[1:], kinds))
    else:
        WORDS[first] = kinds


for _table in (PHRASES, OTHER_PHRASES):
    for _kinds, _text in _table.items():
        for _phrase in _phrases(fold(_text)):
            _add_phrase(_phrase.split(), _letters(_kinds))

# What a word begins with; the longest beginning counts.
PREFIXES = {prefix: _letters(kinds) for kinds, text in OTHER_PREFIXES.items() for prefix in fold(text).split()}

# The words that stand above stay as they are: most lines are Malay or English.
for _kinds, _written in ENTRIES:
    _word = fold(_written)
    if _word.endswith("*"):
        PREFIXES.setdefault(_word[:-1], _letters(_kinds))
    elif "_" in _word:
        _add_phrase(_word.split("_"), _letters(_kinds))
    else:
        WORDS.setdefault(_word, _letters(_kinds))
for _seconds in MULTI.values():
    for _several in _seconds.values():
        _several.sort(key=lambda entry: -len(entry[0]))
SHORTEST_PREFIX, LONGEST_PREFIX = min(map(len, PREFIXES)), max(map(len, PREFIXES))

HAN = "|".join(
    sorted((word for word in (*WORDS, *SOFT_BREAKS) if len(word) > 1 and word[0] > "\u3400"), key=len, reverse=True)
)
Answer = Literal["join", "resume", "confirm", "help", "my_data", "hold"]
_ANSWERS: tuple[tuple[Answer, str], ...] = (
    ("join", JOIN),
    ("resume", RESUME),
    ("confirm", CONFIRM),
    ("help", HELP),
    ("my_data", MY_DATA),
    ("hold", DECLINED),
)
ANSWERS = {phrase: answer for answer, text in _ANSWERS for phrase in _phrases(fold(text)) if phrase != "tak"}
JOINING = frozenset(fold(JOIN_WORDS).split())
YES, FINE = frozenset(fold(ASSENT).split()), frozenset(fold(ASSENT_BESIDE).split())
