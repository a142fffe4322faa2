"""The gate: what becomes of a request to send. No input or output; the caller says what time it is."""

import hmac
import os
from dataclasses import dataclass

import msgspec

from izin_simulator import people
from izin_simulator.config import Config, PhoneNumber, ReplyRule
from izin_simulator.errors import GraphError
from izin_simulator.faults import Fault, FaultPlan
from izin_simulator.identifiers import wamid
from izin_simulator.limits import Limiter
from izin_simulator.memory import Json, Memory
from izin_simulator.validation import Outgoing, check_send

PAIR_PER_SECOND = 1 / 6
PAIR_BURST = 45


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a send: its log record, and the answer (or the error), and the accident that it meets."""

    record: Json
    answer: Json | None = None
    error: GraphError | None = None
    fault: Fault | None = None


class Gate:
    """The business' numbers with their limits, and the fault plan."""

    def __init__(self, config: Config, seed: int, memory: Memory) -> None:
        self.faults = FaultPlan()
        self._config = config
        self._seed = seed
        self._memory = memory
        self._numbers = {number.id: number for number in config.phone_numbers}
        self._throughput = {
            n.id: Limiter(n.messages_per_second, n.burst or max(1, round(n.messages_per_second)))
            for n in config.phone_numbers
        }
        self._pairs = Limiter(PAIR_PER_SECOND, PAIR_BURST)

    def authorise(self, header: str) -> None:
        """Raise GraphError 190 (HTTP 401) unless the Authorization header carries the access token."""
        if not hmac.compare_digest(header.encode(), f"Bearer {self._config.access_token}".encode()):
            raise GraphError(190)

    def number(self, number_id: str) -> PhoneNumber:
        """Return the business number, or raise GraphError as for an object that does not exist."""
        if number_id not in self._numbers:
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)
        return self._numbers[number_id]

    def count_inbound(self, number_id: str, at: float) -> None:
        """Count a person's message on the number's throughput, which Meta shares between both directions."""
        self._throughput[number_id].take("", at)

    def judge(self, number_id: str, authorization: str, raw: bytes, at: float) -> Judgement:
        """Decide on a request to send, at this time (epoch seconds). Limits count it only if it is accepted."""
        record: Json = {"at": at, "event": "message", "verdict": "rejected", "phone_number_id": number_id}
        try:
            self.authorise(authorization)
            number = self.number(number_id)
            body = _decoded(raw)
            record |= {"to": body.get("to"), "token": body.get("biz_opaque_callback_data")}
            outgoing = check_send(body, number, self._memory.catalogue)
            record["to"] = "+" + outgoing.to
            self._check_limits(number, outgoing, at)
        except GraphError as error:
            return Judgement(record | {"code": error.code}, error=error)
        record["template" if outgoing.template else "text"] = (
            outgoing.template.name if outgoing.template else outgoing.text
        )
        fault = self.faults.strike(outgoing.to)
        deed = fault.deed if fault else None
        if fault and deed in ("drop", "reset"):
            return Judgement(record | {"verdict": "dropped"}, fault=fault)
        if fault and deed in ("error", "html500"):
            refusal = GraphError(
                fault.code, "By the fault plan.", http=fault.http if isinstance(fault.http, int) else None
            )
            return Judgement(record | {"code": fault.code}, error=refusal, fault=fault)
        self._throughput[number.id].take("", at)
        self._pairs.take(f"{number.id}:{outgoing.to}", at)
        record |= {"verdict": "answer_lost" if deed == "accept_no_answer" else "accepted"}
        record |= self._fate(outgoing, record["to"])
        return Judgement(record, answer=_acceptance(outgoing, record["wamid"]), fault=fault)

    def _check_limits(self, number: PhoneNumber, outgoing: Outgoing, at: float) -> None:
        if outgoing.template is None and not self._memory.window_open(number.id, "+" + outgoing.to, at):
            raise GraphError(
                131047,
                "Message failed to send because more than 24 hours have passed since the customer last replied to "
                "this number.",
            )
        if self._throughput[number.id].wait("", at):
            raise GraphError(130429, "Cloud API message throughput has been reached.")
        if self._pairs.wait(f"{number.id}:{outgoing.to}", at):
            raise GraphError(131056, "Too many messages sent from this phone number to the same phone number.")

    def _fate(self, outgoing: Outgoing, person: str) -> Json:
        """Return the part of the log record that says what will come of an accepted message."""
        stopped = outgoing.category == "marketing" and self._memory.stopped(person)
        statuses = ["failed"] if stopped else people.statuses_of(self._config, self._seed, outgoing.to)
        fate: Json = {
            "wamid": wamid(outgoing.to, os.urandom(10), inbound=False),
            "category": outgoing.category,
            "statuses": statuses,
        }
        if statuses == ["failed"]:
            fate["fails"] = 131050 if stopped else 131026

        def may(number: int, rule: ReplyRule) -> bool:
            return self._memory.may_fire(number, person, rule.repeat_max)

        replies = people.replies_of(self._config.people.reply_rules, self._seed, outgoing.to, statuses, may)
        return fate | {"replies": replies} if replies else fate


def _decoded(raw: bytes) -> Json:
    try:
        body = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise GraphError(100, "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    return body


def _acceptance(outgoing: Outgoing, wamid_: str) -> Json:
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": outgoing.written_to, "wa_id": outgoing.to}],
        "messages": [{"id": wamid_, "message_status": "accepted"}],
    }
