"""Consents that end soon, and how their people may renew them (EDPB 05/2020 ¶110-111; law.md A-15).

Nobody is asked whose consent has ended: whoever said nothing is left in peace.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from izin.consent import consent_forms
from izin.consent.models import ConsentForm, Purpose, Standing
from izin.lib.clock import now
from izin.notices import chat

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAYS = 60  # what counts as soon, where nobody says another number
MOST_DAYS = 90


def ending(purpose: Purpose, days: int = DAYS) -> "QuerySet[Standing]":
    """The consents that stand now and end within so many days."""
    soon = now() + timedelta(days=days)
    return Standing.objects.filter(Standing.in_force(now()), purpose=purpose, valid_until__lte=soon)


def words_to_renew(purpose: Purpose, language: str) -> list[str]:
    """What people may write to be shown this purpose's notice and agree again: one for each open form that asks it."""
    versions = (consent_forms.newest(form) for form in ConsentForm.objects.filter(closed_at=None))
    asking = [version for version in versions if version and str(purpose.id) in version.content["notices"]]
    codes = [code for version in asking if (code := chat.code_of(version.form.key))]
    return [f"{chat.KEYWORD['en' if language.startswith('en') else 'ms']} {code}" for code in codes]
