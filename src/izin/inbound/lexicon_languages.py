"""Reads ``languages/*.txt``: the rarer words, one file a language, for native speakers to correct. Pure but for that.

A line is the kinds of ``lexicon.KINDS`` ("DROPPED" for words that change nothing), a colon and words; an indented line
goes on. ``stem*`` is every word that begins so, ``two_words`` a set phrase. What the tables of ``lexicon_words`` and
``lexicon_world`` say of a word stands; what several languages write alike stands with the first of ``ORDER``.
"""

from importlib.resources import files

ORDER = (
    "ms id en ta zh de fr es it pt nl pl sv da fi cs-sk hu ro bg el hr-sl lt-lv-et mt ga"  # fewest surprises first
).split()


def _entries(text: str) -> list[tuple[str, str]]:
    """(kinds, word) of a file."""
    found = []
    kinds = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        words = line
        if not line.startswith(" "):
            kinds, _, words = line.partition(":")
        found += [("" if kinds == "DROPPED" else kinds, word) for word in words.split()]
    return found


ENTRIES = [
    entry
    for language in ORDER
    for entry in _entries((files("izin.inbound") / "languages" / f"{language}.txt").read_text("utf-8"))
]
