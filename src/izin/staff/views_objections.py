"""An objection by telephone, by letter or at the counter: any member of staff records it (Art. 21(2); PDPA s.43)."""

import re
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from izin.consent.models import Evidence
from izin.contacts.spreadsheet_messages import explain
from izin.inbound import replies
from izin.lib.phone import PhoneError, PhoneNumber, parse
from izin.staff.access import StaffRequest, staff_page
from izin.staff.forms import COUNTRIES, REQUIRED
from izin.staff.shell import trail


class ObjectionForm(forms.Form):
    """Whose number, how the objection came, and what was said."""

    number = forms.CharField(
        label=gettext_lazy("Their WhatsApp number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=REQUIRED,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country of a number that begins with 0"), choices=COUNTRIES, initial="MY"
    )
    method = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[
            (Evidence.Method.CALL, gettext_lazy("by telephone")),
            (Evidence.Method.LETTER, gettext_lazy("by letter or e-mail")),
            (Evidence.Method.COUNTER, gettext_lazy("at the counter")),
        ],
        widget=forms.RadioSelect,
        error_messages=REQUIRED,
    )
    note = forms.CharField(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("Sealed as evidence with the contact; not kept for a number that is not in the book."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("number") and given.get("country"):
            try:
                given["e164"] = _number(given["number"], given["country"])
            except PhoneError as refused:
                self.add_error("number", explain(refused.code, get_language() or "ms"))
        return given


@staff_page()
def new(request: StaffRequest) -> HttpResponse:
    """The form; a valid one takes effect at once, whoever the number belongs to."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        replies.object_to(given["e164"], method=given["method"], by=request.user.pk, note=given["note"])
        return redirect("staff:objection_recorded", organisation=request.organisation.slug)
    crumbs = trail(request, ("staff:contacts", _("Contacts")), ("", _("Record an objection")))
    return TemplateResponse(request, "staff/objection.html", {"form": form, "crumbs": crumbs})


@staff_page()
def recorded(request: StaffRequest) -> HttpResponse:
    """What was done. The same words for everybody, whether or not the number is in the book."""
    crumbs = trail(request, ("staff:contacts", _("Contacts")), ("", _("Record an objection")))
    return TemplateResponse(request, "staff/objection_recorded.html", {"crumbs": crumbs})


def _number(text: str, country: str) -> str:
    """E.164. A refusal is taken for any number that is whole, also where no campaign could ever reach it."""
    try:
        return parse(text, country=country).e164
    except PhoneError as refused:
        digits = re.sub(r"[^0-9+]", "", text)
        if refused.code != "not_mobile" or not digits.startswith("+"):
            raise
        return PhoneNumber(digits).e164
