"""What staff fill in to make a consent form. A draft is kept as it is; only publishing asks for everything."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from izin.consent.models import ConsentForm, Purpose
from izin.notices import asking, wording
from izin.notices.asking import MOST_MONTHS, MOST_PER_MONTH, Choice, Draft, Refusal
from izin.notices.completeness import LANGUAGES
from izin.staff.forms import REQUIRED
from izin.staff.wordings import FORM_SLOTS, LANGUAGE_NAMES, explain

MOST_CHOICES = 12
OWN = "own"
STARTER_NAMES: dict[str, str | Promise] = {
    "promosi": _("Promotions"),
    "produk": _("Product information"),
    "kemas-kini": _("Timetable changes"),
    "pendidikan": _("School notices"),
    OWN: _("One of your own"),
}


class NewFormForm(forms.Form):
    """What a form is called, and its address."""

    title_ms = forms.CharField(label=_("Heading in Malay"), max_length=80, error_messages=REQUIRED)
    title_en = forms.CharField(label=_("Heading in English"), max_length=80, error_messages=REQUIRED)
    key = forms.SlugField(
        label=_("Short key"),
        max_length=40,
        help_text=_("The end of the form's address, for example “hari-terbuka”. It never changes."),
        error_messages={**REQUIRED, "invalid": _("Use small letters, digits and hyphens only.")},
    )

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if not asking.KEY.fullmatch(key):
            raise forms.ValidationError(_("Use small letters, digits and hyphens only."))
        if ConsentForm.objects.filter(key=key).exists():
            raise forms.ValidationError(_("Another form has this key."))
        return key


class FramesForm(forms.Form):
    """The sites that may show the form inside their own pages."""

    origins = forms.CharField(
        label=_("Sites that may show this form"),
        help_text=_("One on each line, for example https://www.sekolah.example. Without any, no site may."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def clean_origins(self) -> list[str]:
        good, wrong = asking.origins_in(self.cleaned_data["origins"])
        if wrong:
            raise forms.ValidationError(_("An address begins with https:// and ends with the host's name."))
        return good


class Wanted(forms.CharField):
    """A text that publishing asks for, and a draft may still lack."""

    def validate(self, value: Any) -> None:
        """Nothing is required of a draft."""


class BuilderForm(forms.Form):
    """The whole draft. Nothing is required here: ``refusals`` says what keeps it from being published."""

    use_required_attribute = False

    def __init__(self, draft: Draft, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.draft = draft
        self.settled = set(Purpose.objects.values_list("key", flat=True))
        self.keys = data.getlist("choice")[:MOST_CHOICES] if data is not None else [one.key for one in draft.choices]
        by_key = {one.key: one for one in draft.choices}
        for language in LANGUAGES:
            self.fields[f"title_{language}"] = _text(_("Heading"), language, draft.titles.get(language, ""), 80)
        for key in self.keys:
            self._add_choice(key, by_key.get(key) or first_choice(key))
        for slot, (label, hint) in FORM_SLOTS.items():
            for language in LANGUAGES:
                text = draft.texts.get(language, {}).get(slot, "")
                self.fields[f"{slot}_{language}"] = _area(label, language, text, hint)
        self.fields["reason"] = forms.CharField(
            label=_("Reason, if something depends on the consent"),
            help_text=_("Only where it cannot be otherwise, in a whole sentence. It is kept with the form."),
            initial=draft.reason,
            max_length=1_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add_choice(self, key: str, one: Choice) -> None:
        for language in LANGUAGES:
            if key not in self.settled:
                name = _text(_("Name of the purpose"), language, one.names.get(language, ""), 80)
                self.fields[f"{key}-name_{language}"] = name
        for language in LANGUAGES:
            kinds = _text(_("What the messages are about"), language, one.kinds.get(language, ""), 300)
            self.fields[f"{key}-kinds_{language}"] = kinds
        numbers = {"per_month": (_("At most how many messages a month"), one.per_month, MOST_PER_MONTH)}
        if key not in self.settled:
            numbers["months"] = (_("Consent holds for how many months"), one.months, MOST_MONTHS)
            self.fields[f"{key}-category"] = forms.ChoiceField(
                label=_("Category"), choices=Purpose.Category.choices, initial=one.category, required=False
            )
        for name, (label, value, most) in numbers.items():
            self.fields[f"{key}-{name}"] = forms.IntegerField(
                label=label, initial=value, required=False, widget=forms.NumberInput(attrs={"min": 1, "max": most})
            )

    def written(self) -> Draft:
        """The draft as it was filled in; what is no number becomes 0, which publishing refuses."""
        given = self.cleaned_data
        return Draft(
            {language: given.get(f"title_{language}", "") for language in LANGUAGES},
            tuple(self._choice(key) for key in self.keys),
            {
                language: {slot: given.get(f"{slot}_{language}", "").replace("\r\n", "\n") for slot in FORM_SLOTS}
                for language in LANGUAGES
            },
            given.get("reason", ""),
        )

    def _choice(self, key: str) -> Choice:
        given = self.cleaned_data

        def both(part: str) -> dict[str, str]:
            return {language: given.get(f"{key}-{part}_{language}") or "" for language in LANGUAGES}

        return Choice(
            key,
            names=both("name"),
            kinds=both("kinds"),
            category=given.get(f"{key}-category") or Purpose.Category.MARKETING.value,
            per_month=given.get(f"{key}-per_month") or 0,
            months=given.get(f"{key}-months") or 0,
            ticked=f"{key}-ticked" in self.data,
            required=f"{key}-required" in self.data,
        )

    def mark(self, refusals: list[Refusal]) -> None:
        """Put each refusal where it can be mended."""
        for one in refusals:
            places = [f"{one.at}_{one.language}", f"{one.at}-kinds_{one.language}", f"{one.at}-per_month"]
            place = next((place for place in places if place in self.fields), None)
            if place is None or explain(one) not in self.errors.get(place, []):
                self.add_error(place, explain(one))

    def titles(self) -> list[forms.BoundField]:
        return [self[f"title_{language}"] for language in LANGUAGES]

    def purposes(self) -> Iterator[dict[str, Any]]:
        """Each purpose with its fields, those in two languages side by side."""
        by_key = {one.key: one for one in self.draft.choices}
        for key in self.keys:
            one = by_key.get(key) or first_choice(key)
            pairs = [
                [self[f"{key}-{part}_{language}"] for language in LANGUAGES]
                for part in ("name", "kinds")
                if f"{key}-{part}_ms" in self.fields
            ]
            rest = [self[name] for name in self.fields if name in {f"{key}-{part}" for part in REST}]
            yield {
                "key": key,
                "name": one.names,
                "pairs": pairs,
                "rest": rest,
                "months": one.months,
                "settled": key in self.settled,
            }

    def pairs(self) -> list[list[forms.BoundField]]:
        return [[self[f"{slot}_{language}"] for language in LANGUAGES] for slot in FORM_SLOTS]


REST = ("per_month", "months", "category")


def first_choice(key: str) -> Choice:
    """A purpose to begin with: one of the house's, or an empty one."""
    starter = wording.STARTERS.get(key)
    if starter is None:
        return Choice(key, names={}, kinds={})
    return Choice(key, names=starter["names"], kinds=starter["kinds"], category=starter["category"])


def _text(label: str | Promise, language: str, text: str, most: int) -> forms.CharField:
    return Wanted(
        label=f"{label} ({LANGUAGE_NAMES[language]})",
        initial=text,
        max_length=most,
        widget=forms.TextInput(attrs={"lang": language}),
    )


def _area(label: str | Promise, language: str, text: str, hint: str | Promise) -> forms.CharField:
    return Wanted(
        label=f"{label} ({LANGUAGE_NAMES[language]})",
        help_text=hint,
        initial=text,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
    )
