"""Which kind of word a written word is, however it is spelled. Pure.

The lists are asked first. Only a word that stands in none is tried without drawn-out letters, with letters for its
digits, with Latin letters for look-alikes, without its ending and, last, by edit distance: for long keywords alone, and
never against the innocent neighbours, since in Malay stok, stor and step are one letter away from stop.
"""

import re
from functools import lru_cache

from izin.inbound.lexicon import KINDS, LONGEST_PREFIX, PREFIXES, SHORTEST_PREFIX, WORDS

UNKNOWN, DIGITS, LEAVE, STOP = KINDS["UNKNOWN"], KINDS["DIGITS"], KINDS["LEAVE"], KINDS["STOP"]
MESSAGE = KINDS["MESSAGE"]

# Cyrillic and Greek letters that pass for Latin ones.
_PAIRS = "аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj һh ԁd ѵv αa εe ιi κk νv οo ρp τt υu χx ηn զq"
_LOOK_ALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_LEET = str.maketrans("013457@$", "oieastas")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1")
_ENDINGS = ("lah", "nya", "kah", "la", "ny", "kan", "2")

# Long keywords that may be misspelled, with the number of edits that still is the same word: 1 from 7 letters, 2 from 10.
_KEYWORDS = {
    "berhenti": STOP, "brhenti": STOP, "hentikan": STOP, "berhentikan": STOP, "unsubscribe": LEAVE, "unsubscribed": LEAVE,
    "unsubscribing": LEAVE, "nyahlanggan": LEAVE, "abbestellen": LEAVE, "abmelden": LEAVE, "desinscription": LEAVE,
    "message": MESSAGE, "messages": MESSAGE, "uitschrijven": LEAVE, "cancellami": LEAVE, "leiratkozas": LEAVE,
}  # fmt: skip
INNOCENT = frozenset(
    """massage massages massaged message messages messenger passage passages sausage sausages terhenti perhentian pemberhentian berhati berganti bergenti berharti bererti berkenti memberhenti subscribe resubscribe
    subscribed subscriber subscribers subscribing subscription subscriptions describe inscribe anmelden inschrijven
    aanmelden gantikan nantikan hentakan hantikan inscription description stok stor step shop spot top hantu henna hati
    nanti ganti melanggan pelanggan langganan berhemat berhentam terhentinya""".split()
)


@lru_cache(maxsize=8192)
def kinds_of(word: str) -> str:
    """The letters of the kinds of this word (``lexicon.KINDS``); "" for a word that changes nothing."""
    found = WORDS.get(word)
    if found is not None:
        return found
    if word.isdigit():
        return DIGITS
    for spelling in _spellings(word):
        found = WORDS.get(spelling)
        if found is not None:
            return found
    for end in range(min(len(word), LONGEST_PREFIX), SHORTEST_PREFIX - 1, -1):
        if (found := PREFIXES.get(word[:end])) is not None:
            return found
    return _misspelled(word)


def _spellings(word: str) -> list[str]:
    found = []
    if not word.isascii():
        latin = word.translate(_LOOK_ALIKES)
        if latin.isascii():
            found.append(word := latin)
    if not word.isalpha() and word.isascii():
        letters = word.translate(_LEET)
        if letters.isalpha() and sum(map(str.isdigit, word)) * 2 <= len(word):
            found.append(letters)
            if word.isalnum() and word[-1] != "2":
                word = letters
    short = _DRAWN_OUT.sub(r"\1", word)
    if short != word:
        found.append(short)
    if len(short) >= 4:
        single = _DOUBLED.sub(r"\1", short)
        if single != short:
            found.append(single)
        for spelling in (short, single):
            found += [
                spelling.removesuffix(ending)
                for ending in _ENDINGS
                if len(spelling) - len(ending) >= 3 and spelling.endswith(ending)
            ]
    half = len(word) // 2
    if len(word) >= 6 and word[:half] == word[half:]:  # "hantar-hantar"
        found.append(word[:half])
    return found


def _misspelled(word: str) -> str:
    if len(word) < 6 or not word.isalpha() or not word.isascii():
        return UNKNOWN
    single = _DOUBLED.sub(r"\1", _DRAWN_OUT.sub(r"\1", word))
    if word in INNOCENT or single in INNOCENT:
        return UNKNOWN
    for keyword, kinds in _KEYWORDS.items():
        bound = 2 if len(keyword) >= 10 else 1
        for written in {word, single}:
            if abs(len(written) - len(keyword)) <= bound and _is_near(written, keyword, bound):
                return kinds
    return UNKNOWN


def _is_near(written: str, keyword: str, bound: int) -> bool:
    """Whether at most ``bound`` edits part the two: letters more, less or other, or two neighbours exchanged."""
    third = len(keyword) // 3
    if not (keyword[:third] in written or keyword[third : 2 * third] in written or keyword[-third:] in written):
        return False
    before: list[int] = []
    row = list(range(len(keyword) + 1))
    for i, letter in enumerate(written):
        following = [i + 1]
        for j, wanted in enumerate(keyword):
            cost = min(row[j + 1] + 1, following[j] + 1, row[j] + (letter != wanted))
            if i and j and letter == keyword[j - 1] and written[i - 1] == wanted:
                cost = min(cost, before[j - 1] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1] <= bound
