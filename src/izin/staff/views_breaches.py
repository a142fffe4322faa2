"""The breach register: clocks side by side, who is affected, the drafts of the notices, and each step."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from izin.accountability import sharing
from izin.compliance import affected, breach_words, breaches, papers
from izin.compliance.breach_rules import Clock, law_of
from izin.compliance.models import Breach, BreachStep, BreachTask
from izin.lib.clock import now
from izin.organisations.models import User
from izin.staff.access import OFFICERS, StaffRequest, staff_page
from izin.staff.accountability_page import as_pdf, attached, say, shown, tabs
from izin.staff.breach_form import BreachForm, HandOutForm, NoticeForm, ScopeForm, StepForm, TaskForm
from izin.staff.shell import trail

LOOKS = {"done": "done", "late": "failed", "waived": "suppressed", "overdue": "overdue", "running": "waiting"}


@staff_page(*OFFICERS)
def register(request: StaffRequest) -> HttpResponse:
    """All breaches, also those that nobody had to be told of (Art. 33(5))."""
    rows = list(Breach.objects.all())
    given = {
        "tabs": tabs(request, "staff:breaches"),
        "columns": [{"label": text} for text in (_("Number"), _("Certain since"), _("People"), _("State"))],
        "rows": [_row(request, one) for one in rows],
        "overdue": len({breach.id for breach, _clock in breaches.overdue()}),
    }
    return TemplateResponse(request, "staff/breaches.html", given)


@staff_page(*OFFICERS)
def new(request: StaffRequest) -> HttpResponse:
    """Record a breach. What is not known yet is added later."""
    form = BreachForm(request.POST or None, initial={"zone": BreachForm.zone_name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        detected, aware = form.moment("detected"), form.moment("aware")
        if detected is None or aware is None:
            raise Http404
        made = breaches.record(
            detected_at=detected,
            aware_at=aware,
            happened_at=form.moment("happened"),
            zone=given["zone"],
            texts={"what": given["what"], "client": given["client"]},
            by=request.user.pk,
            **form.found(),
        )
        messages.success(request, _("Recorded. The clocks run."))
        return redirect("staff:breach", organisation=request.organisation.slug, breach=made.id)
    crumbs = trail(request, ("staff:breaches", _("Breaches")), ("", _("Record a breach")))
    return TemplateResponse(request, "staff/breach_new.html", {"form": form, "crumbs": crumbs})


@staff_page(*OFFICERS)
def one(request: StaffRequest, breach: UUID) -> HttpResponse:
    """One breach: its clocks, whom to tell, what was done. POST does one thing, named by its button."""
    held = get_object_or_404(Breach, id=breach)
    state, texts = breaches.state_of(held), breaches.texts_of(held)
    asked = next((name for name in ACTS if name in request.POST), "")
    forms = _forms(request, held, state, texts, asked)
    if asked:
        try:
            done = ACTS[asked](request, held, forms)
        except (breaches.Closed, breaches.StillOpen, breaches.WrongTimes, breaches.NoGround, sharing.NotShared) as no:
            messages.error(request, _explain(no))
            done = redirect(request.path)
        if done is not None:
            return done
    number = _("Breach %(number)s") % {"number": held.number}
    told = _told(request, held, state, texts)
    given = {
        "held": held,
        "title": number,
        "crumbs": trail(request, ("staff:breaches", _("Breaches")), ("", number)),
        "what": texts.get("what", ""),
        "overdue": [_clock_name(one) for one in state.clocks if one.state(now()) == "overdue"],
        "clock_columns": [{"label": text} for text in (_("Clock"), _("At the latest"), _("State"))],
        "clock_rows": [_clock_row(one, held.zone) for one in state.clocks],
        "facts": _facts(held, state, texts),
        "advice": _advice(state),
        "entries": [_entry(one) for one in breaches.steps_of(held)],
        "tasks": [{"row": one, "text": breaches.task_text(one), "late": _is_late(one)} for one in _tasks(held)],
        "notices": _notices(request, held, state, told),
        "forms": forms,
    }
    return TemplateResponse(request, "staff/breach.html", given)


@staff_page(*OFFICERS)
def notice(request: StaffRequest, breach: UUID, whom: str) -> HttpResponse:
    """A draft of a notice as PDF; it says itself what is missing."""
    held = get_object_or_404(Breach, id=breach)
    state = breaches.state_of(held)
    told = _told(request, held, state, breaches.texts_of(held))
    if whom != "people" and whom not in state.authorities:
        raise Http404
    paper = breach_words.to_people(told) if whom == "people" else breach_words.to_authority(told, whom)
    draft = papers.both("Draf: semak sebelum dihantar", "Draft: check it before it is sent")
    return as_pdf(request, paper, f"breach-{held.number}-{whom}", draft)


def _forms(
    request: StaffRequest, held: Breach, state: breaches.State, texts: dict[str, Any], asked: str
) -> dict[str, Any]:
    def posted(name: str) -> Any:
        return request.POST if asked == name else None

    names = [(code, say(papers.country(code))) for code in state.authorities]
    first = {"kinds": held.kinds, "facts": held.facts, "scope": held.scope["kind"]}
    if held.scope.get("id"):
        first[held.scope["kind"]] = held.scope["id"]
    forms = {
        "step": StepForm(posted("step"), authorities=names, for_client=bool(texts.get("client")), prefix="step"),
        "assess": ScopeForm(posted("assess"), initial=first, prefix="assess"),
        "task": TaskForm(posted("task"), prefix="task"),
        "texts": NoticeForm(posted("texts"), texts=texts, prefix="texts"),
        "hand_out": HandOutForm(posted("hand_out"), prefix="hand_out"),
    }
    for form in forms.values():
        form.zone_name = held.zone  # type: ignore[attr-defined]
    return forms


def _step(request: StaffRequest, held: Breach, forms: dict[str, Any]) -> HttpResponse | None:
    form = forms["step"]
    if not form.is_valid():
        return None
    given = form.cleaned_data
    breaches.take_step(
        held, given["kind"], by=request.user.pk, at=form.moment("at"), whom=given["whom"], ground=given["ground"]
    )
    return _done(request)


def _close(request: StaffRequest, held: Breach, _forms: dict[str, Any]) -> HttpResponse | None:
    breaches.take_step(held, BreachStep.Kind.CLOSED, by=request.user.pk)
    return _done(request)


def _assess(request: StaffRequest, held: Breach, forms: dict[str, Any]) -> HttpResponse | None:
    if not forms["assess"].is_valid():
        return None
    breaches.assess_anew(held, by=request.user.pk, **forms["assess"].found())
    return _done(request)


def _task(request: StaffRequest, held: Breach, forms: dict[str, Any]) -> HttpResponse | None:
    form = forms["task"]
    if not form.is_valid():
        return None
    breaches.add_task(held, form.cleaned_data["text"], form.moment("due") or now())
    return _done(request)


def _finish(request: StaffRequest, held: Breach, _forms: dict[str, Any]) -> HttpResponse | None:
    tasks = BreachTask.objects.filter(breach=held)
    row = next((one for one in tasks if str(one.id) == request.POST["finish"]), None)
    if row is None:
        raise Http404
    breaches.finish_task(row, by=request.user.pk)
    return _done(request)


def _texts(request: StaffRequest, held: Breach, forms: dict[str, Any]) -> HttpResponse | None:
    if not forms["texts"].is_valid():
        return None
    breaches.write(held, forms["texts"].texts())
    messages.success(request, _("The texts are kept. Look below at what is still missing."))
    return redirect(request.path)


def _hand_out(request: StaffRequest, held: Breach, forms: dict[str, Any]) -> HttpResponse | None:
    if not forms["hand_out"].is_valid():
        return None
    given = forms["hand_out"].cleaned_data
    among = affected.ids(held.scope)
    file, row = sharing.export_for_duty(given["recipient"], among, reason=given["reason"], made_by=request.user.pk)
    return attached(file, f"breach-{held.number}-{row.entry_seq}.csv", "text/csv; charset=utf-8")


Act = Callable[[StaffRequest, Breach, dict[str, Any]], HttpResponse | None]
ACTS: dict[str, Act] = {
    "step": _step,
    "close": _close,
    "assess": _assess,
    "task": _task,
    "finish": _finish,
    "texts": _texts,
    "hand_out": _hand_out,
}


def _done(request: StaffRequest) -> HttpResponse:
    messages.success(request, _("Done. It is in the ledger."))
    return redirect(request.path)


def _explain(refusal: Exception) -> str:
    return {
        breaches.Closed: _("This breach is closed. What is in the register stays as it is."),
        breaches.StillOpen: _("First tell whom it must be told, or decide why not, and complete the tasks."),
        breaches.WrongTimes: _("This cannot have been done before it was found, and not in the future."),
        breaches.NoGround: _("Say on which ground nobody is told."),
        sharing.NotShared: _("Nobody can be given to this recipient now."),
    }[type(refusal)]


def _told(request: StaffRequest, held: Breach, state: breaches.State, texts: dict[str, Any]) -> breach_words.Told:
    who = request.organisation
    return breach_words.Told(
        organisation=who.name,
        registration=who.registration_number,
        address=who.address,
        email=who.contact_email,
        phone=who.contact_phone,
        number=held.number,
        happened=held.happened_at,
        detected=held.detected_at,
        aware=held.aware_at,
        zone=held.zone,
        kinds=held.kinds,
        people=held.people,
        records=affected.records(held.scope),
        countries=held.countries,
        level=state.risk.level,
        texts=texts,
        is_late=False,
    )


def _notices(
    request: StaffRequest, held: Breach, state: breaches.State, told: breach_words.Told
) -> list[dict[str, Any]]:
    late = {
        one.whom for one in state.clocks if one.name in AUTHORITY_CLOCKS and one.state(now()) in ("overdue", "late")
    }
    drafts = [
        (code, say(papers.country(code)), breach_words.to_authority(replace(told, is_late=code in late), code))
        for code in state.authorities
    ]
    drafts.append(("people", _("People affected"), breach_words.to_people(told)))
    return [
        {
            "label": label,
            "missing": [say(one) for one in paper.missing],
            "href": reverse("staff:breach_notice", args=[request.organisation.slug, held.id, code]),
            "paper": shown(paper),
        }
        for code, label, paper in drafts
    ]


AUTHORITY_CLOCKS = ("breach.my.commissioner", "breach.uk.ico", "breach.gdpr.sa")


def _row(request: StaffRequest, one: Breach) -> list[Any]:
    href = reverse("staff:breach", args=[request.organisation.slug, one.id])
    clocks = breaches.state_of(one).clocks
    if one.closed_at:
        state: dict[str, Any] = {"state": "done", "text": _("Closed")}
    elif any(clock.state(now()) == "overdue" for clock in clocks):
        state = {"state": "overdue"}
    else:
        state = {"state": "waiting", "text": _("Open")}
    number = {"text": _("Breach %(number)s") % {"number": one.number}, "href": href}
    return [number, {"time": one.aware_at}, f"{one.people:,}", state]


def _clock_name(one: Clock) -> str:
    name = say(breach_words.CLOCK_NAMES[one.name])
    where = say(papers.country(one.whom)) if one.name == "breach.gdpr.sa" else ""
    return f"{name}, {where}" if where else name


def _clock_row(one: Clock, zone: str) -> list[Any]:
    state = one.state(now())
    words = {"late": _("Kept too late"), "waived": _("Decided: not needed"), "running": _("Running")}
    cell: dict[str, Any] = {"state": LOOKS[state]} | ({"text": words[state]} if state in words else {})
    if one.done:
        cell["note"] = say(papers.moment(one.done, zone))
    return [_clock_name(one), say(papers.moment(one.due, zone)), cell]


def _facts(held: Breach, state: breaches.State, texts: dict[str, Any]) -> list[dict[str, Any]]:
    by = User.objects.filter(id=held.recorded_by).first()
    kinds = papers.listed([breach_words.KIND_NAMES[one] for one in held.kinds])
    true_of_it = papers.listed([breach_words.FACT_NAMES[one] for one in held.facts])
    countries = papers.listed([papers.same(f"{code or '?'}: {many:,}") for code, many in held.countries.items()])
    facts = [
        {"label": _("It happened"), "text": say(papers.moment(held.happened_at, held.zone))},
        {"label": _("It was found"), "text": say(papers.moment(held.detected_at, held.zone))},
        {"label": _("You were certain"), "text": say(papers.moment(held.aware_at, held.zone))},
        {"label": _("Recorded by"), "text": by.get_full_name() or by.username if by else "–", "note": ""},
        {"label": _("Kinds of data"), "text": say(kinds)},
        {"label": _("What is true of it"), "text": say(true_of_it)},
        {"label": _("Who is affected"), "text": say(breach_words.SCOPE_NAMES[held.scope["kind"]])},
        {"label": _("People"), "text": f"{held.people:,}", "note": say(countries)},
    ]
    if texts.get("client"):
        facts.append({"label": _("Client"), "text": texts["client"]})
    if state.without_rule:
        unknown = papers.listed([papers.country(one) for one in state.without_rule])
        facts.append({"label": _("Ask counsel about"), "text": say(unknown)})
    return facts


def _advice(state: breaches.State) -> list[dict[str, Any]]:
    """What the gravity says: whom to tell, and because of what."""
    words = {**breach_words.KIND_NAMES, **breach_words.FACT_NAMES}
    because = say(papers.listed([words[one] for one in state.risk.because]))
    told, not_told = _("must be told"), _("need not be told; say why")
    advice = [{"label": _("Degree of risk"), "text": say(breach_words.LEVELS[state.risk.level]), "note": because}]
    for code in state.authorities:
        needed = state.risk.needs_authority(law_of(code))
        label = _("Authority: %(country)s") % {"country": say(papers.country(code))}
        advice.append({"label": label, "text": told if needed else not_told})
    advice.append({"label": _("People affected"), "text": told if state.risk.needs_people() else not_told})
    return advice


def _entry(one: BreachStep) -> dict[str, Any]:
    where = say(papers.country(one.whom)) if one.whom else ""
    title = one.get_kind_display().capitalize() + (f": {where}" if where else "")
    return {"title": title, "text": breaches.ground_of(one), "time": one.at}


def _tasks(held: Breach) -> list[BreachTask]:
    return list(BreachTask.objects.filter(breach=held))


def _is_late(one: BreachTask) -> bool:
    return one.done_at is None and one.due_at < now()
