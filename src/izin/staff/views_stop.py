"""Whether, and when, the organisation sends: the stop that all may set and administrators lift; its hours; its cap."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from izin.campaigns import capping, opening, stopping
from izin.campaigns.hours import Hours
from izin.campaigns.models import InstallationStop, SendingStop
from izin.organisations.models import Role, User
from izin.staff.access import COMPOSERS, StaffRequest, may, staff_page
from izin.staff.forms import CapForm, HoursForm
from izin.staff.shell import trail

LIFTERS = (Role.ADMIN,)  # stopping too much harms nobody, so anybody may; going on is a decision


@staff_page()
def sending(request: StaffRequest) -> HttpResponse:
    """What stands in the way of sending, the button that stops everything or lets it go on, and the hours."""
    form = HoursForm(request.POST if "hours" in request.POST else None, initial=asdict(opening.in_force()))
    holding = capping.in_force()
    cap = CapForm(request.POST if "cap" in request.POST else None, initial=asdict(holding))
    filled = form if "hours" in request.POST else cap
    if request.method == "POST" and (not filled.is_bound or filled.is_valid()):
        return _change(request, filled)
    stops = stopping.in_force()
    given: dict[str, Any] = {
        "crumbs": trail(request, ("staff:campaigns", _("Campaigns")), ("", _("When it may send"))),
        "shown": [_shown(one) for one in stops],
        "is_stopped": any(isinstance(one, SendingStop) for one in stops),
        "can_lift": may(request, LIFTERS),
        "form": form,
        "hours": opening.in_force(),
        "cap": cap,
        "holding": holding,
        "may_choose": may(request, COMPOSERS),
    }
    return TemplateResponse(request, "staff/sending.html", given)


def _change(request: StaffRequest, form: HoursForm | CapForm) -> HttpResponse:
    if form.is_bound and not may(request, COMPOSERS):
        raise PermissionDenied
    if "cap" in request.POST:
        capping.change(**form.cleaned_data, by=request.user.pk)
        messages.success(request, _("The cap is saved. It holds from now on, for running campaigns as well."))
    elif "hours" in request.POST:
        opening.change(Hours(**form.cleaned_data), by=request.user.pk)
        messages.success(request, _("The hours are saved. They hold from now on, for running campaigns as well."))
    elif "stop" in request.POST:
        stopping.stop(request.user.pk)
        messages.success(request, _("Stopped. Nothing more leaves until an administrator lets it go on."))
    elif "resume" in request.POST:
        if not may(request, LIFTERS):
            raise PermissionDenied
        stopping.resume(request.user.pk)
        messages.success(request, _("Sending goes on."))
    return redirect("staff:sending", organisation=request.organisation.slug)


def _shown(stop: SendingStop | InstallationStop) -> dict[str, Any]:
    if isinstance(stop, InstallationStop):
        by = _("the operator of this installation, for everybody. Only the operator lets it go on.")
    elif stop.by is None:
        by = _("the operator of this installation, for your organisation")
    else:
        user = User.objects.filter(id=stop.by).first()
        by = (user.get_full_name() or user.username) if user else "–"
    return {"since": stop.at, "by": by}
