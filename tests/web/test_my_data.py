"""The portal: a code from the own WhatsApp opens it, for an hour, and everything there takes effect at once."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "my-data.schema.json"
pytestmark = pytest.mark.usefixtures("database")
NUMBER, STRANGER = "+60123456781", "+60199887766"


@pytest.fixture
def portal(two, browse):
    """A, a visitor without account or cookie, and the page's address."""
    ours, _ = two
    client = browse()
    client.cookies.clear()
    return ours, client, f"/{ours.slug}/my-data"


def send(house, number: str, text: str) -> None:
    """The person writes by WhatsApp, and the worker deals with it."""
    from izin.inbound.drain import drain
    from izin.inbound.models import Delivery
    from izin.lib.clock import now
    from izin.lib.keyring import associated, seal
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope
    from izin.whatsapp.models import SenderNumber

    with scope(house.organisation.id):
        sender = SenderNumber.objects.select_related("account").get()
        said = {"from": number[1:], "id": f"wamid.{uuid4().hex}", "timestamp": str(int(now().timestamp()))}
        said |= {"type": "text", "text": {"body": text}}
        value = {"metadata": {"phone_number_id": sender.phone_number_id}, "messages": [said]}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", **value}}
        body = {"object": "whatsapp_business_account", "entry": [{"id": sender.account.waba_id, "changes": [change]}]}
        delivery = Delivery(account=sender.account, received_at=now())
        place = associated(house.organisation.id, "inbound_delivery", "body_sealed", delivery.id)
        delivery.body_sealed = seal(keys().inbox, json.dumps(body), place)
        delivery.save(force_insert=True)
    assert drain(house.organisation.id) == 1


def prove(house, client, url: str, number: str) -> str:
    """Get a code, send it from the number, and go on: the address of the open page."""
    shown = client.post(url).content.decode()
    code = re.search(r"MY DATA [A-Z2-9]{8}", shown).group()
    note = re.search(r'name="shown" value="([^"]+)"', shown).group(1)
    waiting = client.post(url, {"shown": note})
    assert waiting.status_code == 200 and "has not come yet" in waiting.content.decode()
    send(house, number, code.lower())
    opened = client.post(url, {"shown": note})
    assert opened.status_code == 302
    again = client.post(url, {"shown": note})
    assert again.status_code == 200, "a code opens once"
    return str(opened.headers["Location"])


def test_one_life_see_correct_take_along_and_erase(portal):
    from izin.contacts import book
    from izin.organisations.scope import scope
    from izin.rights import erasure
    from izin.rights.models import SubjectRequest

    ours, client, url = portal
    page = prove(ours, client, url, NUMBER)
    held = client.get(page)
    html = held.content.decode()
    assert ours.person in html and NUMBER in html and "Hari terbuka" in html
    assert held.headers["Referrer-Policy"] == "no-referrer" and "no-store" in held.headers["Cache-Control"]

    blank = client.post(page, {"do": "name", "name": " \u200b \u200d "})
    assert blank.status_code == 200 and "Nothing was changed" in blank.content.decode()
    assert "Nama Betul" in client.post(page, {"do": "name", "name": " Nama Betul "}).content.decode()
    taken = json.loads(client.get(f"{page}/my-data.json").content)
    assert taken["person"]["name"] == "Nama Betul"
    assert taken["acts"][0]["details"]["source"] == "Hari terbuka" and taken["acts"][0]["shown"]["statement"]
    assert taken["standings"][0]["state"] == "granted"

    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(taken)
    paper = client.get(f"{page}/my-data.pdf")
    assert paper.headers["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-")
    assert paper.headers["Referrer-Policy"] == "no-referrer" and "no-store" in paper.headers["Cache-Control"]
    assert client.post(page, {"do": "object"}).status_code == 200
    assert "What stays, and why" in client.post(page, {"do": "erase"}).content.decode()
    with scope(ours.organisation.id):
        assert book.find("phone", NUMBER) is not None, "asking what it means erases nothing"
    done = client.post(page, {"do": "erase_now"}).content.decode()
    reference = re.search(r"<code>([0-9a-f-]{36})</code>", done).group(1)
    assert client.get(page).status_code == 404
    with scope(ours.organisation.id):
        assert book.find("phone", NUMBER) is None
        assert erasure.verify() == []
        assert str(erasure.certificate(SubjectRequest.objects.get(kind="erase").subject_ref).reference) == reference
        rows = list(
            SubjectRequest.objects.filter(channel="page").values_list(
                "kind", "state", "identity", "contact_id", "asked_sealed"
            )
        )
    kinds = ("access", "correct", "erase", "object")
    assert sorted(rows) == [(kind, "answered", "number", None, None) for kind in kinds]


def test_known_and_unknown_numbers_see_the_same_until_they_have_proven_it(portal):
    from izin.organisations.scope import scope
    from izin.rights.models import SubjectRequest

    ours, client, url = portal
    page = prove(ours, client, url, STRANGER)
    html = client.get(page).content.decode()
    assert "not in our book" in html and ours.person not in html
    assert client.get(f"{page}/my-data.json").status_code == 404
    assert "Your data are erased" in client.post(page, {"do": "erase_now"}).content.decode()
    with scope(ours.organisation.id):
        assert not SubjectRequest.objects.filter(channel="page").exists()


def test_nobody_gets_in_by_a_guess_or_with_somebody_elses_page(portal, two):
    ours, client, url = portal
    _, theirs = two
    page = prove(ours, client, url, NUMBER)
    token = page.rpartition("/")[2]
    assert client.get(f"/{theirs.slug}/my-data/{token}").status_code == 404
    assert client.get(f"/{ours.slug}/my-data/{token[:-2]}xx").status_code == 404
    send(ours, NUMBER, "MY DATA ABCDEFGH")
    assert client.post(url, {"shown": "ABCDEFGH"}).status_code == 200
    assert client.post(page, {"do": "anything"}).status_code == 200


def test_the_page_names_who_was_given_the_data_and_restricts_at_once(portal):
    from izin.accountability import sharing
    from izin.consent.models import Standing
    from izin.organisations.scope import scope
    from izin.rights.models import SubjectRequest
    from izin.rights.readable import readable

    ours, client, url = portal
    with scope(ours.organisation.id):
        sharing.export(ours.objects["recipient"], reason="Surat", made_by=ours.members["officer"].id)
    page = prove(ours, client, url, NUMBER)
    html = client.get(page).content.decode()
    assert f"Cetak {ours.name}" in html and "Given your number and name on" in html and "/receipt/" in html
    held = json.loads(client.get(f"{page}/my-data.json?lang=ms").content)
    assert [len(one["given"]) for one in held["recipients"]] == [0, 1]
    with scope(ours.organisation.id):
        document = readable(held, "ms")
    assert document.title == "Data anda" and "mencetak surat kami" in repr(document.blocks)
    for _ in range(2):
        assert "Nothing more is sent to you" in client.post(page, {"do": "restrict"}).content.decode()
    with scope(ours.organisation.id):
        assert Standing.objects.get().standing == "held"
        assert SubjectRequest.objects.get(kind="restrict").state == "open", "an officer looks at it"


@pytest.mark.parametrize(("name", "heading"), [("data-saya", "Data anda"), ("my-data", "Your data")])
def test_the_page_speaks_both_languages_and_is_linked(portal, name, heading):
    ours, client, _url = portal
    assert f"<h1>{heading}</h1>" in client.get(f"/{ours.slug}/{name}").content.decode()
    assert "/data-saya" in client.get(f"/{ours.slug}/?lang=ms").content.decode()


def test_the_secret_address_is_in_no_log(portal, logged):
    from izin.consent.addresses import hide_links

    assert hide_links("GET /akademi/my-data/eyJvI:1x:abc/my-data.json") == "GET /akademi/my-data/•••/my-data.json"
