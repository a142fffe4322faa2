"""What the officer fills in about a breach."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import make_naive
from django.utils.translation import gettext_lazy as _

from izin.accountability.models import Recipient
from izin.campaigns.models import Campaign
from izin.compliance import affected, breach_words
from izin.compliance.breach_rules import FACTS, KINDS
from izin.compliance.models import BreachStep
from izin.consent.models import ContactFile, Purpose
from izin.lib.clock import now
from izin.staff.accountability_page import say
from izin.staff.forms import REQUIRED

ZONES = ("Asia/Kuala_Lumpur", "Asia/Singapore", "Asia/Jakarta", "Europe/Berlin", "Europe/London", "UTC")
LONGEST = 4_000
FILES_SHOWN = 50


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A date and a time on the clock of the zone that the form names."""
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, error_messages=REQUIRED, **more)


class _Zoned(forms.Form):
    """Moments are read on the clock of ``zone``."""

    zone_name = settings.TIME_ZONE

    def moment(self, field: str) -> datetime | None:
        """The aware moment of a field that was filled in."""
        value = self.cleaned_data.get(field)
        zone = ZoneInfo(self.cleaned_data.get("zone") or self.zone_name)
        return make_naive(value).replace(tzinfo=zone) if value else None


class ScopeForm(_Zoned):
    """Which data, how grave, and by what the people are found."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data"), widget=forms.CheckboxSelectMultiple, error_messages=REQUIRED
    )
    facts = forms.MultipleChoiceField(
        label=_("What is true of it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    scope = forms.ChoiceField(label=_("Who is affected"))
    purpose = forms.ModelChoiceField(Purpose.objects.none(), label=_("Which purpose"), required=False)
    file = forms.ModelChoiceField(ContactFile.objects.none(), label=_("Which import"), required=False)
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Which campaign"), required=False)
    since = moment_field(_("From"), required=False)
    until = moment_field(_("Until"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = [(code, say(breach_words.KIND_NAMES[code])) for code in KINDS]
        fields["facts"].choices = [(code, say(breach_words.FACT_NAMES[code])) for code in FACTS]
        fields["scope"].choices = [(code, say(breach_words.SCOPE_NAMES[code])) for code in affected.KINDS]
        fields["purpose"].queryset = Purpose.objects.all()
        fields["purpose"].label_from_instance = lambda one: one.name
        fields["file"].queryset = ContactFile.objects.select_related("purpose").exclude(rows=0)
        fields["file"].label_from_instance = _file_label
        fields["campaign"].queryset = Campaign.objects.all()
        fields["campaign"].label_from_instance = lambda one: one.name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("scope")
        wanted = ("since", "until") if kind == "span" else (kind,) if kind in ("purpose", "file", "campaign") else ()
        for field in wanted:
            if not given.get(field):
                self.add_error(field, _("Say which one: without it nobody can be found."))
        return given

    def found(self) -> dict[str, Any]:
        """The answers as the register takes them."""
        given = self.cleaned_data
        scope: dict[str, Any] = {"kind": given["scope"]}
        if given["scope"] == "span":
            times = {name: self.moment(name) for name in ("since", "until")}
            scope |= {name: at.isoformat() for name, at in times.items() if at}
        elif given["scope"] != "all":
            scope["id"] = str(given[given["scope"]].id)
        return {"kinds": given["kinds"], "facts": given["facts"], "scope": scope}


class BreachForm(ScopeForm):
    """A breach as it is first known; everything can be added later, in phases (Art. 33(4))."""

    what = forms.CharField(
        label=_("What happened"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name no person here. What leaked does not belong here either."),
        error_messages=REQUIRED,
    )
    happened = moment_field(_("When it happened"), required=False, help_text=_("Leave empty when it is not known yet."))
    detected = moment_field(_("When it was found"), help_text=_("When somebody in the house could first have known."))
    aware = moment_field(
        _("When you were certain"),
        help_text=_("The 72 hours of the GDPR begin here, those of Malaysia where it was found."),
    )
    zone = forms.ChoiceField(label=_("On the clock of"), choices=[(one, one) for one in ZONES])
    client = forms.CharField(
        label=_("You process these data for a client"),
        max_length=120,
        required=False,
        help_text=_("Only for agencies: its name. It is told within 24 hours."),
    )
    field_order = ("what", "happened", "detected", "aware", "zone", "kinds", "facts")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        times = [self.moment(name) for name in ("happened", "detected", "aware")]
        known = [at for at in times if at is not None]
        if known != sorted(known) or any(at > now() for at in known):
            self.add_error("aware", _("These times contradict each other, or lie in the future."))
        return given


class StepForm(_Zoned):
    """What was done, or decided not to be done."""

    kind = forms.ChoiceField(label=_("What"))
    whom = forms.ChoiceField(label=_("Which authority"), required=False)
    at = moment_field(_("When"))
    ground = forms.CharField(
        label=_("Ground, or what else to note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed when nobody is told: why a risk is unlikely, or which exception holds."),
    )

    def __init__(self, *given: Any, authorities: list[tuple[str, str]], for_client: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        left_out = {"closed"} | (set() if for_client else {"controller_told"})
        fields["kind"].choices = [one for one in BreachStep.Kind.choices if one[0] not in left_out]
        fields["whom"].choices = [("", "–"), *authorities]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind", "")
        if kind in ("authority_told", "authority_not", "more_told"):
            if not given.get("whom"):
                self.add_error("whom", _("Say which authority."))
        else:
            given["whom"] = ""
        if kind in ("authority_not", "people_not") and not given.get("ground", "").strip():
            self.add_error("ground", _("Say on which ground nobody is told."))
        return given


class TaskForm(_Zoned):
    """Something that somebody has to do."""

    text = forms.CharField(label=_("What is to be done, and by whom"), max_length=300, error_messages=REQUIRED)
    due = moment_field(_("By when"))


class NoticeForm(forms.Form):
    """The texts of the notices, side by side in both languages; unfinished ones are kept."""

    def __init__(self, *given: Any, texts: dict[str, Any], **named: Any) -> None:
        super().__init__(*given, **named)
        names = {"ms": _("in Malay"), "en": _("in English")}
        for name, label in breach_words.TEXTS.items():
            for language, where in names.items():
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{say(label)}, {where}",
                    max_length=LONGEST,
                    required=False,
                    initial=texts.get(language, {}).get(name, _first(name)[language]),
                    widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                )

    def texts(self) -> dict[str, dict[str, str]]:
        """By language and part."""
        return {
            language: {name: self.cleaned_data[f"{name}_{language}"].strip() for name in breach_words.TEXTS}
            for language in ("ms", "en")
        }


class HandOutForm(forms.Form):
    """The processor that tells the people on our orders, and why."""

    recipient = forms.ModelChoiceField(Recipient.objects.none(), label=_("Processor"), error_messages=REQUIRED)
    reason = forms.CharField(label=_("Why these people are given to it"), max_length=300, error_messages=REQUIRED)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known: Any = self.fields["recipient"]
        known.queryset = Recipient.objects.filter(kind=Recipient.Kind.PROCESSOR, ended_at=None, purpose__isnull=False)
        known.label_from_instance = lambda one: one.name


def _first(name: str) -> dict[str, str]:
    """A text to begin from."""
    first = {
        "consequences": breach_words.SUGGESTED_CONSEQUENCES,
        "advice": breach_words.SUGGESTED_ADVICE,
    }
    return dict(first.get(name, {"ms": "", "en": ""}))


def _file_label(one: ContactFile) -> str:
    return f"{date_format(one.uploaded_at, 'j F Y')}, {one.purpose.name}, {one.rows:,}"
