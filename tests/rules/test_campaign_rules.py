"""The pre-flight: each rule is triggered by one case alone, and a clean campaign has no finding."""

import inspect
import re
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest

from izin.campaigns import rules
from izin.campaigns.rules import CampaignFacts, Finding, PurposeFacts, SenderFacts, TemplateFacts, check, stops
from izin.campaigns.rules_messages import SENTENCES, explain

BOTH = frozenset({"ms", "en"})
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
KL = timezone(timedelta(hours=8))
PURPOSE = PurposeFacts("promosi", "marketing", BOTH)
MALAY = TemplateFacts("ms", "APPROVED", "MARKETING", True, ("nama",), frozenset({"nama", "kelas"}))
ENGLISH = replace(MALAY, language="en")
SENDER = SenderFacts(None, 80.0, 2_000)
CLEAN = CampaignFacts(
    purpose=PURPOSE,
    templates=(MALAY, ENGLISH),
    audience={"ms": 1_500, "en": 400, "zh": 0},
    sender=SENDER,
    author="staff-1",
    approver="staff-2",
    policy_languages=BOTH,
    policy_unsaid=(),
    now=NOW,
    starts_at=NOW.astimezone(KL),
    not_after=NOW + timedelta(hours=4),
    quiet_from=time(21),
    quiet_until=time(8),
)


def templates(**change: Any) -> dict[str, Any]:
    return {"templates": (replace(MALAY, **change), ENGLISH)}


CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("blocker", "purpose_missing", {"purpose": None}),
    ("blocker", "notice_missing", {"purpose": replace(PURPOSE, notice_languages=frozenset({"en"}))}),
    ("blocker", "policy_missing", {"policy_languages": frozenset({"ms"})}),
    ("blocker", "policy_drift", {"policy_unsaid": ("Class offers (en)",)}),
    ("gap", "audience_uncounted", {"audience": None}),
    ("blocker", "audience_empty", {"audience": {"ms": 0}}),
    ("note", "wording_changed", {"uncovered": 3}),
    ("blocker", "template_missing", {"templates": ()}),
    ("blocker", "variant_missing", {"has_variant": True}),
    (
        "blocker",
        "variant_language_missing",
        {"templates": (MALAY, ENGLISH, replace(MALAY, variant="b")), "has_variant": True},
    ),
    ("blocker", "language_missing", {"audience": {"ms": 1, "ta": 7}}),
    ("note", "language_falls_back", {"audience": {"ms": 1, "ta": 7}, "fallback_language": "ms"}),
    ("gap", "template_status_unknown", templates(status=None)),
    ("blocker", "template_not_approved", templates(status="PAUSED")),
    ("gap", "template_category_unknown", templates(category=None)),
    ("blocker", "template_category_unusable", templates(category="AUTHENTICATION")),
    ("blocker", "marketing_as_utility", templates(category="UTILITY")),
    (
        "blocker",
        "marketing_beyond_purpose",
        {
            "purpose": replace(PURPOSE, category="service"),
            "templates": (MALAY, replace(ENGLISH, category="UTILITY", carries_opt_out=False)),
        },
    ),
    ("gap", "opt_out_unknown", templates(carries_opt_out=None)),
    ("blocker", "opt_out_missing", templates(carries_opt_out=False)),
    ("blocker", "placeholder_unknown", templates(placeholders=("nama", "gaji"))),
    ("blocker", "sender_missing", {"sender": None}),
    ("blocker", "sender_held", {"sender": replace(SENDER, held_because="payment")}),
    ("gap", "pace_unknown", {"sender": replace(SENDER, per_second=None)}),
    ("gap", "daily_limit_unknown", {"sender": replace(SENDER, per_day=None)}),
    (
        "note",
        "daily_limit_days",
        {"sender": replace(SENDER, per_day=1_899), "not_after": NOW + timedelta(hours=24)},
    ),
    ("note", "daily_limit_assumed", {"sender": replace(SENDER, is_assumed=True)}),
    ("blocker", "window_missing", {"not_after": None}),
    ("blocker", "window_over", {"not_after": NOW}),
    ("blocker", "window_too_short", {"not_after": NOW + timedelta(seconds=23)}),
    ("note", "quiet_hours", {"starts_at": datetime(2026, 11, 25, 5, 30, tzinfo=KL), "now": NOW - timedelta(hours=5)}),
    ("blocker", "author_missing", {"author": None}),
    ("blocker", "approver_missing", {"approver": None}),
    ("blocker", "approver_is_author", {"approver": "staff-1"}),
]


def test_a_clean_campaign_has_no_finding() -> None:
    assert check(CLEAN) == []
    assert not stops([])


@pytest.mark.parametrize(("severity", "code", "change"), CASES)
def test_each_rule_alone(severity: str, code: str, change: dict[str, Any]) -> None:
    findings = check(replace(CLEAN, **change))
    assert [(finding.severity, finding.code) for finding in findings] == [(severity, code)]
    assert findings[0].where in ("purpose", "policy", "audience", "template", "sender", "window", "approval")
    assert stops(findings) == (severity != "note")


def test_every_code_has_a_case_and_a_sentence() -> None:
    written = set(re.findall(r'Finding\("\w+", "(\w+)"', inspect.getsource(rules)))
    written |= {"marketing_as_utility", "marketing_beyond_purpose"}
    assert written == {code for _, code, _ in CASES} == set(SENTENCES)


def test_all_findings_come_at_once() -> None:
    nothing = CampaignFacts(None, (), None, None, None, None, frozenset(), NOW, NOW, None)
    assert [finding.code for finding in check(nothing)] == [
        "purpose_missing", "policy_missing", "policy_missing", "audience_uncounted", "template_missing",
        "sender_missing", "window_missing", "author_missing", "approver_missing",
    ]  # fmt: skip


def test_a_notice_counts_in_each_language() -> None:
    neither = replace(CLEAN, purpose=replace(PURPOSE, notice_languages=frozenset({"zh"})))
    assert [(finding.code, finding.subject) for finding in check(neither)] == [
        ("notice_missing", "ms"),
        ("notice_missing", "en"),
    ]


def test_a_fallback_that_has_no_template_itself_is_none() -> None:
    facts = replace(CLEAN, audience={"ms": 1, "ta": 7}, fallback_language="zh")
    assert check(facts) == [Finding("blocker", "language_missing", "ta (7)", "template")]


def test_a_utility_purpose_needs_no_way_out_but_its_own_category() -> None:
    plain = tuple(replace(each, category="UTILITY", carries_opt_out=False) for each in CLEAN.templates)
    assert check(replace(CLEAN, purpose=replace(PURPOSE, category="service"), templates=plain)) == []


def test_the_second_of_two_templates_is_held_to_the_same() -> None:
    second = (replace(MALAY, variant="kelas_b"), replace(ENGLISH, variant="kelas_b", carries_opt_out=False))
    found = check(replace(CLEAN, templates=(*CLEAN.templates, *second), has_variant=True))
    assert [(one.code, one.subject) for one in found] == [("opt_out_missing", "en, kelas_b")]
    only_malay = replace(CLEAN, templates=(MALAY, *second[:1]), has_variant=True)
    assert [one.code for one in check(only_malay)] == ["language_missing"], "the second covers nobody by itself"


def test_an_unlimited_number_has_no_daily_limit() -> None:
    facts = replace(CLEAN, sender=replace(SENDER, per_day="unlimited"), audience={"ms": 900_000})
    assert check(facts) == []


@pytest.mark.parametrize(
    ("change", "hours"),
    [
        ({"waits": timedelta(hours=2)}, 2),
        ({"sender": replace(SENDER, per_day=950)}, 24),
        ({"sender": replace(SENDER, per_day=949), "waits": timedelta(hours=2)}, 50),
    ],
)
def test_the_window_holds_the_days_of_the_limit_and_the_waits_between_parts(change: dict[str, Any], hours: int) -> None:
    def too_short(minutes: int) -> bool:
        end = NOW + timedelta(hours=hours, minutes=minutes)
        return "window_too_short" in [one.code for one in check(replace(CLEAN, not_after=end, **change))]

    assert too_short(-1)
    assert not too_short(1)


@pytest.mark.parametrize(
    ("begin", "end", "hour", "quiet"),
    [
        (21, 8, 20, False),
        (21, 8, 21, True),
        (21, 8, 3, True),
        (21, 8, 8, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (9, 9, 9, False),
    ],
)
def test_quiet_hours_may_cross_midnight(begin: int, end: int, hour: int, quiet: bool) -> None:
    starts = datetime(2026, 11, 25, hour, tzinfo=KL)
    facts = replace(
        CLEAN, now=starts - timedelta(hours=1), starts_at=starts, not_after=starts + timedelta(hours=2),
        quiet_from=time(begin), quiet_until=time(end),
    )  # fmt: skip
    assert [finding.code for finding in check(facts)] == (["quiet_hours"] if quiet else [])


def test_a_start_that_has_passed_begins_now() -> None:
    late = replace(CLEAN, starts_at=(NOW - timedelta(days=1)).astimezone(KL), not_after=NOW + timedelta(seconds=10))
    assert [finding.code for finding in check(late)] == ["window_too_short"]


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_say_what_to_do_in_both_languages(code: str) -> None:
    finding = Finding("blocker", code, "SUBJECT", "template")
    malay, english = explain(finding, "ms"), explain(finding, "en-GB")
    assert malay != english
    assert ("SUBJECT" in malay) == ("SUBJECT" in english)
    for sentence in (malay, english):
        assert "{" not in sentence
        assert sentence.count(". ") == 1 and sentence.endswith(".")  # what it is, and what to do
        assert len(sentence) <= 120


def test_facts_and_findings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        CLEAN.author = "x"  # type: ignore[misc]
