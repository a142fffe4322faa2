"""A person's receipt, and what anybody needs to verify one: the public key and the last checkpoint."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from izin.consent import preferences, receipts
from izin.consent.addresses import RECEIPT
from izin.consent.models import Evidence, Standing
from izin.consent.receipts import Consent
from izin.contacts import book
from izin.contacts.models import Contact
from izin.evidence import receipt as file
from izin.ledger import checkpoints
from izin.ledger.models import Checkpoint
from izin.lib.clock import now
from izin.public.pages import PublicRequest, frame, language_links, public_page, sealed
from izin.public.receipt_document import receipt_pdf
from izin.public.words import notice_parts


@public_page
def receipt(request: PublicRequest, token: str) -> HttpResponse:
    """The receipt of whoever this link was given to; looking changes nothing."""
    consent = receipts.consent_of(token)
    if consent is None:
        return sealed(TemplateResponse(request, "public/receipt_unknown.html", frame(request), status=404))
    return sealed(TemplateResponse(request, "public/receipt.html", frame(request, **_shown(request, consent, token))))


@public_page
def receipt_file(request: PublicRequest, token: str) -> HttpResponse:
    """The same as JSON-LD, with its proof, to be kept and verified without us."""
    consent = receipts.consent_of(token)
    made = file.json_ld(consent) if consent else None
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type="application/ld+json")
    response["Content-Disposition"] = 'attachment; filename="receipt.jsonld"'
    return sealed(response)


@public_page
def receipt_document(request: PublicRequest, token: str) -> HttpResponse:
    """The same as PDF, to be kept or printed."""
    consent = receipts.consent_of(token)
    if consent is None:
        raise Http404
    response = HttpResponse(
        receipt_pdf(_shown(request, consent, token), get_language() or "ms"), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{RECEIPT[get_language() or "ms"]}.pdf"'
    return sealed(response)


@public_page
def verifier_key(request: PublicRequest) -> HttpResponse:
    """The key with which anybody verifies receipts, bundles and checkpoints of this organisation."""
    return HttpResponse(checkpoints.verifier_key() + "\n", content_type="text/plain; charset=utf-8")


@public_page
def checkpoint(request: PublicRequest) -> HttpResponse:
    """The last signed state of the ledger: whoever keeps a copy is a witness."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        raise Http404
    return HttpResponse(newest.note, content_type="text/plain; charset=utf-8")


def _shown(request: PublicRequest, consent: Consent, token: str) -> dict[str, Any]:
    slug, language = request.organisation.slug, get_language() or "ms"
    number = book.numbers(Contact.objects.filter(id=consent.person.id)).get(consent.person.id)
    signed = file.signed_over(consent)
    hrefs = {code: reverse(f"public:receipt_{code}", args=[slug, token]) for code in RECEIPT}
    held = {row.purpose_id: row for row in Standing.objects.filter(contact_id=consent.person.id)}
    return {
        "number": number.masked if number else "",
        "controller": request.organisation,
        "purposes": [_purpose(row, held.get(row.purpose_id)) for row in consent.rows if row.purpose],
        "choices_href": preferences.link(slug, consent.person.id, language),
        "entry": consent.entry_seq,
        "checkpoint": signed.note if signed else "",
        "verifier_key": checkpoints.verifier_key(),
        "pdf_href": reverse(f"public:receipt_pdf_{language}", args=[slug, token]),
        "file_href": reverse("public:receipt_file", args=[slug, token]) if signed else "",
        "language_links": language_links(hrefs),
    }


def _purpose(row: Evidence, standing: Standing | None) -> dict[str, Any]:
    """One purpose agreed to: the words as they were shown, in the language in which they were."""
    texts = row.notice_version.texts.get(row.language, {}) if row.notice_version else {}
    state = preferences.state_of(standing, now())
    says = {
        "granted": _("It stands today."),
        "paused": _("Paused by you."),
        "refused": _("You have withdrawn it since."),
        "held": _("Nothing is sent while we wait to understand what you wish."),
    }
    return {
        "name": row.purpose.name if row.purpose else "",
        "statement": texts.get("statement", ""),
        "parts": notice_parts(texts),
        "language": row.language,
        "at": row.at,
        "how": row.get_method_display(),
        "version": row.notice_version.name if row.notice_version else "",
        "until": standing.valid_until if standing and state in ("granted", "paused") else None,
        "state": state,
        "says": says.get(state, _("It has ended.")),
    }
