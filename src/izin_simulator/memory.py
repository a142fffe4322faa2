"""What the simulator knows, built from nothing but its log's records. Pure.

Every record goes through `hear`, both when it is written and when an existing log is read at the start; so a restarted
simulator knows exactly what a running one does. People are in crowd.py, numbers and templates in holdings.py.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from izin_simulator.crowd import Crowd
from izin_simulator.holdings import Holdings

Json = dict[str, Any]
ACCEPTED = ("accepted", "answer_lost")


@dataclass(frozen=True, slots=True)
class Dress:
    """How the statuses of a message show its person and price, made once: JSON text behind the timestamp."""

    tail: str
    tail_of_read: str
    contact: str
    contact_of_sent: str


@dataclass(slots=True)
class Unfinished:
    """An accepted message of which something is still to come: statuses not yet acknowledged, replies not yet made."""

    record: Json
    statuses: set[str]
    replies: set[int]
    follows_from: float
    dress: Dress | None = None


class Memory:
    """Counts, and everything that is not finished: statuses, replies and notices that nobody has acknowledged."""

    def __init__(self, crowd: Crowd, holdings: Holdings) -> None:
        self.crowd = crowd
        self.holdings = holdings
        self.counts: Counter[str] = Counter()
        self.rejections: Counter[int] = Counter()
        self.unfinished: dict[str, Unfinished] = {}
        self.unacknowledged: dict[str, Json] = {}
        self.untold: dict[int, Json] = {}
        self.notices = 0
        self.latest_at = 0.0
        self._followed: set[tuple[int | str, str]] = set()
        self._fired: Counter[int | str] = Counter()
        self._hearings: dict[str, Callable[[Json], None]] = {
            "message": self._hear_message,
            "status_acked": self._hear_status_acked,
            "reply": self._hear_reply,
            "reply_acked": self._hear_reply_acked,
            "moved": self._hear_moved,
            "moved_acked": self._hear_reply_acked_quietly,
            "blocked": self._hear_blocked,
            "unblocked": crowd.hear_unblocked,
            "pacing_decided": self._hear_pacing_decided,
            "notice": self._hear_notice,
            "notice_acked": self._hear_notice_acked,
            "webhook_dropped": self._hear_webhook_dropped,
            "template": holdings.hear_template,
            "template_changed": holdings.hear_template_changed,
            "category_announced": holdings.hear_category_announced,
            "template_deleted": holdings.hear_template_deleted,
            "number_changed": holdings.hear_number_changed,
            "subscribed": holdings.hear_subscribed,
            "unsubscribed": holdings.hear_unsubscribed,
        }

    def hear(self, record: Json) -> None:
        """Take in one record. A record of an unknown event is passed over, so that older versions can read it."""
        self.latest_at = max(self.latest_at, record["at"])
        hearing = self._hearings.get(record["event"])
        if hearing is not None:
            hearing(record)

    def also(self, event: str, hear: Callable[[Json], None]) -> None:
        """Give records of this event to somebody else too, after taking them in."""
        first = self._hearings.get(event)

        def both(record: Json) -> None:
            if first is not None:
                first(record)
            hear(record)

        self._hearings[event] = both

    def may_fire(self, rule: int | str, person: str, repeat_max: int | None = None) -> bool:
        """Say whether the rule is left for this person: each follows it once; it fires `repeat_max` times in all."""
        left = repeat_max is None or self._fired[rule] < repeat_max
        return left and (rule, person) not in self._followed

    def state_of(self, record: Json) -> str:
        """Return the furthest status of a message that was acknowledged, or `accepted`."""
        message = self.unfinished.get(record["wamid"])
        waiting = message.statuses if message else set()
        done = [status for status in record["statuses"] if status not in waiting]
        return done[-1] if done else "accepted"

    def _hear_message(self, record: Json) -> None:
        self.counts[record["verdict"]] += 1
        if record.get("code") is not None:
            self.rejections[record["code"]] += 1
        if record["verdict"] not in ACCEPTED:
            return
        person = record["to"]
        replies = record.get("replies", [])
        for reply in replies:
            self._followed.add((reply["rule"], person))
            self._fired[reply["rule"]] += 1
        self.crowd.hear_message(record)
        self.holdings.hear_message(record)
        message = Unfinished(record, set(record["statuses"]), set(range(len(replies))), record["at"])
        if message.statuses or message.replies:
            self.unfinished[record["wamid"]] = message

    def _hear_status_acked(self, record: Json) -> None:
        self.counts["statuses_acked"] += 1
        self._status_done(record["wamid"], record["status"])

    def _status_done(self, wamid: str, status: str) -> None:
        message = self.unfinished.get(wamid)
        if message is not None:
            message.statuses.discard(status)
            self._close(message)

    def _hear_reply(self, record: Json) -> None:
        self.counts["replies"] += 1
        self.unacknowledged[record["wamid"]] = record
        self.crowd.hear_reply(record)
        self._done(record)

    def _hear_reply_acked(self, record: Json) -> None:
        self.counts["replies_acked"] += 1
        self.unacknowledged.pop(record["wamid"], None)

    def _hear_reply_acked_quietly(self, record: Json) -> None:
        self.unacknowledged.pop(record["wamid"], None)

    def _hear_moved(self, record: Json) -> None:
        self.unacknowledged[record["wamid"]] = record
        self.crowd.hear_moved(record)
        self._done(record)

    def _hear_blocked(self, record: Json) -> None:
        self.crowd.hear_blocked(record)
        self.holdings.hear_blocked(record)
        self._done(record)

    def _hear_pacing_decided(self, record: Json) -> None:
        """The held messages of the template go out from now, or fail."""
        for wamid in self.holdings.hear_pacing_decided(record):
            message = self.unfinished.get(wamid)
            if message is None:
                continue
            message.follows_from = record["at"]
            if record["verdict"] == "drop":
                message.record["statuses"], message.record["fails"] = ["failed"], 132015
                message.statuses, message.replies = {"failed"}, set()

    def _hear_notice(self, record: Json) -> None:
        self.notices = max(self.notices, record["n"])
        self.untold[record["n"]] = record

    def _hear_notice_acked(self, record: Json) -> None:
        self.untold.pop(record["n"], None)

    def _hear_webhook_dropped(self, record: Json) -> None:
        self.counts["webhooks_dropped"] += 1
        of = record["of"]
        if of["event"] == "status_acked":
            self._status_done(of["wamid"], of["status"])
        elif of["event"] == "notice_acked":
            self.untold.pop(of["n"], None)
        else:
            self.unacknowledged.pop(of.get("wamid", ""), None)

    def _done(self, record: Json) -> None:
        message = self.unfinished.get(record.get("because_of", ""))
        if message is not None:
            message.replies.discard(record["nth"])
            self._close(message)

    def _close(self, message: Unfinished) -> None:
        if not message.statuses and not message.replies:
            self.unfinished.pop(message.record["wamid"], None)
