"""The organisation's message templates, as Meta has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.whatsapp.client import Client
from izin.whatsapp.models import BusinessAccount, Template
from izin.whatsapp.render import placeholders


def keep(account: BusinessAccount, listed: Sequence[Mapping[str, Any]]) -> int:
    """Store the templates that Meta lists, with their status; how many."""
    rows = [
        Template(
            account=account,
            name=entry["name"],
            language=entry["language"],
            category=entry["category"],
            status=entry["status"] if entry["status"] in Template.Status.values else Template.Status.DISABLED,
            components=entry["components"],
            created_at=now(),
        )
        for entry in listed
    ]
    Template.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "account", "name", "language"],
        update_fields=["category", "status", "components"],
    )
    return len(rows)


def body_and_footer(body: str, footer: str, *, example: Mapping[str, str]) -> list[dict[str, Any]]:
    """Meta's components for a text template with named placeholders and a footer.

    Raises IzinError for a placeholder without an example, which Meta refuses.
    """
    named = placeholders(body)
    if missing := [name for name in named if not example.get(name)]:
        raise IzinError(f"Give an example for {{{{{missing[0]}}}}}: WhatsApp asks for one.")
    component: dict[str, Any] = {"type": "BODY", "text": body}
    if named:
        component["example"] = {
            "body_text_named_params": [{"param_name": name, "example": example[name]} for name in named]
        }
    return [component, {"type": "FOOTER", "text": footer}]


async def submit(client: Client, account: BusinessAccount, drafts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Hand drafts (name, language, category, components) in at Meta, and return what Meta lists afterwards."""
    for draft in drafts:
        await client.create_template(account.waba_id, draft)
    return [dict(entry) for entry in await client.templates(account.waba_id)]


def note_submission(name: str, languages: Sequence[str]) -> None:
    """Say in the ledger which template was handed in."""
    log.append("template.submitted", {"name": name, "languages": list(languages)})
