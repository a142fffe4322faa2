"""The organisation's message templates, as Meta has them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from izin.ledger import log
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.whatsapp import lenient
from izin.whatsapp.client import Client
from izin.whatsapp.models import BusinessAccount, Template
from izin.whatsapp.render import placeholders

PATIENCE = timedelta(minutes=10)  # so long may a new template be missing from Meta's list
GONE = "DELETED"
_OF_META = ("category", "status", "reason", "quality", "components")


def keep(account: BusinessAccount, listed: Sequence[Mapping[str, Any]], *, asked_at: datetime | None = None) -> int:
    """Store the templates that Meta lists, with their status; how many.

    What a webhook said after the list was asked for stays as it is. A template that Meta no longer lists is closed.
    """
    asked_at = (asked_at or now()).replace(microsecond=0)  # webhooks know whole seconds only
    told_at = asked_at - timedelta(microseconds=1)  # so that a webhook of the same second, or another list, comes after
    known = {(one.name, one.language): one for one in Template.objects.select_for_update().filter(account=account)}
    fresh, changed = [], []
    for entry in listed:
        name, language = str(entry.get("name", "")), str(entry.get("language", ""))
        row = known.pop((name, language), None)
        if row is None:
            row = Template(account=account, name=name, language=language, created_at=now())
            fresh.append(row)
        elif row.told_at is not None and row.told_at >= asked_at:
            continue
        else:
            changed.append(row)
        _take_over(row, entry)
        row.told_at = told_at
    for row in known.values():
        if (row.told_at or row.created_at) < asked_at - PATIENCE and row.reason != GONE:
            row.status, row.reason, row.told_at = Template.Status.DISABLED, GONE, told_at
            changed.append(row)
    Template.objects.bulk_create(fresh)
    Template.objects.bulk_update(changed, [*_OF_META, "told_at"])
    return len(listed)


def _take_over(row: Template, entry: Mapping[str, Any]) -> None:
    rejected = lenient.text(entry.get("rejected_reason")) or ""
    row.category = str(entry.get("category", ""))[:16]
    row.status, row.reason = status_of(str(entry.get("status", "")), row.reason)
    if row.status == Template.Status.REJECTED and rejected not in ("", "NONE"):
        row.reason = rejected[:40]
    row.quality = (lenient.text(lenient.mapping(entry.get("quality_score")).get("score")) or row.quality)[:12]
    row.components = entry.get("components") or []


def status_of(word: str, reason: str = "") -> tuple[str, str]:
    """(status, reason) for Meta's word, which is a status in a list and an event in a webhook.

    The reason that is known stays while the template is in that state; a word that closes it is the reason itself.
    """
    word = word.upper()
    if word in ("APPROVED", "REINSTATED", "UNARCHIVED", "UNLOCKED"):
        return Template.Status.APPROVED, ""
    if word in ("PENDING", "IN_APPEAL"):
        return Template.Status.PENDING, word if word == "IN_APPEAL" else ""
    if word in ("REJECTED", "PAUSED"):
        return Template.Status(word), reason
    return Template.Status.DISABLED, reason if word == "DISABLED" else word[:40]


def begin(account: BusinessAccount, drafts: Sequence[Mapping[str, Any]]) -> None:
    """Write down what is about to be handed in, so that Meta's answer by webhook finds it, however soon it comes."""
    for draft in drafts:
        fresh = {"created_at": now(), "status": Template.Status.PENDING, "reason": "", "advice": "", "told_at": None}
        Template.objects.update_or_create(
            account=account,
            name=draft["name"],
            language=draft["language"],
            defaults=fresh | {"category": draft["category"], "components": draft["components"]},
        )


def give_up(account: BusinessAccount, drafts: Sequence[Mapping[str, Any]]) -> None:
    """Forget what was about to be handed in and did not arrive at Meta."""
    for draft in drafts:
        waiting = Template.objects.filter(account=account, name=draft["name"], language=draft["language"])
        waiting.filter(status=Template.Status.PENDING, told_at=None).delete()


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
