"""What an administrator fills in to connect a WhatsApp business account. What is secret is never shown again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from izin.staff.forms import REQUIRED
from izin.staff.whatsapp_page import limit_in_words
from izin.whatsapp.connection import NumberFacts

PRINTABLE = r"^[\x21-\x7e]+$"
QUIET = {"autocomplete": "off", "spellcheck": "false"}


class AccessForm(forms.Form):
    """Business account, token and app secret. Of an account that is connected, what is left empty stays as it is."""

    use_required_attribute = False

    waba_id = forms.RegexField(
        r"^[0-9]{1,32}$",
        label=_("ID of the WhatsApp business account"),
        help_text=_("WhatsApp Manager shows it under Account tools → Phone numbers, and in the address of that page."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={**REQUIRED, "invalid": _("An ID consists of digits only.")},
    )
    token = forms.RegexField(
        PRINTABLE,
        label=_("Access token of a system user"),
        max_length=2_000,
        help_text=_(
            "Meta Business Settings → System users → Generate token, with both WhatsApp permissions and no end. It is "
            "sealed, and never shown again."
        ),
        widget=forms.PasswordInput(attrs=QUIET),
        error_messages={**REQUIRED, "invalid": _("A token has no spaces and only plain characters. Copy it whole.")},
    )
    app_secret = forms.RegexField(
        PRINTABLE,
        label=_("App secret"),
        max_length=200,
        help_text=_("Of the app that made the token: App settings → Basic. Sealed, and never shown again."),
        widget=forms.PasswordInput(attrs=QUIET),
        error_messages={**REQUIRED, "invalid": _("A secret has no spaces and only plain characters. Copy it whole.")},
    )

    def __init__(self, data: Any = None, *, waba_id: str = "") -> None:
        """``waba_id`` is that of the account whose token or secret is renewed; empty for a new one."""
        super().__init__(data)
        if not waba_id:
            return
        del self.fields["waba_id"]
        for name in ("token", "app_secret"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave it empty to keep the one that is there.")
        self.fields["keep_old"] = forms.BooleanField(
            label=_("The old app secret stays valid as well, until I end it"),
            help_text=_("While you change the secret at Meta, webhooks may still come with the old one."),
            required=False,
            initial=True,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "keep_old" in self.fields and not self.errors and not given.get("token") and not given.get("app_secret"):
            raise forms.ValidationError(_("Enter a new token, a new app secret, or both."))
        return given


class NumbersForm(forms.Form):
    """From which of the account's numbers the organisation sends."""

    numbers = forms.MultipleChoiceField(
        label=_("Send from these numbers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one number.")},
    )

    def __init__(self, found: list[NumberFacts], used: list[str], data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["numbers"]
        field.choices = [(number.id, _described(number)) for number in found]
        field.initial = used or [number.id for number in found]


def _described(number: NumberFacts) -> str:
    parts = (number.display, number.verified_name, limit_in_words(number.limit) if number.limit else "")
    return " · ".join(part for part in parts if part)
