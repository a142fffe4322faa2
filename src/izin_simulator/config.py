"""The configuration file: JSON into frozen structs. An unknown key or a wrong type is refused at the start."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from izin_simulator.faults import Fault, FaultPlan
from izin_simulator.spread import Milliseconds, Span

Share = Annotated[float, Meta(ge=0, le=1)]
StatusName = Literal["sent", "delivered", "read"]
TemplateStatus = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "PENDING_DELETION"]
Category = Literal["MARKETING", "UTILITY", "AUTHENTICATION"]
Rating = Literal["GREEN", "YELLOW", "RED", "UNKNOWN"]
Tier = Literal["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"]
# Where a refusal is told: in the answer, later in a webhook, or in both.
Way = Literal["sync", "async", "both"]
TIERS: dict[Tier, int | None] = {
    "TIER_250": 250,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": None,
}


@lru_cache
def digits_in(text: str) -> str:
    """Return the digits of a text."""
    return "".join(c for c in text if c.isdigit())


class PhoneNumber(Struct, frozen=True, forbid_unknown_fields=True):
    """A business number. `burst` is the depth of its throughput bucket; without it, one second's worth."""

    id: str = "106540352242922"
    display_phone_number: str = "60312345678"
    messages_per_second: Annotated[float, Meta(gt=0)] = 80
    burst: Annotated[int, Meta(ge=1)] | None = None
    verified_name: str = "Simulated Business"
    country_code: str = ""
    quality_rating: Rating = "GREEN"
    registered: bool = True

    @property
    def digits(self) -> str:
        """Return the number's digits, without sign or spaces."""
        return digits_in(self.display_phone_number)


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """A message template with Meta's creation components. Without `parameter_format` it is seen from the text."""

    name: str
    language: str
    category: Category = "MARKETING"
    status: TemplateStatus = "APPROVED"
    components: list[dict[str, Any]] = []
    parameter_format: Literal["NAMED", "POSITIONAL"] | None = None
    quality: Rating = "UNKNOWN"
    max_price: bool = False


class StatusDelays(Struct, frozen=True, forbid_unknown_fields=True):
    """Time from acceptance to each status."""

    sent: Span = 50
    delivered: Span = 200
    read: Span = 1500


class ReplyRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Who writes back, when and what. Give `text`, or `button_text` (and `button_payload`), or `user_preferences`."""

    after: StatusName = "delivered"
    one_in: Annotated[int, Meta(ge=1)] = 1
    text: str | None = None
    button_text: str | None = None
    button_payload: str | None = None
    user_preferences: Literal["stop", "resume"] | None = None
    delay_ms: Milliseconds = 0
    repeat_max: Annotated[int, Meta(ge=0)] | None = None

    def __post_init__(self) -> None:
        if sum(part is not None for part in (self.text, self.button_text, self.user_preferences)) != 1:
            raise ValueError("a reply rule needs exactly one of text, button_text, user_preferences")


class People(Struct, frozen=True, forbid_unknown_fields=True):
    """What the simulated people do: rules for all, and personas, each a share of the people."""

    reply_rules: tuple[ReplyRule, ...] = ()
    reply_share: Share = 0.0
    stop_share: Share = 0.0
    stop_button_share: Share = 0.0
    stop_marketing_share: Share = 0.0
    block_share: Share = 0.0
    change_number_share: Share = 0.0
    hide_number_share: Share = 0.0
    voice_note_share: Share = 0.0
    react_share: Share = 0.0
    languages: Annotated[tuple[Literal["ms", "en", "id", "zh", "ta"], ...], Meta(min_length=1)] = (
        "ms",
        "en",
        "id",
        "zh",
        "ta",
    )
    reply_delay_ms: Span = 2000
    contact_book: bool = True


class Token(Struct, frozen=True, forbid_unknown_fields=True):
    """What `debug_token` says of the access token. `expires_at` is in epoch seconds, 0 for never."""

    type: Literal["SYSTEM_USER", "USER"] = "SYSTEM_USER"
    expires_at: int = 0
    scopes: tuple[str, ...] = ("whatsapp_business_management", "whatsapp_business_messaging")


class FailureWays(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"undeliverable": "131026", "window": "131047", "limit": "131048", "pair": "131056"},
):
    """Where these refusals are told. The keys in JSON are the codes."""

    undeliverable: Way = "async"
    window: Way = "sync"
    limit: Way = "sync"
    pair: Way = "sync"


class Marketing(Struct, frozen=True, forbid_unknown_fields=True):
    """WhatsApp's own restraint on marketing, and the Marketing Messages endpoint."""

    to_united_states: bool = False
    cap_per_day: Annotated[int, Meta(ge=1)] | None = None
    capped_share: Share = 0.0
    experiment_share: Share = 0.0
    on_cloud_api: bool = True
    onboarded: bool = True
    synchronised_after_s: Annotated[float, Meta(ge=0)] = 0.0
    wrong_category_code: Literal[131055, 134100] = 131055


class Pacing(Struct, frozen=True, forbid_unknown_fields=True):
    """A marketing template without GREEN quality is held after so many messages, until its quality is decided."""

    hold_after: Annotated[int, Meta(ge=0)] = 100
    decide_after_s: Annotated[float, Meta(ge=0)] = 1800.0
    verdict: Literal["release", "drop", "quality"] = "quality"


class Quality(Struct, frozen=True, forbid_unknown_fields=True):
    """Which share of blocks among the people reached makes quality fall, once there were enough of them."""

    yellow: Share = 0.01
    red: Share = 0.03
    after: Annotated[int, Meta(ge=1)] = 50


class WebhookShape(Struct, frozen=True, forbid_unknown_fields=True):
    """Where real traffic, Meta's pages and older versions of the API differ. Defaults are the real traffic of 2026."""

    version: Annotated[str, Meta(pattern=r"^v\d+\.\d+$")] = "v25.0"
    pricing_on_read: bool = True
    status_profile: bool = False
    escaped_slashes: bool = False
    same_second: bool = False

    @property
    def with_conversation(self) -> bool:
        """Say whether statuses have a `conversation`: up to version 23."""
        return int(self.version[1:].partition(".")[0]) <= 23


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the simulator is told at its start; README.md explains each key."""

    app_id: str = "1000000000000001"
    app_secret: str = "simulator-app-secret"  # noqa: S105 - the documented default of a loopback tool
    verify_token: str = "simulator-verify-token"  # noqa: S105
    access_token: str = "simulator-access-token"  # noqa: S105
    token: Token = field(default_factory=Token)
    require_appsecret_proof: bool = False
    webhook_url: str | None = None
    business_account_id: str = "102290129340398"
    business_account_name: str = "Simulated Business"
    phone_numbers: Annotated[tuple[PhoneNumber, ...], Meta(min_length=1)] = (PhoneNumber(),)
    templates: tuple[Template, ...] = ()
    template_review: Literal["APPROVED", "REJECTED", "PENDING"] = "APPROVED"
    template_review_ms: Milliseconds = 0
    seconds_per_day: Annotated[float, Meta(gt=0)] = 86_400.0
    latency_ms: Span = 80
    status_delay_ms: StatusDelays = field(default_factory=StatusDelays)
    read_rate: Share = 0.6
    undeliverable_rate: Share = 0.0
    skip_delivered_rate: Share = 0.0
    people: People = field(default_factory=People)
    faults: tuple[Fault, ...] = ()
    failure_ways: FailureWays = field(default_factory=FailureWays)
    throughput_http: Literal[400, 429] = 400
    messaging_limit: Tier = "TIER_UNLIMITED"
    management_per_hour: Annotated[int, Meta(ge=1)] | None = None
    marketing: Marketing = field(default_factory=Marketing)
    pacing: Pacing | None = None
    quality: Quality = field(default_factory=Quality)
    webhook: WebhookShape = field(default_factory=WebhookShape)
    webhook_batch_max: Annotated[int, Meta(ge=1, le=1000)] = 100
    webhook_concurrency: Annotated[int, Meta(ge=1)] = 8
    webhook_timeout_s: Annotated[float, Meta(gt=0)] = 10.0
    webhook_retry_s: Annotated[tuple[Annotated[float, Meta(gt=0)], ...], Meta(min_length=1)] = (0.2, 0.5, 1, 2, 5)
    webhook_retry_days: Annotated[float, Meta(gt=0)] = 7.0
    webhook_duplicate_rate: Share = 0.0
    webhook_late_rate: Share = 0.0
    webhook_late_ms: Milliseconds = 3000

    def __post_init__(self) -> None:
        FaultPlan(self.faults)  # a line that cannot be understood ends the start, not the first message


def read_config(path: Path | None) -> Config:
    """Return the configuration in the file, or the defaults without a file.

    Raises msgspec.ValidationError (says which key) or OSError.
    """
    return Config() if path is None else msgspec.json.decode(path.read_bytes(), type=Config)
