"""Webhooks reach the listener until it answers 200; people write back."""

import json

from .stage import AMINA, BALA, CHONG, NUMBER_ID, Theatre, promo_message, template_message

FAST = [{"id": NUMBER_ID, "messages_per_second": 1000}]


async def test_retried_until_answered_200(theatre: Theatre) -> None:
    async with theatre.stage(listener_status=503, read_rate=0) as stage:
        await stage.accepted(template_message())
        await stage.until(lambda state: state["webhooks_refused"] >= 4)
        status, answer = await stage.call("POST", "/control/quiet", {"timeout_s": 0})
        assert (status, answer["quiet"], answer["webhooks_pending"]) == (504, False, 2)
        stage.listener.status = 204  # Meta counts only 200 as received
        await stage.until(lambda state: state["webhooks_refused"] > answer["webhooks_refused"] + 4)
        assert stage.records("status_acked") == []
        stage.listener.status = 200
        state = await stage.quiet()
        assert state["statuses_acked"] == 2
        assert sorted(s["status"] for s in stage.listener.items("statuses")) == ["delivered", "sent"]


async def test_held_back_then_sent_in_batches(theatre: Theatre) -> None:
    async with theatre.stage(phone_numbers=FAST, read_rate=0, webhook_batch_max=7) as stage:
        await stage.control("webhooks", {"paused": True})
        for n in range(20):
            await stage.accepted(template_message(f"+6012345{n:04d}"))
        assert stage.listener.bodies == []
        assert (await stage.state())["webhooks_pending"] == 40
        await stage.control("webhooks", {"paused": False})
        await stage.quiet()
        counts = [
            sum(len(change["value"]["statuses"]) for entry in json.loads(body)["entry"] for change in entry["changes"])
            for body in stage.listener.bodies
        ]
        assert sum(counts) == 40
        assert max(counts) == 7
        changes = {len(json.loads(body)["entry"][0]["changes"]) for body in stage.listener.bodies}
        assert {1, 7} <= changes  # some batches in one change, some in one for each


async def test_duplicates_and_another_order(theatre: Theatre) -> None:
    async with theatre.stage(phone_numbers=FAST, read_rate=0, webhook_batch_max=1, webhook_concurrency=1) as stage:
        settings = await stage.control("webhooks", {"paused": True, "duplicate": 2, "shuffle": True})
        assert settings == {"paused": True, "duplicate": 2, "shuffle": True}
        sent = [await stage.accepted(template_message(f"+6012345{n:04d}")) for n in range(10)]
        await stage.control("webhooks", {"paused": False})
        state = await stage.quiet()
        assert (state["statuses_acked"], state["webhooks_sent"]) == (20, 60)
        delivered = [s["id"] for s in stage.listener.items("statuses") if s["status"] == "delivered"]
        assert len(delivered) == 30
        assert sorted(set(delivered)) == sorted(sent)
        assert list(dict.fromkeys(delivered)) != sent


async def test_a_person_writes_in(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        said = await stage.control(
            "say", {"from": AMINA, "to_phone_number_id": NUMBER_ID, "text": "BERHENTI 🙏", "name": "Amina"}
        )
        await stage.quiet()
        [value] = stage.listener.values()
        [message] = value["messages"]
        user = message["from_user_id"]
        assert message == {
            "id": said["wamid"],
            "from": AMINA[1:],
            "from_user_id": user,
            "timestamp": message["timestamp"],
            "type": "text",
            "text": {"body": "BERHENTI 🙏"},
        }
        assert value["contacts"] == [{"wa_id": AMINA[1:], "user_id": user, "profile": {"name": "Amina"}}]
        assert b"BERHENTI \\ud83d\\ude4f" in stage.listener.bodies[0]
        [spoken, acked] = stage.records()
        assert (spoken["event"], spoken["from"], spoken["text"]) == ("reply", AMINA, "BERHENTI 🙏")
        assert (acked["event"], acked["wamid"]) == ("reply_acked", said["wamid"])
        assert acked["at"] >= spoken["at"]


async def test_a_person_presses_a_button(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        wamid = await stage.accepted(promo_message())
        await stage.accepted(promo_message(BALA))
        await stage.control("say", {"from": AMINA, "button_payload": "optout:1", "button_text": "Berhenti"})
        await stage.control("say", {"from": BALA, "button_text": "Berhenti"})
        await stage.quiet()
        by_person = {message["from"]: message for message in stage.listener.items("messages")}
        assert by_person[AMINA[1:]]["context"] == {"from": "60312345678", "id": wamid}
        assert by_person[AMINA[1:]]["button"] == {"payload": "optout:1", "text": "Berhenti"}
        assert by_person[BALA[1:]]["button"] == {"payload": "Berhenti", "text": "Berhenti"}


async def test_words_that_cannot_be_understood(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        for wrong in (
            {},
            {"from": AMINA},
            {"from": "Ali", "text": "a"},
            {"from": AMINA, "text": "a", "button_text": "b"},
            {"from": AMINA, "text": "a", "to_phone_number_id": "1"},
            {"from": AMINA, "text": "a", "colour": "red"},
        ):
            status, answer = await stage.call("POST", "/control/say", wrong)
            assert status == 400, wrong
            assert answer["error"]
        assert (await stage.call("POST", "/control/faults", [{"do": "explode"}]))[0] == 400
        assert stage.records() == []


async def test_people_reply_by_rule_each_once(theatre: Theatre) -> None:
    rules = [{"after": "delivered", "one_in": 3, "text": "BERHENTI"}]
    people = [f"+6012345{n:04d}" for n in range(60)]
    async with theatre.stage(seed=5, phone_numbers=FAST, people={"reply_rules": rules}) as stage:
        for person in people + people:
            await stage.accepted(template_message(person))
        state = await stage.quiet()
        first = sorted(record["from"] for record in stage.records("reply"))
        assert len(set(first)) == len(first) == state["replies"] == state["replies_acked"]
        assert 8 <= len(first) <= 35
        heard = sorted("+" + message["from"] for message in stage.listener.items("messages"))
        assert heard == first
    theatre.log.unlink()
    async with theatre.stage(seed=5, phone_numbers=FAST, people={"reply_rules": rules}) as stage:
        for person in reversed(people):
            await stage.accepted(template_message(person))
        await stage.quiet()
        assert sorted(record["from"] for record in stage.records("reply")) == first


async def test_a_rule_fires_so_often_and_no_more(theatre: Theatre) -> None:
    rules = [
        {"after": "sent", "text": "STOP", "repeat_max": 2},
        {"after": "delivered", "button_text": "Berhenti", "repeat_max": 1, "delay_ms": 1},
        {"after": "read", "user_preferences": "stop"},
    ]
    async with theatre.stage(read_rate=0, people={"reply_rules": rules}) as stage:
        for person in (AMINA, BALA, CHONG):
            await stage.accepted(promo_message(person))
        await stage.quiet()
        replies = stage.records("reply")
        assert [(r["from"], r["text"]) for r in replies if "text" in r] == [(AMINA, "STOP"), (BALA, "STOP")]
        assert [r["from"] for r in replies if "button_text" in r] == [AMINA]
        assert len(replies) == 3
