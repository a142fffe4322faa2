"""The gate: what becomes of a request to send. No input or output; the caller says what time it is."""

import os
from dataclasses import dataclass

import msgspec

from izin_simulator.access import MESSAGING, Access
from izin_simulator.config import TIERS, Config, PhoneNumber, Tier
from izin_simulator.errors import GraphError
from izin_simulator.fate import Fate
from izin_simulator.faults import ANSWER_LOST, DROPPED, REFUSED, Fault, FaultPlan
from izin_simulator.http import Request
from izin_simulator.identifiers import wamid
from izin_simulator.limits import Limiter
from izin_simulator.memory import Json, Memory
from izin_simulator.validation import Outgoing, check_send

PAIR_PER_SECOND = 1 / 6
PAIR_BURST = 45


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a send: its log record, and the answer (or the error), and the accident that it meets.

    `told` is the code of a refusal that a webhook tells as well.
    """

    record: Json
    answer: Json | None = None
    error: GraphError | None = None
    fault: Fault | None = None
    outgoing: Outgoing | None = None
    told: int | None = None

    @property
    def accepted(self) -> bool:
        """Say whether statuses follow."""
        return self.record.get("verdict") in ("accepted", "answer_lost")


class Gate:
    """The business' numbers with their limits, and the fault plan."""

    def __init__(self, config: Config, memory: Memory, access: Access, fate: Fate, faults: FaultPlan) -> None:
        self.faults = faults
        self._config = config
        self._memory = memory
        self._access = access
        self._fate = fate
        self._ways = {
            131047: config.failure_ways.window,
            131048: config.failure_ways.limit,
            131056: config.failure_ways.pair,
            131026: config.failure_ways.undeliverable,
        }
        self._throughput: dict[str, tuple[float, Limiter]] = {}
        self._pairs = Limiter(PAIR_PER_SECOND, PAIR_BURST)

    def number(self, number_id: str) -> PhoneNumber:
        """Return the business number, or raise GraphError as for an object that does not exist."""
        number = self._memory.holdings.numbers.get(number_id)
        if number is None:
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)
        return number

    def count_inbound(self, number_id: str, mono: float) -> None:
        """Count a person's message on the number's throughput, which Meta shares between both directions."""
        self._bucket(number_id).take("", mono)

    def judge(
        self, request: Request, number_id: str, *, at: float, mono: float, marketing_endpoint: bool = False
    ) -> Judgement:
        """Decide on a request to send. `at` is simulated epoch seconds, `mono` real seconds for rates.

        Limits count the message only if it is accepted.
        """
        record: Json = {"at": at, "event": "message", "verdict": "rejected", "phone_number_id": number_id}
        outgoing: Outgoing | None = None
        try:
            self._access.authorise(request.headers, request.query, MESSAGING, at)
            number = self.number(number_id)
            body = _decoded(request)
            if "status" in body:
                return self._receipt(body, number_id, at)
            record |= {"to": body.get("to", body.get("recipient")), "token": body.get("biz_opaque_callback_data")}
            outgoing = check_send(
                body,
                number,
                self._memory.holdings.catalogue,
                self._memory.crowd.digits_of_user,
                marketing_endpoint=marketing_endpoint,
            )
            record["to"] = "+" + outgoing.to
            if outgoing.user_id is not None:
                record["recipient"] = outgoing.user_id
            self._check_product(outgoing, at)
            late = self._check_limits(number_id, outgoing, at, mono)
        except GraphError as error:
            told = error.code if outgoing is not None and self._ways.get(error.code) == "both" else None
            return Judgement(record | {"code": error.code}, error=error, outgoing=outgoing, told=told)
        return self._accept(record, outgoing, late, mono)

    def _accept(self, record: Json, outgoing: Outgoing, late: int | None, mono: float) -> Judgement:
        if outgoing.template is not None:
            record["template"], record["language"] = outgoing.template.name, outgoing.template.language
        elif outgoing.kind == "text":
            record["text"] = outgoing.content["body"]
        else:
            record["type"] = outgoing.kind
        fault = self.faults.strike(outgoing.to, mono)
        deed = fault.deed if fault else None
        if fault and deed in DROPPED:
            return Judgement(record | {"verdict": "dropped"}, fault=fault)
        if fault and deed in REFUSED:
            refusal = GraphError(fault.code, http=fault.status)
            return Judgement(record | {"code": fault.code}, error=refusal, fault=fault)
        number_id = record["phone_number_id"]
        self._bucket(number_id).take("", mono)
        self._pairs.take(f"{number_id}:{outgoing.wa_id}", mono)
        record["verdict"] = "answer_lost" if deed in ANSWER_LOST else "accepted"
        record["wamid"] = wamid(outgoing.wa_id, os.urandom(10), inbound=False)
        record |= self._fate.of(outgoing, number_id, record["at"], late, mute=deed == "mute")
        answer = _acceptance(outgoing, record["wamid"], held=record.get("held", False))
        return Judgement(record, answer=answer, fault=fault, outgoing=outgoing)

    def _receipt(self, body: Json, number_id: str, at: float) -> Judgement:
        """A message is marked as read, perhaps with a sign that the business is typing."""
        if body.get("messaging_product") != "whatsapp" or body["status"] != "read":
            raise GraphError(100, "Param status must be one of {read}.")
        for key in body.keys() - {"messaging_product", "status", "message_id", "typing_indicator"}:
            raise GraphError(100, f'Unexpected key "{key}".')
        message_id = body.get("message_id")
        if not isinstance(message_id, str) or not message_id:
            raise GraphError(131008, "message_id is required.")
        if not self._memory.crowd.wrote(message_id):
            raise GraphError(131009, "message_id is not one of a message that was received.")
        if "typing_indicator" in body and body["typing_indicator"] != {"type": "text"}:
            raise GraphError(131009, "typing_indicator has the type text.")
        record = {"at": at, "event": "read_receipt", "phone_number_id": number_id, "wamid": message_id}
        return Judgement(record, answer={"success": True})

    def _check_product(self, outgoing: Outgoing, at: float) -> None:
        """Raise GraphError if the message does not fit the endpoint, or the recipient the message."""
        template, marketing = outgoing.template, self._config.marketing
        if template is None:
            return
        if outgoing.user_id is not None and (template.max_price or template.category == "AUTHENTICATION"):
            raise GraphError(131062)
        if not outgoing.marketing_endpoint:
            if template.max_price:
                raise GraphError(131061)
            if template.category == "MARKETING" and not marketing.on_cloud_api:
                raise GraphError(131063)
            return
        if template.category != "MARKETING":
            raise GraphError(marketing.wrong_category_code)
        if not outgoing.strict:
            return
        if not marketing.onboarded:
            raise GraphError(134102)
        approved = self._memory.holdings.approved_at.get((template.name, template.language))
        if approved is not None and at < approved + marketing.synchronised_after_s:
            raise GraphError(134101)

    def _check_limits(self, number_id: str, outgoing: Outgoing, at: float, mono: float) -> int | None:
        """Return the code with which the message will fail later, None for none; raise GraphError to refuse it now."""
        state = self._memory.holdings.states[number_id]
        if not state.registered:
            raise GraphError(133010)
        if at < state.upgrading_until:
            raise GraphError(131057)
        person = "+" + outgoing.wa_id
        in_window = self._memory.crowd.window_open(number_id, person, at)
        late = None
        if outgoing.template is None and not in_window:
            late = self._refuse(131047, late)
        if self._bucket(number_id).wait("", mono):
            raise GraphError(130429, http=self._config.throughput_http)
        if self._pairs.wait(f"{number_id}:{outgoing.wa_id}", mono):
            late = self._refuse(131056, late)
        if not in_window and self._limit_reached(state.messaging_limit, person, at):
            late = self._refuse(131048, late)
        if self._ways[131026] != "async" and self._fate.undeliverable(outgoing):
            late = self._refuse(131026, late)
        return late

    def _refuse(self, code: int, late: int | None) -> int:
        if self._ways[code] != "async":
            raise GraphError(code)
        return late or code

    def _limit_reached(self, tier: Tier, person: str, at: float) -> bool:
        most = TIERS[tier]
        if most is None:
            return False
        return self._memory.crowd.reached_within_a_day(at) >= most and not self._memory.crowd.was_reached(person)

    def _bucket(self, number_id: str) -> Limiter:
        """Return the number's throughput, anew if it was upgraded."""
        per_second = self._memory.holdings.states[number_id].messages_per_second
        known = self._throughput.get(number_id)
        if known is None or known[0] != per_second:
            burst = self._memory.holdings.numbers[number_id].burst or max(1, round(per_second))
            known = self._throughput[number_id] = (per_second, Limiter(per_second, burst))
        return known[1]


def _decoded(request: Request) -> Json:
    try:
        body = msgspec.json.decode(request.body)
    except msgspec.DecodeError as error:
        raise GraphError(100, "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    return body


def _acceptance(outgoing: Outgoing, wamid_: str, *, held: bool) -> Json:
    contact: Json = {"input": outgoing.written_to, "wa_id": outgoing.wa_id}
    if outgoing.user_id is not None:
        contact = {"input": outgoing.user_id, "user_id": outgoing.user_id}
    status = "held_for_quality_assessment" if held else "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": wamid_, "message_status": status}],
    }
