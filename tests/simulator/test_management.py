"""Templates and the webhook subscription."""

from .stage import ACCOUNT_ID, PROMO, Stage, Theatre, listening, promo_message, template_message

TEMPLATES = f"/v25.0/{ACCOUNT_ID}/message_templates"
APPS = f"/v25.0/{ACCOUNT_ID}/subscribed_apps"
NEW = {"name": "promo_2", "language": "ms", "category": "MARKETING", "components": PROMO["components"]}


async def test_listing_pages_filters_and_fields(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        _, whole = await stage.call("GET", TEMPLATES)
        assert [t["name"] for t in whole["data"]] == ["promo", "plain"]
        assert [t["parameter_format"] for t in whole["data"]] == ["NAMED", "POSITIONAL"]
        assert "next" not in whole["paging"]
        assert whole["data"][0].keys() == {
            "name",
            "parameter_format",
            "components",
            "language",
            "status",
            "category",
            "id",
        }
        _, one = await stage.call("GET", TEMPLATES + "?limit=1&fields=name,quality_score")
        [score] = [data.pop("quality_score") for data in one["data"]]
        assert one["data"] == [{"name": "promo", "id": whole["data"][0]["id"]}]
        assert score["score"] == "UNKNOWN" and score["date"] > 0
        following = one["paging"]["next"].removeprefix(stage.address)
        _, two = await stage.call("GET", following)
        assert [t["name"] for t in two["data"]] == ["plain"]
        _, utility = await stage.call("GET", TEMPLATES + "?category=UTILITY")
        assert [t["name"] for t in utility["data"]] == ["plain"]
        status, answer = await stage.call("GET", TEMPLATES + "?after=zzzz")
        assert (status, answer["error"]["code"]) == (400, 131059)


async def test_a_new_template_is_reviewed_and_told(theatre: Theatre) -> None:
    async with theatre.stage(read_rate=0) as stage:
        status, answer = await stage.call("POST", TEMPLATES, NEW)
        assert (status, answer["status"], answer["category"]) == (200, "PENDING", "MARKETING")
        await stage.quiet()
        [value] = stage.listener.values()
        assert value == {
            "event": "APPROVED",
            "message_template_id": int(answer["id"]),
            "message_template_name": "promo_2",
            "message_template_language": "ms",
            "reason": "NONE",
            "message_template_category": "MARKETING",
        }
        message = promo_message()
        message["template"]["name"] = "promo_2"
        await stage.accepted(message)
        status, answer = await stage.call("POST", TEMPLATES, NEW)
        assert (status, answer["error"]["error_subcode"]) == (400, 2388024)


async def test_a_template_may_stay_pending_or_be_rejected(theatre: Theatre) -> None:
    message = promo_message()
    message["template"]["name"] = "promo_2"
    async with theatre.stage(template_review="PENDING") as stage:
        await stage.call("POST", TEMPLATES, NEW)
        await stage.quiet()
        assert await stage.refused(message) == (404, 132001)
    async with theatre.stage(template_review="REJECTED") as stage:  # the review is still owed
        await stage.quiet()
        assert [value["event"] for value in stage.listener.values()] == ["REJECTED"]
        _, found = await stage.call("GET", TEMPLATES + "?status=REJECTED&fields=name,rejected_reason")
        assert found["data"][0]["rejected_reason"] == "INVALID_FORMAT"


async def test_callback_is_taken_over_only_after_the_handshake(theatre: Theatre) -> None:
    async with listening() as (other, url):
        async with theatre.stage(read_rate=0) as stage:
            assert (await stage.call("POST", APPS))[1] == {"success": True}
            other.verify_token = "right"
            wrong = {"override_callback_uri": url, "verify_token": "wrong"}
            status, answer = await stage.call("POST", APPS, wrong)
            assert (status, answer["error"]["code"]) == (400, 2200)
            assert "override_callback_uri" not in (await stage.call("GET", APPS))[1]["data"][0]
            assert (await stage.call("POST", APPS, wrong | {"verify_token": "right"}))[1] == {"success": True}
            assert len(other.challenges) == 1
            assert (await stage.call("GET", APPS))[1]["data"][0]["override_callback_uri"] == url
            await stage.accepted(template_message())
            await stage.quiet()
            assert stage.listener.bodies == []
            assert len(other.items("statuses")) == 2
        async with theatre.stage(read_rate=0) as stage:
            await stage.accepted(template_message())
            await stage.quiet()
            assert len(other.items("statuses")) == 4


async def test_without_a_callback_nothing_is_told(theatre: Theatre) -> None:
    async with theatre.stage(webhook_url=None) as stage:
        assert (await stage.call("GET", APPS))[1] == {"data": []}
        await stage.accepted(template_message())
        assert (await stage.quiet())["webhooks_pending"] == 0


async def test_a_pause_ends_however_fast_the_clock_runs(theatre: Theatre) -> None:
    async with theatre.stage(seconds_per_day=2.0) as stage:
        paused = {"name": "promo", "language": "ms", "status": "PAUSED"}
        for times in (1, 2):
            await stage.control("template", paused)
            await stage.until(lambda _, times=times: _statuses(stage) == ["PAUSED", "APPROVED"] * times)


async def test_a_pause_by_pacing_outlives_a_restart(theatre: Theatre) -> None:
    pacing = {"hold_after": 0, "verdict": "drop"}
    async with theatre.stage(pacing=pacing) as stage:
        await stage.accepted(promo_message())
        await stage.control("template", {"name": "promo", "language": "ms", "pacing": "drop"})
        assert _statuses(stage) == ["PAUSED"]
    async with theatre.stage(pacing=pacing) as stage:
        await stage.control("clock", {"advance_s": 100_000})
        await stage.quiet()
        assert _statuses(stage) == ["PAUSED"]


def _statuses(stage: Stage) -> list[str]:
    changes = [record["changes"] for record in stage.records("template_changed")]
    return [change["status"] for change in changes if "status" in change]
