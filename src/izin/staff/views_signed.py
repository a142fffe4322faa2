"""A consent that somebody signed on paper: staff record it with its scan, and an officer looks at the scan later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from izin.consent import paper
from izin.consent.models import Evidence, Purpose
from izin.consent.paper import NotRecorded, Signed
from izin.consent.scans import MOST_BYTES
from izin.contacts import book
from izin.contacts.book import Known, Newcomer
from izin.contacts.models import Contact
from izin.contacts.spreadsheet_messages import explain
from izin.lib.phone import PhoneError, parse
from izin.notices.models import NoticeVersion
from izin.staff.access import OFFICERS, SEES_NAMES, StaffRequest, staff_page
from izin.staff.forms import COUNTRIES, REQUIRED
from izin.staff.shell import trail
from izin.staff.views_evidence import SHOWN_ONLY
from izin.staff.wordings import LANGUAGE_NAMES

SCAN_WANTED = gettext_lazy("Choose a photo or scan of the signed form: JPEG, PNG or PDF, at most 10 MB.")
WHY: dict[str, str | Promise] = {
    "refused": gettext_lazy(
        "The holder of this number has refused these messages. Paper does not lift that: "
        "only their own message from this number does. Nothing was kept."
    ),
    "future": gettext_lazy("This time has not come yet."),
    "expired": gettext_lazy("Signed so long ago that the consent has ended. Ask the person again."),
    "not_yet_published": gettext_lazy("This version was not published yet when the form was signed."),
    "scan": SCAN_WANTED,
    "scan_size": SCAN_WANTED,
    "twice": gettext_lazy("This scan is already recorded for this person."),
    "choices": gettext_lazy("Choose at least one purpose that the person agreed to."),
}
FIELD_OF = {
    "future": "at",
    "scan": "scan",
    "scan_size": "scan",
    "twice": "scan",
}


class SignedForm(forms.Form):
    """What the paper says. Each purpose is its own choice, and none is chosen beforehand."""

    number = forms.CharField(
        label=gettext_lazy("Their WhatsApp number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=REQUIRED,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of a number that begins with 0"), choices=COUNTRIES, initial="MY"
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the form that was signed"),
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[
            (Evidence.Method.COUNTER, gettext_lazy("signed here at the counter")),
            (Evidence.Method.PAPER, gettext_lazy("signed elsewhere and handed in")),
        ],
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    at = forms.DateTimeField(
        label=gettext_lazy("Signed on"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={**REQUIRED, "invalid": gettext_lazy("Write day and time, for example 2026-03-31 18:00.")},
    )
    scan = forms.FileField(
        label=gettext_lazy("Photo or scan of the signed form"),
        help_text=gettext_lazy("JPEG, PNG or PDF, at most 10 MB. It is sealed under the person's own key."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        max_length=200,
        error_messages={"required": SCAN_WANTED, "empty": SCAN_WANTED, "missing": SCAN_WANTED},
    )
    adult = forms.BooleanField(
        label=gettext_lazy("The form says that the person is 18 or older"),
        error_messages={"required": gettext_lazy("Only adults can agree to these messages.")},
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["at"].help_text = _("Local time, zone %(zone)s.") % {"zone": settings.TIME_ZONE}
        self._versions = {str(one.id): one for one in NoticeVersion.objects.select_related("notice")}
        self._purposes = list(Purpose.objects.all())
        for purpose in self._purposes:
            offered = [(key, one.name) for key, one in self._versions.items() if one.notice_id == purpose.notice_id]
            self.fields[f"p-{purpose.id}"] = forms.ChoiceField(
                label=purpose.name,
                choices=[("", _("not agreed to")), *offered],
                required=False,
                help_text=_("If the person agreed: the version that the signed form shows."),
            )
        last = ["scan", "adult"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("number") and given.get("country"):
            try:
                given["parsed"] = parse(given["number"], country=given["country"])
            except PhoneError as refused:
                self.add_error("number", explain(refused.code, get_language() or "ms"))
        if not self.choices():
            self.add_error(None, str(WHY["choices"]))
        if "scan" in given and given["scan"].size > MOST_BYTES:
            self.add_error("scan", str(SCAN_WANTED))
        return given

    def choices(self) -> dict[Purpose, NoticeVersion]:
        """The purposes that were agreed to, each with the version that was shown."""
        chosen = {one: self.cleaned_data.get(f"p-{one.id}") for one in self._purposes}
        return {purpose: self._versions[str(key)] for purpose, key in chosen.items() if key}

    def signed(self) -> Signed:
        """The same as the record needs it."""
        given = self.cleaned_data
        newcomer = Newcomer(given["parsed"], given["name"], given["language"])
        at: datetime = given["at"]
        return Signed(newcomer, given["method"], at, given["language"], self.choices(), given["scan"].read())

    def refuse(self, refused: NotRecorded) -> None:
        """Say it where it can be mended."""
        place = FIELD_OF.get(refused.code) or (f"p-{refused.purpose.id}" if refused.purpose else None)
        self.add_error(place, str(WHY[refused.code]))


@staff_page(*SEES_NAMES)
def new(request: StaffRequest) -> HttpResponse:
    """The form; a valid one stands at once, with the grade that paper has."""
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = paper.record(form.signed(), by=request.user.pk)
        except NotRecorded as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Recorded, with the scan as evidence."))
            return redirect("staff:contact", organisation=request.organisation.slug, contact=person.id)
    crumbs = trail(request, ("staff:contacts", _("Contacts")), ("", _("Record a signed form")))
    given = {
        "form": form,
        "crumbs": crumbs,
        "has_purposes": Purpose.objects.exists(),
        "join_href": f"/{request.organisation.slug}/sertai",
    }
    return TemplateResponse(request, "staff/signed.html", given, status=422 if form.is_bound else 200)


@staff_page(*OFFICERS)
def scan(request: StaffRequest, contact: UUID, digest: str) -> HttpResponse:
    """The scan as it came, to be kept and not shown: a browser never takes it for a page of ours."""
    person = _opened(get_object_or_404(Contact, id=contact))
    found = paper.scans_of(person, digest) if person else {}
    if digest not in found:
        raise Http404
    body, kind = found[digest]
    response = HttpResponse(body, content_type=kind.media_type)
    response["Content-Disposition"] = f'attachment; filename="signed-form-{digest[:8]}.{kind.ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHOWN_ONLY
    return response


def _opened(contact: Contact) -> Known | None:
    return next(iter(book.open_many([contact.id])), None)
