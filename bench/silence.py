"""From the receipt of BERHENTI to the commit after which nothing more is decided for that person.

While a campaign runs at 1,000 messages a second; measured by PostgreSQL's own commit time, as the report of every
campaign does it.
"""

import hmac
import json
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.ground import APP_SECRET, ground, until
from bench.numbers import number, phone
from bench.people import fill
from bench.registry import Options, figure
from bench.sinking import sinking

NAME = "silence"
PER_SECOND = 1_000
WORDS = ("BERHENTI", "Stop", "tolong jangan hantar lagi")
PAUSE_S = 0.05


def measure(options: Options) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, ground() as place:
        place.house.run("worker")
        place.house.run_door()
        url = place.house.door_url + place.connect("https://127.0.0.1:1")
        with sinking(Path(folder), webhook=url, secret=APP_SECRET) as sink:
            place.trust = sink.authority
            place.connect(sink.url)
            people = int(PER_SECOND * (options.seconds + 4))
            fill(place, 0, people)
            campaign = place.start_campaign(0, PER_SECOND)
            place.dispatch()
            until(lambda: sink.ask("count")["messages"] > PER_SECOND, 60, what="it is under way")
            began, said = time.perf_counter(), 0
            while time.perf_counter() < began + options.seconds:
                say(url, number(0, people - 1 - said), WORDS[said % len(WORDS)])  # from the end: they still wait
                said += 1
                time.sleep(PAUSE_S)
            report = place.report(campaign)
            place.strike()
            place.cancel(campaign)
    if report.decided_after_withdrawal:
        raise RuntimeError("a message was decided after its person had said stop")
    return [
        figure("silence: p50", [report.silence_p50_ms], "ms", ceiling=250),
        figure("silence: p99", [report.silence_p99_ms], "ms", ceiling=250),
        figure("silence: people who said stop", [report.withdrawn_mid_campaign], "people", ceiling=said),
    ]


def say(url: str, who: str, text: str) -> None:
    """One text of a person, as WhatsApp's webhook brings it; returns when it was answered 200."""
    message = {
        "from": who.removeprefix("+"),
        "id": f"wamid.{time.time_ns()}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "60312345678", "phone_number_id": phone(0)},
        "contacts": [{"profile": {"name": "Orang"}, "wa_id": message["from"]}],
        "messages": [message],
    }
    entry = {"id": "102290129300001", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    signature = "sha256=" + hmac.digest(APP_SECRET.encode(), body, "sha256").hex()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", "X-Hub-Signature-256": signature})
    urllib.request.urlopen(request, timeout=30).close()
