"""The join form: a box for each purpose, the question of age, and a signed note of what the page showed.

No box is ticked beforehand (GDPR recital 32; EDPB 05/2020 ¶79), none depends on another, and no number is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from izin.consent.models import Purpose
from izin.ledger.log import timestamp
from izin.lib.clock import now
from izin.notices.models import NoticeVersion

LIFETIME = timedelta(hours=1)
SALT = "izin.public.join"
Choices = Sequence[tuple[Purpose, NoticeVersion]]


class NotShown(Exception):
    """The answer does not say what was read before it: no note, or one that we did not sign."""


class ShownTooLongAgo(Exception):
    """The text was shown so long ago, or changed since, that the answer must not count."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page showed: which wordings (``{purpose id: version id}``), in which language, when; ``page`` is the
    digest of its bytes as they were served, with no box ticked.
    """

    versions: dict[str, str]
    language: str
    at: datetime
    page: str


def note_of(organisation_id: object, choices: Choices, language: str, page: str) -> str:
    """The signed note that travels with the page whose bytes have this digest."""
    said = {
        "o": str(organisation_id),
        "v": {str(purpose.id): str(version.id) for purpose, version in choices},
        "l": language,
        "t": timestamp(now()),
        "p": page,
    }
    return signing.dumps(said, salt=SALT)


def read_note(note: str, organisation_id: object, choices: Choices) -> Shown:
    """What the answer's page showed. Raises NotShown or ShownTooLongAgo."""
    try:
        said = signing.loads(note, salt=SALT)
    except signing.BadSignature:
        raise NotShown from None
    if said["o"] != str(organisation_id) or "p" not in said:
        raise NotShown
    shown = Shown(said["v"], said["l"], datetime.fromisoformat(said["t"]), said["p"])
    current = {str(purpose.id): str(version.id) for purpose, version in choices}
    if now() - shown.at > LIFETIME or current != shown.versions:
        raise ShownTooLongAgo
    return shown


class JoinForm(forms.Form):
    """Every box is free. The age must be stated by whoever ticks one."""

    use_required_attribute = False

    adult = forms.ChoiceField(
        label=_("Are you 18 or older?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, choices: Choices, language: str, data: Any = None) -> None:
        super().__init__(data)
        self.choices = choices
        for purpose, version in choices:
            self.fields[f"p-{purpose.id}"] = forms.BooleanField(
                label=version.texts[language]["statement"], required=False
            )
        self.order_fields([name for name in self.fields if name != "adult"] + ["adult"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.ticked() and not given.get("adult"):
            self.add_error("adult", _("Please answer this question, too."))
        return given

    def ticked(self) -> list[tuple[Purpose, NoticeVersion]]:
        """What the person agreed to."""
        return [(purpose, version) for purpose, version in self.choices if self.cleaned_data.get(f"p-{purpose.id}")]

    def box(self, purpose: Purpose) -> forms.BoundField:
        return self[f"p-{purpose.id}"]
