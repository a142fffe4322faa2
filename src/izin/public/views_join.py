"""The join page: read, tick, and get a code that the own WhatsApp turns into consent.

The page asks for no number, so nothing can be sent to anybody who did not write first (law: rule 4). It needs neither
cookie nor script; what was shown travels in a signed note inside the form, which also stands for the CSRF token: there
is no session here whose authority a foreign page could borrow.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from izin.consent import consent_forms, joining, served
from izin.consent.models import ConsentForm, FormVersion, Purpose
from izin.lib.clock import now
from izin.lib.qr import qr
from izin.notices.models import NoticeVersion
from izin.public.join_form import Choices, JoinForm, NotShown, Shown, ShownTooLongAgo, note_of, read_note
from izin.public.pages import PublicRequest, frame, public_page
from izin.public.words import notice_parts
from izin.whatsapp.models import SenderNumber

ISSUED = "izin.public.issued"
NO_NOTE = b'name="shown" value=""'


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page asks: purposes with their wordings, by which published form (None: by the organisation's own page).

    ``framed``: the page stands in a frame of another site.
    """

    choices: Choices
    sender: SenderNumber
    version: FormVersion | None = None
    framed: bool = False


@csrf_exempt
@public_page
def join(request: PublicRequest, form: str = "") -> HttpResponse:
    """The form, or what an answer leads to: a code, or plainly nothing. A form's name that nobody knows is a 404."""
    ask = _ask_by_form(form) if form else _ask_for_everything()
    return _page(request, ask) if ask else _closed(request)


@csrf_exempt
@xframe_options_exempt
@public_page
def framed(request: PublicRequest, form: str) -> HttpResponse:
    """The form inside a page of another site, if the organisation lets that site frame it."""
    origins = ConsentForm.objects.filter(key=form).values_list("frame_origins", flat=True).first()
    if not origins:
        raise Http404
    ask = _ask_by_form(form)
    response = _page(request, replace(ask, framed=True)) if ask else _closed(request)
    response.frame_ancestors = origins  # type: ignore[attr-defined]  # read by izin.staff.security
    return response


def _ask_for_everything() -> Ask | None:
    choices = joining.wordings(list(Purpose.objects.all()))
    sender = SenderNumber.objects.order_by("id").first()
    return Ask(choices, sender) if choices and sender else None


def _ask_by_form(key: str) -> Ask | None:
    """None while the form is closed, or nobody could answer. Raises Http404 for a form that was never published."""
    form = ConsentForm.objects.filter(key=key).first()
    version = consent_forms.newest(form) if form else None
    if form is None or version is None:
        raise Http404
    sender = SenderNumber.objects.order_by("id").first()
    return None if form.closed_at or sender is None else Ask(consent_forms.asked_by(version), sender, version)


def _closed(request: PublicRequest) -> TemplateResponse:
    return TemplateResponse(request, "public/closed.html", frame(request))


def _page(request: PublicRequest, ask: Ask) -> HttpResponse:
    if request.method != "POST":
        return _form(request, ask)
    if "issued" in request.POST:
        return _again(request, ask)
    try:
        shown = read_note(request.POST.get("shown", ""), request.organisation.id, ask.choices)
    except NotShown:
        why = _("The page did not come from us as it should. Please read it again and answer here.")
        return _form(request, ask, why=why, status=400)
    except ShownTooLongAgo:
        why = _("You opened this page more than an hour ago, or its text has changed since. Please read it again.")
        return _form(request, ask, why=why)
    with override(shown.language):
        return _answered(request, ask, shown)


def _answered(request: PublicRequest, ask: Ask, shown: Shown) -> HttpResponse:
    form = JoinForm(ask.choices, shown.language, request.POST)
    if not form.is_valid():
        return _form_again(request, ask, form)
    if not form.ticked() or form.cleaned_data["adult"] == "no":
        given = frame(request, under_age=bool(form.ticked()))
        return TemplateResponse(request, "public/nothing.html", given).render()
    code = joining.issue_code(form.ticked(), language=shown.language, shown_at=shown.at, page=shown.page)
    return _code(request, ask, code, now() + joining.LIFETIME).render()


def _again(request: PublicRequest, ask: Ask) -> HttpResponse:
    """The same code in the other language: it came back signed, since it is in no address and in no cookie."""
    try:
        said = signing.loads(request.POST["issued"], salt=ISSUED, max_age=joining.LIFETIME)
    except signing.BadSignature:
        return _form(request, ask, status=400)
    return _code(request, ask, said["code"], datetime.fromisoformat(said["until"]))


def _code(request: PublicRequest, ask: Ask, code: str, until: datetime) -> TemplateResponse:
    href = f"https://wa.me/{_digits(ask.sender)}?text={quote(f'SERTAI {code}')}"
    given = frame(
        request,
        code=f"SERTAI {code}",
        whatsapp_href=href,
        number=ask.sender.display,
        expires=until,
        issued=signing.dumps({"code": code, "until": until.isoformat()}, salt=ISSUED),
        qr=qr(href),
        **_away(ask),
    )
    return TemplateResponse(request, "public/code.html", given)


def _form(request: PublicRequest, ask: Ask, *, why: str = "", status: int = 200) -> HttpResponse:
    """The page with nothing ticked. Its bytes are kept and logged before they are sent; then the note is put in."""
    language = get_language() or "ms"
    given = form_context(request, ask.choices, JoinForm(ask.choices, language), ask.version) | {"why": why}
    response = TemplateResponse(request, "public/join.html", given | _away(ask), status=status).render()
    page = served.keep(response.content, language=language, version=ask.version)
    note = note_of(request.organisation.id, ask.choices, language, page.digest)
    response.content = response.content.replace(NO_NOTE, NO_NOTE[:-1] + note.encode() + b'"', 1)
    return response


def _form_again(request: PublicRequest, ask: Ask, form: JoinForm) -> HttpResponse:
    """The page with the person's own ticks, and what is missing. It goes on carrying the note of the page before."""
    given = form_context(request, ask.choices, form, ask.version) | {"note": request.POST["shown"]}
    return TemplateResponse(request, "public/join.html", given | _away(ask), status=422).render()


def _away(ask: Ask) -> dict[str, Any]:
    """How a link leaves the page: out of a frame, which none of our other pages may stand in."""
    return {"away": {"target": "_blank", "rel": "noopener"}} if ask.framed else {}


def form_context(
    request: PublicRequest, choices: Choices, form: JoinForm, version: FormVersion | None
) -> dict[str, Any]:
    """What the page of a form shows, in the language that is active."""
    language = get_language() or "ms"
    title = version.content["form"]["titles"][language] if version else ""
    texts = [wording.texts[language] for _purpose, wording in choices]
    shared = {slot for slot in texts[0] if len({one.get(slot) for one in texts}) == 1} if len(texts) > 1 else set()
    asked = [_asked(form, purpose, wording, language, shared) for purpose, wording in choices]
    common = notice_parts({slot: text for slot, text in texts[0].items() if slot in shared})
    return frame(request, form=form, title=title, asked=asked, common=common)


def _asked(form: JoinForm, purpose: Purpose, version: NoticeVersion, language: str, shared: Set[str]) -> dict[str, Any]:
    """One purpose: its box, and under it its notice, but for what all purposes have in common."""
    return {
        "name": purpose.name,
        "field": form.box(purpose),
        "version": version,
        "parts": notice_parts({slot: text for slot, text in version.texts[language].items() if slot not in shared}),
    }


def _digits(sender: SenderNumber) -> str:
    return "".join(character for character in sender.display if character.isdigit())
