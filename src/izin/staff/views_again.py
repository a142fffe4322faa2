"""To send again to those of whom nobody can know whether they got it: a decision with a name and a reason."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from izin.campaigns import lifecycle
from izin.campaigns.models import Campaign, Resend
from izin.dispatch import outbox
from izin.lib.clock import now
from izin.organisations.models import User
from izin.staff.access import APPROVERS, StaffRequest, may, staff_page
from izin.staff.forms import REQUIRED


class AgainForm(forms.Form):
    """Why, for how long, and that it was understood."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=Resend.Reason.choices, widget=forms.RadioSelect, error_messages=REQUIRED
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("Send for at most"),
        choices=[
            (6, gettext_lazy("6 hours")),
            (24, gettext_lazy("a day")),
            (72, gettext_lazy("three days")),
        ],
        initial=24,
        coerce=int,
    )
    understood = forms.BooleanField(
        label=gettext_lazy("I know that some of them may get it twice"),
        error_messages={"required": gettext_lazy("Confirm that some may get it twice.")},
    )


def offered(request: StaffRequest, one: Campaign) -> dict[str, Any]:
    """What the report says of it: how many, what was decided before, and the form for whom it may be shown to."""
    people = sum(outbox.unresolved(one).values())
    may_decide = may(request, APPROVERS) and one.author != request.user.pk
    is_open = one.state in (Campaign.State.COMPLETED, Campaign.State.RUNNING)
    return {
        "again_people": people,
        "again_decided": [_told(decided) for decided in Resend.objects.filter(campaign=one).order_by("at")],
        "again_form": AgainForm() if people and may_decide and is_open else None,
    }


@require_POST
@staff_page(*APPROVERS)
def again(request: StaffRequest, campaign: UUID) -> HttpResponse:
    """Record the decision and put them in line once more."""
    found = Campaign.objects.filter(test_of=None).select_related("purpose", "sender")
    one, form = get_object_or_404(found, id=campaign), AgainForm(request.POST)
    back = redirect("staff:campaign_report", organisation=request.organisation.slug, campaign=one.id)
    if not form.is_valid():
        messages.error(request, _("Choose a reason, and confirm that some may get it twice."))
        return back
    until = now() + timedelta(hours=form.cleaned_data["hours"])
    try:
        with transaction.atomic():
            waiting = outbox.send_again(one, by=request.user.pk, reason=form.cleaned_data["reason"], until=until)
    except lifecycle.NotPossible:
        told = _("It cannot be sent again: nobody is left, it was changed, you wrote it, or the pre-flight stops it.")
        messages.error(request, told)
    else:
        messages.success(request, _("Decided and recorded: %(people)d wait to be sent to again.") % {"people": waiting})
    return back


def _told(decided: Resend) -> str:
    user = User.objects.filter(id=decided.by).first()
    told = {
        "time": date_format(localtime(decided.at), "j F Y, H:i"),
        "name": (user.get_full_name() or user.username) if user else "–",
        "people": decided.people,
        "reason": decided.get_reason_display(),
    }
    return _("%(time)s: %(name)s decided to send again to %(people)s people, because %(reason)s.") % told
