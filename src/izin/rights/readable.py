"""Everything held of one person, to read: the package in plain words and as a document to print (Art. 12(1))."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from izin.consent.models import Evidence
from izin.lib.typeset import Block, Document, Facts, Heading, Paragraph, Points, Table
from izin.notices.countries import country_name
from izin.rights.models import SubjectRequest


def in_words(held: dict[str, Any]) -> dict[str, Any]:
    """The package with the words of the active language beside its plain values."""
    language = "en" if translation.get_language() == "en" else "ms"
    return held | {
        "acts": [
            one | {"says": Evidence.Act(one["act"]).label, "how_said": Evidence.Method(one["how"]).label}
            for one in held["acts"]
        ],
        "requests": [
            one
            | {
                "right_said": SubjectRequest.Kind(one["right"]).label,
                "state_said": SubjectRequest.State(one["state"]).label,
            }
            for one in held["requests"]
        ],
        "standings": [one | {"state_said": _standing(one["state"])} for one in held["standings"]],
        "recipients": [one | {"country_name": country_name(one["country"], language)} for one in held["recipients"]],
    }


def _standing(state: str) -> str:
    return {
        "granted": _("Granted"),
        "paused": _("Paused"),
        "held": _("On hold"),
        "pending": _("Pending"),
        "refused": _("Refused"),
        "expired": _("Expired"),
    }.get(state, _("Never asked"))


def readable(held: dict[str, Any], language: str) -> Document:
    """The package as a document in Malay or English, for ``lib.typeset``. Times are UTC, as in the file."""
    with translation.override(language):
        said = in_words(held)
        parts = (_who, _standings, _acts, _recipients, _talk, _requests)
        blocks: list[Block] = [
            Paragraph(_("This is everything that we hold of you. The same is in a file that other programs can read."))
        ]
        for part in parts:
            blocks += part(said)
        return Document(
            title=_("Your data"),
            language=language,
            blocks=blocks,
            made_at=datetime.fromisoformat(held["made_at"]),
            subtitle=held["controller"]["name"],
            footer=" · ".join(filter(None, (held["controller"]["address"], held["controller"]["email"]))),
        )


def _who(held: dict[str, Any]) -> list[Block]:
    person = held["person"]
    rows = [(_("Name"), person["name"] or "–")]
    rows += [
        (_("Number") if one["kind"] == "phone" else _("Id in WhatsApp"), one["value"]) for one in person["identities"]
    ]
    rows += [
        (_("Language"), person["language"]),
        (_("Country"), person["country"] or "–"),
        (_("Held since"), _day(person["held_since"])),
        (_("Decided by a machine"), _("Nothing with legal or similar effect")),
    ]
    return [Heading(_("Who you are to us")), Facts(rows)]


def _standings(held: dict[str, Any]) -> list[Block]:
    rows = [(one["purpose"], one["state_said"], _day(one["until"])) for one in held["standings"]]
    head = (_("Purpose"), _("How it stands"), _("Until"))
    return _table(_("What we may write to you"), head, rows)


def _acts(held: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(_("What you agreed to and refused"))]
    for one in held["acts"]:
        blocks.append(Paragraph(f"{_day(one['at'])}: {one['says']} {one['purpose'] or ''}, {one['how_said']}".strip()))
        more = [text for text in (one["shown"].get("statement"), one["details"].get("source")) if text]
        more += [f"“{one['details']['words']}”"] if one["details"].get("words") else []
        if more:
            blocks.append(Points(more))
    return blocks if len(blocks) > 1 else [*blocks, Paragraph(_("Nothing"))]


def _recipients(held: dict[str, Any]) -> list[Block]:
    rows = [
        (
            one["name"],
            one["what_for"],
            one["country_name"],
            ", ".join(_day(given["at"]) for given in one["given"]) or "–",
        )
        for one in held["recipients"]
    ]
    return _table(_("Who else receives data"), (_("Name"), _("What for"), _("Country"), _("Given your data on")), rows)


def _talk(held: dict[str, Any]) -> list[Block]:
    rows = [
        (_day(one["at"]), _("from us") if one["from_us"] else _("from you"), one["text"] or "–")
        for one in held["conversation"]
    ]
    return _table(_("What was written"), (_("Day"), _("Who"), _("Text")), rows)


def _requests(held: dict[str, Any]) -> list[Block]:
    rows = [(_day(one["received_at"]), one["right_said"], one["state_said"]) for one in held["requests"]]
    return _table(_("What you asked of us"), (_("Day"), _("Right"), _("State")), rows)


def _table(heading: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[Block]:
    filled = [tuple(str(cell) for cell in row) for row in rows]
    return [Heading(heading), Table(head, filled) if filled else Paragraph(_("Nothing"))]


def _day(at: str | None) -> str:
    return at[:10] if at else "–"
