"""A receipt as PDF: what its page shows, to be kept (GDPR Art. 7(1); ISO/IEC TS 27560)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from izin.lib.clock import now
from izin.lib.typeset import Block, Document, Facts, Heading, Paragraph, pdf


def receipt_pdf(shown: Mapping[str, Any], language: str) -> bytes:
    """The file, in Malay or English, of what ``views_receipt`` shows on the page."""
    by = shown["controller"]
    reached = [part for part in (by.address, by.contact_email, by.contact_phone) if part]
    blocks: list[Block] = [
        Facts([(_("Your number"), shown["number"]), (_("Agreed with"), "\n".join([by.name, *reached]))])
    ]
    for one in shown["purposes"]:
        blocks += _purpose(one)
    blocks += [
        Heading(_("To withdraw")),
        Paragraph(_("Reply BERHENTI or STOP to any message, or open this page. It takes effect at once.")),
        Paragraph(shown["choices_href"]),
        Heading(_("The proof")),
        Facts([(_("Entry of the ledger"), str(shown["entry"])), (_("Public key"), shown["verifier_key"])]),
        Paragraph(shown["checkpoint"], is_small=True),
        Paragraph(_("The file receipt.jsonld from the receipt's page holds the whole proof."), is_small=True),
    ]
    return pdf(Document(_("Receipt of your consent"), language, blocks, now(), by.name, footer=by.name))


def _purpose(one: Mapping[str, Any]) -> list[Block]:
    rows = [(_("When"), moment(one["at"])), (_("How"), str(one["how"]).capitalize()), (_("Text"), one["version"])]
    if one["until"]:
        rows.append((_("Holds until"), moment(one["until"])))
    told = [(part["label"], part["text"]) for part in one["parts"]]
    return [
        Heading(one["name"]),
        Paragraph(one["statement"]),
        Facts([*rows, (_("State"), one["says"])]),
        Heading(_("Everything that you were told"), 2),
        Facts(told),
    ]


def moment(at: datetime) -> str:
    """Date and time with their zone, as the pages write them."""
    return date_format(localtime(at), "j F Y, H:i:s T")
