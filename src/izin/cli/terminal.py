"""What the terminal commands share: finding an organisation and its people, and a line that shows progress."""

import sys
from pathlib import Path
from uuid import UUID

from izin.lib.errors import IzinError

BAR = 30


class NotFound(IzinError):
    """Something that was named on the command line does not exist."""


def organisation(slug: str | None) -> UUID:
    """The organisation with this address; the only one when none is named. Raises NotFound."""
    from izin.organisations import registry

    if slug is None:
        known = registry.organisation_ids()
        if len(known) == 1:
            return known[0]
        raise NotFound("Say which organisation: --organisation ADDRESS.")
    found = registry.organisation_at(slug)
    if found is None:
        raise NotFound(f"There is no organisation at “{slug}”. Create it with “izin organisation create”.")
    return found


def number_from_input() -> str:
    """The E.164 number on the first line of standard input. Raises IzinError, without repeating what was read."""
    from izin.lib.phone import PhoneError, PhoneNumber

    if sys.stdin.isatty():
        say("The number, with + and country code:")
    try:
        return PhoneNumber(sys.stdin.readline().strip()).e164
    except PhoneError:
        raise IzinError("Give the number on standard input, with + and country code, and nothing else.") from None


def first_line(file: Path) -> str:
    """The first line of a file that holds a secret. Raises NotFound when there is none."""
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        raise NotFound(f"The file {file} cannot be read.") from None
    if not lines or not lines[0].strip():
        raise NotFound(f"The file {file} is empty.")
    return lines[0].strip()


class Progress:
    """One line on standard error: redrawn on a terminal, a new line every tenth otherwise."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._tenth = -1
        self._live = sys.stderr.isatty()

    def show(self, done: int, whole: int, note: str = "") -> None:
        """Draw how far it is."""
        share = done / whole if whole else 1.0
        if self._live:
            bar = "█" * round(BAR * share) + "░" * (BAR - round(BAR * share))
            print(f"\r{self._label:<12} {bar} {share:4.0%} {note}\x1b[K", end="", file=sys.stderr, flush=True)
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            print(f"{self._label:<12} {share:4.0%} {note}", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._live:
            print(file=sys.stderr)


def say(text: str) -> None:
    """A line about what is being done, beside the result that goes to standard output."""
    print(text, file=sys.stderr, flush=True)
