"""What people wrote: the queues that wait for a person, and one conversation with its decision and its answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from izin.consent.addresses import hide_links
from izin.consent.models import Purpose
from izin.contacts import book
from izin.inbound import corrections, replies
from izin.inbound.corrections import COLUMNS
from izin.inbound.models import Reply
from izin.lib.clock import now
from izin.staff import reply_words
from izin.staff.access import OFFICERS, SEES_NAMES, StaffRequest, may, staff_page
from izin.staff.forms import REQUIRED
from izin.staff.reply_people import names_of, shown_sender
from izin.staff.shell import trail

PAGE_SIZE = 25
SHOWN = 160  # characters of a reply in the list
LONGEST = 1_000
Queue = Reply.Queue
DECISIONS = ("stop_all", "stop_purpose", "other", "my_data", "resume")


class AnswerForm(forms.Form):
    """A free answer to all that had been written when the page was shown."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])
    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("It goes out as a WhatsApp message. No offers: this answers what the person wrote."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )


@staff_page()
def inbox(request: StaffRequest) -> HttpResponse:
    """One queue, the most urgent first; or all replies, the newest first."""
    counts = dict(Reply.objects.values_list("queue").annotate(count=Count("id")))
    chosen = _chosen(request, counts)
    page = Paginator(_of(chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    given: dict[str, Any] = {
        "tabs": [_tab(request, queue, label, counts, chosen) for queue, label in _queues()],
        "chosen": chosen,
        "columns": [
            {"label": label}
            for label in (_("From"), _("What they wrote"), _("It seems"), _("Received"), _("Answer by"))
        ],
        "rows": _rows(request, page.object_list),
        "page": page,
        "caption": dict(_queues())[chosen],
        "may_export": may(request, OFFICERS),
    }
    return TemplateResponse(request, "staff/replies.html", given)


@staff_page(to_change=SEES_NAMES)
def conversation(request: StaffRequest, reply: UUID) -> HttpResponse:
    """Everything said between us and this person, what the machine thinks of it, and what staff may do."""
    one = get_object_or_404(Reply.objects.select_related("contact", "campaign", "sender"), id=reply)
    form = AnswerForm(request.POST if "answer" in request.POST else None)
    if request.method == "POST":
        done = _decide(request, one) if "decision" in request.POST else _answer(request, one, form)
        if done:
            return redirect("staff:reply", organisation=request.organisation.slug, reply=one.id)
    reads = may(request, SEES_NAMES)
    who = shown_sender(one)
    lines = _lines(one, with_words=reads)
    form.initial["seen"] = max(line["at"] for line in lines).isoformat(timespec="microseconds")
    until = replies.answer_until(one)
    given: dict[str, Any] = {
        "reply": one,
        "who": who,
        "name": names_of([one]).get(one.id, "") if reads else "",
        "crumbs": trail(request, ("staff:replies", _("Replies")), ("", who)),
        "seems": reply_words.meant(one.intent),
        "why": reply_words.why(one.because),
        "lines": lines,
        "reads": reads,
        "form": form,
        "can_answer": until is not None and until > now(),
        "answer_until": until,
        "decided": reply_words.meant(one.decided_as) if one.decided_as else "",
        "next_href": _next(request, one),
        **_choices(one, reads),
    }
    return TemplateResponse(request, "staff/reply.html", given)


@staff_page(*OFFICERS)
def corrected(request: StaffRequest) -> HttpResponse:
    """What staff read otherwise than the machine, as lines of the published corpus."""
    body = "".join(f"{line}\n" for line in ["\t".join(COLUMNS), *(one.as_line() for one in corrections.lines())])
    response = HttpResponse(body, content_type="text/tab-separated-values; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="corrections.tsv"'
    return response


def _queues() -> list[tuple[str, str]]:
    return [
        (Queue.UNCLEAR, _("Unclear wishes")),
        (Queue.TALK, _("To answer")),
        (Queue.STRANGER, _("Not in the book")),
        ("all", _("All")),
    ]


def _chosen(request: StaffRequest, counts: dict[str, int]) -> str:
    """The queue that was asked for; else the first one in which something waits."""
    asked = request.GET.get("queue", "")
    names = [name for name, _label in _queues()]
    return str(asked) if asked in names else next((str(name) for name in names if counts.get(name)), "all")


def _of(queue: str) -> "QuerySet[Reply]":
    if queue == "all":
        return Reply.objects.select_related("contact", "campaign", "sender").order_by("-received_at")
    return replies.waiting(queue)


def _tab(request: StaffRequest, queue: str, label: str, counts: dict[str, int], chosen: str) -> dict[str, Any]:
    count = sum(counts.values()) if queue == "all" else counts.get(queue, 0)
    href = reverse("staff:replies", args=[request.organisation.slug])
    return {"label": f"{label} ({count:,})", "href": f"{href}?queue={queue}", "current": queue == chosen}


def _rows(request: StaffRequest, listed: Sequence[Reply]) -> list[list[Any]]:
    shown = list(listed)
    reads = may(request, SEES_NAMES)
    words, names = (replies.texts(shown), names_of(shown)) if reads else ({}, {})
    slug = request.organisation.slug
    rows = []
    for one in shown:
        href = reverse("staff:reply", args=[slug, one.id])
        who = {
            "text": shown_sender(one).replace(" ", "\N{NO-BREAK SPACE}"),
            "href": href,
            "note": names.get(one.id, ""),
        }
        said = {"text": _said(one, words) if reads else _("not shown to your role"), "note": _campaign(one)}
        seems = {"text": reply_words.meant(one.intent), "note": reply_words.why(one.because)}
        rows.append([who, said, seems, _received(one), _due(one)])
    return rows


def _said(one: Reply, words: dict[UUID, str]) -> str:
    text = words.get(one.id, "")
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}…") if text else f"[{reply_words.wordless(one.kind)}]"


def _campaign(one: Reply) -> str:
    return _("answers “%(campaign)s”") % {"campaign": one.campaign.name} if one.campaign else ""


def _received(one: Reply) -> dict[str, Any]:
    """When it came, and for as long as it waits how long that is."""
    waits = _("waits %(time)s") % {"time": timesince(one.received_at, now(), depth=1)} if one.due_at else ""
    return {"time": one.received_at, "note": waits}


def _due(one: Reply) -> dict[str, Any]:
    if one.due_at is None:
        return {"state": "done"}
    if one.due_at < now():
        return {"state": "overdue", "note": date_format(localtime(one.due_at), "j F Y, H:i")}
    return {"time": one.due_at}


def _next(request: StaffRequest, one: Reply) -> str:
    """The address of the one that waits longest, besides this one; empty when nothing else waits."""
    ahead = replies.waiting().exclude(id=one.id)
    following = ahead.filter(queue=Queue.UNCLEAR).first() or ahead.first()
    return reverse("staff:reply", args=[request.organisation.slug, following.id]) if following else ""


def _lines(one: Reply, *, with_words: bool) -> list[dict[str, Any]]:
    """The conversation for the page: who, when, what. Without words for roles that do not read them."""
    person = next(iter(book.open_many([one.contact_id])), None) if one.contact_id else None
    said = (
        replies.conversation(person)
        if person
        else [replies.Line(one.received_at, False, replies.texts([one])[one.id], one)]
    )
    return [
        {
            "from_us": line.from_us,
            "at": line.at,
            "text": _words(line) if with_words else "",
            "is_campaign": line.is_campaign,
            "state": line.state if line.from_us else "",
            "is_this": line.reply is not None and line.reply.id == one.id,
        }
        for line in said
    ]


def _words(line: replies.Line) -> str:
    """The words as staff may see them: the secret of somebody's own page is for that person alone."""
    return hide_links(line.text) or (f"[{reply_words.wordless(line.reply.kind)}]" if line.reply else "")


def _choices(one: Reply, reads: bool) -> dict[str, Any]:
    """The decisions that are open: all of them while undecided; a machine's stop can be called a mistake, no more."""
    undecided = reads and one.decided_at is None
    purposes = list(Purpose.objects.all())
    return {
        "can_decide": undecided and one.intent not in replies.STOPS,
        "can_correct": undecided and one.intent in replies.STOPS,
        "purposes": purposes if len(purposes) > 1 else [],
        "is_unclear": one.queue == Queue.UNCLEAR,
        "waits": one.queue != Queue.DONE,
    }


def _decide(request: StaffRequest, one: Reply) -> bool:
    """Take the decision. Of two people at once the first one counts."""
    intent, _colon, key = request.POST["decision"].partition(":")
    purpose = Purpose.objects.filter(key=key).first() if key else None
    if intent not in DECISIONS or (intent == "stop_purpose") != (purpose is not None):
        messages.error(request, _("This is no decision that can be taken here."))
    elif not replies.decide(one, intent, by=request.user.pk, purpose=purpose):
        messages.info(request, _("Somebody has decided this already."))
    elif intent in replies.STOPS:
        messages.success(request, _("Stopped at once. Only the person can lift this, by joining anew."))
    elif one.intent in replies.STOPS:
        messages.success(
            request, _("Noted as a mistake of the machine. The stop itself stays: only the person lifts it.")
        )
    elif one.intent == "hold":
        messages.success(request, _("The hold is lifted. What the person had agreed to stands as before."))
    else:
        messages.success(request, _("Done."))
    return True


def _answer(request: StaffRequest, one: Reply, form: AnswerForm) -> bool:
    if not form.is_valid():
        return False
    try:
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        replies.answer(one, text, by=request.user.pk, seen=form.cleaned_data["seen"])
    except replies.TooLate:
        messages.error(request, _("The 24 hours are over: WhatsApp takes no free answer any more. Nothing was sent."))
    else:
        messages.success(request, _("Your answer is on its way."))
    return True
