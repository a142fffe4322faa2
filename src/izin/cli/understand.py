"""``izin understand``: try on standard input how replies would be understood. Needs no database and keeps nothing."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from izin.inbound.understanding import Meaning


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "understand", help="how replies are understood: one a line on standard input, optionally a tab and its language"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--purpose", action="append", default=[], metavar="NAME", help="a purpose that can be stopped by itself"
    )
    parser.set_defaults(handler=run, django=False, database=False)


def run(parsed: argparse.Namespace) -> int:
    """Answer each line as it comes."""
    show = _as_json if parsed.json else _as_row
    for meaning, text in read(sys.stdin, parsed.purpose):
        print(show(meaning, text), flush=True)
    return 0


def read(lines: Iterable[str], purposes: Iterable[str] = ()) -> "Iterable[tuple[Meaning, str]]":
    """The meaning of each line (``text``, or ``text<TAB>language``) with its text."""
    from izin.inbound.understanding import understand  # its lists are large: no other command waits for them

    for line in lines:
        text, _, language = line.rstrip("\r\n").partition("\t")
        languages = (language.strip(),) if language.strip() else ()
        yield understand(text, languages=languages, purposes=purposes), text


def _as_json(meaning: "Meaning", text: str) -> str:
    return json.dumps(
        {
            "intent": meaning.intent,
            "confidence": meaning.confidence,
            "because": meaning.because,
            "code": meaning.code,
            "purpose": meaning.purpose,
        }
    )


def _as_row(meaning: "Meaning", text: str) -> str:
    extra = meaning.code or meaning.purpose
    return f"{meaning.intent:<13}{meaning.confidence:<9}{meaning.because:<22}{f'[{extra}] ' if extra else ''}{text}"
