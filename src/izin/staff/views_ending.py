"""Consents to a purpose that end soon, and whom a campaign for renewal would ask now."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.consent import refresh
from izin.consent.models import Purpose, Standing
from izin.contacts import book
from izin.contacts.models import Contact
from izin.dispatch.refreshing import to_ask
from izin.staff.access import COMPOSERS, StaffRequest, may, staff_page
from izin.staff.shell import trail

MOST_SHOWN = 50


@staff_page()
def ending(request: StaffRequest, purpose: UUID) -> HttpResponse:
    """How many end within 60 days, who of them would be asked, and the words by which they renew."""
    one = get_object_or_404(Purpose, id=purpose)
    asked = to_ask(one, refresh.DAYS)
    crumbs = [("staff:purposes", _("Purposes & notices")), ("", _("Consents that end soon"))]
    given = {
        "purpose": one,
        "crumbs": trail(request, *crumbs),
        "days": refresh.DAYS,
        "ending": refresh.ending(one).count(),
        "to_ask": asked.count(),
        "most": MOST_SHOWN,
        "words": refresh.words_to_renew(one, get_language() or "ms"),
        "columns": [{"label": _("Contact")}, {"label": _("Ends")}],
        "rows": _rows(request.organisation.slug, list(asked.order_by("valid_until", "id")[:MOST_SHOWN])),
        "may_compose": may(request, COMPOSERS),
    }
    return TemplateResponse(request, "staff/ending.html", given)


def _rows(slug: str, standings: list[Standing]) -> list[list[object]]:
    people = Contact.objects.in_bulk([one.contact_id for one in standings])
    numbers = book.numbers(people.values())
    return [
        [
            {
                "masked": number.masked if (number := numbers.get(one.contact_id)) else _("erased"),
                "href": reverse("staff:contact", args=[slug, one.contact_id]),
            },
            {"time": one.valid_until},
        ]
        for one in standings
    ]
