"""The promise of confidentiality that each member of staff gives, and the trainings that the officer notes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from izin.compliance import instructions
from izin.compliance.instructions import Member
from izin.compliance.models import Instruction
from izin.lib.clock import now
from izin.organisations.models import Membership, Role
from izin.rights.register import day_of
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.accountability_page import say, tabs
from izin.staff.forms import REQUIRED
from izin.staff.shell import trail

SHOWN = 50


class TrainingForm(forms.Form):
    """Who was trained, when and about what."""

    member = forms.ModelChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who was trained"), error_messages=REQUIRED
    )
    on = forms.DateField(
        label=gettext_lazy("On"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=REQUIRED,
    )
    about = forms.CharField(label=gettext_lazy("About what"), max_length=200, error_messages=REQUIRED)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known: Any = self.fields["member"]
        known.queryset = Membership.objects.select_related("user").order_by("user__username")
        known.label_from_instance = lambda one: one.user.get_full_name() or one.user.username

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > day_of(now()):
            raise forms.ValidationError(_("This day is still to come."))
        return on


@staff_page(*OFFICERS)
def register(request: StaffRequest) -> HttpResponse:
    """Everybody who works here: promised and trained when, and what is due again. POST notes a training."""
    form = TrainingForm(request.POST or None, initial={"on": day_of(now())})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        instructions.note_training(given["member"].user_id, on=given["on"], about=given["about"], by=request.user.pk)
        messages.success(request, _("Noted. It is in the ledger."))
        return redirect(request.path)
    people = instructions.members(day_of(now()))
    names = {one.user.pk: _name(one) for one in people}
    given = {
        "tabs": tabs(request, "staff:instructions"),
        "form": form,
        "due": sum(any(one.due.values()) for one in people),
        "columns": [{"label": text} for text in (_("Name"), _("Confidentiality"), _("Training"))],
        "rows": [_row(one) for one in people],
        "note_columns": [{"label": text} for text in (_("Day"), _("Name"), _("What"), _("Entry in the ledger"))],
        "note_rows": [
            [
                one.on.isoformat(),
                names.get(one.user_id, "–"),
                {"text": one.get_kind_display().capitalize(), "note": one.about},
                str(one.entry_seq),
            ]
            for one in Instruction.objects.all()[:SHOWN]
        ],
    }
    return TemplateResponse(request, "staff/instructions.html", given)


@staff_page()
def promise(request: StaffRequest) -> HttpResponse:
    """The words of the promise, for everybody who works here to confirm for themselves."""
    if request.method == "POST":
        instructions.confirm(request.user)  # type: ignore[arg-type]
        messages.success(request, _("Thank you. It is recorded; you are asked again in a year."))
        return redirect("staff:overview", organisation=request.organisation.slug)
    title = _("Confidentiality")
    given = {
        "crumbs": trail(request, ("staff:overview", _("Overview")), ("", title)),
        "points": [say(one) for one in instructions.PROMISE],
        "is_given": instructions.has_promised(request.user.pk, day_of(now())),
    }
    return TemplateResponse(request, "staff/promise.html", given)


def _name(one: Member) -> str:
    return one.user.get_full_name() or one.user.username


def _row(one: Member) -> list[Any]:
    cells: list[Any] = [{"text": _name(one), "note": str(Role(one.role).label)}]
    for kind in Instruction.Kind.values:
        on = one.last.get(kind)
        cell: dict[str, Any] = {"state": "overdue" if one.due[kind] else "done"}
        cell |= {"text": on.isoformat() if on else _("not yet")}
        cells.append(cell)
    return cells
