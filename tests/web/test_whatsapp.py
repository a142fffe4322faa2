"""The WhatsApp page, the wizard and the composer of templates, as far as they need no WhatsApp."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("database")

LETTER = {
    "name": "kelas_baharu",
    "category": "MARKETING",
    "way_out": "footer",
    "body_ms": "Salam {{nama}}, kelas baharu dibuka minggu depan.",
    "footer_ms": "",
    "way_out_ms": "berhenti",
    "example:nama": "Siti",
}


@pytest.fixture
def admin(two, browse):
    return browse(two[0].members["admin"])


def at(house: Any, name: str, **more: Any) -> str:
    return reverse(f"staff:{name}", kwargs={"organisation": house.slug, **more})


def unreachable(house: Any) -> None:
    """Nobody listens on the discard port: what is asked of WhatsApp gets no answer, at once."""
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount

    with scope(house.organisation.id):
        BusinessAccount.objects.update(base_url="http://127.0.0.1:9", waba_id="102290129340398")


def test_no_secret_is_on_any_page(two, admin):
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    ours, _ = two
    with scope(ours.organisation.id):
        account = accounts.connect(
            waba_id=ours.objects["account"].waba_id, name="A", token="Zq-token", app_secrets=["Zq-new", "Zq-old"]
        )
        verify_token = accounts.secrets_of(account).verify_token
    for name in ("whatsapp", "whatsapp_renew", "whatsapp_numbers", "whatsapp_webhook"):
        place = {} if name == "whatsapp" else {"account": account.id}
        page = admin.get(at(ours, name, **place)).content.decode()
        assert not [secret for secret in ("Zq-token", "Zq-new", "Zq-old", verify_token) if secret in page], name


def test_an_old_secret_is_ended_once(two, admin):
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts

    ours, _ = two
    with scope(ours.organisation.id):
        waba = ours.objects["account"].waba_id
        account = accounts.connect(waba_id=waba, name="A", token="t", app_secrets=["new", "old"])
    assert b"End the old app secret" in admin.get(at(ours, "whatsapp")).content
    admin.post(at(ours, "whatsapp_old_secret", account=account.id))
    assert b"End the old app secret" not in admin.get(at(ours, "whatsapp")).content


def test_what_whatsapp_does_not_answer_is_not_kept(two, admin, settings):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount

    ours, _ = two
    settings.WHATSAPP_URL = "http://127.0.0.1:9"
    given = {"waba_id": "102290129340398", "token": "Zq-token", "app_secret": "Zq-secret"}
    page = admin.post(at(ours, "whatsapp_connect"), given).content.decode()
    assert "WhatsApp did not answer" in page
    assert "Nothing was kept" in page
    assert "102290129340398" in page
    assert "Zq-" not in page
    with scope(ours.organisation.id):
        assert not BusinessAccount.objects.filter(waba_id="102290129340398").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"waba_id": "abc", "token": "t", "app_secret": "s"}, "digits only"),
        ({"waba_id": "1", "token": "two words", "app_secret": "s"}, "no spaces"),
        ({"waba_id": "1", "token": "t", "app_secret": "ö"}, "no spaces"),
        ({"waba_id": "1"}, "Please fill this in."),
    ],
)
def test_what_cannot_be_a_token_is_not_asked_about(two, admin, given, said):
    assert said in admin.post(at(two[0], "whatsapp_connect"), given).content.decode()


def test_renewing_wants_something_new(two, admin):
    account = two[0].objects["account"].id
    page = admin.post(at(two[0], "whatsapp_renew", account=account), {"keep_old": "on"}).content.decode()
    assert "Enter a new token, a new app secret, or both." in page


@pytest.mark.parametrize(("days", "said"), [(3, "The token ends on"), (-1, "The token ended on"), (30, "")])
def test_the_overview_warns_before_the_token_ends(two, admin, days, said):
    from izin.lib.clock import now
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount

    ours, _ = two
    with scope(ours.organisation.id):
        BusinessAccount.objects.update(token_ends_at=now() + timedelta(days=days), checked_at=now())
    page = admin.get(at(ours, "overview")).content.decode()
    assert (said in page) if said else ("The token end" not in page)


def test_a_check_that_fails_is_on_the_overview(two, admin, settings):
    ours, _ = two
    unreachable(ours)
    settings.DOOR_URL = "http://127.0.0.1:9"
    admin.post(at(ours, "whatsapp_check", account=ours.objects["account"].id))
    page = admin.get(at(ours, "overview")).content.decode()
    assert "WhatsApp did not answer" in page
    assert "The signed test event did not arrive through http://127.0.0.1:9" in page


def test_only_those_who_may_see_the_way_to_connect(two, browse):
    ours, _ = two
    for role, seen in (("admin", True), ("marketer", False), ("reviewer", False)):
        page = browse(ours.members[role]).get(at(ours, "whatsapp")).content.decode()
        assert ("Renew token or secret" in page) is seen
        assert ("Check again" in page) is (role != "reviewer")


def preview(client: Any, house: Any, **change: str) -> str:
    return str(client.post(at(house, "template_preview"), LETTER | change).content.decode())


def test_a_way_out_that_was_deleted_comes_back_in_its_language(two, admin):
    page = preview(admin, two[0], body_en="Hello {{nama}}, new classes start next week.")
    assert "Balas BERHENTI untuk berhenti menerima mesej." in page
    assert "Reply STOP to stop receiving messages." in page
    assert 'data-tone="danger"' not in page
    assert page.count('data-look="dark"') == page.count('data-look="light"') == 2


def test_advertising_cannot_be_handed_in_without_a_way_out(two, admin):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    unreachable(two[0])
    page = admin.post(at(two[0], "template_new"), LETTER | {"way_out": "nowhere"}).content.decode()
    assert "An advertising message always tells how to stop." in page
    with scope(two[0].organisation.id):
        assert not Template.objects.filter(name=LETTER["name"]).exists()


def test_the_preview_escapes_and_fills_once(two, admin):
    page = preview(admin, two[0], body_ms="Salam {{nama}}, <b>*tebal*</b> ya.", **{"example:nama": "{{nama}}<i>"})
    assert "Salam <mark>{{nama}}</mark>&lt;i&gt;, &lt;b&gt;<strong>tebal</strong>&lt;/b&gt; ya." in page


def test_new_placeholders_bring_their_example_fields(two, admin):
    assert "template-examples" not in preview(admin, two[0])
    page = preview(admin, two[0], body_ms="Salam {{nama}}, jumpa pada {{tarikh}} nanti.")
    assert 'hx-swap-oob="true"' in page
    assert "Example for {{tarikh}}" in page
    assert "Please fill this in." not in page


def test_advertising_under_service_is_handed_in_at_the_second_press_only(two, admin):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    ours, _ = two
    unreachable(ours)
    letter = LETTER | {"category": "UTILITY", "body_ms": "Salam {{nama}}, ada tawaran diskaun untuk anda hari ini."}
    first = admin.post(at(ours, "template_new"), letter).content.decode()
    assert "This reads like advertising: tawaran, diskaun" in first
    assert "Hand in all the same" in first
    second = admin.post(at(ours, "template_new"), letter | {"advised": "1"}).content.decode()
    assert "WhatsApp did not answer" in second
    with scope(ours.organisation.id):
        assert not Template.objects.filter(name=LETTER["name"]).exists(), "not a byte of it can have arrived"


@pytest.fixture
def silent() -> Iterator[str]:
    """Somebody who takes what is asked and hangs up without an answer; the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def hang_up() -> None:
            with suppress(OSError):
                while True:
                    asked, _ = listening.accept()
                    asked.recv(64 * 1024)
                    asked.close()

        threading.Thread(target=hang_up, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_what_may_have_arrived_is_kept_until_whatsapp_is_seen(two, admin, silent):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import BusinessAccount, Template

    ours, _ = two
    with scope(ours.organisation.id):
        BusinessAccount.objects.update(base_url=silent, waba_id="102290129340398")
    page = admin.post(at(ours, "template_new"), LETTER).content.decode()
    assert "WhatsApp did not answer" in page
    with scope(ours.organisation.id):
        assert Template.objects.get(name=LETTER["name"], language="ms").status == "PENDING"


def test_a_template_says_why_it_was_refused(two, admin):
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    ours, _ = two
    with scope(ours.organisation.id):
        Template.objects.filter(language="ms").update(
            status="REJECTED", reason="TAG_CONTENT_MISMATCH", advice="Meta's own words.", quality="YELLOW"
        )
        one = Template.objects.get(language="ms")
    page = admin.get(at(ours, "templates")).content.decode()
    assert "Check in which language it is written." in page
    assert "Medium" in page
    assert "Meta&#x27;s own words." in admin.get(at(ours, "template", template=one.id)).content.decode()
