"""How long everything is kept, what goes tomorrow, what went, and who deletes the rows of each table."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from izin.compliance import sweeping
from izin.compliance.models import RetentionRun
from izin.compliance.retention import BY_KEY, HOLDERS, RULES, Holder, Keeper
from izin.lib.clock import now
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.accountability_page import say, tabs

RUNS_SHOWN = 30


class SpansForm(forms.Form):
    """The days of each rule, inside its bounds."""

    use_required_attribute = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        chosen = sweeping.spans()
        for rule in RULES:
            bounds = {"least": rule.least, "most": f"{rule.most:,}", "since": say(rule.since)}
            self.fields[rule.key] = forms.IntegerField(
                label=say(rule.what),
                initial=chosen[rule.key],
                min_value=rule.least,
                max_value=rule.most,
                help_text=_("Days, %(since)s; from %(least)s to %(most)s.") % bounds,
            )


@staff_page(*OFFICERS)
def retention(request: StaffRequest) -> HttpResponse:
    """The rules, tomorrow's deletions by kind, the reports, and every table. POST: other spans."""
    form = SpansForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        for key, days in form.cleaned_data.items():
            sweeping.choose(key, days, by=request.user.pk)
        messages.success(request, _("The spans are kept. Look at what goes tomorrow because of them."))
        return redirect(request.path)
    chosen = sweeping.spans()
    due = sweeping.preview(now() + sweeping.A_DAY)
    given = {
        "tabs": tabs(request, "staff:retention"),
        "form": form,
        "rule_columns": [
            {"label": _("What goes")},
            {"label": _("After"), "numeric": True},
            {"label": _("Tomorrow"), "numeric": True},
        ],
        "rule_rows": [
            [
                {"text": say(rule.what), "note": say(rule.since)},
                _("%(days)s days") % {"days": f"{chosen[rule.key]:,}"},
                f"{due[rule.key]:,}",
            ]
            for rule in RULES
        ],
        "run_columns": [{"label": text} for text in (_("Day"), _("What went"), _("Entry in the ledger"))],
        "run_rows": [_run(one) for one in RetentionRun.objects.all()[:RUNS_SHOWN]],
        "table_columns": [{"label": text} for text in (_("Table"), _("Who deletes its rows"))],
        "table_rows": [[{"code": one.table}, keeper_of(one)] for one in HOLDERS],
    }
    return TemplateResponse(request, "staff/retention.html", given)


def keeper_of(one: Holder) -> str:
    """Who deletes the rows of a table, or why nobody does."""
    if one.keeper is Keeper.RULE:
        return _("The daily job: %(rules)s") % {"rules": "; ".join(say(BY_KEY[key].what) for key in one.rules)}
    if one.keeper is Keeper.PERSON:
        return _("They go with the person")
    return _("Nobody: %(why)s") % {"why": say(one.why or {"ms": "", "en": ""})}


def _run(one: RetentionRun) -> list[Any]:
    went = [f"{say(BY_KEY[key].what)}: {count:,}" for key, count in one.counts.items() if count and key in BY_KEY]
    return [{"text": one.day.isoformat()}, "; ".join(went) or _("nothing was due"), str(one.entry_seq)]
