"""What staff fill in: a file of contacts, a purpose, and texts in both languages side by side."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from izin.campaigns import capping
from izin.consent.models import Purpose
from izin.contacts.spreadsheet_records import MOST_BYTES
from izin.notices.completeness import LANGUAGES, Gap
from izin.notices.plainness import is_vague
from izin.staff.wordings import LANGUAGE_NAMES, explain

COUNTRIES = [
    ("MY", _("Malaysia")),
    ("BN", _("Brunei")),
    ("ID", _("Indonesia")),
    ("SG", _("Singapore")),
    ("TH", _("Thailand")),
    ("AT", _("Austria")),
    ("DE", _("Germany")),
    ("GB", _("United Kingdom")),
    ("CH", _("Switzerland")),
]
MOST_LETTERS = 4_000  # of one part in one language
REQUIRED = {"required": _("Please fill this in.")}
Texts = Mapping[str, Mapping[str, str]]


class HoursForm(forms.Form):
    """From when until when people may be reached, in their own local time."""

    use_required_attribute = False

    opens = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), error_messages=REQUIRED
    )
    closes = forms.TimeField(
        label=_("Until"),
        help_text=_("The same time twice means: at any hour."),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=REQUIRED,
    )


class CapForm(forms.Form):
    """At most how many messages of campaigns for one person in how many days."""

    use_required_attribute = False

    most = forms.IntegerField(
        label=_("At most so many messages for one person"),
        help_text=_("Of all campaigns together. Empty means: no cap."),
        min_value=1,
        max_value=capping.MOST,
        required=False,
    )
    days = forms.IntegerField(
        label=_("In so many days"), min_value=1, max_value=capping.MOST_DAYS, error_messages=REQUIRED
    )


class ImportForm(forms.Form):
    """A list of contacts, the purpose that its consents are for, and the country of its local numbers."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("At most 50 MB. Put the file here, or choose it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": _("Choose a CSV file of at most 50 MB."),
            "empty": _("The file is empty."),
            "missing": _("Choose a CSV file of at most 50 MB."),
        },
        max_length=200,
    )
    purpose = forms.ModelChoiceField(
        Purpose.objects.none(),
        label=_("Purpose"),
        empty_label=None,
        help_text=_("What these people agreed to. Each row names the version of the notice they were shown."),
        error_messages=REQUIRED,
    )
    country = forms.ChoiceField(
        label=_("Country of numbers that begin with 0"),
        choices=COUNTRIES,
        initial="MY",
        help_text=_("Numbers with + and a country code are taken as they are. Nothing is guessed."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        purpose: Any = self.fields["purpose"]
        purpose.queryset = Purpose.objects.all()
        purpose.label_from_instance = lambda one: one.name

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Choose a CSV file of at most 50 MB."))
        return file


class AboutPurposeForm(forms.Form):
    """What the messages of a new purpose are about; the first wording of its notice is made from this."""

    name_ms = forms.CharField(label=_("Name in Malay"), max_length=80, error_messages=REQUIRED)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, error_messages=REQUIRED)
    kinds_ms = forms.CharField(
        label=_("Kind of messages, in Malay"),
        max_length=300,
        help_text=_("As it stands after “I agree to receive …”, for example: tawaran kelas tuisyen"),
        error_messages=REQUIRED,
    )
    kinds_en = forms.CharField(
        label=_("Kind of messages, in English"),
        max_length=300,
        help_text=_("For example: offers of tuition classes"),
        error_messages=REQUIRED,
    )
    key = forms.SlugField(
        label=_("Short key"),
        max_length=40,
        help_text=_("Names the notice in files and receipts, for example “promosi” in “promosi@1”. It never changes."),
        error_messages={**REQUIRED, "invalid": _("Use small letters, digits and hyphens only.")},
    )
    category = forms.ChoiceField(label=_("Category"), choices=Purpose.Category.choices)
    per_month = forms.IntegerField(label=_("At most how many messages a month"), min_value=1, max_value=60, initial=4)
    months = forms.IntegerField(
        label=_("Consent holds for how many months"), min_value=1, max_value=60, initial=24, error_messages=REQUIRED
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("name_ms", "name_en", "kinds_ms", "kinds_en"):
            if given.get(name) and is_vague(str(given[name])):
                self.add_error(
                    name, _("This is too vague to agree to: say what kind of messages, about what, how often.")
                )
        return given

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if Purpose.objects.filter(key=key).exists():
            raise forms.ValidationError(_("Another purpose has this key."))
        return key

    def hide(self) -> None:
        """Keep the answers in the page without showing them, for the second step."""
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


class SectorForm(forms.Form):
    """Which first policy to begin with."""

    sector = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[
            ("general", _("Business")),
            ("school", _("School or tuition centre")),
            ("agency", _("Agency that sends for clients")),
        ],
        help_text=_("The draft is replaced. Your contact, purposes and recipients are filled in."),
    )


class WordingForm(forms.Form):
    """Each part of a notice or policy in Malay and English. Valid only when nothing is missing for publishing."""

    use_required_attribute = False

    def __init__(
        self,
        slots: Mapping[str, tuple[str | Promise, str | Promise]],
        gaps_in: Callable[[Texts], list[Gap]],
        data: Any = None,
        texts: Texts | None = None,
    ) -> None:
        super().__init__(data)
        self.slots, self.gaps_in = slots, gaps_in
        for slot, (label, hint) in slots.items():
            for language in LANGUAGES:
                field = forms.CharField(
                    label=f"{label} ({LANGUAGE_NAMES[language]})",
                    help_text=hint,
                    max_length=MOST_LETTERS,
                    widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                    initial=(texts or {}).get(language, {}).get(slot, ""),
                    error_messages={"required": _("Write this part.")},
                )
                self.fields[f"{slot}_{language}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for gap in self.gaps_in(self.texts()):
            if gap.code != "missing":  # the field says that by itself
                self.add_error(f"{gap.slot}_{gap.language}", explain(gap))
        return given

    def texts_as_typed(self) -> dict[str, dict[str, str]]:
        """Per language, the text of each part as it was sent, whether it may be published or not."""
        return {
            language: {
                slot: str(self.data.get(f"{slot}_{language}", ""))[:MOST_LETTERS].replace("\r\n", "\n").strip()
                for slot in self.slots
            }
            for language in LANGUAGES
        }

    def texts(self) -> dict[str, dict[str, str]]:
        """Per language, the text of each part."""
        cleaned = getattr(self, "cleaned_data", {})
        return {
            language: {slot: cleaned.get(f"{slot}_{language}", "").replace("\r\n", "\n") for slot in self.slots}
            for language in LANGUAGES
        }

    def pairs(self) -> list[list[forms.BoundField]]:
        """The fields of one part, side by side."""
        return [[self[f"{slot}_{language}"] for language in LANGUAGES] for slot in self.slots]
