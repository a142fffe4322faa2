"""Joining by chat: the keyword shows the form and gives nothing; only the answer does, each purpose by its number."""

from datetime import timedelta

import pytest
import talk as stage
from talk import Talk

from izin.consent import chatting, consent_forms
from izin.consent.models import Evidence
from izin.consent.proof import open_payload
from izin.dispatch.models import Message
from izin.evidence.person import bundle_of_person
from izin.ledger import checkpoints
from izin.lib import clock
from izin.lib.keyring import associated, unseal
from izin.notices import chat, wording
from izin.organisations.scope import current, scope
from izin_verify import bundle as verifier
from izin_verify.note import Key

WHO = wording.Particulars("Kedai Sembang", "1 Jalan", "p@example.test", "03-1")
ASK, ASK_ENGLISH = "SERTAI HARI-TERBUKA", "Join hari-terbuka"


@pytest.fixture(scope="module")
def talk(opened: None) -> Talk:
    one = stage.opened("sembang")
    with scope(one.id):
        form = consent_forms.start("hari-terbuka", {"ms": "Hari terbuka kami", "en": "Our open day"}, WHO)
        consent_forms.publish(form)
    return one


def texts_to(talk: Talk, who: object) -> list[str]:
    """What was said to this person, in order."""
    person = talk.known(who)  # type: ignore[arg-type]
    with scope(talk.id):
        rows = Message.objects.filter(contact_id=person.id, campaign=None).order_by("id")
        return [
            unseal(
                person.key,
                bytes(row.text_sealed or b""),
                associated(current(), "dispatch_message", "text_sealed", row.id),
            ).decode()
            for row in rows
        ]


def test_the_keyword_shows_the_whole_form_and_gives_nothing(talk: Talk) -> None:
    who = next(talk.strangers)
    talk.says(who, ASK)
    assert set(talk.standings(who).values()) <= {"pending"}
    (text,) = texts_to(talk, who)
    with scope(talk.id):
        version = chatting.form_with("HARI-TERBUKA")
        assert version is not None
        for _purpose, notice in consent_forms.asked_by(version):
            assert all(part in text for part in notice.texts["ms"].values())
    assert "1. Saya bersetuju" in text and "2. Saya bersetuju" in text and "DEWASA 1 2" in text


def test_the_answer_gives_what_it_names_and_the_text_that_was_shown_is_kept_with_it(talk: Talk) -> None:
    who = next(talk.strangers)
    talk.says(who, ASK_ENGLISH)
    reply = talk.says(who, "Adult 2")
    assert (reply.intent, reply.queue) == ("join", "done")
    named = [purpose for purpose, state in talk.standings(who).items() if state == "granted"]
    person = talk.known(who)
    with scope(talk.id):
        version = chatting.form_with("HARI-TERBUKA")
        assert version is not None
        assert named == [consent_forms.asked_by(version)[1][0].key]
        act = Evidence.objects.get(contact_id=person.id, act="given")
        said = open_payload(act, person.key)
        raw = bundle_of_person(person.subject_ref)
        report = verifier.verify(raw, Key.parse(checkpoints.verifier_key()))
    shown, welcome = texts_to(talk, who)
    assert (said["text"], said["words"], act.language, said["adult"]) == (shown, "Adult 2", "en", True)
    assert [line["act"] for line in report.timeline] == ["requested", "requested", "given"]
    assert "/receipt/" in welcome or "/resit/" in welcome


@pytest.mark.parametrize("words", ["YA", "1", "1 2", "DEWASA", "DEWASA 3", "DEWASA 1 3", "ya setuju"])
def test_an_answer_that_names_nothing_or_leaves_the_age_open_gives_nothing(talk: Talk, words: str) -> None:
    who = next(talk.strangers)
    talk.says(who, ASK)
    talk.says(who, words)
    assert "granted" not in talk.standings(who).values()
    assert "Belum ada persetujuan" in texts_to(talk, who)[1]


def test_a_number_without_a_question_of_ours_gives_nothing(talk: Talk) -> None:
    who = next(talk.people)
    before = talk.standings(who)
    talk.says(who, "DEWASA 1 2")
    assert talk.standings(who) == before
    assert talk.answers_to(who) == 0


def test_who_refused_is_shown_the_form_and_only_the_answer_lifts_it(talk: Talk) -> None:
    who = next(talk.strangers)
    talk.says(who, "BERHENTI")
    talk.says(who, ASK)
    assert set(talk.standings(who).values()) == {"refused"}
    with clock.frozen(clock.now() + timedelta(minutes=1)):  # of two acts in one second the refusal counts
        talk.says(who, "DEWASA 1")
    assert sorted(talk.standings(who).values()) == ["granted", "refused"]


def test_a_closed_or_unknown_form_answers_nobody(talk: Talk) -> None:
    who = next(talk.people)
    with scope(talk.id):
        form = consent_forms.start("tertutup", {"ms": "Tertutup", "en": "Closed"}, WHO)
        assert chatting.form_with("TERTUTUP") is None, "not published"
        consent_forms.publish(form)
        consent_forms.close(form, closed=True)
        assert chatting.form_with("TERTUTUP") is None
    talk.says(who, "SERTAI TERTUTUP")
    assert talk.answers_to(who) == 0


def test_a_long_form_is_cut_between_paragraphs_and_nothing_is_lost() -> None:
    text = "\n\n".join(["a" * 1_500, "b" * 1_500, "c" * 1_500, "d" * 9_000])
    pages = chat.pages_of(text)
    assert all(0 < len(page) <= chat.MOST_LETTERS for page in pages)
    assert "".join(pages).replace("\n", "") == text.replace("\n", "")
