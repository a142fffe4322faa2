"""Joining by chat: somebody sends the keyword with a form's public code, reads the notice, and answers with choices.

The keyword alone gives nothing (law.md C-15). It is answered with the whole notice of the published form; the answer
to that, from the same number, is the consent, kept with the text that was shown (law.md A-10, A-12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from izin.consent import consent_forms, joining, records
from izin.consent.decision import Act
from izin.consent.joining import LIFETIME, Joined
from izin.consent.models import ConsentForm, Evidence, FormVersion
from izin.consent.proof import open_payload
from izin.consent.records import NewFact
from izin.contacts.book import Known
from izin.ledger import log
from izin.lib.clock import now
from izin.lib.phone import PhoneNumber
from izin.notices import chat


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and the text that they get."""

    person: Known
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The person's message: when it was written, its id and its words."""

    at: datetime
    message_id: str
    words: str


def form_with(code: str) -> FormVersion | None:
    """The published version of the open form that has this public code."""
    form = ConsentForm.objects.filter(key=code.lower(), closed_at=None).first()
    return consent_forms.newest(form) if form and chat.code_of(form.key) else None


def ask(version: FormVersion, number: PhoneNumber | None, user_id: str | None, heard: Heard) -> Asked:
    """Record that this form is shown to whoever sent its code, before it is sent. Gives nothing, lifts nothing."""
    language = chat.language_of(heard.words)
    asked = consent_forms.asked_by(version)
    notices = [wording.texts[language] for _purpose, wording in asked]
    text = chat.text_of(version.content["form"]["titles"][language], notices, language)
    log.hold()
    person = joining.joining(number, user_id, "", language)
    records.remember_refusals(person)
    said = {"form": version.name, "text": text, "words": heard.words, "message_id": heard.message_id}
    records.request(
        [
            NewFact(
                person,
                Act.REQUESTED,
                Evidence.Method.WA_KEYWORD,
                heard.at,
                purpose,
                wording,
                language,
                {"shown": wording.texts[language], **said},
            )
            for purpose, wording in asked
        ]
    )
    return Asked(person, text)


def pending(person: Known) -> list[Evidence]:
    """What the person was last asked by chat within a day, in the order of the numbers; empty for nothing."""
    rows = Evidence.objects.filter(
        contact_id=person.id,
        act=Act.REQUESTED,
        method=Evidence.Method.WA_KEYWORD,
        received_at__gt=now() - LIFETIME,
    )
    newest = rows.order_by("-entry_seq").values_list("entry_seq", flat=True).first()
    last = rows.filter(entry_seq=newest).select_related("purpose", "notice_version__notice")
    return list(last.order_by("position")) if newest is not None else []


def agree(person: Known, asked: Sequence[Evidence], numbers: Sequence[int], heard: Heard) -> Joined | None:
    """Record the choices with these numbers, each with the text that was shown; None when a later no stands."""
    facts = []
    for number in sorted(numbers):
        row = asked[number - 1]
        shown = open_payload(row, person.key)
        payload = {
            "shown": shown["shown"],
            "form": shown["form"],
            "text": shown["text"],
            "shown_at": log.timestamp(row.received_at),
            "words": heard.words,
            "message_id": heard.message_id,
            "adult": True,
        }
        method = Evidence.Method.WA_KEYWORD
        facts.append(
            NewFact(person, Act.GIVEN, method, heard.at, row.purpose, row.notice_version, row.language, payload)
        )
    records.give(facts)
    granted = records.granted_to(person)
    joined = tuple(fact.purpose for fact in facts if fact.purpose and fact.purpose.id in granted)
    return Joined(person, joined) if joined else None
