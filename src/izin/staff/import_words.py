"""Imports in words: the steps, the grades of evidence, and why a whole file was refused."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from izin.consent.grades import Grade
from izin.contacts.spreadsheet_messages import explain

BECAUSE = {
    "proof_missing": later("A proof is not there, or does not open"),
    "proof_differs": later("A proof says something else than its row"),
    "no_consent": later("A proof is no proof of consent"),
}
STEPS = ("upload", "columns", "preview", "review", "done")
LEAST = [
    (Grade.STATED, later("Stated: date, way, notice version and source are enough")),
    (Grade.DOCUMENTED, later("Documented: each row of an import must name its proof")),
    (Grade.OWN_ACT, later("Own act: only people who wrote from their own WhatsApp")),
]


def steps(current: str) -> list[dict[str, Any]]:
    """The way of a file, for the stepper."""
    labels = (_("Upload"), _("Columns"), _("Preview"), _("Review by somebody else"), _("Recorded"))
    at = STEPS.index(current)
    return [
        {"label": label, "done": place < at or current == "done", "current": place == at and current != "done"}
        for place, label in enumerate(labels)
    ]


def grade_cell(grade: Grade | None) -> dict[str, str]:
    """The grade as a badge."""
    if grade is None:
        return {"state": "rejected", "text": _("No evidence")}
    names = {Grade.STATED: _("Stated"), Grade.DOCUMENTED: _("Documented"), Grade.OWN_ACT: _("Own act")}
    return {"state": "attested", "text": names[grade]}


def refusals(code: str) -> str:
    """Why a whole file was refused."""
    return explain(code, get_language() or "ms")
