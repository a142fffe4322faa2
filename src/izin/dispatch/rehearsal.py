"""Play a campaign through against the simulator: the real audience, texts and client, and a WhatsApp that is none.

The simulator is a process of its own on a loopback port, started for this and ended after it, in a folder that goes
with it. Numbers are invented, so nobody could be reached even if a message left the machine; no row of a message is
written, no webhook is asked for, and what invented people answer is only counted (docs/decisions/0017-rehearsal.md).
"""

import asyncio
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from izin.campaigns import audiences, rehearsals
from izin.campaigns.models import Campaign, Rehearsal
from izin.consent import preferences
from izin.contacts import book
from izin.contacts.models import Contact
from izin.dispatch.letters import fill, wording_of
from izin.dispatch.report import Report
from izin.organisations.scope import scope
from izin.whatsapp.client import Answer, Client
from izin.whatsapp.errors import TRANSPORT, classify
from izin.whatsapp.models import Template
from izin.whatsapp.render import CannotRender, MissingValue, render

PEOPLE_MAX = 1_000  # enough to meet every text and every gap; a minute at most
ACCOUNT, NUMBER = "102290129340398", "106540352242922"
START_S = 20.0
AT_ONCE = 50
# Invented readers, near what is seen with consenting audiences: most read, a few answer, stop, or cannot be reached.
READERS = {
    "read_rate": 0.6,
    "undeliverable_rate": 0.02,
    "people": {"reply_share": 0.02, "stop_share": 0.005, "stop_button_share": 0.005},
}


@dataclass(slots=True)
class Play:
    """What is to be posted, and what could not even be written, by reason."""

    audience: int = 0
    letters: list[bytes] = field(default_factory=list, repr=False)
    unwritten: Counter[str] = field(default_factory=Counter)
    templates: list[dict[str, Any]] = field(default_factory=list)


def rehearse(organisation_id: UUID, rehearsal_id: UUID) -> None:
    """Play it and keep the sums; nothing happens when it was discarded. Outside every scope."""
    with scope(organisation_id):
        row = Rehearsal.objects.filter(id=rehearsal_id, report__isnull=True).first()
        if row is None:
            return
        play = _written(row.campaign_id)
    try:
        with tempfile.TemporaryDirectory(prefix="izin-rehearsal-") as folder:
            answers, fates = _played(Path(folder), play)
    except (OSError, TimeoutError):
        with scope(organisation_id):
            rehearsals.fail(rehearsal_id)
        return
    report, replies = _sums(play, answers, fates)
    people = len(play.letters) + play.unwritten.total()
    with scope(organisation_id):
        rehearsals.end(rehearsal_id, audience=play.audience, people=people, replies=replies, report=report.as_json())


def _written(campaign_id: UUID) -> Play:
    """The letters as the campaign would write them, each to an invented number."""
    campaign = Campaign.objects.select_related("sender", "purpose").get(id=campaign_id)
    meant = audiences.of(campaign)
    chosen = list(
        Contact.objects.filter(id__in=audiences.who_stand(campaign.purpose, meant, PEOPLE_MAX)).order_by("id")
    )
    names, wording = book.names(chosen), wording_of(campaign.id)
    texts = {text.language: text for text in wording.templates.values() if text.name == campaign.template_name}
    fallback = texts.get("ms") or next(iter(texts.values()), None)
    rows = Template.objects.filter(account_id=campaign.sender.account_id, name=campaign.template_name)
    play = Play(
        audience=sum(audiences.by_language(campaign.purpose, meant).values()), templates=[_known(row) for row in rows]
    )
    for place, contact in enumerate(chosen):
        text = texts.get(contact.language, fallback)
        link = preferences.link(wording.slug, uuid4(), contact.language)  # as long as a real one, and nobody's
        try:
            if text is None:
                raise MissingValue("template")
            values = fill(wording.parameters, names.get(contact.id, ""), link)
            play.letters.append(render(text, values, to=f"+6011{10_000_000 + place}", token=f"rehearsal.{place}"))
        except CannotRender as gap:
            play.unwritten["missing_value" if isinstance(gap, MissingValue) else "too_long"] += 1
    return play


def _known(row: Template) -> dict[str, Any]:
    """The template as the simulator takes it, approved: whether it is in truth, the pre-flight says."""
    return {"name": row.name, "language": row.language, "category": row.category, "components": row.components}


def _played(folder: Path, play: Play) -> tuple[list[Answer], list[dict[str, Any]]]:
    """(what WhatsApp would answer, what would become of each accepted message)."""
    token = secrets.token_urlsafe(24)
    with _simulator(folder, token, play.templates) as url:
        answers = asyncio.run(_post(url, token, play.letters))
    records = [json.loads(line) for line in (folder / "log").read_text().splitlines()]
    return answers, [record for record in records if record.get("verdict") == "accepted"]


@contextmanager
def _simulator(folder: Path, token: str, templates: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The simulator's own command on a free loopback port, without an address for webhooks."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    number = {"id": NUMBER, "messages_per_second": 1_000}
    config = {"access_token": token, "phone_numbers": [number], "templates": list(templates), "latency_ms": 1}
    (folder / "config").write_text(json.dumps(config | {"business_account_id": ACCOUNT} | READERS))
    files = ("--config", str(folder / "config"), "--log", str(folder / "log"))
    command = [sys.executable, "-m", "izin_simulator", "--host", "127.0.0.1", "--port", str(port), *files]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=_surroundings(), stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        deadline = time.monotonic() + START_S
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _surroundings() -> dict[str, str]:
    """Our environment without our settings: a root key has no business in the simulator."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _post(url: str, token: str, letters: Sequence[bytes]) -> list[Answer]:
    room = asyncio.Semaphore(AT_ONCE)
    async with Client(url, access_token=token, limit=AT_ONCE) as client:

        async def one(letter: bytes) -> Answer:
            async with room:
                return await client.send(NUMBER, letter)

        return await asyncio.gather(*map(one, letters))


def _sums(play: Play, answers: Sequence[Answer], fates: Sequence[dict[str, Any]]) -> tuple[Report, int]:
    """The report that the campaign would have, and how many people would answer."""
    report = Report(planned=len(answers) + play.unwritten.total(), rejected=dict(play.unwritten))
    for answer in answers:
        if answer.kind == "accepted":
            report.accepted += 1
            continue
        verdict = TRANSPORT.get(answer.kind) or classify(answer.http_status, answer.code)
        report.rejected[verdict.reason] = report.rejected.get(verdict.reason, 0) + 1
    for fate in fates:
        statuses = fate.get("statuses", ())
        report.sent += "sent" in statuses
        report.delivered += "delivered" in statuses or "read" in statuses
        report.read += "read" in statuses
        report.failed += "failed" in statuses
    return report, sum(bool(fate.get("replies")) for fate in fates)
