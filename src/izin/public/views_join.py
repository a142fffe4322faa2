"""The join page: read, tick, and get a code that the own WhatsApp turns into consent.

The page asks for no number, so nothing can be sent to anybody who did not write first (law: rule 4). It needs neither
cookie nor script; what was shown travels in a signed note inside the form, which also stands for the CSRF token: there
is no session here whose authority a foreign page could borrow.
"""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from izin.consent import joining
from izin.consent.models import Purpose
from izin.lib.clock import now
from izin.public.join_form import Choices, JoinForm, NotShown, ShownTooLongAgo, note_of, read_note
from izin.public.pages import PublicRequest, frame, public_page
from izin.public.qr import qr
from izin.public.words import notice_headings
from izin.whatsapp.models import SenderNumber

ISSUED = "izin.public.issued"


@csrf_exempt
@public_page
def join(request: PublicRequest) -> HttpResponse:
    """The form, or what an answer leads to: a code, or plainly nothing."""
    choices = joining.wordings(list(Purpose.objects.all()))
    sender = SenderNumber.objects.order_by("id").first()
    if not choices or sender is None:
        return TemplateResponse(request, "public/closed.html", frame(request))
    if request.method != "POST":
        return _form(request, choices)
    if "issued" in request.POST:
        return _again(request, choices, sender)
    try:
        shown = read_note(request.POST.get("shown", ""), request.organisation.id, choices)
    except NotShown:
        why = _("The page did not come from us as it should. Please read it again and answer here.")
        return _form(request, choices, why=why, status=400)
    except ShownTooLongAgo:
        why = _("You opened this page more than an hour ago, or its text has changed since. Please read it again.")
        return _form(request, choices, why=why)
    with override(shown.language):
        return _answered(request, choices, shown.at, sender).render()


def _answered(request: PublicRequest, choices: Choices, shown_at: datetime, sender: SenderNumber) -> TemplateResponse:
    language = get_language() or "ms"
    form = JoinForm(choices, language, request.POST)
    if not form.is_valid():
        return _form(request, choices, form=form, note=request.POST["shown"], status=422)
    if not form.ticked() or form.cleaned_data["adult"] == "no":
        given = frame(request, under_age=bool(form.ticked()))
        return TemplateResponse(request, "public/nothing.html", given)
    code = joining.issue_code(form.ticked(), language=language, shown_at=shown_at)
    return _code(request, code, now() + joining.LIFETIME, sender)


def _again(request: PublicRequest, choices: Choices, sender: SenderNumber) -> TemplateResponse:
    """The same code in the other language: it came back signed, since it is in no address and in no cookie."""
    try:
        said = signing.loads(request.POST["issued"], salt=ISSUED, max_age=joining.LIFETIME)
    except signing.BadSignature:
        return _form(request, choices, status=400)
    return _code(request, said["code"], datetime.fromisoformat(said["until"]), sender)


def _code(request: PublicRequest, code: str, until: datetime, sender: SenderNumber) -> TemplateResponse:
    href = f"https://wa.me/{_digits(sender)}?text={quote(f'SERTAI {code}')}"
    given = frame(
        request,
        code=f"SERTAI {code}",
        whatsapp_href=href,
        number=sender.display,
        expires=until,
        issued=signing.dumps({"code": code, "until": until.isoformat()}, salt=ISSUED),
        qr=qr(href),
    )
    return TemplateResponse(request, "public/code.html", given)


def _form(
    request: PublicRequest,
    choices: Choices,
    *,
    form: JoinForm | None = None,
    note: str = "",
    why: str = "",
    status: int = 200,
) -> TemplateResponse:
    language = get_language() or "ms"
    form = form or JoinForm(choices, language)
    given = frame(
        request,
        form=form,
        why=why,
        note=note or note_of(request.organisation.id, choices, language),
        asked=[_asked(form, purpose, version, language) for purpose, version in choices],
    )
    return TemplateResponse(request, "public/join.html", given, status=status)


def _asked(form: JoinForm, purpose: Purpose, version: Any, language: str) -> dict[str, Any]:
    """One purpose: its box, and the whole notice under it."""
    texts = version.texts[language]
    return {
        "name": purpose.name,
        "field": form.box(purpose),
        "version": version,
        "parts": [{"label": label, "text": texts[slot]} for slot, label in notice_headings().items()],
    }


def _digits(sender: SenderNumber) -> str:
    return "".join(character for character in sender.display if character.isdigit())
