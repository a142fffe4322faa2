"""Documents: what people wrote is shown as they wrote it, and the same words are the same bytes."""

from datetime import UTC, datetime

import pytest

from izin.lib.typeset import Document, Facts, Heading, Paragraph, Picture, Points, Table, pdf

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MARKUP = '#panic() $x$ *b* [c] \\ "d" @e <f> #read("/etc/passwd")'
CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="4" height="4"/></svg>'


def document(words: str) -> Document:
    blocks = [
        Heading(words),
        Paragraph(f"{words}\n{words}"),
        Points([words, words]),
        Facts([(words, words)]),
        Table([words, words], [[words, words]] * 90),
        Picture(CODE, words),
    ]
    return Document(words, "ms", blocks, AT, subtitle=words, footer=words)


def test_nothing_that_somebody_wrote_is_markup() -> None:
    made = pdf(document(MARKUP))
    assert made.startswith(b"%PDF-")
    assert b"pdfaid:part" in made, "it says that it is PDF/A"


def test_the_same_words_are_the_same_bytes() -> None:
    assert pdf(document("Resit")) == pdf(document("Resit"))
    assert pdf(document("Resit")) != pdf(document("Risit"))


@pytest.mark.parametrize("words", ["", "நிறுத்து", "停止", "🛑", "\x00\ufffe\u202e", "a" * 4000])
def test_every_letter_makes_a_file(words: str) -> None:
    assert pdf(document(words)).startswith(b"%PDF-")
