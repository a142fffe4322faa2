"""The readable side of a bundle as documents: what the pages of ``timeline`` say, in blocks to be set as PDF."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from izin.lib.typeset import Block, Document, Facts, Heading, Paragraph, Table


def of_person(given: Mapping[str, Any]) -> Document:
    """Who it is about, each act in order, and the campaign messages, in the language that is active."""
    who = given["who"]
    rows = [(_("Number"), who["number"]), (_("Name"), who["name"])]
    blocks = [_head(given, rows), Heading(_("What happened, in order"))]
    for act in given["acts"]:
        blocks += _act(act)
    if not given["acts"]:
        blocks.append(Paragraph(_("Nothing yet.")))
    if given["messages"]:
        head = [_("When"), _("Campaign"), _("State")]
        lines = [[one["at"], one["campaign"], str(one["state"]())] for one in given["messages"]]
        blocks += [Heading(_("Campaign messages to this person")), Table(head, lines)]
    return _document(given, _("Evidence about one person"), blocks)


def of_campaign(given: Mapping[str, Any]) -> Document:
    """The campaign, its steps and its sums."""
    rows = [(_("Campaign"), given["campaign"].name), (_("Purpose"), given["purpose"])]
    steps = [[step["what"], str(step["at"]), str(step["entry"])] for step in given["steps"]]
    blocks: list[Block] = [
        _head(given, rows),
        Heading(_("What happened, in order")),
        Table([_("Step"), _("When"), _("Ledger entry")], steps),
        Heading(_("Sums")),
        Facts([(label, str(count)) for label, count in given["sums"]]),
    ]
    return _document(given, _("Evidence about one campaign"), blocks)


def _head(given: Mapping[str, Any], rows: list[tuple[str, str]]) -> Block:
    by = given["by"]
    named = (_("Organisation"), ", ".join(part for part in (by.name, by.address) if part))
    return Facts([row for row in (named, *rows, (_("Made"), _moment(given["made_at"]))) if row[1]])


def _act(act: Mapping[str, Any]) -> list[Block]:
    shown = f"{act['statement']}\n{act['version']} · SHA-256 {act['digest']}" if act["statement"] else ""
    rows = [
        (_("Purpose"), act["purpose"]),
        (_("How"), str(act["how"])),
        (_("What was shown"), shown),
        (_("What the person said"), act["said"]),
        (_("WhatsApp's message id"), act["message_id"]),
        (_("Evidence"), "" if act["is_open"] else _("erased: only the fact remains")),
        (_("Heard by us"), _moment(act["received_at"])),
        (_("Ledger entry"), str(act["entry"])),
    ]
    title = f"{_moment(act['at'])}: {str(act['what']).capitalize()}"
    return [Heading(title, 2), Facts([row for row in rows if row[1]])]


def _document(given: Mapping[str, Any], title: str, blocks: list[Block]) -> Document:
    note = _("This page is a reading aid. What can be proven lies beside it, and izin-verify checks it.")
    return Document(
        title, given["lang"], [*blocks, Paragraph(note, is_small=True)], given["made_at"], footer=given["by"].name
    )


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j F Y, H:i:s T")
