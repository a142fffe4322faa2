"""What Meta's webhooks tell of templates and numbers: late, twice, in any order, and in other spellings."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
COMPONENTS = [{"type": "BODY", "text": "Kelas dibuka."}]


@pytest.fixture
def account(database: None) -> Iterator[Any]:
    """A connected account with one template in two languages and one number; its scope is open."""
    from izin.organisations import registry
    from izin.organisations.scope import scope
    from izin.whatsapp import accounts, templates

    organisation = registry.found("Akademi", slug=f"berita-{uuid4().hex[:8]}")
    with scope(organisation.id):
        account = accounts.connect(waba_id="102290129340398", name="Akademi", token="t", app_secrets=["s"])
        accounts.add_sender(account, phone_number_id="9", display="+60 3-1234 5678")
        entries = [
            {"name": "kelas", "language": language, "category": "MARKETING", "status": "PENDING"}
            for language in ("ms", "en_US")
        ]
        templates.keep(account, [entry | {"components": COMPONENTS} for entry in entries], asked_at=AT)
        yield account


def tell(account: Any, field: str, at: datetime = AT, **value: Any) -> None:
    from izin.whatsapp import news
    from izin.whatsapp.webhook import Other

    news.take_over(account.id, [Other(field, "77", None, value, at, True)], at)


def status(account: Any, event: str, *, language: str = "ms", at: datetime = AT, **more: Any) -> None:
    named = {"message_template_name": "kelas", "message_template_language": language, "event": event}
    tell(account, "message_template_status_update", at, **named, **more)


def template(language: str = "ms") -> Any:
    from izin.whatsapp.models import Template

    return Template.objects.get(language=language)


@pytest.mark.parametrize(
    ("event", "more", "expected"),
    [
        ("APPROVED", {"reason": "NONE"}, ("APPROVED", "", "")),
        ("REJECTED", {"reason": "INVALID_FORMAT"}, ("REJECTED", "INVALID_FORMAT", "")),
        ("REJECTED", {"rejection_info": {"reason": "A.", "recommendation": "B."}}, ("REJECTED", "", "A. B.")),
        ("PAUSED", {"other_info": {"title": "FIRST_PAUSE"}}, ("PAUSED", "FIRST_PAUSE", "")),
        ("PAUSED", {"reason": "NONE"}, ("PAUSED", "", "")),
        ("DISABLED", {"other_info": {"title": "DISABLED"}}, ("DISABLED", "DISABLED", "")),
        ("DELETED", {}, ("DISABLED", "DELETED", "")),
        ("ARCHIVED", {"reason": None}, ("DISABLED", "ARCHIVED", "")),
        ("IN_APPEAL", {}, ("PENDING", "IN_APPEAL", "")),
        ("SOMETHING_NEW", {}, ("DISABLED", "SOMETHING_NEW", "")),
        ("FLAGGED", {}, ("PENDING", "FLAGGED", "")),
    ],
)
def test_each_event(account: Any, event: str, more: dict[str, Any], expected: tuple[str, str, str]) -> None:
    status(account, event, **more)
    row = template()
    assert (row.status, row.reason, row.advice) == expected
    assert template("en_US").status == "PENDING", "the other language is another template"


def test_a_hyphen_in_the_language_is_understood(account: Any) -> None:
    status(account, "APPROVED", language="en-US")
    assert template("en_US").status == "APPROVED"


def test_the_newest_word_stands_whatever_comes_last(account: Any) -> None:
    status(account, "PAUSED", at=AT + timedelta(hours=2))
    status(account, "APPROVED", at=AT + timedelta(hours=1))
    assert template().status == "PAUSED"
    status(account, "PAUSED", at=AT + timedelta(hours=2))
    status(account, "APPROVED", at=AT + timedelta(hours=5))
    assert template().status == "APPROVED"


def test_a_list_from_before_a_webhook_changes_nothing(account: Any) -> None:
    from izin.whatsapp import templates

    entry = {"name": "kelas", "language": "ms", "category": "MARKETING", "status": "PENDING", "components": COMPONENTS}
    status(account, "APPROVED", at=AT + timedelta(seconds=1))
    templates.keep(account, [entry], asked_at=AT + timedelta(seconds=1, milliseconds=900))
    assert template().status == "APPROVED"
    templates.keep(account, [entry], asked_at=AT + timedelta(seconds=2))
    assert template().status == "PENDING"


def test_a_template_that_meta_no_longer_lists_is_closed(account: Any) -> None:
    from izin.whatsapp import templates

    templates.keep(account, [], asked_at=AT + timedelta(minutes=5))
    assert template().status == "PENDING", "a new one may be missing from the list for a while"
    templates.keep(account, [], asked_at=AT + timedelta(hours=1))
    assert (template().status, template().reason) == ("DISABLED", "DELETED")


def test_a_list_brings_quality_and_the_reason_of_a_refusal(account: Any) -> None:
    from izin.whatsapp import templates

    entry = {"name": "kelas", "language": "ms", "category": "MARKETING", "components": COMPONENTS}
    more = {"status": "REJECTED", "rejected_reason": "PROMOTIONAL", "quality_score": {"score": "RED"}}
    templates.keep(account, [entry | more], asked_at=AT + timedelta(hours=1))
    assert (template().status, template().reason, template().quality) == ("REJECTED", "PROMOTIONAL", "RED")


@pytest.mark.parametrize("field", ["message_template_quality_update", "message_template_status_update"])
def test_quality_under_either_field(account: Any, field: str) -> None:
    named = {"message_template_name": "kelas", "message_template_language": "ms"}
    tell(account, field, **named, new_quality_score="YELLOW", previous_quality_score="GREEN")
    assert (template().quality, template().status) == ("YELLOW", "PENDING")
    tell(account, field, **named, new_quality_score="<script>")
    assert template().quality == "YELLOW"


def test_a_category_changes_when_it_is_done_and_not_when_it_is_announced(account: Any) -> None:
    named = {"message_template_name": "kelas", "message_template_language": "ms"}
    tell(account, "template_category_update", **named, new_category="MARKETING", correct_category="UTILITY")
    assert template().category == "MARKETING"
    tell(account, "template_category_update", **named, previous_category="MARKETING", new_category="UTILITY")
    assert template().category == "UTILITY"


def test_a_number_hears_of_its_limit_and_quality(account: Any) -> None:
    from izin.whatsapp.models import SenderNumber

    def seen() -> tuple[str, str, str]:
        sender = SenderNumber.objects.get()
        return sender.messaging_limit, sender.quality, sender.throughput

    field, number = "phone_number_quality_update", {"display_phone_number": "60312345678"}
    tell(account, field, **number, event="FLAGGED", current_limit="TIER_2K")
    assert seen() == ("TIER_2K", "RED", "")
    tell(account, field, **number, event="THROUGHPUT_UPGRADE", max_daily_conversations_per_business="TIER_UNLIMITED")
    assert seen() == ("TIER_UNLIMITED", "RED", "HIGH")
    tell(account, field, **number, event="UNFLAGGED", max_daily_conversations_per_business=2000)
    tell(account, field, display_phone_number="60399999999", event="FLAGGED")
    assert seen() == ("2000", "GREEN", "HIGH")


@pytest.mark.parametrize(
    "value", [{}, {"event": None}, {"event": 7, "message_template_name": []}, {"event": "APPROVED"}]
)
def test_odd_values_change_nothing(account: Any, value: dict[str, Any]) -> None:
    from izin.whatsapp import news

    for field in [*news.READERS, "account_update", "something_new"]:
        tell(account, field, **value)
    assert template().status == "PENDING"


def test_two_lists_of_the_same_second_count_both_and_a_webhook_of_that_second_more(account: Any) -> None:
    from izin.whatsapp import templates

    def listed(of: str) -> list[dict[str, Any]]:
        entry = {"name": "kelas", "category": "MARKETING", "status": of, "components": COMPONENTS}
        return [entry | {"language": language} for language in ("ms", "en_US")]

    templates.keep(account, listed("APPROVED"), asked_at=AT + timedelta(milliseconds=400))
    assert template().status == "APPROVED"
    status(account, "PAUSED", at=AT)
    templates.keep(account, listed("APPROVED"), asked_at=AT + timedelta(milliseconds=800))
    assert (template().status, template("en_US").status) == ("PAUSED", "APPROVED")
