"""People: user ids, usernames, new numbers, blocks, voice notes, choices; and personas by share."""

import base64
from collections import Counter
from typing import Any

from .stage import AMINA, AUTHORIZATION, BALA, CHONG, NUMBER_ID, Theatre, promo_message, template_message, text_message

FAST = [{"id": NUMBER_ID, "messages_per_second": 1000}]
DAY_S = 86_400


async def test_a_message_to_a_user_id(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        await stage.control("say", {"from": AMINA, "text": "hai", "username": "amina.7"})
        await stage.quiet()
        [value] = stage.listener.values()
        user = value["messages"][0]["from_user_id"]
        assert "from" not in value["messages"][0]  # no number: the business never wrote to it
        assert value["contacts"] == [{"user_id": user, "profile": {"name": "Hafiz", "username": "amina.7"}}]
        message = template_message()
        del message["to"]
        status, answer = await stage.send(message | {"recipient": user})
        assert status == 200
        assert answer["contacts"] == [{"input": user, "user_id": user}]
        await stage.quiet()
        for item in stage.listener.items("statuses"):
            assert item["recipient_user_id"] == user
            assert "recipient_id" not in item
        contacts = [contact for v in stage.listener.values() if "statuses" in v for contact in v["contacts"]]
        assert {"user_id": user} in contacts  # sent
        assert {"user_id": user, "profile": {"username": "amina.7"}} in contacts  # delivered
        [record] = stage.records("message")
        assert (record["to"], record["recipient"]) == (AMINA, user)
        assert await stage.refused(message | {"recipient": "Amina"}) == (400, 131009)
        assert await stage.refused(message | {"recipient": "MY.1"}) == (400, 131026)
        assert await stage.refused(message) == (400, 100)
        await stage.accepted(template_message(BALA) | {"recipient": user})  # `to` wins
        assert [r["to"] for r in stage.records("message") if r["verdict"] == "accepted"] == [AMINA, BALA]


async def test_who_was_written_to_by_number_shows_it(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=1) as stage:
        await stage.accepted(template_message())
        await stage.control("say", {"from": AMINA, "text": "hai", "username": "amina.7"})
        await stage.quiet()
        [message] = stage.listener.items("messages")
        assert message["from"] == AMINA[1:]
        await stage.control("say", {"from": BALA, "user_preferences": "stop", "username": "bala"})
        await stage.quiet()
        [preference] = stage.listener.items("user_preferences")
        assert "wa_id" not in preference
        assert preference["user_id"].startswith("MY.")


async def test_without_contact_book_the_number_is_forgotten_after_thirty_days(theatre: Theatre) -> None:
    async with theatre.stage(people={"contact_book": False}, read_rate=0) as stage:
        await stage.accepted(template_message())
        await stage.control("clock", {"advance_s": 31 * DAY_S})
        await stage.control("say", {"from": AMINA, "text": "hai", "username": "amina.7"})
        await stage.quiet()
        assert "from" not in stage.listener.items("messages")[0]


async def test_a_new_number(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        await stage.control("say", {"from": AMINA, "user_preferences": "stop"})
        assert await stage.control("say", {"from": AMINA, "moves_to": CHONG}) == {"moved_to": CHONG}
        await stage.quiet()
        [value] = [v for v in stage.listener.values() if "messages" in v]
        [message] = value["messages"]
        assert "contacts" not in value
        assert message["type"] == "system"
        assert message["from"] == AMINA[1:]
        system = message["system"]
        assert system["type"] == "user_changed_number"
        assert system["wa_id"] == CHONG[1:]
        assert system["body"].endswith(f"changed from {AMINA[1:]} to {CHONG[1:]}")
        assert system["user_id"] != system["previous_user_id"] == message["from_user_id"]
        await stage.accepted(template_message(AMINA))
        await stage.accepted(promo_message(CHONG))  # the refusal of marketing went along
        await stage.quiet()
        assert [s["errors"][0]["code"] for s in stage.listener.items("statuses")] == [131026, 131050]
        assert (await stage.state())["replies"] == 1


async def test_a_person_behind_a_username_changes_number(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.control("say", {"from": AMINA, "text": "hai", "username": "amina.7"})
        await stage.control("say", {"from": AMINA, "moves_to": CHONG})
        await stage.quiet()
        system = stage.listener.items("messages")[-1]
        assert "from" not in system
        assert system["system"]["type"] == "user_changed_user_id"
        assert CHONG[1:] not in str(system)


async def test_a_block_lets_messages_stay_at_sent(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        assert await stage.control("say", {"from": AMINA, "block": True}) == {"blocked": True}
        await stage.accepted(template_message())
        await stage.quiet()
        assert [s["status"] for s in stage.listener.items("statuses")] == ["sent"]
        await stage.control("say", {"from": AMINA, "block": False})
        await stage.accepted(template_message())
        await stage.quiet()
        assert "delivered" in {s["status"] for s in stage.listener.items("statuses")}


async def test_a_voice_note_can_be_fetched(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.control("say", {"from": AMINA, "voice": True})
        await stage.quiet()
        [message] = stage.listener.items("messages")
        assert message["type"] == "audio"
        audio = message["audio"]
        assert audio["voice"] is True
        assert audio["mime_type"] == "audio/ogg; codecs=opus"
        _, described = await stage.call("GET", f"/v25.0/{audio['id']}")
        assert base64.b64decode(audio["sha256"]).hex() == described["sha256"]
        async with stage.session.get(described["url"], headers=AUTHORIZATION) as got:
            assert (await got.read()).startswith(b"OggS")
        await stage.accepted(text_message())  # it opened the window


async def test_choices_reactions_and_receipts(theatre: Theatre) -> None:
    reply = {"type": "reply", "reply": {"id": "yes", "title": "Ya"}}
    buttons = {"type": "button", "body": {"text": "Datang?"}, "action": {"buttons": [reply]}}
    message = {"messaging_product": "whatsapp", "to": AMINA, "type": "interactive", "interactive": buttons}
    async with theatre.stage(read_rate=0) as stage:
        assert await stage.refused(message) == (400, 131047)
        said = await stage.control("say", {"from": AMINA, "text": "hai"})
        wamid = await stage.accepted(message)
        chosen = {"type": "button_reply", "id": "yes", "title": "Ya"}
        await stage.control("say", {"from": AMINA, "interactive": chosen})
        await stage.control("say", {"from": AMINA, "reaction": "👍"})
        await stage.quiet()
        heard = {m["type"]: m for m in stage.listener.items("messages")}
        assert heard["interactive"]["interactive"] == {
            "type": "button_reply",
            "button_reply": {"id": "yes", "title": "Ya"},
        }
        assert heard["interactive"]["context"]["id"] == wamid
        assert heard["reaction"]["reaction"] == {"message_id": wamid, "emoji": "👍"}
        receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": said["wamid"]}
        assert await stage.send(receipt | {"typing_indicator": {"type": "text"}}) == (200, {"success": True})
        assert await stage.refused(receipt | {"message_id": wamid}) == (400, 131009)
        assert await stage.refused(receipt | {"message_id": ""}) == (400, 131008)
        assert await stage.refused(receipt | {"status": "delivered"}) == (400, 100)
        assert await stage.refused(receipt | {"to": AMINA}) == (400, 100)
        assert len(stage.records("read_receipt")) == 1


SHARES: dict[str, Any] = {
    "reply_share": 0.3,
    "stop_share": 0.2,
    "stop_button_share": 0.2,
    "stop_marketing_share": 0.1,
    "block_share": 0.1,
    "change_number_share": 0.1,
    "voice_note_share": 0.1,
    "react_share": 0.1,
    "hide_number_share": 0.3,
    "reply_delay_ms": 0,
}
UNSHAKEN = {"yellow": 1.0, "red": 1.0}  # a tenth of the people block: else the template would be paused half way


async def test_personas_by_share_and_seed(theatre: Theatre) -> None:
    people = [f"+6012345{n:04d}" for n in range(150)]
    runs = []
    for _ in range(2):
        async with theatre.stage(seed=3, phone_numbers=FAST, people=SHARES, quality=UNSHAKEN) as stage:
            for person in people:
                await stage.accepted(promo_message(person))
            state = await stage.quiet()
            assert state["replies"] == state["replies_acked"]
            deeds = [r for r in stage.records() if r["event"] in ("reply", "blocked", "moved")]
            kinds = ("text", "button_text", "user_preferences", "voice", "reaction")
            runs.append({(r["event"], r["from"], *(str(r.get(kind)) for kind in kinds)) for r in deeds})
            count = Counter(r["event"] for r in deeds)
            assert 5 <= count["blocked"] <= 30
            assert 5 <= count["moved"] <= 30
            texts = {r["text"] for r in deeds if "text" in r}
            assert len(texts) > 10  # words in several languages
            assert {r["button_text"] for r in deeds if "button_text" in r} == {"Berhenti"}
            profiles = [c["profile"] for v in stage.listener.values() for c in v.get("contacts", []) if "profile" in c]
            assert any("username" in profile for profile in profiles)
        theatre.log.unlink()
    assert runs[0] == runs[1]
