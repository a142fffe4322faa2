"""What the pages of the accountability area share: their tabs, and a document as a page shows it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from izin.compliance import breaches, instructions, papers
from izin.compliance.papers import Paper, Said
from izin.lib.clock import now
from izin.rights.register import day_of
from izin.staff.access import OFFICERS, StaffRequest, may


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """The parts of the area."""
    places = [
        ("staff:accountability", _("Summary")),
        ("staff:breaches", _("Breaches")),
        ("staff:processing", _("Record of processing")),
        ("staff:retention", _("Retention")),
        ("staff:assessment", _("Impact assessment")),
        ("staff:instructions", _("Staff")),
        ("staff:agreement", _("Processor agreement")),
    ]
    slug = request.organisation.slug
    return [{"label": text, "href": reverse(name, args=[slug]), "current": name == current} for name, text in places]


def say(said: Said) -> str:
    """In the language of the page."""
    return said["en" if get_language() == "en" else "ms"]


def shown(paper: Paper) -> dict[str, Any]:
    """A document for ``parts/paper.html``."""
    return {
        "missing": [say(one) for one in paper.missing],
        "sections": [
            {
                "heading": say(one.heading),
                "level": one.level + 1,
                "text": [say(said) for said in one.text],
                "facts": [{"label": say(name), "text": say(value)} for name, value in one.facts],
                "points": [say(said) for said in one.points],
                "columns": [{"label": say(said)} for said in one.head],
                "rows": [[say(cell) for cell in row] for row in one.rows],
            }
            for one in paper.sections
        ],
    }


def as_pdf(request: StaffRequest, paper: Paper, name: str, subtitle: Said) -> HttpResponse:
    """The document as a file, in the language that the address asks for."""
    language = "en" if request.GET.get("language", get_language()) == "en" else "ms"
    made = papers.pdf(paper, language, at=now(), subtitle=subtitle, footer=papers.same(request.organisation.name))
    return attached(made, f"{name}-{language}.pdf", "application/pdf")


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be kept."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def shouts(request: StaffRequest) -> list[dict[str, Any]]:
    """What is overdue in this area, for the overview: the own promise, and for an officer the clocks of breaches."""
    own = [] if instructions.has_promised(request.user.pk, day_of(now())) else [_promise(request)]
    return own + (_overdue(request) if may(request, OFFICERS) else [])


def _promise(request: StaffRequest) -> dict[str, Any]:
    return {
        "tone": "info",
        "title": _("Confidentiality"),
        "text": _("Please read what you promise as a member of staff, and confirm it. You are asked once a year."),
        "href": reverse("staff:promise", args=[request.organisation.slug]),
    }


def _overdue(request: StaffRequest) -> list[dict[str, Any]]:
    late = {breach.id for breach, _clock in breaches.overdue()}
    tasks = breaches.overdue_tasks()
    found = []
    if late:
        title = ngettext("%(count)s breach is overdue", "%(count)s breaches are overdue", len(late))
        text = _("The law's time to tell the authority or the people is over. Tell them now, and say why it is late.")
        found.append((title % {"count": len(late)}, text))
    if tasks:
        title = ngettext(
            "%(count)s task about a breach is overdue", "%(count)s tasks about breaches are overdue", tasks
        )
        found.append((title % {"count": tasks}, _("Do it, or give it to somebody who can.")))
    href = reverse("staff:breaches", args=[request.organisation.slug])
    return [{"tone": "danger", "title": title, "text": text, "href": href} for title, text in found]
