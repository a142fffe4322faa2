"""The privacy policy in Malay and English, side by side, as PDPA s.7(3) wants it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from izin.notices import wording
from izin.notices.completeness import gaps_in_policy
from izin.notices.models import PrivacyPolicy
from izin.notices.publishing import current_policy, publish_policy
from izin.staff.access import OFFICERS, StaffRequest, may, staff_page
from izin.staff.forms import WordingForm
from izin.staff.views_purposes import particulars, parts, tabs
from izin.staff.wordings import POLICY_SLOTS


@staff_page(to_change=OFFICERS)
def policy(request: StaffRequest) -> HttpResponse:
    """The text in force, its earlier versions, and for the officer the way to a new one."""
    newest = current_policy()
    texts = newest.texts if newest else wording.policy(particulars(request.organisation))
    form = WordingForm(POLICY_SLOTS, gaps_in_policy, request.POST or None, texts)
    if request.method == "POST" and form.is_valid():
        published = publish_policy(form.texts())
        if newest and published.id == newest.id:
            messages.info(request, _("The text is the same as before, so there is no new version."))
        else:
            messages.success(request, _("Version %(number)s is published.") % {"number": published.number})
        return redirect("staff:policy", organisation=request.organisation.slug)
    slug = request.organisation.slug
    given = {
        "tabs": tabs(request, "staff:policy"),
        "policy": newest,
        "parts": parts(POLICY_SLOTS, newest.texts) if newest else [],
        "form": form,
        "may_change": may(request, OFFICERS),
        "columns": [{"label": _("Version")}, {"label": _("Published")}, {"label": _("Fingerprint")}],
        "rows": [
            [one.number, {"time": one.published_at}, {"code": one.digest[:16]}] for one in PrivacyPolicy.objects.all()
        ],
        "public": [("ms", f"/{slug}/privasi"), ("en", f"/{slug}/privacy")],
    }
    return TemplateResponse(request, "staff/policy.html", given)
