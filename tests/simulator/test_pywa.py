"""A client library that others use, against the simulator as it would be against Meta (decision 0016).

pywa has no setting for another host. Its HTTP session is given a transport that sends ``graph.facebook.com`` here, as a
proxy would; nothing else is special, neither in pywa nor in the simulator.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pywa import WhatsApp, types
from pywa.errors import WhatsAppError
from pywa.types.templates import (
    BodyText,
    Buttons,
    FooterText,
    ParamFormat,
    QuickReplyButton,
    Template,
    TemplateCategory,
    TemplateLanguage,
    URLButton,
)

from .stage import ACCOUNT_ID, AMINA, NUMBER_ID, SECRET, Playing, Theatre

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
TOKEN = "simulator-access-token"


class Here(httpx.HTTPTransport):
    """Takes every request to Meta's host to the simulator."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = httpx.URL(address)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(
            scheme=self._address.scheme, host=self._address.host, port=self._address.port
        )
        return super().handle_request(request)


@pytest.fixture
def playing(theatre: Theatre) -> Iterator[Playing]:
    with Playing(theatre, template_review="APPROVED") as playing:
        yield playing


@pytest.fixture
def whatsapp(playing: Playing) -> WhatsApp:
    return WhatsApp(
        NUMBER_ID,
        TOKEN,
        session=httpx.Client(transport=Here(playing.stage.address)),
        waba_id=ACCOUNT_ID,
        server=None,
        verify_token="verify",
        app_secret=SECRET,
        api_version="23.0",
    )


def test_a_template_by_both_endpoints(whatsapp: WhatsApp, playing: Playing) -> None:
    order = [BodyText.params("77", "Friday")]
    sent = whatsapp.send_template(AMINA, "plain", TemplateLanguage.ENGLISH_US, order, tracker="t-1")
    assert sent.id.startswith("wamid.")
    promo = [BodyText.params(name="Ali"), URLButton.params(url_variable="r/1", index=0)]
    promo.append(QuickReplyButton.params(callback_data="optout:t-2", index=1))
    marketed = whatsapp.send_template(AMINA, "promo", TemplateLanguage.MALAY, promo, use_mm_lite_api=True)
    assert marketed.id != sent.id
    playing.wait(playing.stage.quiet())
    tokens = [record.get("token") for record in playing.stage.records("message")]
    assert tokens == ["t-1", None]


def test_a_text_only_after_the_person_wrote(whatsapp: WhatsApp, playing: Playing) -> None:
    with pytest.raises(WhatsAppError) as refused:
        whatsapp.send_message(AMINA, "hai")
    assert refused.value.code == 131047
    told = playing.wait(playing.stage.control("say", {"from": AMINA, "text": "hai"}))
    assert whatsapp.send_message(AMINA, "Terima kasih", reply_to_message_id=told["wamid"]).id.startswith("wamid.")
    assert whatsapp.mark_message_as_read(told["wamid"])


def test_a_template_is_made_and_listed(whatsapp: WhatsApp, playing: Playing) -> None:
    made = whatsapp.create_template(
        Template(
            name="kelas_baharu",
            category=TemplateCategory.MARKETING,
            language=TemplateLanguage.MALAY,
            parameter_format=ParamFormat.NAMED,
            components=[
                BodyText("Hai {{nama}}, kelas baharu dibuka.", nama="Aminah"),
                FooterText(text="Balas BERHENTI untuk berhenti"),
                Buttons(buttons=[QuickReplyButton(text="Berhenti")]),
            ],
        )
    )
    assert made.id
    playing.wait(playing.stage.quiet())
    listed = {(one.name, one.status.value) for one in whatsapp.get_templates()}
    assert ("kelas_baharu", "APPROVED") in listed


def test_media_go_up_and_come_back(whatsapp: WhatsApp, tmp_path: Path, playing: Playing) -> None:
    media = whatsapp.upload_media(PICTURE, mime_type="image/png", filename="poster.png")
    described = whatsapp.get_media_url(media.id)
    assert described.sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert whatsapp.get_media_bytes(described.url) == PICTURE
    playing.wait(playing.stage.control("say", {"from": AMINA, "text": "hai"}))
    assert whatsapp.send_image(AMINA, media, caption="Poster").id.startswith("wamid.")
    assert whatsapp.delete_media(media.id)


def test_webhooks_are_understood_and_their_signature_holds(whatsapp: WhatsApp, playing: Playing) -> None:
    heard: list[object] = []

    @whatsapp.on_message
    def _(_: WhatsApp, message: types.Message) -> None:
        heard.append(message.text)

    @whatsapp.on_message_status
    def _(_: WhatsApp, status: types.MessageStatus) -> None:
        heard.append((status.status.value, status.tracker))

    whatsapp.send_template(
        AMINA, "plain", TemplateLanguage.ENGLISH_US, [BodyText.params("77", "Friday")], tracker="t-3"
    )
    playing.wait(playing.stage.control("say", {"from": AMINA, "text": "BERHENTI"}))
    playing.wait(playing.stage.quiet())
    for body in playing.stage.listener.bodies:
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert whatsapp.webhook_update_validator(body, signature) is None
        assert whatsapp.webhook_update_validator(body + b" ", signature) is not None
        assert whatsapp.webhook_update_handler(body) == ("ok", 200)
    assert "BERHENTI" in heard
    assert ("sent", "t-3") in heard


def test_the_challenge_is_answered_as_pywa_answers_it(whatsapp: WhatsApp) -> None:
    assert whatsapp.webhook_challenge_handler("verify", "1158201444") == ("1158201444", 200)
    assert whatsapp.webhook_challenge_handler("other", "1158201444")[1] == 403
