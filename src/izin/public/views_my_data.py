"""The portal for people: prove the number by writing first, then see, take along, correct, stop or erase. No account.

Two pages. The first shows a code and waits until it has come by WhatsApp; it says the same whoever is asking. The
second is open for an hour to whoever sent the code, under a secret address; looking at it changes nothing.
"""

import json
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from izin.consent import preferences
from izin.consent.addresses import DATA
from izin.contacts.book import Known
from izin.dispatch.outbox import StillSending
from izin.lib.qr import qr
from izin.lib.typeset import pdf
from izin.public.pages import PublicRequest, frame, language_links, particulars, public_page, sealed
from izin.rights import acts, erasure, proving
from izin.rights.models import SubjectRequest
from izin.rights.package import package
from izin.rights.proving import Proven
from izin.rights.readable import in_words, readable
from izin.whatsapp.models import SenderNumber

SHOWN = "izin.public.my_data"
PROVEN = {"channel": str(SubjectRequest.Channel.PAGE.value), "identity": str(SubjectRequest.Identity.NUMBER.value)}


@csrf_exempt
@public_page
def start(request: PublicRequest) -> HttpResponse:
    """What this is, then a code, then the page of whoever sent it."""
    sender = SenderNumber.objects.order_by("id").first()
    if sender is None:
        return TemplateResponse(request, "public/my_data_start.html", _of_start(request, closed=True))
    if request.method != "POST":
        return TemplateResponse(request, "public/my_data_start.html", _of_start(request))
    if "shown" not in request.POST:
        try:
            return _code(request, sender, proving.issue())
        except proving.TooManyCodes:
            return TemplateResponse(request, "public/my_data_start.html", _of_start(request, many=True), status=429)
    try:
        code = signing.loads(request.POST["shown"], salt=SHOWN, max_age=proving.LIFETIME)
    except signing.BadSignature:
        return TemplateResponse(request, "public/my_data_start.html", _of_start(request, over=True))
    proven = proving.prove(code)
    if proven is None:
        return _code(request, sender, code, waits=True)
    if proven.person is not None:
        acts.hand_over(proven.person, "access", **PROVEN)
    return redirect(f"public:my_data_{_language()}", slug=request.organisation.slug, token=proving.token_of(proven))


@csrf_exempt
@public_page
def my_data(request: PublicRequest, token: str) -> HttpResponse:
    """Everything held of whoever proved the number, and what can be done about it at once."""
    proven = proving.proven_by(token)
    if proven is None:
        return sealed(TemplateResponse(request, "public/my_data_start.html", _of_start(request, over=True), status=404))
    done, wrong = "", ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do in ("erase", "erase_now"):
            return sealed(_erase(request, proven, token, now_=do == "erase_now"))
        try:
            done = _do(request, proven.person, do) if proven.person else ""
        except acts.NameMissing:
            wrong = _("Write your name as it should be. Nothing was changed.")
    given = frame(request, **_page(request, proven, token), done=done, wrong=wrong)
    return sealed(TemplateResponse(request, "public/my_data.html", given))


@csrf_exempt
@public_page
def file(request: PublicRequest, token: str) -> HttpResponse:
    """The same as a file to take along (Art. 20), in the form of docs/my-data.schema.json."""
    return _file(request, token, "json")


@csrf_exempt
@public_page
def document(request: PublicRequest, token: str) -> HttpResponse:
    """The same to read and to print, as PDF."""
    return _file(request, token, "pdf")


def _file(request: PublicRequest, token: str, form: str) -> HttpResponse:
    proven = proving.proven_by(token)
    if proven is None or proven.person is None:
        return sealed(TemplateResponse(request, "public/my_data_start.html", _of_start(request, over=True), status=404))
    held = package(proven.person, _language())
    if form == "pdf":
        response = HttpResponse(pdf(readable(held, _language())), content_type="application/pdf")
    else:
        body = json.dumps(held, ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{DATA[_language()]}.{form}"'
    return sealed(response)


def _do(request: PublicRequest, person: Known, do: str) -> str:
    """Do it at once; what was done, in words. Empty for what this page does not offer."""
    if do == "name":
        acts.correct_name(person, request.POST.get("name", ""), **PROVEN)
        return _("Done. Your name is corrected.")
    if do == "withdraw":
        acts.withdraw_all(person, **PROVEN)
        return _("Done. Every consent is withdrawn.")
    if do == "restrict":
        acts.restrict(person, **PROVEN)
        return _("Done. Nothing more is sent to you, and we look at your request.")
    if do == "object":
        acts.object_to_marketing(person, **PROVEN)
        return _("Done. You will get no more promotional messages from us.")
    return ""


def _erase(request: PublicRequest, proven: Proven, token: str, *, now_: bool) -> HttpResponse:
    """Ask once what it means, then do it; a message on its way must arrive first."""
    busy = False
    if now_:
        try:
            made = acts.erase(proven.person, **PROVEN) if proven.person else None
            if made is None:
                erasure.carry_out_for_stranger(proving.number_of(proven))
            given = frame(request, certificate=made, language_links=_links(request))
            return TemplateResponse(request, "public/my_data_erased.html", given)
        except StillSending:
            busy = True
    given = frame(request, busy=busy, page_href=_href(request, token), language_links=_links(request))
    return TemplateResponse(request, "public/my_data_erase.html", given, status=409 if busy else 200)


def _page(request: PublicRequest, proven: Proven, token: str) -> dict[str, Any]:
    slug, language = request.organisation.slug, _language()
    hrefs = {code: reverse(f"public:my_data_{code}", args=[slug, token]) for code in DATA}
    given: dict[str, Any] = {"language_links": language_links(hrefs), "page_href": hrefs[language]}
    if proven.person is None:
        return given
    return given | {
        "held": in_words(package(proven.person, language)),
        "file_href": reverse("public:my_data_file", args=[slug, token]) + f"?lang={language}",
        "document_href": reverse("public:my_data_document", args=[slug, token]) + f"?lang={language}",
        "choices_href": preferences.link(slug, proven.person.id, language),
    }


def _code(request: PublicRequest, sender: SenderNumber, code: str, *, waits: bool = False) -> TemplateResponse:
    text = f"{proving.WORDS[_language()]} {code}"
    digits = "".join(character for character in sender.display if character.isdigit())
    href = f"https://wa.me/{digits}?text={quote(text)}"
    shown = signing.dumps(code, salt=SHOWN)
    given = {"code": text, "whatsapp_href": href, "number": sender.display, "shown": shown, "qr": qr(href)}
    return TemplateResponse(request, "public/my_data_code.html", _of_start(request, waits=waits, **given))


def _of_start(request: PublicRequest, **given: Any) -> dict[str, Any]:
    return frame(request, particulars=particulars(request), start_href=_start(request), **given) | {
        "language_links": _links(request)
    }


def _links(request: PublicRequest) -> list[dict[str, Any]]:
    slug = request.organisation.slug
    return language_links({code: reverse(f"public:my_data_start_{code}", args=[slug]) for code in DATA})


def _start(request: PublicRequest) -> str:
    return reverse(f"public:my_data_start_{_language()}", args=[request.organisation.slug])


def _href(request: PublicRequest, token: str) -> str:
    return reverse(f"public:my_data_{_language()}", args=[request.organisation.slug, token])


def _language() -> str:
    return "en" if get_language() == "en" else "ms"
