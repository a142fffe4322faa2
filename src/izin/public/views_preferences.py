"""A person's own page: what they receive, and how to end it with one tap. No login, no script, no cookie.

The secret address is the capability: there is no session whose authority a foreign page could borrow, so Django's CSRF
token is not used; a signed note says that the answer came from this very page. Looking (GET) changes nothing, because
programs look at links before people do.
"""

from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from izin.consent import preferences as own
from izin.consent import receipts
from izin.consent.addresses import PREFERENCES
from izin.consent.models import Purpose
from izin.consent.preferences import Choice
from izin.consent.receipts import Consent
from izin.contacts import book
from izin.contacts.book import Known
from izin.contacts.models import Contact
from izin.inbound import replies
from izin.notices.publishing import current_policy
from izin.public.pages import LANGUAGES, PublicRequest, frame, language_links, particulars, public_page, sealed

SALT = "izin.public.preferences"
STOPPABLE = ("granted", "paused", "held", "pending")


@csrf_exempt
@public_page
def preferences(request: PublicRequest, token: str) -> HttpResponse:
    """The page of whoever this link was given to; for any other link, how to stop without one."""
    person = own.person_of(token)
    if person is None:
        given = frame(request, particulars=particulars(request))
        return sealed(TemplateResponse(request, "public/preferences_unknown.html", given, status=404))
    done, status = "", 200
    if request.method == "POST":
        done = _do(request, person) if _is_ours(request, token) else ""
        status = 200 if done else 400
    has_stopped = bool(done) and request.POST["do"].startswith("stop")
    given = frame(request, **_shown(request, person, token), done=done, has_stopped=has_stopped, again=status == 400)
    return sealed(TemplateResponse(request, "public/preferences.html", given, status=status))


def _do(request: PublicRequest, person: Known) -> str:
    """Do what was asked for, at once; what was done, in words. Empty for what this page does not offer."""
    verb, _colon, what = request.POST.get("do", "").partition(":")
    language = get_language() or "ms"
    if verb == "stop_all":
        own.stop(person, None, language=language)
        replies.close_unclear(person, "stop_all")
        return _("Done. You will get no more promotional messages from us.")
    if verb == "stop" and (purpose := Purpose.objects.filter(key=what).first()):
        own.stop(person, purpose, language=language)
        return _("Done. You will get no more of this: %(purpose)s.") % {"purpose": purpose.name}
    if verb == "pause":
        return _("Done. We are silent until %(day)s.") % {"day": _day(own.pause(person, language=language))}
    if verb == "language" and what in LANGUAGES:
        book.set_language(person, what)
        return _("Done. We write to you in this language: %(language)s.") % {"language": LANGUAGES[what]}
    return ""


def _shown(request: PublicRequest, person: Known, token: str) -> dict[str, Any]:
    choices = own.choices_of(person)
    states = {choice.state for choice in choices}
    chosen = Contact.objects.values_list("language", flat=True).get(id=person.id)
    slug = request.organisation.slug
    hrefs = {code: reverse(f"public:preferences_{code}", args=[slug, token]) for code in PREFERENCES}
    return {
        "choices": [_row(choice) for choice in choices],
        "can_stop_all": bool(states - {"refused"}) or not states,
        "can_pause": "granted" in states,
        "is_held": "held" in states,
        "is_paused": "paused" in states,
        "policy": current_policy(),
        "receipts": [_receipt(request, consent) for consent in receipts.consents_of(person)],
        "languages": [
            {"code": code, "label": label, "chosen": code == chosen, "attrs": {"lang": code}}
            for code, label in LANGUAGES.items()
        ],
        "note": signing.dumps(_note(request, token), salt=SALT),
        "language_links": language_links(hrefs),
    }


def _receipt(request: PublicRequest, consent: Consent) -> dict[str, Any]:
    language = get_language() or "ms"
    what = ", ".join(row.purpose.name for row in consent.rows if row.purpose)
    return {"href": receipts.link(request.organisation.slug, consent, language), "what": what, "at": consent.rows[0].at}


def _row(choice: Choice) -> dict[str, Any]:
    until = _day(choice.until) if choice.until else ""
    says = {
        "granted": _("You receive these."),
        "paused": _("Paused until %(day)s.") % {"day": until},
        "held": _("Nothing is sent until it is clear what you wish."),
        "refused": _("You have stopped these."),
    }
    return {
        "purpose": choice.purpose,
        "state": choice.state,
        "says": says.get(choice.state, _("You do not receive these.")),
        "can_stop": choice.state in STOPPABLE,
    }


def _note(request: PublicRequest, token: str) -> dict[str, str]:
    return {"o": str(request.organisation.id), "t": token}


def _is_ours(request: PublicRequest, token: str) -> bool:
    """Whether the answer came from this page. It has no age: a page that was left open for a year still stops."""
    try:
        return bool(signing.loads(request.POST.get("page", ""), salt=SALT) == _note(request, token))
    except signing.BadSignature:
        return False


def _day(at: Any) -> str:
    return date_format(localtime(at), "j F Y")
