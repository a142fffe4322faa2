"""The form of a new message template: both languages side by side, and a way out that cannot be left away."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from izin.staff.forms import REQUIRED
from izin.staff.template_words import CATEGORIES, problem_in_words
from izin.staff.wordings import LANGUAGE_NAMES
from izin.whatsapp import optout
from izin.whatsapp.drafts import BUTTON_LIMIT, FOOTER_LIMIT, MARKETING, NAME_LIMIT, UTILITY, Draft
from izin.whatsapp.models import Template
from izin.whatsapp.render import BODY_LIMIT, HEADER_LIMIT, TemplateText, placeholders
from izin.whatsapp.templates import GONE

LANGUAGES = ("ms", "en")
PARTS = ("header", "body", "footer", "way_out", "link_text", "link_url")
FOOTER, BUTTON, BOTH, NOWHERE = "footer", "button", "both", "nowhere"


class TemplateForm(forms.Form):
    """Name, category, texts in each language, an example for each placeholder, and how the message tells to stop."""

    use_required_attribute = False

    name = forms.RegexField(
        rf"^[a-z0-9_]{{1,{NAME_LIMIT}}}$",
        label=_("Name of the template"),
        max_length=NAME_LIMIT,
        help_text=_("Small letters, digits and _ only, for example kelas_cuti. Its readers do not see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={**REQUIRED, "invalid": _("Use small letters, digits and _ only.")},
    )
    category = forms.ChoiceField(
        label=_("Kind of message"),
        choices=[(kind, CATEGORIES[kind]) for kind in (MARKETING, UTILITY)],
        initial=MARKETING,
        widget=forms.RadioSelect,
        help_text=_("Service is what somebody asked for: a receipt, an appointment. What sells is advertising."),
    )
    way_out = forms.ChoiceField(
        label=_("How the message tells to stop"),
        choices=[
            (FOOTER, _("a line at its foot")),
            (BUTTON, _("a button to press")),
            (BOTH, _("both")),
            (NOWHERE, _("not at all: service messages only")),
        ],
        initial=FOOTER,
        widget=forms.RadioSelect,
        help_text=_("The law wants it in every advertising message, so it is added in the message's own language."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for language in LANGUAGES:
            self._add_language(language)
        bodies = (self._said(f"body_{language}") for language in LANGUAGES)
        self.keys = list(dict.fromkeys(key for body in bodies for key in placeholders(body)))
        for key in self.keys:
            self.fields[f"example:{key}"] = forms.CharField(
                label=gettext("Example for {{%(name)s}}") % {"name": key},
                help_text=_("WhatsApp looks at it when it decides about the template. Never a real person's data."),
                max_length=200,
                error_messages=REQUIRED,
            )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Template.objects.filter(name=name).exclude(reason=GONE).exists():
            raise forms.ValidationError(_("There is a template of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.written():
            self.add_error("body_ms", _("Write the text in at least one language."))
        if given.get("category") == MARKETING and given.get("way_out") == NOWHERE:
            self.add_error("way_out", _("An advertising message always tells how to stop."))
        for draft in self.written():
            for problem in draft.problems():
                self.add_error(f"{problem.part}_{draft.language}", problem_in_words(problem))
        return given

    def forget_errors(self) -> None:
        """Show what was typed without complaints, while it is still being written."""
        self._errors = ErrorDict()

    def written(self) -> list[Draft]:
        """The languages that have a text, as they stand in the form, also unfinished ones."""
        return [draft for draft in map(self._draft, LANGUAGES) if draft.body]

    def drafts(self) -> list[dict[str, Any]]:
        """What is handed in at Meta: one entry for each language that is written."""
        return [draft.handed_in(self.cleaned_data["name"], self.examples()) for draft in self.written()]

    def notes(self) -> list[dict[str, str]]:
        """What is wrong and what is advised, for the live preview: a tone and a sentence each, with its language."""
        found = []
        for draft in self.written():
            for tone, problems in (("danger", draft.problems()), ("warning", draft.advice())):
                found += [
                    {"tone": tone, "language": LANGUAGE_NAMES[draft.language], "text": problem_in_words(problem)}
                    for problem in problems
                ]
        return found

    def needs_second_thought(self) -> bool:
        """Whether something is advised against and the author has not been told yet."""
        return any(draft.advice() for draft in self.written()) and "advised" not in self.data

    def previews(self) -> list[TemplateText]:
        """The messages as they would look."""
        return [
            TemplateText.from_components("", draft.language, draft.category, draft.components(self.examples()))
            for draft in self.written()
        ]

    def examples(self) -> dict[str, str]:
        return {key: self._said(f"example:{key}") for key in self.keys}

    def has_other_examples(self) -> bool:
        """Whether the page that sent this shows other placeholders than the text has now."""
        sent = {name.partition(":")[2] for name in self.data if name.startswith("example:")}
        return sent != set(self.keys)

    def pairs(self) -> list[list[forms.BoundField]]:
        """The fields of the two languages, side by side."""
        return [[self[f"{part}_{language}"] for language in LANGUAGES] for part in PARTS]

    def example_fields(self) -> list[forms.BoundField]:
        return [self[f"example:{key}"] for key in self.keys]

    def _add_language(self, language: str) -> None:
        def text(part: str, label: Any, hint: Any = "", *, limit: int, rows: int = 0) -> None:
            attrs: dict[str, Any] = {"lang": language, "data-limit": limit}
            widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
            self.fields[f"{part}_{language}"] = forms.CharField(
                label=gettext("%(part)s (%(language)s)") % {"part": label, "language": LANGUAGE_NAMES[language]},
                help_text=hint,
                required=False,
                initial=optout.OPT_OUT_FOOTER[language] if part == "footer" else "",
                widget=widget,
            )

        hint = _("{{nama}} is filled in for each person. *bold*, _italic_, ~struck out~")
        text("header", _("Headline"), limit=HEADER_LIMIT)
        text("body", _("Text"), hint, limit=BODY_LIMIT, rows=6)
        text("footer", _("Line at the foot"), limit=FOOTER_LIMIT)
        self.fields[f"way_out_{language}"] = forms.ChoiceField(
            label=gettext("Words on the button to stop (%(language)s)") % {"language": LANGUAGE_NAMES[language]},
            choices=[(words, words.capitalize()) for words in optout.BUTTONS[language]],
            required=False,
        )
        text("link_text", _("Words on a button with a link"), limit=BUTTON_LIMIT)
        text("link_url", _("Link of that button"), _("https://…"), limit=2_000)

    def _draft(self, language: str) -> Draft:
        parts = {part: self._said(f"{part}_{language}") for part in PARTS}
        way_out = self._said("way_out") or FOOTER
        is_marketing = self._said("category") != UTILITY
        if way_out in (BUTTON, BOTH):
            known = parts["way_out"] or optout.BUTTONS[language][0]
            parts["way_out"] = known.capitalize()
        else:
            parts["way_out"] = ""
        if is_marketing and way_out in (FOOTER, BOTH) and not parts["footer"]:
            parts["footer"] = optout.OPT_OUT_FOOTER[language]  # it was deleted, and comes back
        if way_out == NOWHERE and parts["footer"] == optout.OPT_OUT_FOOTER[language]:
            parts["footer"] = ""
        return Draft(language, MARKETING if is_marketing else UTILITY, **parts)

    def _said(self, name: str) -> str:
        """What stands in a field now, with the line ends that WhatsApp counts."""
        return str(self[name].value() or "").replace("\r\n", "\n").strip()
