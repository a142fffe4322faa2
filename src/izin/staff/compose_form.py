"""The form of a new campaign: its fields depend on the placeholders of the chosen template."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from izin.campaigns.models import Campaign, SavedAudience
from izin.campaigns.staging import Step, ramp, split
from izin.consent import refresh
from izin.consent.models import Purpose
from izin.dispatch.letters import fill
from izin.lib.clock import now
from izin.staff.campaign_stages import WAITS
from izin.staff.forms import REQUIRED
from izin.whatsapp.models import SenderNumber, Template
from izin.whatsapp.render import TemplateText, preview

NAME, TEXT, LINK = "name", "text", "preferences_link"
AT_ONCE, RAMP, SPLIT = "at_once", "ramp", "split"
SAMPLE_NAME = "Siti Aminah"
SAMPLE_LINK = f"{settings.PUBLIC_URL}/…/pilihan/…"
DAYS_OPEN = 3


class CampaignForm(forms.Form):
    """What the campaign is called, to whom it goes, from which number, until when, and what fills each placeholder."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the campaign"), max_length=120, help_text=_("Only your team sees it."), error_messages=REQUIRED
    )
    purpose = forms.ModelChoiceField(
        Purpose.objects.none(),
        label=_("Purpose"),
        empty_label=None,
        help_text=_("It goes to people who agreed to this, and to nobody else."),
        error_messages=REQUIRED,
    )
    audience = forms.ModelChoiceField(
        SavedAudience.objects.none(),
        label=_("Audience"),
        required=False,
        empty_label=_("Everybody who agreed"),
        help_text=_("Among those who agreed. Audiences are made on a page of their own, beside the campaigns."),
    )
    sender = forms.ModelChoiceField(
        SenderNumber.objects.none(), label=_("Sender number"), empty_label=None, error_messages=REQUIRED
    )
    not_after = forms.DateTimeField(
        label=_("Send until"),
        help_text=_("What has not left by then is not sent."),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={**REQUIRED, "invalid": _("Write day and time, for example 2026-03-31 18:00.")},
    )

    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=Campaign.Priority.choices,
        coerce=int,
        initial=Campaign.Priority.NORMAL,
        empty_value=Campaign.Priority.NORMAL,
        required=False,
        help_text=_(
            "Among campaigns from the same number. A lower one waits while anybody of a higher one can be written to; "
            "alike ones take turns."
        ),
    )
    way = forms.ChoiceField(
        label=_("How it goes out"),
        choices=[(AT_ONCE, _("to everybody at once")), (RAMP, _("1 %, then 10 %, then the rest"))],
        initial=AT_ONCE,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("In parts: it stops by itself when too many say stop, stop us in WhatsApp, or are not reached."),
    )
    wait = forms.TypedChoiceField(
        label=_("Time to look at each part"),
        choices=WAITS,
        coerce=int,
        initial="3600",
        required=False,
        help_text=_("Only when it goes out in parts: how long before the next part."),
    )

    refresh_days = forms.IntegerField(
        label=_("Ask for renewal: only people whose consent ends within how many days"),
        help_text=_("Empty: everybody who agreed. Each person is asked at most once before a consent ends."),
        required=False,
        min_value=1,
        max_value=refresh.MOST_DAYS,
    )

    def __init__(self, templates: Sequence[Template], data: Any = None, others: Sequence[Template] = ()) -> None:
        """``others`` are the templates of the same account that it can be compared with."""
        super().__init__(data)
        variants = sorted({template.name for template in others})
        if variants:
            self._add_comparison(variants)
        chosen = [template for template in others if template.name == self._variant()]
        self.wordings = [
            text_of(template)
            for group in (templates, chosen)
            for template in sorted(group, key=lambda one: one.language != "ms")
        ]
        self.keys = list(dict.fromkeys(key for wording in self.wordings for key in wording.needs()))
        purpose: Any = self.fields["purpose"]
        purpose.queryset = Purpose.objects.all()
        purpose.label_from_instance = lambda one: one.name
        audience: Any = self.fields["audience"]
        audience.queryset = SavedAudience.objects.all()
        audience.label_from_instance = lambda one: one.name
        sender: Any = self.fields["sender"]
        sender.queryset = SenderNumber.objects.filter(account_id=templates[0].account_id)
        sender.label_from_instance = lambda one: one.display
        self.fields["not_after"].initial = timezone.localtime(now() + timedelta(days=DAYS_OPEN)).replace(
            minute=0, second=0, microsecond=0
        )
        for key in self.keys:
            self._add_placeholder(key)

    def clean_not_after(self) -> Any:
        if self.cleaned_data["not_after"] <= now():
            raise forms.ValidationError(_("Choose a time in the future."))
        return self.cleaned_data["not_after"]

    def steps(self) -> tuple[Step, ...]:
        """In which parts it goes out; none for everybody at once."""
        wait = timedelta(seconds=self.cleaned_data["wait"] or 3600)
        if self.cleaned_data["way"] == SPLIT:
            return split(self.cleaned_data["share"], wait)
        return ramp(wait) if self.cleaned_data["way"] == RAMP else ()

    def variant(self) -> str:
        """The name of the template that the chosen one is compared with; empty where nothing is compared."""
        return self._variant()

    def _variant(self) -> str:
        return str(self["variant"].value() or "") if "variant" in self.fields and self["way"].value() == SPLIT else ""

    def _add_comparison(self, variants: Sequence[str]) -> None:
        way: Any = self.fields["way"]
        way.choices = [
            *way.choices,
            (SPLIT, _("two templates to a part of the people, then the better one to the rest")),
        ]
        self.fields["variant"] = forms.ChoiceField(
            label=_("The second template"),
            choices=[("", "–"), *((name, name) for name in variants)],
            required=False,
            help_text=_("Only when two are compared. Its placeholders are filled with the same texts."),
        )
        self.fields["share"] = forms.TypedChoiceField(
            label=_("People who get one of the two"),
            choices=[("10", "10%"), ("20", "20%"), ("50", "50%")],
            coerce=int,
            empty_value=20,
            initial="20",
            required=False,
            help_text=_("Half of them get each, by chance. Each half needs 50 people at least, or nobody can win."),
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("way") == SPLIT and not given.get("variant"):
            self.add_error("variant", _("Choose the second template."))
        if given.get("refresh_days") and given.get("audience"):
            self.add_error("audience", _("A renewal goes to everybody whose consent ends: choose no audience."))
        if given.get("refresh_days") and given.get("purpose"):
            for wording in self.wordings:
                self._check_way_to_renew(given["purpose"], wording)
        return given

    def _check_way_to_renew(self, purpose: Purpose, wording: TemplateText) -> None:
        """A message that asks for renewal says what to answer: words that show the notice and ask for the choice."""
        words = refresh.words_to_renew(purpose, wording.language)
        said = shown(wording, fill(self.parameters(), SAMPLE_NAME, SAMPLE_LINK))["body"].upper()
        if not words:
            self.add_error("refresh_days", gettext("First publish a form with a short key that asks for this purpose."))
        elif not any(one in said for one in words):
            told = gettext("The message must say how to renew (%(language)s): “%(words)s”.")
            self.add_error("refresh_days", told % {"language": wording.language, "words": words[0]})

    def parameters(self) -> dict[str, dict[str, str]]:
        """What stands in each placeholder, as a campaign keeps it; from unfinished input as well, for the preview."""
        found = {}
        for key in self.keys:
            source = self[f"source:{key}"].value() or TEXT
            text = str(self[f"text:{key}"].value() or "").strip()
            known = {NAME: {"field": NAME, "fallback": text}, LINK: {"field": LINK}}
            found[key] = known.get(source, {"text": text})
        return found

    def previews(self) -> list[dict[str, Any]]:
        """The message in each language as somebody would see it, who is called like our sample."""
        return previews(self.wordings, self.parameters())

    def _add_placeholder(self, key: str) -> None:
        is_name = key in ("nama", "name", "1")
        guess = NAME if is_name else LINK if key in ("pilihan", "preferences", "pautan", "link") else TEXT
        self.fields[f"source:{key}"] = forms.ChoiceField(
            label=gettext("{{%(name)s}} is") % {"name": key},
            choices=[
                (NAME, _("the person's name")),
                (TEXT, _("a text of yours")),
                (LINK, _("the link to the person's own choices")),
            ],
            initial=guess,
            widget=forms.RadioSelect,
        )
        self.fields[f"text:{key}"] = forms.CharField(
            label=gettext("Text of {{%(name)s}}") % {"name": key},
            help_text=_("With the person's name: what stands there when no name is known. With the link: nothing."),
            max_length=500,
            initial="tuan/puan" if is_name else "",
            required=(self[f"source:{key}"].value() or guess) != LINK,
            error_messages=REQUIRED,
        )


def text_of(template: Template) -> TemplateText:
    """A template row as something that can be filled and shown."""
    return TemplateText.from_components(template.name, template.language, template.category, template.components)


def previews(wordings: Sequence[TemplateText], parameters: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Each language's message taken apart for the design system's ``message_preview``."""
    values = fill(parameters, SAMPLE_NAME, SAMPLE_LINK)
    return [shown(wording, values) for wording in wordings]


def shown(wording: TemplateText, values: dict[str, str]) -> dict[str, Any]:
    """One message with these values, as its reader would see it."""

    def filled(text: str) -> str:
        alone = TemplateText(wording.name, wording.language, wording.category, text, is_named=wording.is_named)
        return preview(alone, values)

    return {
        "name": wording.name,
        "language": wording.language,
        "body": filled(wording.body),
        "header": filled(wording.header) if wording.header else "",
        "footer": wording.footer or "",
        "buttons": [button.text for button in wording.buttons],
    }
