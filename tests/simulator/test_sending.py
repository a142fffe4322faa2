"""Sending over HTTP: acceptance, refusals, limits, accidents, and what the log says of each."""

import asyncio

import aiohttp
import pytest

from .stage import (
    ACCOUNT_ID,
    AMINA,
    BALA,
    NUMBER_ID,
    Stage,
    Theatre,
    promo_message,
    template_message,
    text_message,
)


async def test_acceptance_is_answered_logged_and_followed_by_statuses(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=1) as stage:
        status, answer = await stage.send(template_message(token="c=1;r=2"))
        assert status == 200
        wamid = answer["messages"][0]["id"]
        assert answer == {
            "messaging_product": "whatsapp",
            "contacts": [{"input": AMINA, "wa_id": AMINA[1:]}],
            "messages": [{"id": wamid, "message_status": "accepted"}],
        }
        state = await stage.quiet()
        assert (state["accepted"], state["statuses_acked"], state["webhooks_pending"]) == (1, 3, 0)
        [record] = stage.records("message")
        assert record["verdict"] == "accepted"
        assert (record["to"], record["token"], record["wamid"]) == (AMINA, "c=1;r=2", wamid)
        assert (record["phone_number_id"], record["template"]) == (NUMBER_ID, "plain")
        statuses = stage.listener.items("statuses")
        assert {s["status"] for s in statuses} == {"sent", "delivered", "read"}
        for status_item in statuses:
            assert status_item.keys() == {
                "id",
                "status",
                "timestamp",
                "recipient_id",
                "recipient_user_id",
                "pricing",
                "biz_opaque_callback_data",
            }
            assert status_item["biz_opaque_callback_data"] == "c=1;r=2"
            assert status_item["pricing"]["category"] == "utility"
        for value in stage.listener.values():
            assert value["metadata"] == {"display_phone_number": "60312345678", "phone_number_id": NUMBER_ID}
            assert value["contacts"] == [{"wa_id": AMINA[1:], "user_id": statuses[0]["recipient_user_id"]}]
        acked = {record["status"] for record in stage.records("status_acked")}
        assert acked == {"sent", "delivered", "read"}


async def test_an_undeliverable_person_fails_later_without_contacts(theatre: Theatre) -> None:
    async with theatre.stage(undeliverable_rate=1) as stage:
        await stage.accepted(template_message())
        await stage.quiet()
        [status] = stage.listener.items("statuses")
        assert status["status"] == "failed"
        assert status["errors"][0]["code"] == 131026
        assert "recipient_user_id" not in status
        assert "contacts" not in stage.listener.values()[0]


async def test_the_door_wants_the_token_and_a_known_number(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        assert await stage.refused(template_message(), headers={}) == (401, 190)
        assert await stage.refused(template_message(), headers={"Authorization": "Bearer other"}) == (401, 190)
        assert await stage.refused(template_message(), number_id="1") == (400, 100)
        status, answer = await stage.call("POST", f"/v25.0/{NUMBER_ID}/messages", headers={})
        assert (status, answer["error"]["type"]) == (401, "OAuthException")
        assert "error_data" not in answer["error"]
        assert {record["verdict"] for record in stage.records()} == {"rejected"}
        assert stage.listener.bodies == []


async def test_errors_have_metas_body(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        status, answer = await stage.send(template_message(template={"name": "nobody", "language": {"code": "ms"}}))
        assert status == 404
        trace = answer["error"].pop("fbtrace_id")
        assert trace.startswith("A")
        assert answer["error"] == {
            "message": "(#132001) Template name does not exist in the translation",
            "type": "OAuthException",
            "code": 132001,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "template name (nobody) does not exist in ms",
            },
        }
        assert (await stage.call("GET", "/v25.0/a/b/c"))[0] == 404
        assert (await stage.state())["rejected_by_code"] == {"132001": 1}


async def test_text_only_after_the_person_wrote(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        assert await stage.refused(text_message()) == (400, 131047)
        await stage.control("say", {"from": AMINA, "text": "Berapa yuran?"})
        await stage.accepted(text_message(body="RM 80"))
        assert await stage.refused(text_message(BALA)) == (400, 131047)
        await stage.quiet()
        accepted = [record for record in stage.records("message") if record["verdict"] == "accepted"]
        assert [record["text"] for record in accepted] == ["RM 80"]
        assert stage.listener.items("statuses")[0]["pricing"]["type"] == "free_customer_service"


async def test_throughput_is_counted_at_the_number_inbound_included(theatre: Theatre) -> None:
    number = {"id": NUMBER_ID, "messages_per_second": 0.001, "burst": 3}
    async with theatre.stage(phone_numbers=[number]) as stage:
        await stage.accepted(template_message(AMINA))
        await stage.control("say", {"from": AMINA, "text": "hai"})
        await stage.accepted(template_message(BALA))
        status, answer = await stage.send(template_message(BALA))
        assert status == 400
        assert answer["error"]["code"] == 130429
        assert answer["error"]["error_data"]["details"] == "Cloud API message throughput has been reached."
        # A message that is wrong in itself is told so, and takes no room.
        assert await stage.refused(template_message(to="12")) == (400, 131009)


async def test_pair_limit(theatre: Theatre) -> None:
    async with theatre.stage(phone_numbers=[{"id": NUMBER_ID, "messages_per_second": 1000}]) as stage:
        answers = await asyncio.gather(*(stage.send(template_message()) for _ in range(46)))
        codes = sorted(answer["error"]["code"] if status != 200 else 0 for status, answer in answers)
        assert codes == [0] * 45 + [131056]
        await stage.accepted(template_message(BALA))


async def gets_no_answer(stage: Stage) -> None:
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await stage.send(template_message())


async def test_accidents(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        await stage.control("faults", [{"match": "all", "do": deed, "times": 1} for deed in ("drop", "reset")])
        await gets_no_answer(stage)
        await gets_no_answer(stage)
        await stage.quiet()
        assert stage.listener.bodies == []
        await stage.control("faults", [{"match": {"to": AMINA}, "do": "accept_no_answer", "times": 1}])
        await stage.accepted(template_message(BALA))
        await gets_no_answer(stage)
        await stage.accepted(template_message())
        await stage.quiet()
        assert [record["verdict"] for record in stage.records("message")] == [
            "dropped",
            "dropped",
            "accepted",
            "answer_lost",
            "accepted",
        ]
        delivered = [s["id"] for s in stage.listener.items("statuses") if s["status"] == "delivered"]
        followed = [r["wamid"] for r in stage.records("message") if r["verdict"] != "dropped"]
        assert sorted(delivered) == sorted(followed)


async def test_errors_by_plan(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        plan = [
            {"match": "all", "do": "error", "code": 130429, "times": 1},
            {"match": "all", "do": "error", "code": 131016, "times": 1},
            {"match": "all", "do": "error", "code": 999, "http": 429, "times": 1},
            {"match": "all", "do": "error", "http": "delay", "ms": 1, "times": 1},
        ]
        await stage.control("faults", plan)
        assert await stage.refused(template_message()) == (400, 130429)
        assert await stage.refused(template_message()) == (500, 131016)
        assert await stage.refused(template_message()) == (429, 999)
        await stage.accepted(template_message())
        await stage.control("faults", [{"do": "html500"}])
        with pytest.raises(aiohttp.ContentTypeError):
            await stage.send(template_message())
        await stage.control("faults", [])
        await stage.accepted(template_message())
        state = await stage.quiet()
        assert (state["accepted"], state["rejected"], state["faults_struck"]) == (2, 4, [])


async def test_marketing_to_a_person_who_stopped_it_fails_later(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        await stage.control("say", {"from": AMINA, "user_preferences": "stop"})
        await stage.accepted(promo_message())
        await stage.quiet()
        assert [s["errors"][0]["code"] for s in stage.listener.items("statuses")] == [131050]
        await stage.control("say", {"from": AMINA, "user_preferences": "resume"})
        await stage.accepted(promo_message())
        await stage.accepted(template_message())
        await stage.quiet()
        assert [s["status"] for s in stage.listener.items("statuses")].count("delivered") == 2
        [stop, _resume] = stage.listener.items("user_preferences")
        assert isinstance(stop.pop("timestamp"), int)
        assert stop.pop("user_id").startswith("MY.")
        assert stop == {
            "wa_id": AMINA[1:],
            "detail": "User requested to stop marketing messages",
            "category": "marketing_messages",
            "value": "stop",
        }


async def test_fields_of_number_and_account(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        _, number = await stage.call("GET", f"/v25.0/{NUMBER_ID}")
        assert (number["id"], number["quality_rating"]) == (NUMBER_ID, "GREEN")
        assert number["throughput"] == {"level": "STANDARD"}
        _, narrow = await stage.call("GET", f"/v25.0/{NUMBER_ID}?fields=status")
        assert narrow == {"status": "CONNECTED", "id": NUMBER_ID}
        _, numbers = await stage.call("GET", f"/v25.0/{ACCOUNT_ID}/phone_numbers")
        assert [n["id"] for n in numbers["data"]] == [NUMBER_ID]
        assert (await stage.call("GET", f"/v25.0/{ACCOUNT_ID}/phone_numbers", headers={}))[0] == 401
        assert (await stage.call("GET", "/v25.0/1/phone_numbers"))[0] == 400
