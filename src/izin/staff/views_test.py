"""A test of a draft: sent to members of staff who are contacts and agreed, as they would get the campaign itself."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from izin.campaigns import lifecycle, testers
from izin.campaigns.models import Campaign, Tester
from izin.consent.models import Standing
from izin.contacts import book
from izin.contacts.models import Contact, Identity
from izin.contacts.spreadsheet_messages import explain
from izin.dispatch import outbox
from izin.dispatch.report import report_on
from izin.lib.phone import PhoneError, parse
from izin.organisations.models import User
from izin.staff import report_page
from izin.staff.access import APPROVERS, COMPOSERS, StaffRequest, staff_page
from izin.staff.forms import COUNTRIES, REQUIRED
from izin.staff.reasons import in_words as why
from izin.staff.shell import trail
from izin.staff.standings import in_words

MAY_TEST = (*COMPOSERS, *APPROVERS)
TESTS_SHOWN = 10


class OwnNumberForm(forms.Form):
    """The member's own WhatsApp number; it must be a contact's."""

    use_required_attribute = False

    number = forms.CharField(
        label=gettext_lazy("Your own WhatsApp number"),
        help_text=gettext_lazy("It must be among the contacts: join by your own page first, as everybody does."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=REQUIRED,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of a number that begins with 0"), choices=COUNTRIES, initial="MY"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("number") and given.get("country"):
            try:
                number = parse(given["number"], country=given["country"])
            except PhoneError as refused:
                self.add_error("number", explain(refused.code, get_language() or "ms"))
            else:
                given["person"] = book.find(Identity.Kind.PHONE, number.e164)
                if given["person"] is None:
                    self.add_error("number", _("Nobody among the contacts has this number. Join by your page first."))
        return given


@staff_page(to_change=MAY_TEST)
def test(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """Who can get a test, the button that sends it, and what became of the tests until now."""
    one = get_object_or_404(Campaign.objects.filter(test_of=None).select_related("purpose", "sender"), id=campaign)
    form = OwnNumberForm(request.POST if "own" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        done = _named(request, form) if form.is_bound else _done(request, one)
        if done:
            return redirect("staff:campaign_test", organisation=request.organisation.slug, campaign=one.id)
    place = {"organisation": request.organisation.slug, "campaign": one.id}
    crumbs = trail(request, ("staff:campaigns", _("Campaigns")), ("", _("Test")))
    crumbs.insert(1, {"label": one.name, "href": reverse("staff:campaign", kwargs=place)})
    columns, rows = _people(one)
    given: dict[str, Any] = {
        "campaign": one,
        "crumbs": crumbs,
        "form": form,
        "columns": columns,
        "rows": rows,
        "most": testers.MOST,
        "is_tester": Tester.objects.filter(member=request.user.pk).exists(),
        "can_send": bool(rows) and one.state in (Campaign.State.DRAFT, Campaign.State.APPROVED),
        "tests": [_told(each) for each in Campaign.objects.filter(test_of=one).order_by("-started_at")[:TESTS_SHOWN]],
    }
    return TemplateResponse(request, "staff/test.html", given)


def _named(request: StaffRequest, form: OwnNumberForm) -> bool:
    if testers.name_own(request.user.pk, form.cleaned_data["person"]):
        messages.success(request, _("Your number can get tests now."))
        return True
    form.add_error("number", _("A colleague has named this number already."))
    return False


def _done(request: StaffRequest, one: Campaign) -> bool:
    if "leave" in request.POST:
        testers.leave(request.user.pk)
        messages.success(request, _("Your number gets no more tests."))
        return True
    chosen = _ids(request.POST.getlist("person"))
    if not 0 < len(chosen) <= testers.MOST:
        messages.error(request, _("Tick one to %(most)d people.") % {"most": testers.MOST})
        return True
    try:
        with transaction.atomic():
            planned = outbox.test(one, chosen, by=request.user.pk)
    except lifecycle.NotPossible:
        told = _("The test could not be sent: see the pre-flight, and whether those you ticked agreed to this purpose.")
        messages.error(request, told)
    else:
        messages.success(request, _("The test is on its way to %(people)d of you.") % {"people": planned})
    return True


def _ids(given: Sequence[str]) -> list[UUID]:
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def _people(one: Campaign) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    own = {row.contact_id: row.member for row in Tester.objects.order_by("at")}
    contacts = list(Contact.objects.filter(id__in=own).order_by("id"))
    numbers = book.numbers(contacts)
    held = {row.contact_id: row for row in Standing.objects.filter(purpose=one.purpose, contact_id__in=own)}
    names = {user.id: user.get_full_name() or user.username for user in User.objects.filter(id__in=own.values())}
    rows: list[list[Any]] = []
    for contact in contacts:
        name = names.get(own[contact.id], "–")
        number = numbers.get(contact.id)
        who = {"text": name, "note": number.masked if number else "", "pick": str(contact.id)}
        who["pick_label"] = _("Tick %(who)s") % {"who": name}
        rows.append([who, in_words(held.get(contact.id))])
    return [{"label": _("Colleague")}, {"label": _("Agreed to this purpose?")}], rows


def _told(test: Campaign) -> dict[str, Any]:
    report = report_on(test.id)
    reasons = [why(reason) for reason in (*report.suppressed, *report.rejected)]
    return {"at": test.started_at, "segments": report_page.segments(report), "reasons": reasons}
