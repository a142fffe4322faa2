"""The organisation's short page, and its privacy policy in Malay and English: the one in force and all before it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.notices.models import PrivacyPolicy
from izin.notices.publishing import current_policy
from izin.public.pages import PublicRequest, frame, language_links, particulars, public_page
from izin.public.words import policy_headings


@public_page
def home(request: PublicRequest) -> HttpResponse:
    """Where to join, and where to read how data are treated."""
    given = frame(request, has_policy=current_policy() is not None, particulars=particulars(request))
    return TemplateResponse(request, "public/home.html", given)


@public_page
def policy(request: PublicRequest) -> HttpResponse:
    """The policy in the address's language: version, date and fingerprint stand with it."""
    newest = current_policy()
    if newest is None:
        raise Http404
    given = frame(
        request,
        policy=_shown(newest),
        language_links=_in_both(request, "policy"),
        versions_href=_href(request, "policy_versions"),
    )
    return TemplateResponse(request, "public/policy.html", given)


@public_page
def versions(request: PublicRequest) -> HttpResponse:
    """Every version that was ever published, the newest first (law.md G-10)."""
    rows = [
        {
            "number": one.number,
            "published": one.published_at,
            "href": _href(request, "policy_version", one.number),
            "digest": one.digest,
        }
        for one in PrivacyPolicy.objects.all()
    ]
    if not rows:
        raise Http404
    given = frame(request, versions=rows, language_links=_in_both(request, "policy_versions"))
    return TemplateResponse(request, "public/policy_versions.html", given)


@public_page
def version(request: PublicRequest, number: int) -> HttpResponse:
    """One version as it was published, said to be an earlier one where it is."""
    one = get_object_or_404(PrivacyPolicy, number=number)
    newest = current_policy()
    given = frame(
        request,
        policy=_shown(one),
        language_links=_in_both(request, "policy_version", number),
        versions_href=_href(request, "policy_versions"),
        is_earlier=newest is not None and newest.number != one.number,
    )
    return TemplateResponse(request, "public/policy.html", given)


def _shown(one: PrivacyPolicy) -> dict[str, Any]:
    """The texts in the page's language; a part that this version did not have yet is left out."""
    language = get_language() or "ms"
    texts = one.texts[language]
    return {
        "title": _("Privacy policy"),
        "lang": language,
        "version": one.number,
        "published": one.published_at,
        "digest": one.digest,
        "sections": [
            {"id": slot, "heading": heading, "paragraphs": texts[slot].split("\n\n")}
            for slot, heading in policy_headings().items()
            if texts.get(slot)
        ],
    }


def _href(request: PublicRequest, page: str, *more: int, language: str = "") -> str:
    spoken = language or ("en" if get_language() == "en" else "ms")
    return reverse(f"public:{page}_{spoken}", args=[request.organisation.slug, *more])


def _in_both(request: PublicRequest, page: str, *more: int) -> list[dict[str, Any]]:
    return language_links({language: _href(request, page, *more, language=language) for language in ("ms", "en")})
