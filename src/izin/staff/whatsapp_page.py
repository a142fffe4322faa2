"""A connection in words: the account, its numbers, its webhooks, and what is wrong with them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from izin.inbound import proving
from izin.lib.clock import now
from izin.staff.access import StaffRequest
from izin.whatsapp import accounts
from izin.whatsapp.connection import PER_SECOND, Finding, expiry, people_per_day
from izin.whatsapp.connection_messages import explain
from izin.whatsapp.models import BusinessAccount, SenderNumber, Template

TONES = {"blocker": "danger", "warning": "warning", "note": "info"}
META = "graph.facebook.com"
RANK = ("blocker", "warning", "note")


def steps(current: int, account: BusinessAccount | None, slug: str) -> list[dict[str, Any]]:
    """The wizard's stepper."""
    labels = (_("Access"), _("Numbers"), _("Webhooks & templates"))
    names = ("staff:whatsapp_connect", "staff:whatsapp_numbers", "staff:whatsapp_webhook")
    return [
        {
            "label": label,
            "done": place < current,
            "current": place == current,
            "href": reverse(name, args=[slug, account.id]) if account and place and place < current else "",
        }
        for place, (label, name) in enumerate(zip(labels, names, strict=True))
    ]


def alerts(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings for the page, the gravest first."""
    shown = []
    for finding in sorted(found, key=lambda one: RANK.index(one.severity)):
        wrong, mend = explain(finding, get_language() or "ms")
        shown.append({"tone": TONES[finding.severity], "title": wrong, "text": mend})
    return shown


def findings_of(account: BusinessAccount) -> list[Finding]:
    """What the last check found; whether the token is about to end is always looked at anew."""
    kept = [Finding(**one) for one in account.findings if one["code"] not in ("token_ends_soon", "token_expired")]
    ended = expiry(account.token_ends_at, now())
    return [ended, *kept] if ended else kept


def warnings(request: StaffRequest) -> list[dict[str, Any]]:
    """For the overview: what keeps messages from leaving or stops from coming in, and a token that is about to end."""
    href = reverse("staff:whatsapp", args=[request.organisation.slug])
    found = [
        finding
        for account in BusinessAccount.objects.order_by("id")
        for finding in findings_of(account)
        if finding.severity == "blocker" or finding.code == "token_ends_soon"
    ]
    return [one | {"href": href} for one in alerts(found)]


def shown(request: StaffRequest, account: BusinessAccount) -> dict[str, Any]:
    """One account with everything that the page says of it."""
    slug = request.organisation.slug
    return {
        "account": account,
        "alerts": alerts(findings_of(account)),
        "facts": _facts(account, slug),
        "rows": [_number(sender) for sender in SenderNumber.objects.filter(account=account).order_by("display")],
        "has_old_secret": len(accounts.secrets_of(account).app_secrets) > 1,
        "hrefs": {
            name: reverse(f"staff:whatsapp_{name}", args=[slug, account.id])
            for name in ("renew", "numbers", "webhook", "check", "old_secret")
        },
    }


def _facts(account: BusinessAccount, slug: str) -> list[dict[str, Any]]:
    heard_at, host = proving.heard_at(), urlsplit(account.base_url).netloc
    approved = Template.objects.filter(account=account, status=Template.Status.APPROVED).count()
    count = Template.objects.filter(account=account).count()
    facts: list[dict[str, Any]] = [
        {"label": _("Business account"), "code": account.waba_id, "note": "" if host == META else host},
        _token(account),
        {
            "label": _("App secrets that are valid"),
            "text": str(len(accounts.secrets_of(account).app_secrets)),
        },
        _moment(_("Last webhook from WhatsApp"), heard_at, _("none yet")),
        _moment(_("Test event last arrived"), account.proved_at, _("never")),
        {
            "label": _("Templates"),
            "text": f"{count:,}",
            "href": reverse("staff:templates", args=[slug]),
            "note": _approved(approved) if count else "",
        },
        _moment(_("Last checked"), account.checked_at, _("never")),
    ]
    return facts


def _approved(count: int) -> str:
    return ngettext("%(n)s of them is approved", "%(n)s of them are approved", count) % {"n": f"{count:,}"}


def _token(account: BusinessAccount) -> dict[str, Any]:
    if account.checked_at is None:
        return {"label": _("Access token"), "text": _("not checked yet")}
    ended = expiry(account.token_ends_at, now())
    if account.token_ends_at is None:
        return {"label": _("Access token"), "text": _("never ends")}
    note = _("Renew it soon.") if ended and ended.severity == "warning" else _("It has ended.") if ended else ""
    return {"label": _("Access token ends"), "time": account.token_ends_at, "note": note}


def _moment(label: str, at: Any, otherwise: str) -> dict[str, Any]:
    return {"label": label, "time": at} if at else {"label": label, "text": otherwise}


def columns() -> list[dict[str, Any]]:
    """Of the table of numbers."""
    labels = (_("Number"), _("Quality"), _("People a day"), _("Pace"), _("State"))
    return [{"label": label} for label in labels]


def _number(sender: SenderNumber) -> list[dict[str, Any]]:
    granted = PER_SECOND.get(sender.throughput)
    pace = ngettext("%(n)s message a second", "%(n)s messages a second", sender.per_second) % {"n": sender.per_second}
    differs = granted is not None and granted != sender.per_second
    return [
        {"text": sender.display, "note": sender.verified_name},
        {"state": sender.quality.lower() if sender.quality in ("GREEN", "YELLOW", "RED") else "unrated"},
        {"text": limit_in_words(sender.messaging_limit)},
        {"text": pace, "note": _("Meta grants %(n)s") % {"n": f"{granted:,}"} if differs else ""},
        {"state": sender.status.lower()} if sender.status else {"text": _("not checked yet")},
    ]


def limit_in_words(limit: str) -> str:
    """How many people WhatsApp lets be reached in 24 hours."""
    people = people_per_day(limit)
    if people is None:
        return _("WhatsApp did not say")
    return _("no limit") if people == "unlimited" else _("%(n)s people in 24 hours") % {"n": f"{people:,}"}
