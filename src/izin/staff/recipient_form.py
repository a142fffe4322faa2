"""What staff fill in about a recipient, and before they give anything to it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from izin.accountability.models import Recipient
from izin.consent.models import Purpose
from izin.notices.countries import COUNTRIES, country_name
from izin.staff.forms import REQUIRED


class RecipientForm(forms.Form):
    """A processor or third party. ``country`` is the organisation's own: what stays in it needs no transfer ground."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages=REQUIRED)
    kind = forms.ChoiceField(label=_("Kind"), choices=Recipient.Kind.choices)
    role_ms = forms.CharField(
        label=_("What for, in Malay"),
        max_length=200,
        help_text=_("As it should stand in the privacy policy, for example: mencetak surat kami"),
        error_messages=REQUIRED,
    )
    role_en = forms.CharField(label=_("What for, in English"), max_length=200, error_messages=REQUIRED)
    contract = forms.CharField(
        label=_("Contract"), max_length=200, help_text=_("Its name and date."), error_messages=REQUIRED
    )
    country = forms.ChoiceField(label=_("Country where the data go"))
    ground = forms.ChoiceField(label=_("Ground of the transfer"), choices=Recipient.Ground.choices)
    safeguards_ms = forms.CharField(
        label=_("What protects the data abroad, in Malay"),
        max_length=200,
        required=False,
        help_text=_("Only when the data leave the country."),
    )
    safeguards_en = forms.CharField(
        label=_("What protects the data abroad, in English"), max_length=200, required=False
    )
    purpose = forms.ModelChoiceField(
        Purpose.objects.none(),
        label=_("Purpose"),
        required=False,
        empty_label=_("None: nothing is exported to it"),
        help_text=_("An export holds only people whose consent for this purpose stands."),
    )

    def __init__(self, *given: Any, country: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self._home = country
        language = "en" if get_language() == "en" else "ms"
        known: Any = self.fields["country"]
        known.choices = sorted(
            ((code, country_name(code, language)) for code in COUNTRIES), key=lambda one: (one[0] != country, one[1])
        )
        purpose: Any = self.fields["purpose"]
        purpose.queryset = Purpose.objects.all()
        purpose.label_from_instance = lambda one: one.name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("country") != self._home:
            if given.get("ground") == Recipient.Ground.HOME:
                self.add_error("ground", _("The data leave the country: choose on which ground."))
            for name in ("safeguards_ms", "safeguards_en"):
                if not given.get(name):
                    self.add_error(name, _("Say what protects the data in that country."))
        if given.get("kind") == Recipient.Kind.THIRD_PARTY and not given.get("purpose"):
            self.add_error("purpose", _("A third party gets only people who agreed to that: choose the purpose."))
        return given

    def registration(self) -> dict[str, Any]:
        """The answers as the register takes them."""
        given = dict(self.cleaned_data)
        for field in ("role", "safeguards"):
            given[field] = {language: given.pop(f"{field}_{language}") for language in ("ms", "en")}
        return given


class ShareForm(forms.Form):
    """Why people are given to the recipient. It is kept sealed beside the ledger's entry."""

    reason = forms.CharField(
        label=_("Why these people are given to it"),
        max_length=300,
        help_text=_("It stands in the record of the export, for the officer and for the people concerned."),
        error_messages=REQUIRED,
    )
