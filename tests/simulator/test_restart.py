"""A simulator started on an existing log goes on where the last one stopped."""

import json

from .stage import AMINA, BALA, NUMBER_ID, PROMO, Theatre, promo_message, template_message, text_message


async def test_what_was_not_acknowledged_comes_again(theatre: Theatre) -> None:
    rules = {"reply_rules": [{"text": "BERHENTI"}]}
    async with theatre.stage(read_rate=0, people=rules) as stage:
        first = await stage.accepted(template_message(AMINA, token="a"))
        await stage.quiet()
        await stage.control("webhooks", {"paused": True})
        second = await stage.accepted(template_message(BALA, token="b"))
        said = (await stage.control("say", {"from": AMINA, "text": "Hai"}))["wamid"]
    async with theatre.stage(read_rate=0, people=rules) as stage:
        state = await stage.quiet()
        statuses = stage.listener.items("statuses")
        assert sorted((s["id"], s["status"], s["biz_opaque_callback_data"]) for s in statuses) == [
            (second, "delivered", "b"),
            (second, "sent", "b"),
        ]
        heard = {message["id"]: message["from"] for message in stage.listener.items("messages")}
        assert heard[said] == AMINA[1:]
        assert sorted(heard.values()) == [AMINA[1:], BALA[1:]]  # Amina's BERHENTI was acknowledged before
        assert (state["accepted"], state["replies"], state["statuses_acked"]) == (2, 3, 4)
        replies = [(r["from"], r["text"]) for r in stage.records("reply")]
        assert sorted(replies) == sorted([(AMINA, "BERHENTI"), (AMINA, "Hai"), (BALA, "BERHENTI")])
        assert first not in {s["id"] for s in statuses}
    async with theatre.stage(read_rate=0, people=rules) as stage:
        await stage.quiet()
        assert stage.listener.bodies == []


async def test_a_reply_that_was_not_made_yet_is_made_once(theatre: Theatre) -> None:
    slow = {"reply_rules": [{"text": "BERHENTI", "delay_ms": 3_600_000}]}
    async with theatre.stage(read_rate=0, people=slow) as stage:
        await stage.accepted(template_message())
        await stage.until(lambda state: bool(state["statuses_acked"] == 2))
        assert (await stage.call("POST", "/control/quiet", {"timeout_s": 0}))[0] == 504
    # The plan is in the log; what is left of the wait is cut short here as it would be by a clock.
    theatre.log.write_text(theatre.log.read_text().replace('"delay_ms":3600000', '"delay_ms":0'))
    async with theatre.stage(read_rate=0) as stage:
        await stage.quiet()
        assert [message["text"]["body"] for message in stage.listener.items("messages")] == ["BERHENTI"]
    async with theatre.stage(read_rate=0) as stage:
        await stage.quiet()
        assert len(stage.records("reply")) == 1


async def test_window_opt_out_and_template_outlive_a_restart(theatre: Theatre) -> None:
    account = "102290129340398"
    async with theatre.stage() as stage:
        await stage.control("say", {"from": AMINA, "text": "Hai"})
        await stage.control("say", {"from": BALA, "user_preferences": "stop"})
        new = {key: PROMO[key] for key in ("language", "category", "components")} | {"name": "promo_2"}
        await stage.call("POST", f"/v25.0/{account}/message_templates", new)
        await stage.quiet()
    async with theatre.stage() as stage:
        await stage.accepted(text_message(AMINA))
        message = promo_message(BALA)
        message["template"]["name"] = "promo_2"
        await stage.accepted(message)
        await stage.quiet()
        assert 131050 in [s["errors"][0]["code"] for s in stage.listener.items("statuses") if "errors" in s]


async def test_a_torn_last_line_is_cut_off(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        await stage.accepted(template_message())
        await stage.quiet()
    whole = theatre.log.read_bytes()
    theatre.log.write_bytes(whole + b'{"at":1.0,"event":"message","verd')
    async with theatre.stage() as stage:
        assert (await stage.state())["accepted"] == 1
        await stage.accepted(template_message(BALA))
        await stage.quiet()
        assert theatre.log.read_bytes().startswith(whole)
        assert all(json.loads(line) for line in theatre.log.read_text().splitlines())
        assert {record["phone_number_id"] for record in stage.records("message")} == {NUMBER_ID}
