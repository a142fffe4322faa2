"""Every code of the error table, said by the simulator as Meta says it, and what Izin does with the message then."""

import pytest

from izin.whatsapp import wire
from izin.whatsapp.client import Client
from izin.whatsapp.errors import NO_ANSWER, NOT_SENT, VERDICTS, classify
from izin_simulator.error_table import TABLE

from .stage import AMINA, NUMBER_ID, Stage, Theatre

TOKEN = "simulator-access-token"
BODY = wire.encode(wire.template_message(AMINA, "t", name="plain", language="en_US", components=[
    wire.Component("body", (wire.Parameter("text", text="77"), wire.Parameter("text", text="Friday"))),
]))  # fmt: skip
# Codes of other calls than sending: paging, an old message, the handshake of the callback.
NOT_OF_SENDING = {131059, 131060, 2200}

# What happens with the message, by code. "slow": it waits, and so does the number · "person": it waits, the others go
# on · "hold": it waits, and nothing leaves the number until somebody looks · "stop": it is refused, the campaign pauses
# · "no": it is refused · "ours": it is refused, and three of these in a row pause the campaign · "withdrawn": it is
# refused, and so is everything from now on · "listen": only a status tells; it is never sent again by itself.
DEEDS = {
    "slow": (4, 613, 80007, 130429, 131048, 131057, 133004),
    "person": (131056,),
    "withdrawn": (131050,),
    "no": (130403, 130472, 131021, 131026, 131030, 131047, 131049, 131062, 137000),
    "ours": (100, 130497, 131008, 131009, 131051, 131052, 131053, 132000, 132005, 132008, 132012, 132018),
    "stop": (131055, 131061, 131063, 132001, 132007, 132015, 132016, 132068, 132069, 134100, 134101),
    "hold": (0, 3, 10, 33, 190, 200, 368, 131005, 131031, 131037, 131042, 131045, 131064, 133010, 134011, 134102),
    "listen": (1, 2, 131000, 131016, 135000),
}
KINDS = {"slow": "retry", "person": "retry_pair", "withdrawn": "withdrawn", "no": "rejected", "ours": "rejected"}
KINDS |= {"stop": "template_stop", "hold": "hold_lane", "listen": "uncertain"}
STATES = {"slow": "waiting", "person": "waiting", "hold": "waiting", "listen": "uncertain"}


def test_every_code_of_the_table_has_a_row() -> None:
    rows = {code for codes in DEEDS.values() for code in codes}
    assert rows == TABLE.keys() - NOT_OF_SENDING
    assert rows <= VERDICTS.keys()


async def said(stage: Stage, client: Client, code: int, http: int | None = None) -> tuple[int | None, int | None]:
    await stage.control("faults", [{"do": "error", "code": code, "times": 1} | ({"http": http} if http else {})])
    answer = await client.send(NUMBER_ID, BODY)
    assert answer.kind == "error", answer
    return answer.http_status, answer.code


@pytest.mark.parametrize("deed", DEEDS)
async def test_what_izin_does(theatre: Theatre, deed: str) -> None:
    async with theatre.stage() as stage, Client(stage.address, access_token=TOKEN) as client:
        for code in DEEDS[deed]:
            http_status, heard = await said(stage, client, code)
            assert (http_status, heard) == (TABLE[code][0], code)
            verdict = classify(http_status, heard)
            assert verdict.kind == KINDS[deed], code
            assert verdict.row == STATES.get(deed, "rejected"), code
            assert verdict.pauses_if_repeated == (deed == "ours"), code
        assert (await client.send(NUMBER_ID, BODY)).kind == "accepted"


async def test_the_http_status_does_not_decide(theatre: Theatre) -> None:
    async with theatre.stage() as stage, Client(stage.address, access_token=TOKEN) as client:
        for http in (400, 429, 500, 503):
            assert classify(*await said(stage, client, 132015, http)).kind == "template_stop"


async def test_without_metas_json_the_message_is_uncertain(theatre: Theatre) -> None:
    async with theatre.stage() as stage, Client(stage.address, access_token=TOKEN) as client:
        for do in ("html500", "drop", "reset", "accept_no_answer"):
            await stage.control("faults", [{"do": do, "times": 1}])
            answer = await client.send(NUMBER_ID, BODY)
            assert answer.kind == "no_answer", (do, answer)
            assert classify(answer.http_status, answer.code) == NO_ANSWER
    async with Client(stage.address, access_token=TOKEN) as client:  # the simulator is gone
        assert (await client.send(NUMBER_ID, BODY)).kind == "not_sent"
        assert NOT_SENT.row == "waiting"
