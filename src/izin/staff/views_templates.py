"""Message templates: what Meta says of each, and the way to hand in a new one.

Meta is asked outside every organisation's scope: no transaction waits for somebody else's server. So a page that talks
to Meta has two halves, before and after, each behind ``staff_page``.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.staff.access import COMPOSERS, StaffRequest, may, staff_page
from izin.staff.compose_form import shown
from izin.staff.shell import trail
from izin.staff.template_form import TemplateForm
from izin.whatsapp import accounts
from izin.whatsapp import templates as kept
from izin.whatsapp.accounts import Access
from izin.whatsapp.client import GraphError
from izin.whatsapp.errors import explain
from izin.whatsapp.models import BusinessAccount, Template


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done at Meta: hand these drafts in (none: only look what there is), for this account."""

    account: BusinessAccount
    access: Access
    drafts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The account's templates as Meta lists them, or why not."""

    listed: Sequence[Mapping[str, Any]] = ()
    refused: str = ""


def templates(request: StaffRequest, organisation: str) -> HttpResponse:
    """The list; a POST asks Meta what has become of them."""
    response, errand = _list(request, organisation=organisation), _errand_of(request)
    return _renewed(request, organisation=organisation, answer=_run(errand)) if errand else response


def new(request: StaffRequest, organisation: str) -> HttpResponse:
    """The form; a valid one is handed in at Meta, who decides about it."""
    response, errand = _form(request, organisation=organisation), _errand_of(request)
    return _handed_in(request, organisation=organisation, errand=errand, answer=_run(errand)) if errand else response


@staff_page(to_change=COMPOSERS)
def _list(request: StaffRequest) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    if request.method == "POST" and account is not None:
        _prepare(request, account)
    rows = [
        [
            {"code": one.name},
            one.language,
            {"state": one.status.lower(), "text": one.get_status_display().capitalize()},
            _(one.category.capitalize()),
        ]
        for one in Template.objects.all()
    ]
    given = {
        "columns": [{"label": label} for label in (_("Template"), _("Language"), _("At WhatsApp"), _("Category"))],
        "rows": rows,
        "may_compose": may(request, COMPOSERS),
        "is_connected": account is not None,
        "crumbs": trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Templates"))),
    }
    return TemplateResponse(request, "staff/templates.html", given)


@staff_page(to_change=COMPOSERS)
def _renewed(request: StaffRequest, answer: Answer) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    if answer.refused or account is None:
        messages.error(request, answer.refused)
    else:
        kept.keep(account, answer.listed)
        messages.success(request, _("This is what WhatsApp says now."))
    return redirect("staff:templates", organisation=request.organisation.slug)


@staff_page(*COMPOSERS)
def _form(request: StaffRequest) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and "preview" not in request.POST and account is not None and form.is_valid():
        _prepare(request, account, form.drafts())
    return _page(request, form, is_connected=account is not None)


@staff_page(*COMPOSERS)
def _handed_in(request: StaffRequest, errand: Errand, answer: Answer) -> HttpResponse:
    if answer.refused:
        return _page(request, TemplateForm(request.POST), refused=answer.refused)
    kept.keep(errand.account, answer.listed)
    kept.note_submission(errand.drafts[0]["name"], [draft["language"] for draft in errand.drafts])
    messages.success(request, _("Handed in. WhatsApp decides about it, mostly within a day."))
    return redirect("staff:templates", organisation=request.organisation.slug)


def _page(request: StaffRequest, form: TemplateForm, *, refused: str = "", is_connected: bool = True) -> HttpResponse:
    crumbs = trail(
        request, ("staff:campaigns", _("Campaigns")), ("staff:templates", _("Templates")), ("", _("New template"))
    )
    given = {
        "form": form,
        "previews": [shown(text, form.examples()) for text in form.previews()] if form.is_bound else [],
        "sender": request.organisation.name,
        "refused": refused,
        "is_connected": is_connected,
        "crumbs": crumbs,
    }
    return TemplateResponse(request, "staff/template_new.html", given)


def _prepare(request: StaffRequest, account: BusinessAccount, drafts: Sequence[Mapping[str, Any]] = ()) -> None:
    """Leave the errand with the request, for the half that is outside the scope."""
    errand = Errand(account, accounts.access_to(account), drafts)
    request.errand = errand  # type: ignore[attr-defined]  # it lives as long as the request, between the two halves


def _errand_of(request: StaffRequest) -> Errand | None:
    return getattr(request, "errand", None)


def _run(errand: Errand) -> Answer:
    try:
        return Answer(asyncio.run(_at_meta(errand)))
    except GraphError as refused:
        return Answer(refused=explain(refused.code, get_language() or "ms"))


async def _at_meta(errand: Errand) -> Sequence[Mapping[str, Any]]:
    async with accounts.client_for(errand.access) as client:
        return await kept.submit(client, errand.account, errand.drafts)
