"""Incoming webhooks that Izin could not act on: why, since when and how many; try again, or dismiss with a reason."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.inbound import setting_aside
from izin.inbound.setting_aside import Because, Group
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.shell import trail


@staff_page(*OFFICERS)
def set_aside(request: StaffRequest) -> HttpResponse:
    """The groups by reason. POST: retry one, or dismiss what was seen of it."""
    if request.method == "POST":
        if "retry" in request.POST:
            _retry(request, request.POST["retry"])
        elif "dismiss" in request.POST:
            _dismiss(request, request.POST["dismiss"])
        return redirect("staff:set_aside", organisation=request.organisation.slug)
    given = {
        "groups": [_shown(one) for one in setting_aside.groups()],
        "reasons": reasons(),
        "crumbs": trail(request, ("staff:replies", _("Replies")), ("", _("Set aside"))),
    }
    return TemplateResponse(request, "staff/set_aside.html", given)


def reasons() -> list[tuple[str, str]]:
    """Why somebody lets it be, in words."""
    words = {
        Because.TEST: _("It is of a test of ours"),
        Because.RECORDED: _("Whatever it says was found out otherwise, and recorded by hand"),
        Because.UNREADABLE: _("It can never be read, and nobody can tell who wrote it"),
    }
    return [(str(one), words[one]) for one in Because]


def _shown(one: Group) -> dict[str, Any]:
    title = {
        setting_aside.UNDECODABLE: _("It is no webhook that can be read"),
        setting_aside.WITHOUT_SENDER: _("It says stop and names nobody"),
        "Unreadable": _("It is damaged, or its key is gone"),
    }.get(one.reason, _("Izin failed on it: %(name)s") % {"name": one.reason or "–"})
    facts = [
        {"label": _("How many"), "text": f"{one.count:,}"},
        {"label": _("The first came"), "time": one.first},
        {"label": _("The last came"), "time": one.last},
    ]
    return {"reason": one.reason, "title": title, "facts": facts, "until": one.last.isoformat()}


def _retry(request: StaffRequest, reason: str) -> None:
    done, failed = setting_aside.retry(reason, by=request.user.pk)
    if done:
        text = ngettext("%(count)s was acted on.", "%(count)s were acted on.", done)
        messages.success(request, text % {"count": done})
    if failed:
        text = ngettext(
            "%(count)s failed again. It stays here until Izin is mended.",
            "%(count)s failed again. They stay here until Izin is mended.",
            failed,
        )
        messages.error(request, text % {"count": failed})


def _dismiss(request: StaffRequest, reason: str) -> None:
    because, until = request.POST.get("because", ""), request.POST.get("until", "")
    try:
        seen, chosen = datetime.fromisoformat(until), Because(because)
    except ValueError:
        if not because:
            messages.error(request, _("Say why, so that it can be shown later. Nothing was dismissed."))
            return
        raise SuspiciousOperation from None
    count = setting_aside.dismiss(reason, chosen, until=seen, by=request.user.pk)
    text = ngettext("%(count)s dismissed. It is in the ledger.", "%(count)s dismissed. It is in the ledger.", count)
    messages.success(request, text % {"count": count})
