"""A document in both languages: the same content for the screen, for JSON and for PDF. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from izin.lib import typeset
from izin.lib.typeset import Block, Document, Facts, Heading, Paragraph, Points, Table
from izin.notices.countries import country_name

Said = Mapping[str, str]  # "ms" and "en"
NOTHING: Said = {"ms": "–", "en": "–"}
YES: Said = {"ms": "ya", "en": "yes"}
WIDEST = 60  # letters without a space that fit beside the name of a fact
NO: Said = {"ms": "tidak", "en": "no"}


def both(ms: str, en: str) -> Said:
    """The same in Malay and English."""
    return {"ms": ms, "en": en}


def same(text: object) -> Said:
    """A name, a figure or what somebody wrote: alike in every language; a dash for nothing."""
    said = f"{text:,}" if isinstance(text, int) else str(text or "").strip()
    return both(said, said) if said else NOTHING


def moment(at: datetime | None, zone: str) -> Said:
    """A moment in a zone, which is named."""
    return same(f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})") if at else NOTHING


def country(code: str) -> Said:
    """A country's name, or its code where Izin has no name for it."""
    return both(country_name(code, "ms") or code, country_name(code, "en") or code)


def listed(items: Sequence[Said], between: str = "; ") -> Said:
    """Several as one; a dash for none."""
    return both(*(between.join(one[language] for one in items) for language in ("ms", "en"))) if items else NOTHING


@dataclass(frozen=True, slots=True)
class Section:
    """One part: paragraphs, facts, dots and one table, each of which may be empty, shown in this order."""

    heading: Said
    text: tuple[Said, ...] = ()
    facts: tuple[tuple[Said, Said], ...] = ()
    points: tuple[Said, ...] = ()
    head: tuple[Said, ...] = ()
    rows: tuple[tuple[Said, ...], ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``missing`` names what the law wants in it and nobody has written."""

    title: Said
    sections: tuple[Section, ...]
    missing: tuple[Said, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, from which ``paper_of`` makes it again."""
        return {
            "v": 1,
            "title": dict(self.title),
            "sections": [
                {
                    "heading": dict(one.heading),
                    "text": [dict(said) for said in one.text],
                    "facts": [[dict(name), dict(value)] for name, value in one.facts],
                    "points": [dict(said) for said in one.points],
                    "head": [dict(said) for said in one.head],
                    "rows": [[dict(cell) for cell in row] for row in one.rows],
                    "level": one.level,
                }
                for one in self.sections
            ],
            "missing": [dict(said) for said in self.missing],
        }


def paper_of(content: Mapping[str, Any]) -> Paper:
    """The document that ``as_json`` gave."""
    return Paper(
        content["title"],
        tuple(
            Section(
                one["heading"],
                tuple(one["text"]),
                tuple((name, value) for name, value in one["facts"]),
                tuple(one["points"]),
                tuple(one["head"]),
                tuple(tuple(row) for row in one["rows"]),
                one["level"],
            )
            for one in content["sections"]
        ),
        tuple(content["missing"]),
    )


def pdf(paper: Paper, language: str, *, at: datetime, subtitle: Said, footer: Said = NOTHING) -> bytes:
    """The document in one language as PDF/A. ``at`` makes the same bytes of the same content."""
    blocks = tuple(_blocks(paper, language))
    return typeset.pdf(Document(paper.title[language], language, blocks, at, subtitle[language], footer[language]))


def _blocks(paper: Paper, language: str) -> Iterator[Block]:
    if paper.missing:
        yield Heading({"ms": "Yang belum lengkap", "en": "What is missing"}[language])
        yield Points([said[language] for said in paper.missing])
    for one in paper.sections:
        yield Heading(one.heading[language], one.level)
        yield from (Paragraph(said[language]) for said in one.text)
        if one.facts:
            yield Facts([(name[language], _broken(value[language])) for name, value in one.facts])
        if one.points:
            yield Points([said[language] for said in one.points])
        if one.rows:
            yield Table([said[language] for said in one.head], [[cell[language] for cell in row] for row in one.rows])


def _broken(text: str) -> str:
    """A key or a digest that is wider than its column goes on in the next line."""
    return "\n".join(text[start : start + WIDEST] for start in range(0, len(text), WIDEST)) if _is_long(text) else text


def _is_long(text: str) -> bool:
    return " " not in text and len(text) > WIDEST
