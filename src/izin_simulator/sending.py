"""The sending endpoints, without a coroutine for each message: judge, write to the log, let time pass, answer."""

import random
import time

from izin_simulator.answers import error_answer, json_answer
from izin_simulator.cloud import Cloud
from izin_simulator.faults import DROPPED, Fault
from izin_simulator.gate import Judgement
from izin_simulator.http import Request, Response
from izin_simulator.spread import seconds_of

_HTML_ERROR = (
    b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>"
)


class Sending:
    """The verdict is on disk before anything is answered."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._config = cloud.config
        self._clock = cloud.clock
        self._timetable = cloud.ground.real
        self._dice = random.Random(cloud.ground.seed)  # noqa: S311 - how long an answer takes, no secret

    def take(self, request: Request, number_id: str, *, marketing_endpoint: bool = False) -> None:
        """Accept a message or refuse it, and answer when it is time."""
        began, cloud = time.monotonic(), self._cloud
        cloud.in_flight += 1
        judgement = cloud.gate.judge(
            request, number_id, at=self._clock.now(), mono=began, marketing_endpoint=marketing_endpoint
        )
        fault = judgement.fault
        if fault is not None and fault.deed == "accept_after_drop":
            request.connection.hang_up()
            self._timetable.at(
                began + seconds_of(fault.ms, self._dice.random()), self._write, request, judgement, began
            )
        else:
            self._write(request, judgement, began)

    def _write(self, request: Request, judgement: Judgement, began: float) -> None:
        self._cloud.log.append(judgement.record)
        self._cloud.log.then(lambda error: self._written(request, judgement, began, error))

    def _written(self, request: Request, judgement: Judgement, began: float, failure: OSError | None) -> None:
        if failure is not None:
            self._cloud.in_flight -= 1
            request.connection.reply(Response(b"The log cannot be written.", 500, "text/plain"))
            return
        if judgement.accepted:
            self._cloud.aftermath.follow(judgement.record["wamid"])
            self._cloud.phones.show(judgement)
        elif judgement.told is not None:
            self._cloud.aftermath.tell_refusal(judgement)
        due = began + self._latency(judgement.fault)
        if due <= time.monotonic():
            self._answer(request, judgement)
        else:
            self._timetable.at(due, self._answer, request, judgement)

    def _latency(self, fault: Fault | None) -> float:
        """Return the seconds from the request to its answer; the `ms` of most faults come on top."""
        deed = fault.deed if fault else None
        if deed in ("reset", "accept_after_drop"):
            return 0.0
        latency = seconds_of(self._config.latency_ms, self._dice.random())
        if fault is not None and deed != "drip":
            latency += seconds_of(fault.ms, self._dice.random())
        return latency

    def _answer(self, request: Request, judgement: Judgement) -> None:
        self._cloud.in_flight -= 1
        connection = request.connection
        fault = judgement.fault
        deed = fault.deed if fault else None
        if deed == "accept_after_drop":
            return
        if deed in DROPPED or deed == "accept_no_answer":
            connection.hang_up(with_reset=deed == "reset")
        elif fault is not None and deed in ("html", "html500"):
            connection.reply(Response(_HTML_ERROR, fault.status or 500, "text/html; charset=utf-8"))
        elif judgement.error is not None:
            connection.reply(error_answer(judgement.error))
        elif fault is not None and deed == "reset_at_byte":
            connection.write(json_answer(judgement.answer).encode()[: fault.bytes])
            connection.reset_soon()
        elif fault is not None and deed == "drip":
            self._drip(request, json_answer(judgement.answer).encode(), fault.bytes, seconds_of(fault.ms, 0.5))
        else:
            connection.reply(json_answer(judgement.answer))

    def _drip(self, request: Request, left: bytes, size: int, pause_s: float) -> None:
        """Write a drop, and the next one after a pause."""
        request.connection.write(left[:size])
        if len(left) > size:
            self._timetable.after(pause_s, self._drip, request, left[size:], size, pause_s)
        else:
            request.connection.finish()
