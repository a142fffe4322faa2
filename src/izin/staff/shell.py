"""What the frame around every page needs to know."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reselect, reswap, retarget

from izin.organisations.models import Role
from izin.staff.access import COMPOSERS, OFFICERS, StaffRequest

AREA = (
    "breaches",
    "retention",
    "processing",
    "assessment",
    "agreement",
    "instructions",
)  # of accountability, beside its summary


def context(request: HttpRequest) -> dict[str, Any]:
    """Destinations, the organisation's name and the account, for the frame; little of it before somebody signed in."""
    frame: dict[str, Any] = {"language_href": reverse("set_language"), "home_href": reverse("staff:home")}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    frame |= {"account": user.get_full_name() or user.username, "sign_out_href": reverse("staff:sign_out")}
    membership = getattr(request, "membership", None)
    if membership is None:
        return frame
    slug, path = membership.organisation.slug, request.path
    return frame | {
        "organisation": membership.organisation.name,
        "role": membership.get_role_display(),
        "home_href": reverse("staff:overview", args=[slug]),
        "nav": [_destination(slug, path, place) for place in _places(membership.role)],
        "replies_waiting": getattr(request, "replies_waiting", 0),
        "stops": getattr(request, "stops", ()),
        "sending_href": reverse("staff:sending", args=[slug]),
    }


def _places(role: str) -> list[tuple[str, str, str, str]]:
    places = [
        ("staff:overview", "overview", _("Overview"), ""),
        ("staff:contacts", "contacts", _("Contacts"), ""),
        ("staff:replies", "question", _("Replies"), ""),
        ("staff:purposes", "notices", _("Purposes & notices"), _("Purposes")),
        ("staff:campaigns", "campaigns", _("Campaigns"), ""),
    ]
    if role in (Role.ADMIN, *COMPOSERS):
        places.append(("staff:whatsapp", "chat", "WhatsApp", ""))
    if role in (Role.ADMIN, *OFFICERS):
        places.append(("staff:requests", "person", _("Requests"), ""))
        places.append(("staff:ledger", "ledger", _("Ledger"), ""))
        places.append(("staff:accountability", "seal", _("Accountability"), _("Duties")))
    return places


def _destination(slug: str, path: str, place: tuple[str, str, str, str]) -> dict[str, Any]:
    name, icon, label, short = place
    href = reverse(name, args=[slug])
    within = path == href if name == "staff:overview" else path.startswith(href)
    if name == "staff:purposes":
        beside = [reverse(f"staff:{page}", args=[slug]) for page in ("forms", "policy", "recipients")]
        within = within or path.startswith(tuple(beside))
    if name == "staff:accountability":
        within = within or path.startswith(tuple(reverse(f"staff:{page}", args=[slug]) for page in AREA))
    if name == "staff:campaigns":
        within = within or path.startswith(
            tuple(reverse(f"staff:{page}", args=[slug]) for page in ("templates", "sending", "audiences"))
        )
    if name == "staff:contacts":
        within = within or path in [reverse(f"staff:objection_{page}", args=[slug]) for page in ("new", "recorded")]
    found = {"label": label, "href": href, "icon": icon, "short": short, "current": within}
    return found | ({"counts": "replies"} if name == "staff:replies" else {})


def trail(request: StaffRequest, *places: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs: (address name, label) of each page above; the last one is where we are, with an empty name."""
    slug = request.organisation.slug
    return [{"label": label, "href": reverse(name, args=[slug]) if name else ""} for name, label in places]


def in_place(page: HttpResponse) -> HttpResponse:
    """The whole page as the answer to a part of it that asked for news: its ``main`` takes the place of the one shown.

    The window does not load anew, which would undo a click that was made at that moment.
    """
    return reswap(reselect(retarget(page, "#main"), "#main"), "outerHTML")
