"""The people we may know: masked numbers, and for each purpose whether we may speak to them."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.consent.models import ContactFile, Purpose, Standing
from izin.contacts import book, tag_words, tagging
from izin.contacts.models import Contact
from izin.lib.clock import now
from izin.organisations.roles import REVIEWERS
from izin.staff.access import COMPOSERS, SEES_NAMES, StaffRequest, may, staff_page
from izin.staff.standings import day, in_words, label

PAGE_SIZE = 25
FILTERS = ("granted", "paused", "held", "pending", "refused", "expired", "unknown")


@staff_page(to_change=COMPOSERS)
def contacts(request: StaffRequest) -> HttpResponse:
    """Newest first, page by page from a key, so that the thousandth page costs as much as the first."""
    if request.method == "POST":
        return _tag(request)
    purposes = list(Purpose.objects.all())
    chosen = _chosen(request, purposes)
    people = Contact.objects.filter(tags__contains=[chosen["tag"]]) if chosen["tag"] else Contact.objects.all()
    found = _filtered(people, chosen["purpose"], chosen["standing"])
    page, newer, older = _page(found, _key(request, "after"), _key(request, "before"))
    columns, rows = _table(request, page, purposes)
    filters = {key: value for key, value in chosen.items() if value}
    kept = {"standing": chosen["standing"], "purpose": chosen["purpose"].key} if chosen["standing"] else {}
    kept |= {"tag": chosen["tag"]} if chosen["tag"] else {}
    given: dict[str, Any] = {
        "columns": columns,
        "rows": rows,
        "filters": filters,
        "purposes": purposes,
        "standings": [(state, label(state)) for state in FILTERS],
        "chosen": chosen,
        "newer_href": "?" + urlencode({**kept, "after": newer}) if newer else "",
        "older_href": "?" + urlencode({**kept, "before": older}) if older else "",
        "may_import": may(request, COMPOSERS),
        "may_record": may(request, SEES_NAMES),
        "tags": tagging.known(),
        "reviews": _reviews(request),
    }
    return TemplateResponse(request, "staff/contacts.html", given)


def _tag(request: StaffRequest) -> HttpResponse:
    """Give the ticked people a tag, or take it from them; then the same page again."""
    back = redirect(request.get_full_path())
    ids = list(Contact.objects.filter(id__in=_ids(request.POST.getlist("person"))).values_list("id", flat=True))
    if not ids:
        messages.error(request, _("Tick the people first."))
        return back
    try:
        tag = tag_words.read(request.POST.get("tag", ""))
    except tag_words.BadTag:
        told = _("Write one short word as the tag, at most 30 letters and digits. Numbers of people are no tags.")
        messages.error(request, told)
        return back
    if "remove" in request.POST:
        changed = tagging.remove(ids, tag)
        told = ngettext(
            "%(n)d person no longer has the tag “%(tag)s”.", "%(n)d people no longer have the tag “%(tag)s”.", changed
        )
    else:
        changed = tagging.add({one: [tag] for one in ids})
        told = ngettext("%(n)d person got the tag “%(tag)s”.", "%(n)d people got the tag “%(tag)s”.", changed)
    messages.success(request, told % {"n": changed, "tag": tag})
    return back


def _ids(given: Sequence[str]) -> list[UUID]:
    found = []
    for one in given[: 10 * PAGE_SIZE]:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def _reviews(request: StaffRequest) -> list[str]:
    """The pages of imports that wait for this member's review."""
    if not may(request, REVIEWERS):
        return []
    waiting = ContactFile.objects.filter(state=ContactFile.State.REVIEW).exclude(uploaded_by=request.user.pk)
    return [
        reverse("staff:import_review", args=[request.organisation.slug, file_id])
        for file_id in waiting.order_by("uploaded_at").values_list("id", flat=True)
    ]


def _chosen(request: StaffRequest, purposes: Sequence[Purpose]) -> dict[str, Any]:
    by_key = {purpose.key: purpose for purpose in purposes}
    purpose = by_key.get(request.GET.get("purpose", "")) or (purposes[0] if purposes else None)
    standing = request.GET.get("standing", "")
    tag = request.GET.get("tag", "")
    return {
        "purpose": purpose,
        "standing": standing if standing in FILTERS and purpose else "",
        "tag": tag if tag in tagging.known() else "",
    }


def _filtered(people: "QuerySet[Contact]", purpose: Purpose | None, standing: str) -> "QuerySet[Contact]":
    if not standing:
        return people
    held = Standing.objects.filter(contact_id=OuterRef("id"), purpose=purpose)
    granted = held.filter(standing="granted")
    alive = granted.exclude(valid_until__lte=now())
    if standing == "unknown":
        return people.filter(~Exists(held.exclude(standing="unknown")))
    if standing == "expired":
        return people.filter(Exists(granted.filter(valid_until__lte=now())))
    if standing == "granted":
        return people.filter(Exists(alive.exclude(not_before__gt=now())))
    if standing == "paused":
        return people.filter(Exists(alive.filter(not_before__gt=now())))
    return people.filter(Exists(held.filter(standing=standing)))


def _page(
    people: "QuerySet[Contact]", after: UUID | None, before: UUID | None
) -> tuple[list[Contact], UUID | None, UUID | None]:
    """One page, and the keys of the pages beside it: (contacts, newer, older)."""
    if after:
        found = list(people.filter(id__gt=after).order_by("id")[: PAGE_SIZE + 1])
        page = found[:PAGE_SIZE][::-1]
        newer, older = len(found) > PAGE_SIZE, True
    else:
        people = people.filter(id__lt=before) if before else people
        found = list(people.order_by("-id")[: PAGE_SIZE + 1])
        page = found[:PAGE_SIZE]
        newer, older = before is not None, len(found) > PAGE_SIZE
    if not page:
        return [], None, None
    return page, page[0].id if newer else None, page[-1].id if older else None


def _key(request: StaffRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name])
    except (KeyError, ValueError):
        return None


def _table(
    request: StaffRequest, page: Sequence[Contact], purposes: Sequence[Purpose]
) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    numbers = book.numbers(page)
    names = book.names(page) if may(request, SEES_NAMES) else {}
    may_tag = may(request, COMPOSERS)
    decided = Standing.objects.filter(contact_id__in=[person.id for person in page])
    held = {(one.contact_id, one.purpose_id): one for one in decided}
    columns = [{"label": _("Contact")}, {"label": _("Language")}]
    columns += [{"label": purpose.name} for purpose in purposes] + [{"label": _("Tags")}, {"label": _("Added")}]
    rows: list[list[Any]] = []
    for person in page:
        number = numbers.get(person.id)
        shown = {"masked": number.masked if number else _("erased")}
        name = names.get(person.id)
        who = {"text": name, "note": shown["masked"]} if name else shown
        who["href"] = reverse("staff:contact", args=[request.organisation.slug, person.id])
        if may_tag:
            who |= {"pick": str(person.id), "pick_label": _("Tick %(who)s") % {"who": name or shown["masked"]}}
        standings = [in_words(held.get((person.id, purpose.id))) for purpose in purposes]
        rows.append([who, person.language, *standings, ", ".join(person.tags), day(person.created_at)])
    return columns, rows
