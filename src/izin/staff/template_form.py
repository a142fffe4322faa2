"""The form of a new message template: both languages side by side, and a way out that cannot be left away."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from izin.staff.forms import REQUIRED
from izin.staff.wordings import LANGUAGE_NAMES
from izin.whatsapp import optout
from izin.whatsapp.models import Template
from izin.whatsapp.render import BODY_LIMIT, PLACEHOLDER, TemplateText, placeholders
from izin.whatsapp.templates import body_and_footer

LANGUAGES = ("ms", "en")
FOOTER_LIMIT = 60
FOOTER, BUTTON, BOTH = "footer", "button", "both"


class TemplateForm(forms.Form):
    """Name, text in Malay and perhaps English, an example for each placeholder, and how the message tells to stop."""

    use_required_attribute = False

    name = forms.RegexField(
        r"[a-z0-9_]{1,512}",
        label=_("Name of the template"),
        max_length=512,
        help_text=_("Small letters, digits and _ only, for example kelas_cuti. Its readers do not see it."),
        error_messages={**REQUIRED, "invalid": _("Use small letters, digits and _ only.")},
    )
    way_out = forms.ChoiceField(
        label=_("How the message tells to stop"),
        choices=[
            (FOOTER, _("a line at its foot")),
            (BUTTON, _("a button to press")),
            (BOTH, _("both")),
        ],
        initial=FOOTER,
        widget=forms.RadioSelect,
        help_text=_("The law wants it in every advertising message, so one of them always stands there."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for language in LANGUAGES:
            self._add_language(language)
        self.keys = list(dict.fromkeys(key for language in LANGUAGES for key in placeholders(self._typed(language))))
        for key in self.keys:
            self.fields[f"example:{key}"] = forms.CharField(
                label=gettext("Example for {{%(name)s}}") % {"name": key},
                help_text=_("WhatsApp looks at it when it decides about the template. Never a real person's data."),
                max_length=200,
                error_messages=REQUIRED,
            )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Template.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a template of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for language in LANGUAGES:
            self._check_body(language, given)
            footer = given.get(f"footer_{language}", "")
            if given.get("way_out") != BUTTON and self._is_written(language) and not optout.tells(footer, language):
                self.add_error(
                    f"footer_{language}",
                    gettext("This line must tell how to stop, for example: %(line)s")
                    % {"line": optout.OPT_OUT_FOOTER[language]},
                )
        return given

    def drafts(self) -> list[dict[str, Any]]:
        """What is handed in at Meta: one entry for each language that is written."""
        return [self._draft(language) for language in LANGUAGES if self._is_written(language)]

    def previews(self) -> list[TemplateText]:
        """The texts as they stand in the form, also unfinished ones."""
        return [
            TemplateText.from_components("", language, "MARKETING", self._components(language, self._values()))
            for language in LANGUAGES
            if self._is_written(language)
        ]

    def examples(self) -> dict[str, str]:
        return {key: str(self[f"example:{key}"].value() or "") for key in self.keys}

    def pairs(self) -> list[list[forms.BoundField]]:
        """The fields of the two languages, side by side."""
        return [[self[f"{part}_{language}"] for language in LANGUAGES] for part in ("body", "footer", "button")]

    def example_fields(self) -> list[forms.BoundField]:
        return [self[f"example:{key}"] for key in self.keys]

    def _add_language(self, language: str) -> None:
        tongue = LANGUAGE_NAMES[language]
        self.fields[f"body_{language}"] = forms.CharField(
            label=gettext("Text (%(language)s)") % {"language": tongue},
            help_text=_("At most 1,024 characters. {{nama}} is filled in for each person."),
            max_length=BODY_LIMIT,
            required=language == "ms",
            widget=forms.Textarea(attrs={"rows": 6, "lang": language}),
            error_messages=REQUIRED,
        )
        self.fields[f"footer_{language}"] = forms.CharField(
            label=gettext("Line at the foot (%(language)s)") % {"language": tongue},
            help_text=_("At most 60 characters."),
            max_length=FOOTER_LIMIT,
            required=False,
            initial=optout.OPT_OUT_FOOTER[language],
            widget=forms.TextInput(attrs={"lang": language}),
        )
        self.fields[f"button_{language}"] = forms.ChoiceField(
            label=gettext("Words on the button (%(language)s)") % {"language": tongue},
            choices=[(text, text.capitalize()) for text in optout.BUTTONS[language]],
            required=False,
        )

    def _check_body(self, language: str, given: dict[str, Any]) -> None:
        body = str(given.get(f"body_{language}", "")).strip()
        if "{{" in PLACEHOLDER.sub("", body) or "}}" in PLACEHOLDER.sub("", body):
            self.add_error(f"body_{language}", _("A placeholder looks like {{nama}}: small letters, digits and _."))
        elif any(key.isdigit() for key in placeholders(body)):
            self.add_error(f"body_{language}", _("Give placeholders a name, such as {{nama}}, not a number."))
        elif re.match(r"\{\{", body) or body.endswith("}}"):
            self.add_error(f"body_{language}", _("WhatsApp takes no text that begins or ends with a placeholder."))

    def _is_written(self, language: str) -> bool:
        return bool(self._typed(language))

    def _typed(self, language: str) -> str:
        return str(self[f"body_{language}"].value() or "").strip()

    def _values(self) -> dict[str, str]:
        return {name: str(self[name].value() or "").strip() for name in self.fields}

    def _draft(self, language: str) -> dict[str, Any]:
        draft = {
            "name": self.cleaned_data["name"],
            "language": language,
            "category": "MARKETING",
            "components": self._components(language, self.cleaned_data),
        }
        return draft | ({"parameter_format": "NAMED"} if placeholders(self._typed(language)) else {})

    def _components(self, language: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        body, footer = self._typed(language).replace("\r\n", "\n"), str(values.get(f"footer_{language}") or "")
        example = {key: values.get(f"example:{key}") or key for key in self.keys}
        components = body_and_footer(body, footer, example=example)
        if not footer:
            components.pop()
        if values.get("way_out") in (BUTTON, BOTH):
            text = str(values.get(f"button_{language}") or optout.BUTTONS[language][0]).capitalize()
            components.append({"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": text}]})
        return components
