"""What the business and WhatsApp know of the people, from the log's records. Pure.

A person is written `+` and WhatsApp's id of the number (which differs from what is dialled in Brazil and Mexico).
"""

from collections import OrderedDict
from typing import Any

from izin_simulator.clock import DAY_S
from izin_simulator.identifiers import user_id
from izin_simulator.regions import wa_id_of

Json = dict[str, Any]
_SHARED_S = 30 * DAY_S
_KEPT_INBOUND = 100_000


def person_of(record_to: str) -> str:
    """Return the person behind a number as it stands in the log, `+` and digits."""
    return "+" + wa_id_of(record_to[1:])


class Crowd:
    """Windows, refusals of marketing, blocks, changed numbers, user ids, and how much each person got of late."""

    def __init__(self, business_account_id: str, *, contact_book: bool = True) -> None:
        self._business_account_id = business_account_id
        self._contact_book = contact_book
        self._wrote: dict[tuple[str, str], float] = {}
        self._dialled: dict[tuple[str, str], float] = {}
        self._latest: dict[tuple[str, str], str] = {}
        self._stopped: set[str] = set()
        self._blocked: set[tuple[str, str]] = set()
        self._moved: dict[str, str] = {}
        self._by_user_id: dict[str, str] = {}
        self._user_ids: dict[str, str] = {}
        self._usernames: dict[str, str] = {}
        self._marketing: dict[str, list[float]] = {}
        self._reached: OrderedDict[str, float] = OrderedDict()
        self._inbound: OrderedDict[str, None] = OrderedDict()

    def user_id(self, person: str) -> str:
        """Return the person's business-scoped user id, and know it from now on."""
        known = self._user_ids.get(person)
        if known is None:
            known = self._user_ids[person] = user_id(self._business_account_id, person[1:])
            self._by_user_id[known] = person
        return known

    def digits_of_user(self, wanted: str) -> str | None:
        """Return the digits of the person with this user id, or None if this portfolio never met it."""
        person = self._by_user_id.get(wanted)
        return person[1:] if person else None

    def window_open(self, number_id: str, person: str, at: float) -> bool:
        """Say whether the person wrote to this business number in the 24 hours before `at` (epoch seconds)."""
        return 0 <= at - self._wrote.get((number_id, person), -DAY_S) < DAY_S

    def stopped(self, person: str) -> bool:
        """Say whether the person told WhatsApp to stop this business' marketing."""
        return person in self._stopped

    def blocked(self, number_id: str, person: str) -> bool:
        """Say whether the person blocked this business number."""
        return (number_id, person) in self._blocked

    def moved_to(self, person: str) -> str | None:
        """Return the person's new number, or None for one who kept the old one."""
        return self._moved.get(person)

    def username(self, person: str) -> str | None:
        """Return the username that the person was heard to use, or None."""
        return self._usernames.get(person)

    def shares_number(self, number_id: str, person: str, at: float) -> bool:
        """Say whether webhooks show the number of a person with a username.

        They do if this business number wrote to that number in the last 30 days, or, while the contact book is kept,
        if it ever did.
        """
        dialled = self._dialled.get((number_id, person))
        return dialled is not None and (self._contact_book or at - dialled < _SHARED_S)

    def latest_message(self, number_id: str, person: str) -> str | None:
        """Return the id of the last message that the person got from this number."""
        return self._latest.get((number_id, person))

    def wrote(self, wamid: str) -> bool:
        """Say whether this is the id of a message that a person wrote."""
        return wamid in self._inbound

    def marketing_since(self, person: str, since: float) -> int:
        """Return how many marketing messages the person got since then, those inside a window not counted."""
        return sum(at >= since for at in self._marketing.get(person, ()))

    def reached_within_a_day(self, at: float) -> int:
        """Return how many people were reached outside their window in the 24 hours before `at`."""
        while self._reached and next(iter(self._reached.values())) <= at - DAY_S:
            self._reached.popitem(last=False)
        return len(self._reached)

    def was_reached(self, person: str) -> bool:
        """Say whether the person is among those; ask `reached_within_a_day` first."""
        return person in self._reached

    def hear_message(self, record: Json) -> None:
        """An accepted message."""
        person, number_id, at = person_of(record["to"]), record["phone_number_id"], record["at"]
        self.user_id(person)
        self._latest[number_id, person] = record["wamid"]
        if "recipient" not in record:
            self._dialled[number_id, person] = at
        if record["statuses"] == ["failed"] or self.window_open(number_id, person, at):
            return
        self._reached[person] = at
        self._reached.move_to_end(person)
        if record["category"] in ("marketing", "marketing_lite"):
            recent = [then for then in self._marketing.get(person, ()) if then > at - DAY_S]
            self._marketing[person] = [*recent, at]

    def hear_reply(self, record: Json) -> None:
        """A person's words, press or preference."""
        person = record["from"]
        self.user_id(person)
        if "username" in record:
            self._usernames[person] = record["username"]
        preference = record.get("user_preferences")
        if preference == "stop":
            self._stopped.add(person)
        elif preference == "resume":
            self._stopped.discard(person)
        else:
            self._wrote[record["phone_number_id"], person] = record["at"]
            self._inbound[record["wamid"]] = None
            if len(self._inbound) > _KEPT_INBOUND:
                self._inbound.popitem(last=False)

    def hear_moved(self, record: Json) -> None:
        """A person has a new number, and takes a refusal of marketing along."""
        old, new = record["from"], record["moves_to"]
        self._moved[old] = new
        self._moved.pop(new, None)
        self.user_id(new)
        if old in self._stopped:
            self._stopped.add(new)

    def hear_blocked(self, record: Json) -> None:
        """A person blocked a business number."""
        self._blocked.add((record["phone_number_id"], record["from"]))

    def hear_unblocked(self, record: Json) -> None:
        """A person lifted the block."""
        self._blocked.discard((record["phone_number_id"], record["from"]))
