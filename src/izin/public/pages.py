"""What every public page shares: the organisation by its address, and the language by the address, without a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from izin.organisations import registry
from izin.organisations.models import Organisation
from izin.organisations.scope import scope

LANGUAGES = dict(settings.LANGUAGES)


class PublicRequest(HttpRequest):
    """A request behind ``public_page``."""

    organisation: Organisation


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the page inside its organisation's scope, in the language asked for; an unknown address is a plain 404.

    No cookie is set or needed. ``language`` of the address pattern wins, then ``lang`` of query or form; else Malay.
    """

    @wraps(view)
    def page(request: PublicRequest, slug: str, language: str = "", **captured: Any) -> HttpResponse:
        organisation_id = registry.organisation_at(slug)
        if organisation_id is None:
            raise Http404
        wanted = language or request.POST.get("lang") or request.GET.get("lang", "")
        wanted = wanted if wanted in LANGUAGES else translation.get_language() or settings.LANGUAGE_CODE
        with scope(organisation_id), translation.override(wanted):
            request.organisation = Organisation.objects.get(id=organisation_id)
            response = view(request, **captured)
            if callable(getattr(response, "render", None)):
                response.render()
            response.headers["Content-Language"] = wanted
        patch_cache_control(response, private=True, no_store=True)
        return response

    return page


def frame(request: PublicRequest, **given: Any) -> dict[str, Any]:
    """The context of the public frame, and what the page adds."""
    slug, language = request.organisation.slug, translation.get_language() or settings.LANGUAGE_CODE
    place = "public:policy_en" if language == "en" else "public:policy_ms"
    return {
        "organisation": request.organisation.name,
        "policy_href": reverse(place, args=[slug]),
        "home_href": reverse("public:home", args=[slug]) + f"?lang={language}",
        "data_href": reverse(f"public:my_data_start_{'en' if language == 'en' else 'ms'}", args=[slug]),
        "join_href": reverse("public:join", args=[slug]) + f"?lang={language}",
        "language_links": language_links({code: f"?lang={code}" for code in LANGUAGES}),
    } | given


def language_links(hrefs: dict[str, str]) -> list[dict[str, Any]]:
    """The switch between the languages, as plain links."""
    current = translation.get_language()
    return [
        {"label": LANGUAGES[code], "lang": code, "href": href, "current": code == current}
        for code, href in hrefs.items()
    ]


def particulars(request: PublicRequest) -> list[dict[str, str]]:
    """How to reach the organisation, as facts for a page."""
    who = request.organisation
    known = (
        (_("Address"), who.address),
        (_("E-mail"), who.contact_email),
        (_("Phone"), who.contact_phone),
        (_("Registration number"), who.registration_number),
    )
    return [{"label": label, "text": text} for label, text in known if text]


def sealed(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site learns it, and no index keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
