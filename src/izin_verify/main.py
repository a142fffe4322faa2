"""``izin-verify FILE --key VKEY``: exit 0 when all in the file holds, 1 when it does not, 2 when it cannot be read."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.x509 import Certificate

from izin_verify import archive, bundle, receipt, stamps, words
from izin_verify.note import Key
from izin_verify.refusal import CannotJudge, Refused
from izin_verify.report import Report

HOLDS, REFUSED, CANNOT = 0, 1, 2
MOST_KEY = 10_000
MOST_ROOTS = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one file, say what is proven and what is not; returns the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        raw = _read(asked.file, archive.MOST_BYTES)
        kept = _read(asked.checkpoint, MOST_KEY).decode("utf-8", "replace") if asked.checkpoint else None
        pem = _read(asked.timestamp_root, MOST_ROOTS) if asked.timestamp_root else None
        key_text = _key_text(asked.key)
    except OSError as error:
        print(words.say(words.FRAME, "unreadable", asked.language, name=error.filename), file=sys.stderr)
        return CANNOT
    try:
        report = verify(raw, Key.parse(key_text), kept, stamps.read_roots(pem) if pem is not None else ())
    except Refused as refused:
        _tell_refusal(refused, asked)
        return REFUSED
    except CannotJudge:
        print(words.say(words.FRAME, "cannot_judge", asked.language), file=sys.stderr)
        return CANNOT
    _tell(report, asked)
    return HOLDS


def verify(raw: bytes, key: Key, kept: str | None = None, roots: Sequence[Certificate] = ()) -> Report:
    """What a bundle or a receipt proves. Raises Refused and CannotJudge. A receipt carries no time stamps."""
    if raw[:2] == b"PK":
        return bundle.verify(raw, key, kept, roots)
    report = receipt.verify(raw, key)
    if roots:
        report.leaves_open("no_stamp")
    return report


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="izin-verify", description="Verify evidence of consent, offline and alone.")
    parser.add_argument("file", type=Path, help="an evidence bundle (.zip) or a receipt (.jsonld)")
    parser.add_argument("--key", required=True, help="the house's public key (vkey), or a file that holds it")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint of this house that was kept somewhere else")
    parser.add_argument(
        "--timestamp-root", type=Path, metavar="PEM", help="root certificate of the time stamp authority that you trust"
    )
    parser.add_argument("--language", choices=words.LANGUAGES, default="en")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    return parser


def _key_text(given: str) -> str:
    """A key is given as it is or by the name of a file; only a vkey has a plus sign and no such file."""
    if "+" in given and not Path(given).is_file():
        return given
    return _read(Path(given), MOST_KEY).decode("utf-8", "replace")


def _read(file: Path, most: int) -> bytes:
    """The file, and one byte more than is allowed where there is too much of it."""
    with file.open("rb") as opened:
        return opened.read(most + 1)


def _tell_refusal(refused: Refused, asked: argparse.Namespace) -> None:
    reason = words.say(words.REFUSALS, refused.code, asked.language)
    if asked.json:
        print(json.dumps({"holds": False, "code": refused.code, "where": refused.where, "reason": reason}))
        return
    print(words.say(words.FRAME, "refused", asked.language, name=asked.file.name))
    print(f"  {reason}" + (f" ({_plain(refused.where)})" if refused.where else ""))


def _tell(report: Report, asked: argparse.Namespace) -> None:
    language = asked.language
    proven = [words.say(words.PROVEN, code, language, **given) for code, given in report.proven]
    still_open = [words.say(words.NOT_PROVEN, code, language, **given) for code, given in report.not_proven]
    if asked.json:
        told = {"holds": True, "proven": proven, "not_proven": still_open, "acts": report.timeline}
        print(json.dumps(told, ensure_ascii=False))
        return
    print(words.say(words.FRAME, "holds", language, name=asked.file.name))
    for heading, lines in (("proven", proven), ("not_proven", still_open)):
        print("\n" + words.say(words.FRAME, heading, language))
        print("\n".join(f"  - {_plain(line)}" for line in lines))
    if report.timeline:
        print("\n" + words.say(words.FRAME, "timeline", language))
        for act in report.timeline:
            what = " ".join(str(act[name]) for name in ("act", "purpose", "method", "language") if act[name])
            text = f", text {act['notice'][:12]}" if act["notice"] else ""
            print(f"  {act['at']}  {_plain(what)}  (entry {act['entry']}{text})")


def _plain(text: str) -> str:
    """Without control characters: what a file says must not steer a terminal."""
    return "".join(character if character.isprintable() else "�" for character in text)
