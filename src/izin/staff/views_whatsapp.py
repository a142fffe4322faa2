"""The WhatsApp page and the wizard that connects an account: access, numbers, webhooks and templates.

Meta is asked outside every organisation's scope: no transaction waits for somebody else's server. So a page that talks
to Meta has two halves, before and after, each behind ``staff_page``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from izin.inbound.proving import prove
from izin.staff import whatsapp_page
from izin.staff.access import ADMINS, COMPOSERS, StaffRequest, may, staff_page
from izin.staff.shell import trail
from izin.staff.whatsapp_form import AccessForm, NumbersForm
from izin.whatsapp import accounts, connecting
from izin.whatsapp.connection import Facts, Finding
from izin.whatsapp.inquiry import Credentials
from izin.whatsapp.models import BusinessAccount, SenderNumber


@dataclass(frozen=True, slots=True)
class Errand:
    """With which token and secret Meta is to be asked, and the secret that stays valid beside the new one."""

    credentials: Credentials
    old_secret: str | None = field(repr=False)


@staff_page()
def whatsapp(request: StaffRequest) -> HttpResponse:
    """Every connected account with its numbers, the health of its webhooks and its templates."""
    rows = [whatsapp_page.shown(request, account) for account in BusinessAccount.objects.order_by("id")]
    given = {
        "accounts": rows,
        "columns": whatsapp_page.columns(),
        "may_connect": may(request, ADMINS),
        "may_check": may(request, COMPOSERS),
    }
    return TemplateResponse(request, "staff/whatsapp.html", given)


def connect(request: StaffRequest, organisation: str, account: UUID | None = None) -> HttpResponse:
    """Step 1: token, secret and business account. They are kept only when Meta says that they are good."""
    response = _access(request, organisation=organisation, account=account)
    errand = getattr(request, "errand", None)
    if errand is None:
        return response
    facts = connecting.ask(errand.credentials)
    return _access_kept(request, organisation=organisation, account=account, errand=errand, facts=facts)


@staff_page(*ADMINS)
def _access(request: StaffRequest, account: UUID | None) -> HttpResponse:
    known = get_object_or_404(BusinessAccount, id=account) if account else None
    form = AccessForm(request.POST or None, waba_id=known.waba_id if known else "")
    if request.method == "POST" and form.is_valid():
        errand = _errand(form.cleaned_data, known)
        request.errand = errand  # type: ignore[attr-defined]  # it lives as long as the request, between the two halves
    return _access_page(request, form, known)


@staff_page(*ADMINS)
def _access_kept(request: StaffRequest, account: UUID | None, errand: Errand, facts: Facts) -> HttpResponse:
    wrong = connecting.wrong_with(facts)
    if any(finding.severity == "blocker" for finding in wrong):
        known = get_object_or_404(BusinessAccount, id=account) if account else None
        return _access_page(request, AccessForm(request.POST, waba_id=known.waba_id if known else ""), known, wrong)
    kept = connecting.keep(errand.credentials, facts, old_secret=errand.old_secret)
    messages.success(request, _("Token, secret and account are good. They are sealed now."))
    return redirect("staff:whatsapp_numbers", organisation=request.organisation.slug, account=kept.id)


@staff_page(*ADMINS)
def numbers(request: StaffRequest, account: UUID) -> HttpResponse:
    """Step 2: which of the account's numbers are sent from."""
    one = get_object_or_404(BusinessAccount, id=account)
    used = list(SenderNumber.objects.filter(account=one).values_list("phone_number_id", flat=True))
    form = NumbersForm(connecting.numbers_of(one), used, request.POST or None)
    if request.method == "POST" and form.is_valid():
        connecting.choose(one, form.cleaned_data["numbers"])
        return redirect("staff:whatsapp_webhook", organisation=request.organisation.slug, account=one.id)
    return _step(request, 1, one, "staff/whatsapp_numbers.html", form=form, used=used)


def webhook(request: StaffRequest, organisation: str, account: UUID) -> HttpResponse:
    """Step 3: have the webhooks sent here, prove that they arrive, and take the templates in."""
    response = _webhook(request, organisation=organisation, account=account)
    return _checked(request, organisation, account, response, subscribe=True)


@staff_page(*ADMINS)
def _webhook(request: StaffRequest, account: UUID) -> HttpResponse:
    one = get_object_or_404(BusinessAccount, id=account)
    _prepare(request, one)
    callback = connecting.callback_of(one, settings.DOOR_URL)
    return _step(request, 2, one, "staff/whatsapp_webhook.html", callback=callback)


@require_POST
def check(request: StaffRequest, organisation: str, account: UUID) -> HttpResponse:
    """Look at everything once more, with a new test event."""
    response = _check(request, organisation=organisation, account=account)
    return _checked(request, organisation, account, response, subscribe=False)


@staff_page(*COMPOSERS)
def _check(request: StaffRequest, account: UUID) -> HttpResponse:
    _prepare(request, get_object_or_404(BusinessAccount, id=account))
    return redirect("staff:whatsapp", organisation=request.organisation.slug)


@require_POST
@staff_page(*ADMINS)
def old_secret(request: StaffRequest, account: UUID) -> HttpResponse:
    """End a rotation."""
    if accounts.retire_old_secret(get_object_or_404(BusinessAccount, id=account)):
        messages.success(request, _("Only the new app secret is valid now."))
    return redirect("staff:whatsapp", organisation=request.organisation.slug)


def _prepare(request: StaffRequest, one: BusinessAccount) -> None:
    """Leave word that Meta is to be asked, in the half of the page that has checked who may."""
    if request.method == "POST":
        asked = (request.organisation.id, one.id)
        request.to_check = asked  # type: ignore[attr-defined]  # for the half that is outside the scope


def _checked(
    request: StaffRequest, organisation: str, account: UUID, response: HttpResponse, *, subscribe: bool
) -> HttpResponse:
    asked = getattr(request, "to_check", None)
    if asked is None:
        return response
    wrong = connecting.check(*asked, door_url=settings.DOOR_URL, prove=prove, subscribe=subscribe)
    return _told(request, organisation=organisation, account=account, wrong=wrong, subscribe=subscribe)


@staff_page(*COMPOSERS)
def _told(request: StaffRequest, account: UUID, wrong: Sequence[Finding], subscribe: bool) -> HttpResponse:
    if not any(finding.severity == "blocker" for finding in wrong):
        messages.success(request, _("It works: WhatsApp answers, and a signed test event arrived through the door."))
    elif subscribe:
        one = get_object_or_404(BusinessAccount, id=account)
        callback = connecting.callback_of(one, settings.DOOR_URL)
        return _step(request, 2, one, "staff/whatsapp_webhook.html", wrong, callback=callback)
    return redirect("staff:whatsapp", organisation=request.organisation.slug)


def _errand(given: dict[str, Any], known: BusinessAccount | None) -> Errand:
    if known is None:
        return Errand(Credentials(settings.WHATSAPP_URL, given["waba_id"], given["token"], given["app_secret"]), None)
    opened = accounts.secrets_of(known)
    old = opened.app_secrets[0] if opened.app_secrets else None
    kept = connecting.credentials_of(known)
    credentials = replace(kept, token=given["token"] or opened.token, app_secret=given["app_secret"] or old)
    if not given["app_secret"]:  # an ongoing rotation goes on
        return Errand(credentials, opened.app_secrets[1] if len(opened.app_secrets) > 1 else None)
    return Errand(credentials, old if given["keep_old"] else None)


def _access_page(
    request: StaffRequest, form: AccessForm, known: BusinessAccount | None, wrong: Sequence[Finding] = ()
) -> HttpResponse:
    return _step(request, 0, known, "staff/whatsapp_access.html", wrong, form=form)


def _step(
    request: StaffRequest,
    place: int,
    account: BusinessAccount | None,
    template: str,
    wrong: Sequence[Finding] = (),
    **given: Any,
) -> HttpResponse:
    title = _("Renew token or secret") if place == 0 and account else _("Connect WhatsApp")
    frame = {
        "title": title,
        "account": account,
        "steps": whatsapp_page.steps(place, account, request.organisation.slug),
        "alerts": whatsapp_page.alerts(wrong),
        "crumbs": trail(request, ("staff:whatsapp", "WhatsApp"), ("", title)),
    }
    return TemplateResponse(request, template, frame | given)
