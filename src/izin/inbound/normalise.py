"""Bringing a reply into one spelling before its meaning is looked for. Pure.

People write STOP as ＳＴＯＰ, s t o p, st0p, stoppp, *Stop*, with Cyrillic letters or invisible characters between.
Nothing here guesses by edit distance: in Malay stok, stor and step are one letter away from stop.
"""

import re
import unicodedata
from dataclasses import dataclass

# Cyrillic and Greek letters that pass for Latin ones; a word is changed only if all of it becomes Latin.
_PAIRS = "аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj һh ԁd αa εe ιi κk νv οo ρp τt υu χx ıi łl øo đd ħh ßs"
LOOK_ALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
DIGIT_LETTERS = str.maketrans("0513", "osie")
_SHORTHAND = {
    "tak": "x tk gak ga nggak ngga enggak kgk",
    "tidak": "tdk tdak",
    "jangan": "dont dnt donot jgn jgan jng jgnlah",
    "saya": "sy sya aku ak",
    "lagi": "lg lgi",
    "mesej": "msg mesage msj",
    "wasap": "ws wassap wsp whatsapp wa whatsap",
    "hantar": "hntr htr anto anta antar hanta",
    "nombor": "nmbr nomer nomor",
    "tak nak": "xnak taknak tanak",
    "tak mau": "xmau takmau takmo tamo xmo",
    "tak mahu": "xmahu takmahu",
    "tak payah": "xpayah takpayah xyah takyah",
    "tak perlu": "xperlu takperlu",
    "tak minat": "xminat takminat",
    "tak berminat": "xberminat",
    "tak ingin": "xingin",
    "dari": "dr drpd",
    "dengan": "dgn",
    "beritahu": "bgtau",
    "nak": "nk",
    "macam": "mcm",
    "kenapa": "knp knapa",
    "macam mana": "cmne",
    "you": "u",
    "your": "ur",
    "text": "txt texts",
    "please": "pls plz",
    "unsubscribe": "unsubscribed",
    "berhenti": "برهنتي",
    "sudah": "dah dh udah",
}
SHORTHAND = {short: long for long, several in _SHORTHAND.items() for short in several.split()}
MARKS = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u00ad\ufeff\u061c\u064b-\u065f\u034f\u180e\u115f\u1160\u3164]"
)
PICTURES = ("So", "Sk")
SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-_*]+){2,}[^\W\d_](?!\w)")
CLAUSE = re.compile(r"[.,;:!?\n।。，！？；：…—–]+|\s-\s")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply in one spelling.

    ``clauses``: the words of each clause; ``words``: all of them; ``joined``: without any space, for scripts that have
    none; ``emoji``: the pictures; ``asks``: whether there is a question mark; ``digits``: the longest run of digits.
    """

    clauses: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    joined: str
    emoji: str
    asks: bool
    digits: int


def normalise(text: str) -> Reply:
    """The reply in lower case and one spelling, split into clauses and words; pictures and questions kept beside."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    plain = plain.replace("’", "'").replace("‘", "'").replace("`", "'")
    emoji = ""
    if not plain.isascii():
        emoji = "".join(char for char in plain if unicodedata.category(char) in PICTURES)
        plain = "".join(" " if unicodedata.category(char) in (*PICTURES, "Cs", "Co") else char for char in plain)
    plain = SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), plain)
    digits = max((len(run) for run in re.findall(r"\d+", re.sub(r"(?<=\d)[ -](?=\d)", "", plain))), default=0)
    clauses = tuple(words for part in CLAUSE.split(plain) if (words := _words(part)))
    words = tuple(word for clause in clauses for word in clause)
    return Reply(clauses, words, "".join(words), emoji, "?" in plain, digits)


def word(written: str) -> str:
    """One word without accents, digits for letters, look-alikes and drawn-out letters."""
    bare = written
    if not written.isascii():
        bare = _without_accents(written)
        latin = bare.translate(LOOK_ALIKES)
        bare = latin if latin.isascii() else bare
    if bare.isascii() and len(bare) >= 4 and sum(map(str.isalpha, bare)) * 2 > len(bare):
        bare = bare.translate(DIGIT_LETTERS)
    return re.sub(r"([^\W\d_])\1{2,}", r"\1", bare)


def _words(part: str) -> tuple[str, ...]:
    found: list[str] = []
    # Letters, their marks (Tamil vowels are marks) and apostrophes belong to a word; all else parts it.
    for raw in re.split(r"[^\w'\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f]+|_", part):
        bare = word(raw.replace("'", ""))
        if bare:
            found += SHORTHAND.get(bare, bare).split()
    return tuple(found)


def _without_accents(written: str) -> str:
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", written):
        if unicodedata.category(char) == "Mn" and "\u0300" <= char <= "\u036f":
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).replace("ς", "σ")
