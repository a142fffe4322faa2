"""Gather the living configuration for the documents, inside an organisation's scope."""

from django.conf import settings
from django.db.models import Count

from izin.accountability import recipients
from izin.accountability.models import Recipient
from izin.compliance import sweeping
from izin.compliance.facts import GROUNDS, KINDS, Facts, PurposeFact, RecipientFact
from izin.compliance.papers import both
from izin.consent.models import Purpose, Standing
from izin.contacts.models import Contact
from izin.lib.clock import now
from izin.notices.living import META
from izin.organisations.models import Membership, Organisation, Role
from izin.organisations.scope import current

META_CONTRACT = "WhatsApp Business Terms, Data Processing Terms, Data Transfer Addendum"


def gather() -> Facts:
    """Everything, as it is at this moment."""
    who = Organisation.objects.get(id=current())
    standing = Standing.objects.filter(Standing.in_force(now())).values_list("purpose_id")
    counted = dict(standing.annotate(people=Count("id")))
    officers = Membership.objects.filter(role=Role.OFFICER).select_related("user").order_by("user__username")
    by_country = Contact.objects.order_by().values_list("country").annotate(people=Count("id"))
    return Facts(
        name=who.name,
        registration=who.registration_number,
        address=who.address,
        email=who.contact_email,
        phone=who.contact_phone,
        country=who.country,
        officers=tuple(one.user.get_full_name() or one.user.username for one in officers),
        people=Contact.objects.count(),
        countries={country or "": people for country, people in sorted(by_country)},
        purposes=tuple(
            PurposeFact(
                both(one.name_ms, one.name_en),
                both(one.description_ms, one.description_en),
                one.lifetime_days,
                counted.get(one.id, 0),
            )
            for one in Purpose.objects.all()
        ),
        recipients=(_meta(), *(_recipient(one) for one in recipients.active())),
        spans=sweeping.spans(),
        secure=bool(settings.SECURE),
    )


def _meta() -> RecipientFact:
    return RecipientFact(
        META.name, KINDS["processor"], META.country, META.role, META_CONTRACT, GROUNDS["clauses"], META.safeguards
    )


def _recipient(one: Recipient) -> RecipientFact:
    return RecipientFact(
        one.name,
        KINDS[one.kind],
        one.country,
        both(one.role_ms, one.role_en),
        one.contract,
        GROUNDS[one.ground],
        both(one.safeguards_ms, one.safeguards_en),
    )
