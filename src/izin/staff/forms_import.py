"""What staff fill in while a list of contacts is brought: what its columns are, and what a reviewer saw."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from izin.consent.files import BY_REVIEWER
from izin.contacts.spreadsheet import Column
from izin.staff.import_words import BECAUSE, LEAST

ATTRIBUTE, IGNORED = "attribute", "ignored"
USES = [
    ("number", _("Number")),
    ("name", _("Name")),
    ("language", _("Language")),
    ("consent_at", _("Date of consent")),
    ("method", _("Way of consent")),
    ("notice_version", _("Notice version")),
    ("source", _("Source")),
    ("proof", _("Proof of the row (scan, line of a log, recording)")),
    ("collector", _("Collected by")),
    ("withdrawn_at", _("Withdrawn on")),
    ("tags", _("Tags")),
    (ATTRIBUTE, _("A further detail, kept with the evidence")),
    (IGNORED, _("Leave aside")),
]


class ColumnsForm(forms.Form):
    """One choice for each column of the file, with its first values beside it."""

    def __init__(
        self, columns: Sequence[tuple[Column, Sequence[str]]], use_of: Callable[[str], str | None], data: Any = None
    ) -> None:
        super().__init__(data)
        self._columns = [column for column, _values in columns if column.use != IGNORED]
        values = {column.position: some for column, some in columns}
        for column in self._columns:
            some = ", ".join(values[column.position])
            self.fields[f"column_{column.position}"] = forms.ChoiceField(
                label=column.heading,
                choices=USES,
                initial=use_of(column.heading) or column.use,
                help_text=say("For example: %(values)s") % {"values": some}
                if some
                else say("Empty in the first rows."),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        used = Counter(given.values())
        if not used["number"]:
            raise forms.ValidationError(_("Say which column holds the telephone numbers."))
        for use, label in USES:
            if use not in (ATTRIBUTE, IGNORED) and used[use] > 1:
                raise forms.ValidationError(_("Two columns are for “%(use)s”. Keep one."), params={"use": label})
        return given

    def uses(self) -> dict[str, str]:
        """What each heading is used for."""
        return {column.heading: self.cleaned_data[f"column_{column.position}"] for column in self._columns}


class GradeForm(forms.Form):
    """How strong the evidence must be that a purpose's campaigns rest on."""

    least_grade = forms.ChoiceField(
        label=_("Least grade of evidence"),
        choices=[(int(grade), label) for grade, label in LEAST],
        help_text=_("People whose evidence is weaker are left out until they agree themselves."),
    )


class ReviewForm(forms.Form):
    """A box for each sampled row, none of them ticked, and the reason when the file is refused."""

    because = forms.ChoiceField(label=_("What is wrong"), choices=[(code, BECAUSE[code]) for code in BY_REVIEWER])

    def __init__(self, lines: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self._lines = lines
        self.refuses = data is not None and "refuse" in data
        self.fields["because"].required = self.refuses
        for line in lines:
            self.fields[f"line_{line}"] = forms.BooleanField(
                label=_("I have opened this proof, and it says the same"),
                required=not self.refuses,
                error_messages={"required": _("Open this proof, or refuse the import.")},
            )

    def confirmed(self) -> list[int]:
        """The lines whose proof was seen."""
        return [line for line in self._lines if self.cleaned_data[f"line_{line}"]]
