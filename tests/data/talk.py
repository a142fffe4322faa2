"""People of an organisation who write to it, each test another one: what they say goes in by the door's own verbs."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import apps_ready  # noqa: F401
import cast as stage
from importing import let_in

from izin.consent import preferences, purposes, records
from izin.consent.models import Evidence, Purpose, Standing, Suppression
from izin.contacts import book
from izin.contacts.book import Known
from izin.dispatch.models import Message
from izin.inbound import replies
from izin.inbound.models import Reply
from izin.ledger.models import Entry
from izin.notices import publishing, wording
from izin.organisations.scope import scope

UNCLEAR, TALK, STOP, YES = "no", "Pukul berapa kelas mula?", "BERHENTI", "YA"


@dataclass
class Talk:
    """An organisation of two purposes, and its people who have got a campaign; nobody of ``people`` is met twice."""

    cast: stage.Cast
    people: Iterator[stage.Person]
    strangers: Iterator[stage.Person]

    @property
    def id(self) -> UUID:
        return self.cast.id

    def says(self, who: stage.Person, text: str) -> Reply:
        """What becomes of a message: the row that staff see."""
        stage.hear(self.cast, stage.message(who, text))
        with scope(self.id):
            return Reply.objects.order_by("-id")[0]

    def again(self, reply: Reply) -> Reply:
        with scope(self.id):
            return Reply.objects.get(id=reply.id)

    def known(self, who: stage.Person) -> Known:
        with scope(self.id):
            found = book.find("phone", who.number)
        assert found is not None
        return found

    def standings(self, who: stage.Person) -> dict[str, str]:
        """How every purpose stands, by its key, as the person's own page says it."""
        person = self.known(who)
        with scope(self.id):
            return {choice.purpose.key: choice.state for choice in preferences.choices_of(person)}

    def reached(self, who: stage.Person) -> bool:
        """Whether a campaign of the first purpose would reach this person now."""
        from izin.lib.clock import now

        person = self.known(who)
        with scope(self.id):
            rows = Standing.objects.filter(Standing.in_force(now()), contact_id=person.id, purpose=self.cast.purpose)
            return rows.exists()

    def answers_to(self, who: stage.Person) -> int:
        """How many single texts are in line for this person, or have left."""
        person = self.known(who)
        with scope(self.id):
            return Message.objects.filter(contact_id=person.id, campaign=None).count()

    def methods(self, who: stage.Person) -> list[tuple[str, str]]:
        """The acts and how they came, the oldest first, without the import that all begin with."""
        person = self.known(who)
        with scope(self.id):
            rows = Evidence.objects.filter(contact_id=person.id).order_by("entry_seq")
            return [(one.act, one.method) for one in rows if one.act != "attested"]

    def suppressed(self, number: str) -> set[bool]:
        """``until_decided`` of each suppression of this number; empty: none."""
        with scope(self.id):
            rows = Suppression.objects.filter(index=book.suppression_index("phone", number))
            return set(rows.values_list("until_decided", flat=True))

    def entries(self, kind: str) -> int:
        with scope(self.id):
            return Entry.objects.filter(kind=kind).count()

    def decide(self, reply: Reply, intent: str, purpose: Purpose | None = None) -> bool:
        with scope(self.id):
            return replies.decide(reply, intent, by=self.cast.author.id, purpose=purpose)

    def attest(self, who: stage.Person) -> None:
        """The file comes once more, with a newer date of consent."""
        from izin.consent import files

        body = stage.csv_of([who]).replace(b"2026-01-0", b"2026-05-0")
        with scope(self.id):
            file, _ = files.receive(body, name="lagi.csv", purpose=self.cast.purpose)
        let_in(self.id, file.id)

    def give(self, who: stage.Person) -> None:
        """The person joins by form and own message."""
        stage._join(self.cast, who)


def opened(mark: str, count: int = 24) -> Talk:
    """Found one. The first two of ``stage.found``'s people have roles of their own, and are not among ``people``."""
    people = [stage.Person(f"+6012345{5100 + place}", f"Orang {place}") for place in range(count + 2)]
    cast = stage.found(mark, people)
    with scope(cast.id):
        who = wording.Particulars("Akademi", "1 Jalan, Shah Alam", "p@example.test", "03-1234 5678")
        kinds = {"ms": "jadual kelas", "en": "class timetables"}
        notice = publishing.publish_notice("jadual", wording.notice(who, kinds=kinds, per_month=4, days=730)).notice
        purposes.add_purpose("jadual", name={"ms": "Jadual", "en": "Timetable"}, description=kinds, notice=notice)
    strangers = iter([stage.Person(f"+6019876{5100 + place}", "Entah") for place in range(count)])
    return Talk(cast, iter(people[2:]), strangers)


def problems(talk: Talk) -> list[str]:
    """What the fsck finds."""
    from izin.consent import verify as consent_verify
    from izin.ledger import verify as ledger_verify

    with scope(talk.id):
        return [*ledger_verify.verify().problems, *consent_verify.verify(), *map(str, records.differing_standings())]
