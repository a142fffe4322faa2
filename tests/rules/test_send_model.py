"""The send states as a model small enough to try every order of events, and the mistakes that it must catch.

One message, two workers, a person who may say stop at any step, a network that may lose answers and statuses, workers
that may be killed and leases that may run out while their holder lives. Breadth-first over every interleaving. Written
from the design (docs/decisions/0005-dispatch.md, section 5 of the design), not from the code; that the code does the
same is the business of tests/flows.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pytest

Row = Literal["queued", "claimed", "sending", "accepted", "rejected", "suppressed", "uncertain", "unresolved"]
Step = Literal["idle", "claimed", "armed", "written", "answered", "stranger"]
STATED = frozenset({"accepted", "rejected", "suppressed", "unresolved"})


class Worker(NamedTuple):
    """Where a worker stands with the message. ``epoch`` is the lease under which it got there."""

    step: Step = "idle"
    epoch: int = 0
    answer: str = ""


class World(NamedTuple):
    row: Row = "queued"
    row_epoch: int = 0
    lease: int = 0  # the epoch of the last lease; 0 when there was none
    holder: int = -1
    expired: bool = True
    refused: bool = False
    sent: int = 0  # how many times WhatsApp took it
    armed_after_refusal: bool = False
    status: Literal["none", "coming", "lost", "told"] = "none"
    closed: bool = False  # the window in which a status proves
    workers: tuple[Worker, Worker] = (Worker(), Worker())
    kills: int = 0
    false_expiries: int = 0
    throttles: int = 0


@dataclass(frozen=True)
class Rules:
    """The design, and one switch for each mistake that other systems make."""

    gate_at_arm: bool = True
    fenced: bool = True
    takeover_resends: bool = False
    timeout_retries: bool = False
    arm_before_send: bool = True
    done_at_claim: bool = False
    reaper: bool = True
    statuses_may_vanish: bool = True


KILLS, FALSE_EXPIRIES, THROTTLES = 2, 2, 1


def steps(world: World, rules: Rules) -> Iterator[World]:
    """Every world that may come next."""
    if not world.refused:
        yield world._replace(refused=True)
    yield from _network(world, rules)
    yield from _time(world, rules)
    for who, worker in enumerate(world.workers):
        yield from _work(world, rules, who, worker)
        if worker.step != "idle" and world.kills < KILLS:
            yield _with(world, who, Worker(), kills=world.kills + 1, expired=world.expired or world.holder == who)


def _network(world: World, rules: Rules) -> Iterator[World]:
    if world.status == "coming":
        proves = world.row in ("queued", "claimed", "sending", "uncertain", "unresolved")
        yield world._replace(status="told", row="accepted" if proves else world.row)
        if rules.statuses_may_vanish:
            yield world._replace(status="lost")


def _time(world: World, rules: Rules) -> Iterator[World]:
    """Leases run out, and windows close."""
    if not world.expired and world.false_expiries < FALSE_EXPIRIES:
        yield world._replace(expired=True, false_expiries=world.false_expiries + 1)
    if world.row == "uncertain" and rules.reaper:
        yield world._replace(row="unresolved")


def _work(world: World, rules: Rules, who: int, worker: Worker) -> Iterator[World]:
    mine = world.holder == who and world.lease == worker.epoch
    valid = mine and not world.expired
    if worker.step == "idle":
        if world.expired:
            yield _lease(world, rules, who)
        elif world.holder == who:
            yield from _claim(world, rules, who)
    elif worker.step == "claimed":
        yield from _arm(world, rules, who, worker, valid)
    elif worker.step == "armed":
        # The fence is at the arm: whoever armed may write, however late, and nobody else can arm meanwhile.
        yield from _write(world, who, worker)
    elif worker.step == "written":
        # No answer: the person may have got it or not, and nobody tells.
        yield _with(world, who, worker._replace(step="answered", answer="timeout"))
    elif worker.step == "answered":
        yield _record(world, rules, who, worker)


def _lease(world: World, rules: Rules, who: int) -> World:
    """A takeover: the new epoch fences off the old holder, whose unfinished message becomes uncertain."""
    row = world.row
    if rules.reaper and row == "claimed":
        row = "queued"
    if rules.reaper and row == "sending":
        row = "queued" if rules.takeover_resends else "uncertain"
    return world._replace(lease=world.lease + 1, holder=who, expired=False, row=row)


def _claim(world: World, rules: Rules, who: int) -> Iterator[World]:
    if world.row != "queued":
        return
    if world.refused and not rules.gate_at_arm:
        yield world._replace(row="suppressed")
        return
    row: Row = "accepted" if rules.done_at_claim else "claimed"
    yield _with(world, who, Worker("claimed", world.lease), row=row, row_epoch=world.lease)


def _arm(world: World, rules: Rules, who: int, worker: Worker, valid: bool) -> Iterator[World]:
    """Decide and commit the intent. With the fence, only under a lease that is ours and a row that is ours."""
    if rules.fenced and not (valid and world.row_epoch == worker.epoch):
        yield _with(world, who, Worker())
        return
    if rules.fenced and world.row != "claimed" and not rules.done_at_claim:
        yield _with(world, who, Worker())
        return
    if rules.gate_at_arm and world.refused:
        row: Row = "suppressed" if world.row in ("claimed", "queued") else world.row
        yield _with(world, who, Worker(), row=row)
        return
    row = "sending" if rules.arm_before_send and not rules.done_at_claim else world.row
    late = world.armed_after_refusal or world.refused
    yield _with(world, who, worker._replace(step="armed"), row=row, armed_after_refusal=late)


def _write(world: World, who: int, worker: Worker) -> Iterator[World]:
    """Bytes leave: WhatsApp takes them (and says so, or not), refuses them, throttles us, or never gets them."""
    taken = {"sent": world.sent + 1, "status": "coming" if world.status in ("none", "lost") else world.status}
    yield _with(world, who, worker._replace(step="answered", answer="accepted"), **taken)
    yield _with(world, who, worker._replace(step="written"), **taken)
    yield _with(world, who, worker._replace(step="written"))
    yield _with(world, who, worker._replace(step="answered", answer="rejected"))
    if world.throttles < THROTTLES:
        throttled = worker._replace(step="answered", answer="throttled")
        yield _with(world, who, throttled, throttles=world.throttles + 1)


def _record(world: World, rules: Rules, who: int, worker: Worker) -> World:
    """Write down the answer, fenced by the epoch; only the proof of an acceptance may come late."""
    unsure: Row = "queued" if rules.timeout_retries else "uncertain"
    after: dict[str, Row] = {
        "accepted": "accepted", "rejected": "rejected", "throttled": "queued", "timeout": unsure
    }  # fmt: skip
    open_rows = ("sending", "claimed") if not rules.arm_before_send else ("sending",)
    may = world.row in open_rows and (world.row_epoch == worker.epoch or not rules.fenced)
    proof = worker.answer == "accepted" and world.row in ("sending", "uncertain", "unresolved")
    row = after[worker.answer] if may or proof else world.row
    return _with(world, who, Worker(), row=row)


def _with(world: World, who: int, worker: Worker, **changes: object) -> World:
    workers = (worker, world.workers[1]) if who == 0 else (world.workers[0], worker)
    return world._replace(workers=workers, **changes)  # type: ignore[arg-type]


def broken(world: World, *, is_end: bool) -> str:
    """The promise that this world breaks, or nothing."""
    if world.sent > 1:
        return "sent twice"
    if world.armed_after_refusal:
        return "decided after the opt-out"
    if world.row in ("rejected", "suppressed") and world.sent:
        return "called not sent, and it was"
    if world.row == "accepted" and not world.sent and is_end:
        return "called sent, and it was not"
    if is_end and world.row not in STATED:
        return f"stuck in {world.row}"
    return ""


def explore(rules: Rules, *, sought: str = "") -> tuple[set[str], int, set[tuple[str, int]]]:
    """Every reachable world: the promises that break, how many worlds there are, and the ends by (row, sent).

    What follows a broken promise is not looked at; the search ends at the one that is ``sought``.
    """
    seen, line = {World()}, deque([World()])
    problems: set[str] = set()
    ends: set[tuple[str, int]] = set()
    while line:
        world = line.popleft()
        following = [one for one in steps(world, rules) if one != world]
        settled = not [one for one in following if _moves(world, one)]
        if problem := broken(world, is_end=settled):
            problems.add(problem)
            if problem == sought:
                break
            continue
        if settled:
            ends.add((world.row, world.sent))
        for one in following:
            if one not in seen:
                seen.add(one)
                line.append(one)
    return problems, len(seen), ends


def _moves(world: World, following: World) -> bool:
    """Whether the step does something for the message, other than new leases, kills and a person's change of mind."""
    return (
        world.row != following.row
        or world.sent != following.sent
        or world.status != following.status
        or any(one.step != "idle" for one in following.workers)
        or any(one.step != "idle" for one in world.workers)
        or _helps(world, following)
    )


def _helps(world: World, following: World) -> bool:
    """A lease by which a row that waits gets a worker, or by which an unfinished one is taken over."""
    return following.lease > world.lease and world.row == "queued"


def test_the_design_keeps_its_promises_in_every_order_of_events() -> None:
    problems, worlds, ends = explore(Rules())
    assert not problems
    assert worlds > 5_000, "the model is not trivial"
    assert ends == {
        ("accepted", 1),
        ("rejected", 0),
        ("suppressed", 0),
        ("unresolved", 0),
        ("unresolved", 1),  # the answer and every status were lost: counted as unknown, and never sent again
    }


def test_while_statuses_arrive_what_was_sent_is_known_as_sent() -> None:
    problems, _, ends = explore(Rules(statuses_may_vanish=False))
    assert not problems
    assert ends == {("accepted", 1), ("rejected", 0), ("suppressed", 0), ("unresolved", 0)}


MISTAKES = {
    "the consent is asked for when the row is claimed": (Rules(gate_at_arm=False), "decided after the opt-out"),
    "no fence": (Rules(fenced=False), "sent twice"),
    "a takeover sends what was under way": (Rules(takeover_resends=True), "sent twice"),
    "a timeout is tried again": (Rules(timeout_retries=True), "sent twice"),
    "recorded after it was sent": (Rules(arm_before_send=False), "sent twice"),
    "done when claimed": (Rules(done_at_claim=True), "called sent, and it was not"),
    "nobody takes over": (Rules(reaper=False), "stuck in sending"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_caught(mistake: str) -> None:
    rules, expected = MISTAKES[mistake]
    problems, _, _ = explore(rules, sought=expected)
    assert expected in problems
