"""Nothing is given to anybody whom the register does not name, and nobody is in it who did not agree to that."""

import csv
import io
from typing import Any
from uuid import uuid4

import cast as stage
import pytest

pytestmark = pytest.mark.usefixtures("database")
HOME = {"ms": "", "en": ""}


@pytest.fixture(scope="module")
def shared(database: Any) -> Any:
    """Four people: one agreed, one agreed under words that name the partner, one withdrew, one was never asked."""
    from izin.accountability import recipients
    from izin.accountability.models import Recipient
    from izin.organisations.scope import scope

    people = [stage.Person(f"+6012345{7100 + place}", f"=Orang {place}") for place in range(4)]
    cast = stage.found("kongsi", people)
    with scope(cast.id):
        partner, printer = (
            recipients.register(
                name,
                kind=kind,
                country="MY",
                role={"ms": "menghantar buku", "en": "sends books"},
                contract="Perjanjian 2026",
                ground=Recipient.Ground.HOME,
                safeguards=HOME,
                purpose=cast.purpose,
            )
            for name, kind in (("Kedai Buku", Recipient.Kind.THIRD_PARTY), ("Cetak Utara", Recipient.Kind.PROCESSOR))
        )
    return cast, partner, printer


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_only_those_who_agreed_are_in_the_file_and_the_rest_is_counted(shared: Any) -> None:
    from izin.accountability import sharing
    from izin.accountability.models import DisclosedPerson
    from izin.consent.models import Standing
    from izin.contacts.models import Contact
    from izin.ledger.models import Entry
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    cast, _, printer = shared
    with scope(cast.id):
        agreed = Standing.objects.filter(Standing.in_force(now()), purpose=cast.purpose)
        file, record = sharing.export(printer, reason="Surat hari terbuka", made_by=cast.author.id)
        rows = rows_of(file)
        numbers = {row["telefon"] for row in rows}
        assert len(rows) == record.people == agreed.count() > 0
        assert numbers < {one.number for one in cast.people}, "whoever withdrew is not in it"
        assert record.people + sum(record.left_out.values()) == Contact.objects.count()
        assert record.left_out.get("refused")
        assert all(row["nama"].startswith("'=") for row in rows if row["nama"]), "no name is a formula"
        entry = Entry.objects.get(seq=record.entry_seq)
        assert entry.kind == "contacts.disclosed"
        assert not [one for one in cast.people if one.digits in bytes(entry.leaf).decode()]
        assert sharing.reason_of(record) == "Surat hari terbuka"
        person = DisclosedPerson.objects.filter(disclosure=record).first()
        assert record in sharing.disclosures_of(person.subject_ref)


def test_the_set_says_of_everybody_what_the_single_decision_says(shared: Any) -> None:
    from datetime import timedelta

    from izin.accountability import sharing
    from izin.consent.models import Standing
    from izin.consent.preferences import state_of
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    cast, _, printer = shared
    hour = timedelta(hours=1)
    with scope(cast.id):
        rows = list(Standing.objects.filter(purpose=cast.purpose).order_by("id"))
        kept = [(one.standing, one.valid_until, one.not_before) for one in rows]
        for standing in Standing.State.values:
            for until in (None, now() - hour, now() + hour):
                for begins in (None, now() - hour, now() + hour):
                    one = rows[0]
                    one.standing, one.valid_until, one.not_before = standing, until, begins
                    Standing.objects.filter(id=one.id).update(standing=standing, valid_until=until, not_before=begins)
                    state = state_of(one, now())
                    people, left_out = sharing.count(printer)
                    assert (one.contact_id in sharing.select(printer).people) == (state == "granted")
                    assert state == "granted" or left_out[state] > 0
                    assert people == len(sharing.select(printer).people)
        for one, (standing, until, begins) in zip(rows, kept, strict=True):
            Standing.objects.filter(id=one.id).update(standing=standing, valid_until=until, not_before=begins)


def test_a_third_party_gets_only_consents_that_name_it(shared: Any) -> None:
    from izin.accountability import sharing
    from izin.consent.models import Evidence, NoticeVersion, Standing
    from izin.lib.clock import now
    from izin.notices.publishing import publish_notice
    from izin.organisations.scope import scope

    cast, partner, _ = shared
    with scope(cast.id):
        with pytest.raises(sharing.NotShared):
            sharing.export(partner, reason="Tawaran buku", made_by=cast.author.id)
        assert sharing.select(partner).left_out["not_named"] > 0
        old = NoticeVersion.objects.get(notice=cast.purpose.notice_id)
        texts = {language: dict(said) for language, said in old.texts.items()}
        texts["ms"]["recipients"] += " Kedai Buku menerima nombor anda."
        texts["en"]["recipients"] += " Kedai Buku receives your number."
        version = publish_notice(cast.purpose.notice.key, texts)
        row = Standing.objects.filter(Standing.in_force(now()), purpose=cast.purpose).first()
        named = Evidence.objects.get(id=row.because_id)
        named.id, named.notice_version, named.position = uuid4(), version, 99
        named.save(force_insert=True)
        Standing.objects.filter(id=row.id).update(because=named)
        file, record = sharing.export(partner, reason="Tawaran buku", made_by=cast.author.id)
        assert len(rows_of(file)) == record.people == 1


def test_each_row_tells_which_recipient_it_was_given_to(shared: Any) -> None:
    from izin.accountability import sharing
    from izin.organisations.scope import scope

    cast, _, printer = shared
    with scope(cast.id):
        first, one = sharing.export(printer, reason="Surat", made_by=cast.author.id)
        second, two = sharing.export(printer, reason="Surat lagi", made_by=cast.author.id)
        marks = [{row["tanda"] for row in rows_of(file)} for file in (first, second)]
        assert not marks[0] & marks[1]
        assert [sharing.traced(min(some)) for some in marks] == [one, two]
        assert sharing.traced("0" * 16) is None


def test_without_a_reason_or_after_the_end_nothing_leaves(shared: Any) -> None:
    from izin.accountability import living, recipients, sharing
    from izin.accountability.models import Disclosure
    from izin.organisations.scope import scope

    cast, _, printer = shared
    with scope(cast.id):
        before = Disclosure.objects.count()
        with pytest.raises(sharing.NotShared):
            sharing.export(printer, reason="  ", made_by=cast.author.id)
        assert {gap.subject for gap in living.drift()} == {"Kedai Buku", "Cetak Utara"}
        recipients.end(printer)
        assert {gap.subject for gap in living.drift()} == {"Kedai Buku"}, "who gets nothing more need not be named"
        with pytest.raises(sharing.NotShared):
            sharing.export(printer, reason="Surat", made_by=cast.author.id)
        assert Disclosure.objects.count() == before


def test_a_new_recipient_blocks_campaigns_until_the_policy_names_it(shared: Any) -> None:
    from izin.accountability import living
    from izin.campaigns import preflight
    from izin.notices.living import with_unsaid
    from izin.notices.publishing import current_policy
    from izin.organisations.scope import scope

    cast, _, _ = shared

    def unnamed() -> list[str]:
        found = preflight.blockers(cast.campaign, approver=cast.reviewer.id)
        return [one.subject for one in found if one.code == "policy_drift"]

    with scope(cast.id):
        assert {"Kedai Buku (ms)", "Kedai Buku (en)"} <= set(unnamed())
        policy = current_policy()
        assert policy is not None
        living.publish(with_unsaid(policy.texts, living.living()))
        assert unnamed() == []


@pytest.mark.parametrize(
    "wrong",
    [{"contract": " "}, {"country": "XX"}, {"country": "SG"}, {"purpose": None}],
    ids=lambda one: next(iter(one)),
)
def test_the_register_refuses_what_the_law_does_not_allow(shared: Any, wrong: dict[str, Any]) -> None:
    from izin.accountability import recipients
    from izin.accountability.models import Recipient
    from izin.lib.errors import IzinError
    from izin.organisations.scope import scope

    cast, _, _ = shared
    given: dict[str, Any] = {"kind": Recipient.Kind.THIRD_PARTY, "country": "MY", "role": {"ms": "a", "en": "a"}}
    given |= {"contract": "2026", "ground": Recipient.Ground.HOME, "safeguards": HOME, "purpose": cast.purpose}
    with scope(cast.id), pytest.raises(IzinError):
        recipients.register("Rakan", **given | wrong)
