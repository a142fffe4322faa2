"""Status webhooks in any order and any number of times lead to the same row (plan: I10), in the real statement."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import cast as stage
from hypothesis import example, given, settings
from hypothesis import strategies as st

EPOCH = datetime(2026, 11, 24, 12, tzinfo=UTC)
# What the row says, apart from when we ourselves learned of it.
COLUMNS = ("state", "reason", "sent_at", "delivered_at", "read_at", "failed_at", "failed_code")


@dataclass(frozen=True)
class Told:
    """One status of the message; ``named`` by our token, or else by WhatsApp's id alone."""

    status: str
    second: int
    codes: tuple[int, ...]
    named: bool


@dataclass(frozen=True)
class Story:
    """A row as it stood, what was told of it, and the same told again otherwise: each list holds batches."""

    state: str
    once: list[list[Told]]
    again: list[list[Told]]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    state = draw(st.sampled_from(["sending", "uncertain", "unresolved", "queued", "accepted", "rejected"]))
    # WhatsApp's id alone means something only where it is known: after an answer.
    named = st.booleans() if state == "accepted" else st.just(True)
    kinds = st.sampled_from(["sent", "delivered", "read", "played", "failed", "deleted", "warning"])
    codes = st.sampled_from([(), (131026,), (131049,), (131000, 131026)])
    told = draw(st.lists(st.builds(Told, kinds, st.integers(0, 5), codes, named), min_size=1, max_size=6))
    repeated = draw(st.permutations(told + draw(st.lists(st.sampled_from(told), max_size=6))))
    return Story(state, draw(batches(told)), draw(batches(repeated)))


def batches(told: Sequence[Told]) -> st.SearchStrategy[list[list[Told]]]:
    cuts = st.lists(st.integers(0, len(told)), max_size=3).map(lambda some: [0, *sorted(some), len(told)])
    return cuts.map(lambda at: [list(told[start:end]) for start, end in pairwise(at)])


def play(cast: stage.Cast, state: str, told: list[list[Told]]) -> dict[str, Any]:
    """A new row in this state, told these batches; what it says at the end."""
    from izin.contacts.models import Contact
    from izin.dispatch import outbox, statuses
    from izin.dispatch.letters import shown_token, wamid_index
    from izin.dispatch.models import Attempt, Message
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope
    from izin.whatsapp.wire import Status

    token, wamid = os.urandom(16), f"wamid.{uuid4().hex}"
    with stage.django_as("izin_dispatch"), scope(cast.id):  # as a lane leaves it
        message = Message.objects.create(
            contact=Contact.objects.order_by("id")[0],
            lane=outbox.open_lane(cast.sender),
            state=state,
            settled_at=None if state in ("queued", "sending") else EPOCH,
            wamid_index=wamid_index(keys(), wamid) if state == "accepted" else None,
        )
        Attempt.objects.create(message=message, token=token, epoch=1, armed_at=EPOCH)
    with scope(cast.id):  # as the worker hears it
        for batch in told:
            statuses.apply(
                [
                    Status(
                        stage.PHONE_NUMBER_ID,
                        wamid,
                        one.status,
                        EPOCH + timedelta(seconds=one.second),
                        True,
                        token=shown_token(token) if one.named else None,
                        codes=one.codes,
                    )
                    for one in batch
                ]
            )
        row = Message.objects.values(*COLUMNS, "wamid_index").get(id=message.id)
        known = row.pop("wamid_index")
        return row | {"wamid_known": known is not None and bytes(known) == wamid_index(keys(), wamid)}


TWICE_FAILED = [[Told("failed", 1, (131026,), True)], [Told("failed", 2, (131049,), True)]]


@example(Story("accepted", TWICE_FAILED, TWICE_FAILED[::-1]))
@settings(max_examples=60, deadline=None)
@given(story=stories())
def test_order_and_repetition_change_nothing(ours: stage.Cast, story: Story) -> None:
    assert play(ours, story.state, story.once) == play(ours, story.state, story.again)


def test_a_status_proves_what_was_unknown_and_moves_nothing_else(ours: stage.Cast) -> None:
    sent = [[Told("sent", 1, (), True)]]
    states = ("sending", "uncertain", "unresolved", "queued", "accepted", "rejected", "suppressed")
    after = {state: play(ours, state, sent)["state"] for state in states}
    assert after == dict.fromkeys(states[:5], "accepted") | {"rejected": "rejected", "suppressed": "suppressed"}


def test_a_read_message_was_sent_and_delivered(ours: stage.Cast) -> None:
    row = play(ours, "accepted", [[Told("read", 3, (), True)], [Told("failed", 1, (131026,), True)]])
    assert {row["sent_at"], row["delivered_at"], row["read_at"]} == {EPOCH + timedelta(seconds=3)}
    assert (row["state"], row["failed_code"]) == ("accepted", 131026), "a failure is kept beside what is known"
