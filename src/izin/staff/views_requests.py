"""The register of requests: what people ask by their rights, by when it must be answered, and the answer."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from izin.contacts.spreadsheet_messages import explain
from izin.dispatch.outbox import StillSending
from izin.lib.clock import now
from izin.lib.phone import PhoneError, parse
from izin.rights import acts, clocks, erasure, letters, register, telling
from izin.rights.models import RecipientNotice, SubjectRequest
from izin.staff import telling_page
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.forms import COUNTRIES, REQUIRED
from izin.staff.shell import trail

CLOSED_SHOWN = 50
LONGEST = 4_000


class RequestForm(forms.Form):
    """Who asked for what, how and when."""

    kind = forms.ChoiceField(label=gettext_lazy("What they ask for"), choices=SubjectRequest.Kind.choices)
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[choice for choice in SubjectRequest.Channel.choices if choice[0] != "page"],
    )
    received = forms.DateField(
        label=gettext_lazy("Received on"),
        help_text=gettext_lazy("The clock starts on this day, whoever in the house received it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=REQUIRED,
    )
    number = forms.CharField(
        label=gettext_lazy("Their WhatsApp number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=REQUIRED,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of a number that begins with 0"), choices=COUNTRIES, initial="MY"
    )
    asked = forms.CharField(
        label=gettext_lazy("What they wrote or said"),
        help_text=gettext_lazy("Sealed with the request; it goes when the person is erased."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("received") and given["received"] > register.day_of(now()):
            self.add_error("received", _("This day is still to come."))
        if given.get("number") and given.get("country"):
            try:
                given["e164"] = parse(given["number"], country=given["country"]).e164
            except PhoneError as refused:
                self.add_error("number", explain(refused.code, get_language() or "ms"))
        return given


class ReplyForm(forms.Form):
    """The answer that goes to the person, and for a refusal its ground."""

    text = forms.CharField(
        label=gettext_lazy("The answer, as it goes to the person"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages=REQUIRED,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Refused, because"),
        help_text=gettext_lazy("Leave empty when you did what was asked."),
        choices=[("", "–"), *SubjectRequest.Ground.choices],
        required=False,
    )


@staff_page(*OFFICERS)
def requests(request: StaffRequest) -> HttpResponse:
    """The open ones, the most urgent first, then those that were answered."""
    columns = [{"label": label} for label in (_("Right"), _("Answer by"), _("Identity"), _("Received"), _("State"))]
    closed = SubjectRequest.objects.exclude(state=SubjectRequest.State.OPEN)[:CLOSED_SHOWN]
    given = {
        "columns": columns,
        "open_rows": [_row(request, one) for one in register.waiting()],
        "closed_rows": [_row(request, one) for one in closed],
        "overdue": register.overdue().count(),
        "notice_columns": telling_page.columns(),
        "notice_rows": telling_page.rows(request),
        "notices_overdue": telling.overdue().count(),
    }
    return TemplateResponse(request, "staff/requests.html", given)


@staff_page(*OFFICERS)
def new(request: StaffRequest) -> HttpResponse:
    """Take a request in that came by letter, telephone, at the counter or in a chat."""
    form = RequestForm(request.POST or None, initial={"received": register.day_of(now())})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        noon = datetime.combine(given["received"], time(12), get_current_timezone())
        made = acts.record(
            given["kind"],
            given["e164"],
            channel=given["channel"],
            asked=given["asked"],
            received_at=min(noon, now()),
            by=request.user.pk,
        )
        return redirect("staff:request", organisation=request.organisation.slug, request_id=made.id)
    crumbs = trail(request, ("staff:requests", _("Requests")), ("", _("Record a request")))
    return TemplateResponse(request, "staff/request_new.html", {"form": form, "crumbs": crumbs})


@staff_page(*OFFICERS)
def one(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked, its clocks, and the steps to its answer."""
    held = get_object_or_404(SubjectRequest.objects.select_related("contact"), id=request_id)
    form = ReplyForm(request.POST if "answer" in request.POST else None, initial={"text": _draft(request, held)})
    if request.method == "POST" and _step(request, held, form):
        return redirect("staff:request", organisation=request.organisation.slug, request_id=held.id)
    asked, answered = register.texts(held)
    received, today = register.day_of(held.received_at), register.day_of(now())
    title = held.get_kind_display()
    given = {
        "held": held,
        "title": title,
        "asked": asked,
        "answered": answered,
        "facts": _facts(held),
        "form": form,
        "is_open": held.state == SubjectRequest.State.OPEN,
        "is_overdue": held.state == SubjectRequest.State.OPEN and held.due_on < today,
        "can_extend": held.extended_at is None and clocks.may_extend(held.kind, received, today),
        "can_identify": held.identity == SubjectRequest.Identity.UNPROVEN,
        "can_correct": held.kind == "correct" and held.contact_id and held.identity != SubjectRequest.Identity.UNPROVEN,
        "notices": telling_page.notices_of(request, held),
        "ways": telling_page.ways(),
        "certificate": _certificate(held),
        "can_erase": held.kind == "erase" and held.contact_id and held.identity != SubjectRequest.Identity.UNPROVEN,
        "crumbs": trail(request, ("staff:requests", _("Requests")), ("", title)),
        "letters": letters.drafts(held.kind, request.organisation.name)
        | {f"{language}_refusal": text for language, text in letters.refusals(request.organisation.name).items()},
    }
    return TemplateResponse(request, "staff/request.html", given)


def _step(request: StaffRequest, held: SubjectRequest, form: ReplyForm) -> bool:
    """Do what was pressed; whether it was done. What was not is told on the page."""
    by = request.user.pk
    steps: dict[str, Callable[[], object]] = {
        "answer": lambda: register.answer(held, form.cleaned_data["text"], by=by, ground=form.cleaned_data["ground"]),
        "identify": lambda: register.identify(held, by=by),
        "extend": lambda: register.extend(held, by=by),
        "erase": lambda: acts.erase_as_asked(held, by=by),
        "correct": lambda: acts.correct_as_asked(held, request.POST.get("name", ""), by=by),
        "told": lambda: _note_told(request, held),
    }
    step = next((name for name in steps if name in request.POST), None)
    if step is None or (step == "answer" and not form.is_valid()):
        return False
    try:
        steps[step]()
    except tuple(_refusals()) as refused:
        messages.error(request, _refusals()[type(refused)])
    else:
        messages.success(request, _("Done. It is in the ledger."))
    return True


def _refusals() -> dict[type[Exception], str]:
    """Why a step was not taken, in words."""
    return {
        register.NotOpen: _("This request has been answered already."),
        register.Unproven: _("First make sure who asks, and say so here. Then answer."),
        register.TooLateToExtend: _("It is too late to extend: the notice must be given within the first period."),
        StillSending: _("A message to this person is on its way at this moment. Try again in a minute."),
        acts.NameMissing: _("Write the name as it should be. Nothing was changed."),
        telling.AlreadyTold: _("This notice has been sent already."),
    }


def _note_told(request: StaffRequest, held: SubjectRequest) -> None:
    """Staff have sent a notice; one of another request, or a way that is none, is a page that was tampered with."""
    notices = {str(one.id): one for one in telling.of_request(held)}
    notice, how = notices.get(request.POST["told"]), request.POST.get("how", "")
    if notice is None or how not in RecipientNotice.How.values:
        raise SuspiciousOperation
    telling.sent(notice, how, by=request.user.pk)


def _certificate(held: SubjectRequest) -> list[dict[str, Any]]:
    """What stays of an erasure, as facts; nothing for other requests."""
    is_done = held.kind == "erase" and held.state == SubjectRequest.State.ANSWERED
    if not is_done or held.subject_ref is None:
        return []
    made = erasure.certificate(held.subject_ref)
    facts: list[dict[str, Any]] = [
        {"label": _("Reference"), "text": str(made.reference)},
        {"label": _("Erased"), "time": made.at},
        {"label": _("Entry in the ledger"), "text": str(made.entry_seq)},
        {"label": _("Its fingerprint"), "text": made.leaf_hash},
    ]
    for one in made.told:
        label = _("Told: %(name)s") if one.sent_at else _("To tell: %(name)s")
        when = {"time": one.sent_at} if one.sent_at else {"text": date_format(one.due_on, "j F Y")}
        facts.append({"label": label % {"name": one.recipient}} | when)
    return facts


def _draft(request: StaffRequest, held: SubjectRequest) -> str:
    language = held.contact.language if held.contact else get_language()
    return letters.drafts(held.kind, request.organisation.name)["en" if language == "en" else "ms"]


def _row(request: StaffRequest, one: SubjectRequest) -> list[Any]:
    href = reverse("staff:request", args=[request.organisation.slug, one.id])
    state: dict[str, Any] = {"text": one.get_state_display().capitalize()}
    if one.state == SubjectRequest.State.OPEN and one.due_on < register.day_of(now()):
        state = {"state": "failed", "text": _("Overdue")}
    return [
        {"text": one.get_kind_display().capitalize(), "href": href},
        {"text": date_format(one.due_on, "j F Y"), "note": _("extended") if one.extended_at else ""},
        {"text": one.get_identity_display().capitalize()},
        {"time": one.received_at},
        state,
    ]


def _facts(held: SubjectRequest) -> list[dict[str, Any]]:
    laws = {"gdpr": _("GDPR, Art. 12(3)"), "pdpa": _("PDPA, s.31 and s.35")}
    if held.kind in clocks.AT_ONCE:
        laws = {"gdpr": _("GDPR, Art. 7(3) and 21(3)"), "pdpa": _("PDPA, s.38 and s.43")}
    facts = [
        {"label": _("Received"), "time": held.received_at},
        {"label": _("How it came"), "text": held.get_channel_display().capitalize()},
        {"label": _("Identity"), "text": held.get_identity_display().capitalize()},
        {"label": _("In the book"), "text": _("yes") if held.contact_id else _("no")},
    ]
    for clock in clocks.clocks(held.kind, register.day_of(held.received_at)):
        last = clock.longest if held.extended_at else clock.due
        facts.append({"label": laws[clock.law], "text": date_format(last, "j F Y")})
    if held.answered_at:
        facts.append({"label": _("Answered"), "time": held.answered_at})
    if held.ground:
        facts.append({"label": _("Ground"), "text": held.get_ground_display()})
    if held.entry_seq is not None:
        facts.append({"label": _("Entry in the ledger"), "text": str(held.entry_seq)})
    return facts
