"""Where staff read a reply otherwise than the machine did: lines by which the machine can be measured and mended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F

from izin.inbound import replies
from izin.inbound.models import Reply

COLUMNS = ("label", "language", "text", "note")  # those of the published corpus, so that a line can be added to it
BATCH = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: what staff decided, the person's language (empty: not in the book), the words, and what was read."""

    label: str
    language: str
    text: str = field(repr=False)
    note: str

    def as_line(self) -> str:
        """The line without its end, tab-separated in the order of COLUMNS."""
        return "\t".join((self.label, self.language, self.text, self.note))


def lines() -> Iterator[Correction]:
    """Every reply with words that staff corrected, the oldest first, inside the organisation's scope.

    Digits are replaced by zeros: a number, a date or a code that somebody wrote teaches nothing. Names may be left.
    """
    corrected = Reply.objects.filter(decided_by__isnull=False, text_sealed__isnull=False).exclude(decided_as="")
    found = corrected.exclude(decided_as=F("intent")).select_related("contact").order_by("received_at")
    some: list[Reply] = []
    for reply in found.iterator(chunk_size=BATCH):
        some.append(reply)
        if len(some) == BATCH:
            yield from _lines_of(some)
            some = []
    yield from _lines_of(some)


def _lines_of(some: list[Reply]) -> Iterator[Correction]:
    words = replies.texts(some)
    for reply in some:
        text = re.sub(r"\d", "0", " ".join(words[reply.id].split()))
        if text:
            language = reply.contact.language if reply.contact else ""
            yield Correction(reply.decided_as, language, text, f"was {reply.intent}: {reply.because}")
