"""A readable document as PDF/A: blocks of text in, the bytes of a file out, set by Typst (decision 0023).

What people wrote goes in as data, never as markup: nothing in it is evaluated, and no file or address is opened for it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Literal

import typst


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; its line breaks stay."""

    text: str
    is_small: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Points:
    """A list with dots."""

    items: Sequence[str]
    kind: str = field(default="points", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names on the left, what is so on the right."""

    rows: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with a head that is repeated on every page."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG, so many centimetres wide, with the words that stand for it."""

    svg: str
    alt: str
    width_cm: float = 6.0
    kind: str = field(default="picture", init=False)


Block = Heading | Paragraph | Points | Facts | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language ("ms" or "en"). ``made_at`` makes the same bytes of the same words."""

    title: str
    language: str
    blocks: Sequence[Block]
    made_at: datetime
    subtitle: str = ""
    footer: str = ""


def pdf(document: Document) -> bytes:
    """The document on A4 with page numbers, as PDF/A-2a; raises ``typst.TypstError`` only for a broken picture.

    A letter that no font of this machine has (Tamil and Chinese come with the system's Noto fonts) is shown as a box,
    and the file is then an ordinary tagged PDF: PDF/A allows no such box.
    """
    try:
        return _compiled(document, ["a-2a"])
    except typst.TypstError:
        return _compiled(document, [])


def _compiled(document: Document, standards: "list[Literal['a-2a']]") -> bytes:
    data: Mapping[str, Any] = asdict(document) | {"made_at": document.made_at.astimezone(UTC).isoformat()}
    return typst.compile(
        files(__package__).joinpath("document.typ").read_bytes(),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),  # a-2a keeps the structure for a screen reader
        timestamp=int(document.made_at.timestamp()),
    )
