"""What Meta says of a token, a business account and its numbers, and what is wrong with them.

Pure. Reads the answers of Meta's pages "Debug token", "WhatsApp Business Account", "Phone number" and "Subscribed
apps", whatever their shape, and finds all that would keep messages from leaving or refusals from coming in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from izin.whatsapp import lenient

Severity = Literal["blocker", "warning", "note"]
Step = Literal["token", "account", "numbers", "subscription", "templates", "event"]

SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")
NUMBER_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,name_status,status,throughput,"
    "whatsapp_business_manager_messaging_limit,health_status"
)
SOON = timedelta(days=14)
NO_PERMISSION = frozenset({3, 10, *range(200, 300)})
TOKEN_REFUSED, HANDSHAKE_FAILED, INVALID = 190, 2200, 100
UNKNOWN_OBJECT = 33  # the subcode of 100 for an id that does not exist, or not for this token
TIERS = {"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1_000, "TIER_2K": 2_000, "TIER_10K": 10_000, "TIER_100K": 100_000}
UNLIMITED = "TIER_UNLIMITED"
PER_SECOND = {"STANDARD": 80, "HIGH": 1_000}


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names the rule, ``subject`` what it found. A blocker keeps the connection from working at all."""

    severity: Severity
    code: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """``expires_at`` is UTC, None for never. ``accounts`` are the ids that the token names, None if it names none."""

    is_valid: bool
    app_id: str = ""
    kind: str = ""
    expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    accounts: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """One number of the account, in Meta's own words; an empty word is one that Meta did not say."""

    id: str
    display: str
    verified_name: str = ""
    quality: str = ""
    limit: str = ""
    throughput: str = ""
    status: str = ""
    can_send: str = ""

    @property
    def per_second(self) -> int:
        """Messages per second that Meta grants at this level of throughput."""
        return PER_SECOND.get(self.throughput, PER_SECOND["STANDARD"])


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one look at Meta brought home. A step that Meta refused is in ``refused`` with the code, or None when no
    answer came; what was not asked is None.
    """

    account_id: str
    account_name: str = ""
    token: TokenFacts | None = None
    secret_fits: bool | None = None
    numbers: tuple[NumberFacts, ...] | None = None
    callbacks: tuple[str, ...] | None = None
    templates: int | None = None
    event_arrived: bool | None = None
    refused: Mapping[Step, int | None] = field(default_factory=dict)


def read_token(answer: Mapping[str, Any]) -> TokenFacts:
    """Meta's answer to ``debug_token``. Neither it nor what is read of it holds the token."""
    data = lenient.mapping(answer.get("data"))
    ends = lenient.whole(data.get("expires_at"))
    granular = [one for one in lenient.dicts(data.get("granular_scopes")) if one.get("scope") in SCOPES]
    targets = [one["target_ids"] for one in granular if isinstance(one.get("target_ids"), list)]
    return TokenFacts(
        is_valid=data.get("is_valid") is True,
        app_id=lenient.text(data.get("app_id")) or "",
        kind=lenient.text(data.get("type")) or "",
        expires_at=datetime.fromtimestamp(ends, UTC) if ends else None,
        scopes=frozenset(scope for scope in _list(data.get("scopes")) if isinstance(scope, str)),
        # Only what stands in every one of the lists may be both looked after and written from.
        accounts=frozenset.intersection(*(frozenset(map(str, ids)) for ids in targets)) if targets else None,
    )


def read_number(answer: Mapping[str, Any]) -> NumberFacts | None:
    """One of Meta's phone number objects; None for something without an id."""
    number_id = lenient.text(answer.get("id"))
    if number_id is None:
        return None

    def said(key: str, *, within: str = "") -> str:
        return lenient.text((lenient.mapping(answer.get(within)) if within else answer).get(key)) or ""

    display = said("display_phone_number")
    return NumberFacts(
        id=number_id,
        display=display if display.startswith("+") or not display else f"+{display}",
        verified_name=said("verified_name"),
        quality=said("quality_rating").upper(),
        limit=said("whatsapp_business_manager_messaging_limit").upper(),
        throughput=said("level", within="throughput").upper(),
        status=said("status").upper(),
        can_send=said("can_send_message", within="health_status").upper(),
    )


def read_callbacks(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Where Meta posts the account's webhooks: the override of each subscribed app, or "" for the app's own address."""
    return tuple(lenient.text(app.get("override_callback_uri")) or "" for app in lenient.dicts(answer.get("data")))


def people_per_day(limit: str) -> int | Literal["unlimited"] | None:
    """How many people the messaging limit lets be reached in 24 hours; None where Meta did not say.

    Meta writes it as a tier, and in some webhooks as the number itself.
    """
    if limit.isascii() and limit.isdigit():
        return int(limit)
    return "unlimited" if limit == UNLIMITED else TIERS.get(limit)


def findings(facts: Facts, *, at: datetime, callback: str) -> list[Finding]:
    """All that is wrong, in the order in which a person would mend it. ``callback`` is our own webhook address."""
    return [*_of_access(facts, at), *_of_numbers(facts), *_of_webhooks(facts, callback), *_of_templates(facts)]


def expiry(expires_at: datetime | None, at: datetime) -> Finding | None:
    """Whether the token has ended, or will within two weeks. The subject is the day."""
    if expires_at is None or expires_at - at > SOON:
        return None
    day = expires_at.date().isoformat()
    return Finding("blocker", "token_expired", day) if expires_at <= at else Finding("warning", "token_ends_soon", day)


def _of_access(facts: Facts, at: datetime) -> Iterator[Finding]:
    if "account" in facts.refused:
        yield _refusal(facts.refused["account"], "account_unknown", facts.account_id)
    elif "token" in facts.refused:
        yield _refusal(facts.refused["token"], "refused", "")
    if facts.secret_fits is False:
        yield Finding("blocker", "secret_wrong")
    token = facts.token
    if token is None:
        return
    ended = expiry(token.expires_at, at)
    if ended:
        yield ended
    if not token.is_valid:
        if not ended:
            yield Finding("blocker", "token_refused")
        return
    for scope in SCOPES:
        if scope not in token.scopes:
            yield Finding("blocker", "scope_missing", scope)
    if token.accounts is not None and facts.account_id not in token.accounts and "account" not in facts.refused:
        yield Finding("warning", "account_not_named", facts.account_id)
    if token.kind == "USER":
        yield Finding("warning", "token_of_a_person")


def _of_numbers(facts: Facts) -> Iterator[Finding]:
    if "numbers" in facts.refused:
        yield _refusal(facts.refused["numbers"], "refused", "")
    if facts.numbers == ():
        yield Finding("blocker", "no_numbers")
    for number in facts.numbers or ():
        if number.status not in ("", "CONNECTED"):
            yield Finding("blocker", "number_not_connected", number.display)
        elif number.can_send == "BLOCKED":
            yield Finding("blocker", "number_blocked", number.display)
        elif number.can_send == "LIMITED":
            yield Finding("warning", "number_limited", number.display)
        if number.quality in ("RED", "YELLOW"):
            yield Finding("warning", f"quality_{number.quality.lower()}", number.display)


def _of_webhooks(facts: Facts, callback: str) -> Iterator[Finding]:
    if not callback.startswith("https://"):
        yield Finding("note", "callback_without_tls", callback.partition("/webhooks/")[0])
    code = facts.refused.get("subscription", 0)
    if code == HANDSHAKE_FAILED:
        yield Finding("blocker", "handshake_failed", callback.partition("/webhooks/")[0])
    elif code != 0:
        yield _refusal(code, "refused", "")
    elif facts.callbacks == ():
        yield Finding("blocker", "not_subscribed")
    elif facts.callbacks is not None and callback not in facts.callbacks:
        # The app's own address may be ours: what it is, the account does not tell.
        known = "" in facts.callbacks
        yield Finding("warning" if known else "blocker", "address_of_the_app" if known else "address_elsewhere")
    if facts.event_arrived is False:
        yield Finding("blocker", "event_unheard", callback.partition("/webhooks/")[0])


def _of_templates(facts: Facts) -> Iterator[Finding]:
    if "templates" in facts.refused:
        yield _refusal(facts.refused["templates"], "refused", "")
    elif facts.templates == 0:
        yield Finding("note", "no_templates")


def _refusal(code: int | None, otherwise: str, subject: str) -> Finding:
    if code is None:
        return Finding("blocker", "no_answer")
    if code == TOKEN_REFUSED:
        return Finding("blocker", "token_refused")
    if code in NO_PERMISSION:
        return Finding("blocker", "no_permission")
    if code == INVALID and otherwise == "account_unknown":
        return Finding("blocker", otherwise, subject)
    return Finding("blocker", "refused", str(code))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
