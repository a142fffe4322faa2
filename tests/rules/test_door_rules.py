"""What the door does before it stores anything: it sees at a glance who says nothing, and waits for nobody for ever."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.lib.patience import Patience
from izin.whatsapp.wire import Poison, may_speak, read_webhook

STATUS = {"id": "wamid.1", "status": "sent", "timestamp": "1700000000", "recipient_id": "60120000000"}
MESSAGE = {"id": "wamid.2", "from": "60120000000", "timestamp": "1700000000", "type": "text", "text": {"body": "stop"}}
WISH = {"wa_id": "60120000000", "category": "marketing_messages", "value": "stop", "timestamp": 1700000000}
ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({})


def listed(item: dict[str, object]) -> st.SearchStrategy[object]:
    return ODD | st.lists(st.just(item) | ODD, max_size=3)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "metadata": ODD | st.just({"phone_number_id": "106540352242922"}),
        "statuses": listed(STATUS),
        "messages": listed(MESSAGE),
        "user_preferences": listed(WISH),
    },
)
CHANGES = ODD | st.fixed_dictionaries(
    {"field": ODD | st.sampled_from(["messages", "user_preferences", "flows"]), "value": ODD | VALUES}
)
ENTRIES = ODD | st.fixed_dictionaries({"changes": ODD | st.lists(CHANGES, max_size=3)})


@given(st.fixed_dictionaries({"entry": ODD | st.lists(ENTRIES, max_size=3)}) | ODD)
def test_who_says_something_is_read(body: object) -> None:
    raw = json.dumps(body).encode()
    try:
        webhook = read_webhook(raw)
    except Poison:
        assert may_speak(raw)  # and is found to be no webhook
        return
    assert may_speak(raw) or not (webhook.messages or webhook.preferences)


def body_of(value: str) -> bytes:
    return (
        b'{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},%b}}]}]}'
        % value.encode()
    )


@pytest.mark.parametrize("key", ['"messages"', '"\\u006dessages"', '"messages":[],"messages"', '"user_preferences"'])
def test_however_it_is_written(key: str) -> None:
    assert may_speak(body_of(f"{key}:[{json.dumps(MESSAGE)}]"))


def test_statuses_alone_need_no_reading() -> None:
    assert not may_speak(body_of(f'"statuses":[{json.dumps(STATUS)}]'))


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def never() -> bytes:
        await asyncio.Event().wait()
        return b""

    async def wait_for_it() -> None:
        patience = Patience(0.0, look_s=0.001)
        looking = asyncio.create_task(patience.run_out())
        with pytest.raises(TimeoutError):
            await patience.spend(never())
        looking.cancel()
        # Who goes away is not told that it took too long.
        gone = asyncio.create_task(patience.spend(never()))
        await asyncio.sleep(0)  # it begins
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone

    asyncio.run(wait_for_it())


def test_who_goes_away_just_as_it_took_too_long_goes_away() -> None:
    async def both() -> None:
        patience = Patience(0.0, look_s=0.0)
        waiting = asyncio.create_task(patience.spend(asyncio.sleep(3600)))
        looking = asyncio.create_task(patience.run_out())
        while not waiting.cancelling():  # by the look, whose turn is before ours
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        looking.cancel()

    asyncio.run(both())
