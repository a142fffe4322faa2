"""What the organisation does today, gathered for its privacy policy; the comparison itself is notices/living.py."""

from collections.abc import Mapping

from izin.accountability import recipients
from izin.accountability.models import Recipient
from izin.consent.models import Purpose
from izin.notices import publishing
from izin.notices.completeness import LANGUAGES, Gap
from izin.notices.living import META, Living, PurposeNamed, RecipientNamed, gaps, uncovered, with_unsaid
from izin.notices.models import PrivacyPolicy
from izin.notices.policies import policy
from izin.notices.wording import Particulars
from izin.organisations.models import Organisation
from izin.organisations.scope import current

Texts = Mapping[str, Mapping[str, str]]


def living() -> Living:
    """Contact, purposes and recipients of the organisation whose scope is open."""
    who = Organisation.objects.get(id=current())
    return Living(
        name=who.name,
        email=who.contact_email,
        phone=who.contact_phone,
        country=who.country,
        purposes=tuple(_purpose(one) for one in Purpose.objects.all()),
        recipients=(META, *(_recipient(one) for one in recipients.active())),
    )


def first_texts(who: Particulars, sector: str = "general") -> dict[str, dict[str, str]]:
    """A first policy for the sector that names everything the organisation does."""
    return with_unsaid(policy(who, sector), living())


def publish(texts: Texts) -> PrivacyPolicy:
    """The next version of the privacy policy. Raises Incomplete when something is unwritten or unsaid."""
    return publishing.publish_policy(texts, living())


def gaps_today(texts: Texts) -> list[Gap]:
    """Everything that keeps these texts from being published today."""
    return gaps(texts, living())


def drift() -> list[Gap]:
    """What the published policy does not say of what the organisation does; empty where none is published."""
    newest = publishing.current_policy()
    return uncovered(newest.texts, living()) if newest else []


def _purpose(one: Purpose) -> PurposeNamed:
    return PurposeNamed(
        {language: one.name_in(language) for language in LANGUAGES},
        {"ms": one.description_ms, "en": one.description_en},
    )


def _recipient(one: Recipient) -> RecipientNamed:
    return RecipientNamed(
        one.name,
        one.country,
        {"ms": one.role_ms, "en": one.role_en},
        {"ms": one.safeguards_ms, "en": one.safeguards_en},
    )
