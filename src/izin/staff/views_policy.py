"""The privacy policy in Malay and English, side by side, as PDPA s.7(3) wants it: written, checked, published, kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from izin.accountability import living
from izin.notices import publishing
from izin.notices.completeness import LANGUAGES
from izin.notices.living import with_unsaid
from izin.notices.models import PrivacyPolicy
from izin.notices.policies import SECTORS
from izin.notices.publishing import current_policy
from izin.staff import policy_page
from izin.staff.access import OFFICERS, StaffRequest, may, staff_page
from izin.staff.forms import SectorForm, WordingForm
from izin.staff.shell import trail
from izin.staff.views_purposes import particulars, parts, tabs
from izin.staff.wordings import LANGUAGE_NAMES, POLICY_SLOTS

Texts = dict[str, dict[str, str]]


@staff_page(to_change=OFFICERS)
def policy(request: StaffRequest) -> HttpResponse:
    """The text in force, the draft and what it lacks, earlier versions, and for the officer the steps."""
    texts = _texts_at_hand(request)
    form = WordingForm(POLICY_SLOTS, living.gaps_today, texts=texts)
    if request.method == "POST":
        form = WordingForm(POLICY_SLOTS, living.gaps_today, request.POST, texts)
        if _take_step(request, form, texts):
            return redirect("staff:policy", organisation=request.organisation.slug)
        texts = form.texts_as_typed()
    return TemplateResponse(request, "staff/policy.html", _context(request, form, texts))


@staff_page()
def version(request: StaffRequest, number: int) -> HttpResponse:
    """One published version: what it changed, and its whole text."""
    one = get_object_or_404(PrivacyPolicy, number=number)
    before = PrivacyPolicy.objects.filter(number__lt=number).order_by("-number").first()
    name = _("Version %(number)s") % {"number": one.number}
    given = {
        "crumbs": trail(request, ("staff:policy", _("Privacy policy")), ("", name)),
        "name": name,
        "version": one,
        "before": before,
        "changes": policy_page.changes(before.texts, one.texts) if before else [],
        "parts": parts(POLICY_SLOTS, one.texts),
    }
    return TemplateResponse(request, "staff/policy_version.html", given)


def _texts_at_hand(request: StaffRequest) -> Texts:
    """The draft; else the published text; else a first one from what is known of the organisation."""
    written = publishing.policy_draft() or current_policy()
    return written.texts if written else living.first_texts(particulars(request.organisation))


def _take_step(request: StaffRequest, form: WordingForm, texts: Texts) -> bool:
    """Do what the pressed button says; False where the page must be shown again with what is wrong."""
    step = request.POST.get("step", "publish")
    if step == "discard":
        publishing.discard_draft()
        messages.info(request, _("The draft is thrown away."))
    elif step == "draft":
        publishing.keep_draft(form.texts_as_typed(), request.user.id)
        messages.success(request, _("The draft is saved. Nothing of it is public."))
    elif step == "template":
        sector = SectorForm(request.POST)
        chosen = sector.cleaned_data["sector"] if sector.is_valid() else SECTORS[0]
        publishing.keep_draft(living.first_texts(particulars(request.organisation), chosen), request.user.id)
        messages.success(request, _("The draft begins with the template now. The published text is as it was."))
    elif step == "complete":
        publishing.keep_draft(_completed(request, texts), request.user.id)
        messages.success(request, _("What was missing stands in the draft now. Read it, then publish it."))
    elif form.is_valid():
        _publish(request, form)
    else:
        return False
    return True


def _completed(request: StaffRequest, texts: Texts) -> Texts:
    """The text with what is unsaid, and with the template's words where a whole part is empty."""
    first = living.first_texts(particulars(request.organisation))
    whole = {
        language: {
            slot: texts.get(language, {}).get(slot, "").strip() or first[language][slot] for slot in POLICY_SLOTS
        }
        for language in LANGUAGES
    }
    return with_unsaid(whole, living.living())


def _publish(request: StaffRequest, form: WordingForm) -> None:
    newest = current_policy()
    published = living.publish(form.texts())
    if newest and published.id == newest.id:
        messages.info(request, _("The text is the same as before, so there is no new version."))
    else:
        messages.success(request, _("Version %(number)s is published.") % {"number": published.number})


def _context(request: StaffRequest, form: WordingForm, texts: Texts) -> dict[str, Any]:
    newest, draft, slug = current_policy(), publishing.policy_draft(), request.organisation.slug
    gaps = living.gaps_today(texts)
    return {
        "tabs": tabs(request, "staff:policy"),
        "policy": newest,
        "draft": draft,
        "drift": policy_page.findings(living.drift()),
        "findings": policy_page.findings(gaps),
        "changes": policy_page.changes(newest.texts, texts) if newest and draft else [],
        "check_columns": [{"label": text} for text in (_("What the law wants"), _("Law"), *LANGUAGE_NAMES.values())],
        "check_rows": policy_page.checklist(gaps),
        "plainness": policy_page.plainness(texts),
        "parts": parts(POLICY_SLOTS, newest.texts) if newest else [],
        "form": form,
        "sector": SectorForm(),
        "may_change": may(request, OFFICERS),
        "columns": [{"label": _("Version")}, {"label": _("Published")}, {"label": _("Fingerprint")}],
        "rows": policy_page.versions(slug),
        "public": [("ms", f"/{slug}/privasi"), ("en", f"/{slug}/privacy")],
    }
