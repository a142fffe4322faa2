"""Message templates: what Meta says of each, and the way to hand in a new one.

Meta is asked outside every organisation's scope: no transaction waits for somebody else's server. So a page that talks
to Meta has two halves, before and after, each behind ``staff_page``.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.lib.clock import now
from izin.staff import template_page
from izin.staff.access import COMPOSERS, StaffRequest, may, staff_page
from izin.staff.shell import trail
from izin.staff.template_form import TemplateForm
from izin.staff.template_words import refusal_in_words
from izin.whatsapp import connecting
from izin.whatsapp import templates as kept
from izin.whatsapp.client import GraphError
from izin.whatsapp.inquiry import Credentials
from izin.whatsapp.models import BusinessAccount, Template


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done at Meta: hand these drafts in (none: only look what there is), for this account."""

    account: BusinessAccount
    credentials: Credentials
    drafts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The account's templates as Meta lists them (None: it did not), why a draft was not taken, and which were not."""

    listed: Sequence[Mapping[str, Any]] | None = None
    refused: str = ""
    not_taken: Sequence[Mapping[str, Any]] = ()
    asked_at: datetime = field(default_factory=now)


def templates(request: StaffRequest, organisation: str) -> HttpResponse:
    """The list; a POST asks Meta what has become of them."""
    response, errand = _list(request, organisation=organisation), _errand_of(request)
    return _renewed(request, organisation=organisation, answer=_run(errand)) if errand else response


def new(request: StaffRequest, organisation: str) -> HttpResponse:
    """The form; a valid one is handed in at Meta, who decides about it."""
    response, errand = _form(request, organisation=organisation), _errand_of(request)
    return _handed_in(request, organisation=organisation, errand=errand, answer=_run(errand)) if errand else response


@staff_page()
def template(request: StaffRequest, template: UUID) -> HttpResponse:
    """One template in all its languages, as its readers see it, with what Meta says of each."""
    one = get_object_or_404(Template, id=template)
    family = list(Template.objects.filter(account_id=one.account_id, name=one.name).order_by("language"))
    is_usable = any(each.status == Template.Status.APPROVED for each in family)
    compose = reverse("staff:campaign_new", args=[request.organisation.slug])
    given = {
        "name": one.name,
        "variants": [template_page.variant(each) for each in family],
        "sender": request.organisation.name,
        "compose_href": f"{compose}?template={family[0].id}" if is_usable and may(request, COMPOSERS) else "",
        "crumbs": trail(
            request, ("staff:campaigns", _("Campaigns")), ("staff:templates", _("Templates")), ("", one.name)
        ),
    }
    return TemplateResponse(request, "staff/template.html", given)


@require_POST
@staff_page(*COMPOSERS)
def preview(request: StaffRequest) -> HttpResponse:
    """The part of the form's page that follows what is typed: the messages, and what is wrong with them."""
    form = TemplateForm(request.POST)
    form.forget_errors()
    return TemplateResponse(request, "staff/parts/template_live.html", _live(request, form) | {"is_update": True})


@staff_page(to_change=COMPOSERS)
def _list(request: StaffRequest) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    if request.method == "POST" and account is not None:
        _prepare(request, account)
    given = {
        "columns": template_page.columns(),
        "rows": [template_page.row(request.organisation.slug, one) for one in Template.objects.all()],
        "may_compose": may(request, COMPOSERS),
        "is_connected": account is not None,
        "crumbs": trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Templates"))),
    }
    return TemplateResponse(request, "staff/templates.html", given)


@staff_page(to_change=COMPOSERS)
def _renewed(request: StaffRequest, answer: Answer) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    if answer.listed is None or account is None:
        messages.error(request, answer.refused)
    else:
        kept.keep(account, answer.listed, asked_at=answer.asked_at)
        messages.success(request, _("This is what WhatsApp says now."))
    return redirect("staff:templates", organisation=request.organisation.slug)


@staff_page(*COMPOSERS)
def _form(request: StaffRequest) -> HttpResponse:
    account = BusinessAccount.objects.order_by("id").first()
    form = TemplateForm(request.POST or None)
    is_sent = request.method == "POST" and "preview" not in request.POST
    if not is_sent:
        form.forget_errors()
    if is_sent and account is not None and form.is_valid() and not form.needs_second_thought():
        drafts = form.drafts()
        kept.begin(account, drafts)
        _prepare(request, account, drafts)
    return _page(request, form, is_connected=account is not None)


@staff_page(*COMPOSERS)
def _handed_in(request: StaffRequest, errand: Errand, answer: Answer) -> HttpResponse:
    kept.give_up(errand.account, answer.not_taken)
    if answer.listed is not None:
        kept.keep(errand.account, answer.listed, asked_at=answer.asked_at)
    if answer.refused:
        return _page(request, TemplateForm(request.POST), refused=answer.refused)
    kept.note_submission(errand.drafts[0]["name"], [draft["language"] for draft in errand.drafts])
    messages.success(request, _("Handed in. WhatsApp decides about it, mostly within a day."))
    return redirect("staff:templates", organisation=request.organisation.slug)


def _page(request: StaffRequest, form: TemplateForm, *, refused: str = "", is_connected: bool = True) -> HttpResponse:
    crumbs = trail(
        request, ("staff:campaigns", _("Campaigns")), ("staff:templates", _("Templates")), ("", _("New template"))
    )
    given = {"form": form, "refused": refused, "is_connected": is_connected, "crumbs": crumbs}
    return TemplateResponse(request, "staff/template_new.html", given | _live(request, form))


def _live(request: StaffRequest, form: TemplateForm) -> dict[str, Any]:
    """What follows the typing, in the first page and in every update of it."""
    notes = form.notes()
    return {
        "form": form,
        "previews": [template_page.shown(text, form.examples()) for text in form.previews()],
        "sender": request.organisation.name,
        "notes": notes,
        "advised": any(note["tone"] == "warning" for note in notes),
        "examples_changed": form.has_other_examples(),
    }


def _prepare(request: StaffRequest, account: BusinessAccount, drafts: Sequence[Mapping[str, Any]] = ()) -> None:
    """Leave the errand with the request, for the half that is outside the scope."""
    errand = Errand(account, connecting.credentials_of(account), drafts)
    request.errand = errand  # type: ignore[attr-defined]  # it lives as long as the request, between the two halves


def _errand_of(request: StaffRequest) -> Errand | None:
    return getattr(request, "errand", None)


def _run(errand: Errand) -> Answer:
    return asyncio.run(_at_meta(errand))


async def _at_meta(errand: Errand) -> Answer:
    """Hand in one draft after the other until one is refused, and look what there is then."""
    refused, waiting = "", list(errand.drafts)
    async with errand.credentials.client() as client:
        try:
            while waiting:
                await client.create_template(errand.account.waba_id, waiting[0])
                waiting.pop(0)
        except GraphError as why:
            refused = refusal_in_words(why.code, why.subcode)
            if why.code is None and why.may_have_arrived:  # the next look at Meta tells
                waiting.pop(0)
        asked_at = now()
        try:
            return Answer(await client.templates(errand.account.waba_id), refused, waiting, asked_at)
        except GraphError as why:
            unseen = "" if errand.drafts else refusal_in_words(why.code, why.subcode)
            return Answer(None, refused or unseen, waiting)
