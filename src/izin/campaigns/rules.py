"""The pre-flight of a campaign: every finding at once, each naming what it is about and where it is mended.

Pure. A ``blocker`` forbids sending, a ``gap`` is something that could not be evaluated and forbids it too, a ``note``
is to be known. Nothing here is a matter of taste: each finding rests on the law (law.md A, C, D, G) or on WhatsApp.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from izin.campaigns.allowance import days_needed, least_time

Severity = Literal["blocker", "gap", "note"]
LANGUAGES = ("ms", "en")  # a notice and a privacy policy are published in both (PDPA s.7(3))


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names the rule, ``subject`` what it found, ``where`` the part of the campaign that mends it."""

    severity: Severity
    code: str
    subject: str
    where: str


@dataclass(frozen=True, slots=True)
class PurposeFacts:
    name: str
    category: str  # "marketing" or another
    notice_languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """One template in one language. ``status`` and ``category`` are Meta's; None where they are not known.

    ``carries_opt_out`` is None where nobody could say, ``known`` holds the placeholders for which a value is mapped.
    ``variant`` is its name when it is the second of two that are compared.
    """

    language: str
    status: str | None
    category: str | None
    carries_opt_out: bool | None
    placeholders: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    variant: str = ""

    @property
    def title(self) -> str:
        """How a finding names it."""
        return f"{self.language}, {self.variant}" if self.variant else self.language


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """``per_second`` messages, ``per_day`` people in moving 24 hours; None where Meta did not say.

    ``is_assumed``: Meta was never asked, and ``per_day`` is the limit with which it starts everybody.
    """

    held_because: str | None
    per_second: float | None
    per_day: int | Literal["unlimited"] | None
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """All that the pre-flight looks at. Times carry their time zone; ``starts_at`` is the organisation's local time.

    ``audience`` counts people by language, ``fallback_language`` is taken for those whose own has no template.
    ``policy_unsaid`` names what the organisation does and its published policy does not say, each with its language.
    """

    purpose: PurposeFacts | None
    templates: tuple[TemplateFacts, ...]
    audience: Mapping[str, int] | None
    sender: SenderFacts | None
    author: str | None
    approver: str | None
    policy_languages: frozenset[str]
    now: datetime
    starts_at: datetime
    not_after: datetime | None
    fallback_language: str | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    uncovered: int = 0  # consents in the audience that were given before what is agreed to changed
    policy_unsaid: tuple[str, ...] = ()
    has_variant: bool = False  # two templates are compared
    waits: timedelta = timedelta(0)  # between the parts of a campaign that goes out in parts


def check(facts: CampaignFacts) -> list[Finding]:
    """All findings, in the order in which a person would mend them; an empty list lets the campaign go."""
    return [
        *_purpose(facts),
        *_policy(facts),
        *_audience(facts),
        *_templates(facts),
        *_sender(facts),
        *_window(facts),
        *_approval(facts),
    ]


def stops(findings: list[Finding]) -> bool:
    """Whether one of them forbids sending."""
    return any(finding.severity != "note" for finding in findings)


def _purpose(facts: CampaignFacts) -> Iterator[Finding]:
    if facts.purpose is None:
        yield Finding("blocker", "purpose_missing", "", "purpose")
        return
    for language in LANGUAGES:
        if language not in facts.purpose.notice_languages:
            yield Finding("blocker", "notice_missing", language, "purpose")


def _policy(facts: CampaignFacts) -> Iterator[Finding]:
    for language in LANGUAGES:
        if language not in facts.policy_languages:
            yield Finding("blocker", "policy_missing", language, "policy")
    for subject in facts.policy_unsaid:  # G-03: a policy that no longer says what is done informs nobody
        yield Finding("blocker", "policy_drift", subject, "policy")


def _audience(facts: CampaignFacts) -> Iterator[Finding]:
    if facts.audience is None:
        yield Finding("gap", "audience_uncounted", "", "audience")
    elif not _recipients(facts):
        yield Finding("blocker", "audience_empty", "", "audience")
    if facts.uncovered:
        yield Finding("note", "wording_changed", str(facts.uncovered), "audience")


def _recipients(facts: CampaignFacts) -> int:
    return sum((facts.audience or {}).values())


def _templates(facts: CampaignFacts) -> Iterator[Finding]:
    first = [template for template in facts.templates if not template.variant]
    if not first:
        yield Finding("blocker", "template_missing", "", "template")
        return
    if facts.has_variant and len(first) == len(facts.templates):
        yield Finding("blocker", "variant_missing", "", "template")
    written = {template.language for template in first}
    if facts.has_variant and len(first) < len(facts.templates):  # two groups that differ in language compare nothing
        for language in sorted(written - {template.language for template in facts.templates if template.variant}):
            yield Finding("blocker", "variant_language_missing", language, "template")
    fallback = facts.fallback_language if facts.fallback_language in written else None
    for language, count in sorted((facts.audience or {}).items()):
        if count and language not in written:
            if fallback is None:
                yield Finding("blocker", "language_missing", f"{language} ({count})", "template")
            else:
                yield Finding("note", "language_falls_back", f"{language} ({count}) → {fallback}", "template")
    for template in facts.templates:
        yield from _template(template, facts.purpose)


def _template(template: TemplateFacts, purpose: PurposeFacts | None) -> Iterator[Finding]:
    language = template.title
    if template.status is None:
        yield Finding("gap", "template_status_unknown", language, "template")
    elif template.status != "APPROVED":
        yield Finding("blocker", "template_not_approved", f"{language}: {template.status}", "template")
    yield from _category(template, purpose)
    # P2: no template of a marketing purpose or category goes without its way out.
    if template.category == "MARKETING" or purpose is None or purpose.category == "marketing":
        if template.carries_opt_out is None:
            yield Finding("gap", "opt_out_unknown", language, "template")
        elif not template.carries_opt_out:
            yield Finding("blocker", "opt_out_missing", language, "template")
    for name in template.placeholders:
        if name not in template.known:
            yield Finding("blocker", "placeholder_unknown", f"{language}: {name}", "template")


def _category(template: TemplateFacts, purpose: PurposeFacts | None) -> Iterator[Finding]:
    if template.category is None:
        yield Finding("gap", "template_category_unknown", template.title, "template")
    elif template.category not in ("MARKETING", "UTILITY"):
        yield Finding("blocker", "template_category_unusable", f"{template.title}: {template.category}", "template")
    elif purpose is not None and (purpose.category == "marketing") != (template.category == "MARKETING"):
        # Marketing under another name evades the consent (law.md C-19), and Meta blocks the account for it (131064).
        code = "marketing_as_utility" if purpose.category == "marketing" else "marketing_beyond_purpose"
        yield Finding("blocker", code, template.title, "template")


def _sender(facts: CampaignFacts) -> Iterator[Finding]:
    sender = facts.sender
    if sender is None:
        yield Finding("blocker", "sender_missing", "", "sender")
        return
    if sender.held_because is not None:
        yield Finding("blocker", "sender_held", sender.held_because, "sender")
    if sender.per_second is None:
        yield Finding("gap", "pace_unknown", "", "sender")
    if sender.per_day is None:
        yield Finding("gap", "daily_limit_unknown", "", "sender")
    elif sender.per_day != "unlimited" and _recipients(facts) > sender.per_day:
        days = days_needed(_recipients(facts), sender.per_day)
        yield Finding("note", "daily_limit_days", f"{days} ({_recipients(facts):,} / {sender.per_day:,})", "sender")
    if sender.is_assumed:
        yield Finding("note", "daily_limit_assumed", str(sender.per_day), "sender")


def _window(facts: CampaignFacts) -> Iterator[Finding]:
    begin = max(facts.now, facts.starts_at)
    needed = _needed(facts)
    if facts.not_after is None:
        yield Finding("blocker", "window_missing", "", "window")
    elif facts.not_after <= begin:
        yield Finding("blocker", "window_over", f"{facts.not_after:%Y-%m-%d %H:%M}", "window")
    elif needed is not None and begin + needed > facts.not_after:
        yield Finding("blocker", "window_too_short", str(_recipients(facts)), "window")
    if _is_quiet(facts):
        yield Finding("note", "quiet_hours", f"{facts.quiet_from:%H:%M}–{facts.quiet_until:%H:%M}", "window")


def _needed(facts: CampaignFacts) -> timedelta | None:
    """How long it takes at the number's pace and limit in 24 hours, with all waits; None where the pace is unknown."""
    sender = facts.sender
    if sender is None or not sender.per_second:
        return None
    needed = timedelta(seconds=_recipients(facts) / sender.per_second)
    if isinstance(sender.per_day, int):
        needed = max(needed, least_time(_recipients(facts), sender.per_day))
    return needed + facts.waits


def _is_quiet(facts: CampaignFacts) -> bool:
    """Whether it starts in the quiet hours, which may cross midnight."""
    begin, end = facts.quiet_from, facts.quiet_until
    if begin is None or end is None or begin == end:
        return False
    at = max(facts.now.astimezone(facts.starts_at.tzinfo), facts.starts_at).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def _approval(facts: CampaignFacts) -> Iterator[Finding]:
    if facts.author is None:
        yield Finding("blocker", "author_missing", "", "approval")
    if facts.approver is None:
        yield Finding("blocker", "approver_missing", "", "approval")
    elif facts.approver == facts.author:
        yield Finding("blocker", "approver_is_author", "", "approval")
