"""The one-time code of the data page (TM9): only a message proves a number, and nobody can try their way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import talk as talking
from talk import Talk

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def talk(database: None) -> Talk:
    return talking.opened("bukti", 10)


def code_of(talk: Talk) -> str:
    from izin.organisations.scope import scope
    from izin.rights import proving

    with scope(talk.id):
        return proving.issue()


def proven(talk: Talk, code: str) -> Any:
    from izin.organisations.scope import scope
    from izin.rights import proving

    with scope(talk.id):
        return proving.prove(code)


@contextmanager
def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Iterator[None]:
    """The codes' clock stands elsewhere."""
    from izin.rights import proving

    with monkeypatch.context() as patch:
        patch.setattr(proving, "now", lambda: moment)
        yield


@pytest.mark.parametrize(
    "said", ["DATA SAYA {}", "my data {}", " Data  Saya:\n{} ", "ＤＡＴＡ ＳＡＹＡ {}", "data saya {}."]
)
def test_a_code_is_understood_however_it_is_typed_and_opens_once(talk: Talk, said: str) -> None:
    who, code = next(talk.strangers), code_of(talk)
    assert proven(talk, code) is None
    reply = talk.says(who, said.format(code.lower()))
    found = proven(talk, code)
    assert found is not None and found.person is None and found.reply == reply.id
    assert proven(talk, code) is None
    assert talk.again(reply).queue == "done"
    talk.says(who, said.format(code))
    assert proven(talk, code) is None, "a code is heard once"


def test_the_number_it_came_from_is_the_one_that_is_opened(talk: Talk) -> None:
    mine, other = next(talk.people), next(talk.people)
    code = code_of(talk)
    talk.says(other, f"DATA SAYA {code}")
    talk.says(mine, f"DATA SAYA {code}")
    found = proven(talk, code)
    assert found.person.id == talk.known(other).id, "whoever sent it first, never whoever looks at the page"


def test_the_sixth_try_fails_even_when_it_is_right(talk: Talk) -> None:
    from izin.organisations.scope import scope
    from izin.rights import proving
    from izin.rights.models import ProofCode

    who = next(talk.strangers)
    for place in range(5):
        talk.says(who, f"MY DATA WRNG{place + 2}AAA")
    code = code_of(talk)
    talk.says(who, f"MY DATA {code}")
    assert proven(talk, code) is None
    somebody = next(talk.strangers)
    talk.says(somebody, f"MY DATA {code}")
    assert proven(talk, code) is not None, "and nobody else is locked out by it"
    with scope(talk.id):
        tried = ProofCode.objects.filter(sender_index=proving._sender("phone", who.number))
        assert (tried.count(), tried.filter(message_index=None).count()) == (5, 5)


def test_three_proofs_an_hour_and_ten_a_day(talk: Talk) -> None:
    from izin.organisations.scope import scope
    from izin.rights import proving
    from izin.rights.models import ProofCode

    who = next(talk.strangers)
    opened = []
    for _ in range(4):
        code = code_of(talk)
        talk.says(who, f"DATA SAYA {code}")
        opened.append(proven(talk, code) is not None)
    assert opened == [True, True, True, False]
    with scope(talk.id):
        sender = proving._sender("phone", who.number)
        theirs = ProofCode.objects.filter(sender_index=sender)
        theirs.update(heard_at=proving.now() - timedelta(hours=2))
        assert not proving._is_over_limit(sender, proving.now())
        for _ in range(7):
            code = proving.issue()
            ProofCode.objects.filter(index=proving._index(code)).update(
                heard_at=proving.now() - timedelta(hours=3), sender_index=sender, message_index=b"x"
            )
        assert proving._is_over_limit(sender, proving.now())
        assert not proving._is_over_limit(sender, proving.now() + timedelta(days=1))


def test_a_code_ends_after_ten_minutes_and_a_minute_shows_sixty(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.rights import proving

    with at(monkeypatch, now() - timedelta(minutes=10, seconds=1)):
        old = code_of(talk)
    talk.says(next(talk.strangers), f"DATA SAYA {old}")
    assert proven(talk, old) is None
    with scope(talk.id), at(monkeypatch, now() + timedelta(hours=1)):
        for _ in range(proving.SHOWN_A_MINUTE):
            proving.issue()
        with pytest.raises(proving.TooManyCodes):
            proving.issue()


def test_data_saya_in_a_chat_is_answered_with_the_way_there(talk: Talk) -> None:
    from izin.organisations.scope import scope

    who, stranger = next(talk.people), next(talk.strangers)
    for _ in range(5):
        reply = talk.says(who, "data saya")
    assert (reply.intent, reply.queue) == ("my_data", "talk"), "and staff see that it was asked"
    assert talk.answers_to(who) == 3
    talk.says(stranger, "my data")
    with scope(talk.id):
        from izin.inbound import replies

        said = [line.text for line in replies.conversation(talk.known(who)) if line.from_us and not line.is_campaign]
    assert said and all(f"/{talk.cast.slug}/data-saya" in text for text in said)


def test_what_counts_tries_goes_with_the_person(talk: Talk) -> None:
    from izin.organisations.scope import scope
    from izin.rights import erasure, proving
    from izin.rights.models import ProofCode

    who = next(talk.people)
    person = talk.known(who)
    code = code_of(talk)
    talk.says(who, f"DATA SAYA {code}")
    assert proven(talk, code).person.id == person.id
    with scope(talk.id):
        made = erasure.carry_out(person, method="preferences")
        assert not ProofCode.objects.filter(sender_index=proving._sender("phone", who.number)).exists()
    assert {step.table: step.rows for step in made.plan.goes}["rights_proofcode"] == 1


@pytest.mark.parametrize(
    "said", ["data saya tamatkan", "my data stop2day now", "data saya berhenti", "DATA SAYA sudah salah"]
)
def test_a_word_is_no_code(said: str) -> None:
    from izin.inbound.understanding import understand

    assert understand(said).code is None
