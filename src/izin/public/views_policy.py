"""The organisation's short page, and its privacy policy in Malay and English."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.notices.completeness import POLICY_SLOTS
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
    language = get_language() or "ms"
    texts, headings = newest.texts[language], policy_headings()
    slug = request.organisation.slug
    shown = {
        "title": _("Privacy policy"),
        "lang": language,
        "version": newest.number,
        "published": newest.published_at,
        "digest": newest.digest,
        "sections": [
            {"id": slot, "heading": headings[slot], "paragraphs": texts.get(slot, "").split("\n\n")}
            for slot in POLICY_SLOTS
        ],
    }
    hrefs = {"ms": reverse("public:policy_ms", args=[slug]), "en": reverse("public:policy_en", args=[slug])}
    given = frame(request, policy=shown, language_links=language_links(hrefs))
    return TemplateResponse(request, "public/policy.html", given)
