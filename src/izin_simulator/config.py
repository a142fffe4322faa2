"""The configuration file: JSON into frozen structs. An unknown key or a wrong type is refused at the start."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

Milliseconds = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]
StatusName = Literal["sent", "delivered", "read"]
TemplateStatus = Literal["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]


class PhoneNumber(Struct, frozen=True, forbid_unknown_fields=True):
    """A business number. `burst` is the depth of its throughput bucket; without it, one second's worth."""

    id: str = "106540352242922"
    display_phone_number: str = "60312345678"
    messages_per_second: Annotated[float, Meta(gt=0)] = 80
    burst: Annotated[int, Meta(ge=1)] | None = None
    verified_name: str = "Simulated Business"
    country_code: str = ""

    @property
    def digits(self) -> str:
        """Return the number's digits, without sign or spaces."""
        return "".join(c for c in self.display_phone_number if c.isdigit())


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """A message template with Meta's creation components. Without `parameter_format` it is seen from the text."""

    name: str
    language: str
    category: Literal["MARKETING", "UTILITY", "AUTHENTICATION"] = "MARKETING"
    status: TemplateStatus = "APPROVED"
    components: list[dict[str, Any]] = []
    parameter_format: Literal["NAMED", "POSITIONAL"] | None = None


class StatusDelays(Struct, frozen=True, forbid_unknown_fields=True):
    """Milliseconds from acceptance to each status."""

    sent: Milliseconds = 50
    delivered: Milliseconds = 200
    read: Milliseconds = 1500


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
    """What the simulated people do."""

    reply_rules: tuple[ReplyRule, ...] = ()


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the simulator is told at its start; README.md explains each key."""

    app_secret: str = "simulator-app-secret"  # noqa: S105 - the documented default of a loopback tool
    verify_token: str = "simulator-verify-token"  # noqa: S105
    access_token: str = "simulator-access-token"  # noqa: S105
    webhook_url: str | None = None
    business_account_id: str = "102290129340398"
    phone_numbers: tuple[PhoneNumber, ...] = (PhoneNumber(),)
    templates: tuple[Template, ...] = ()
    template_review: Literal["APPROVED", "REJECTED", "PENDING"] = "APPROVED"
    template_review_ms: Milliseconds = 0
    latency_ms: Milliseconds = 80
    status_delay_ms: StatusDelays = field(default_factory=StatusDelays)
    read_rate: Share = 0.6
    undeliverable_rate: Share = 0.0
    people: People = field(default_factory=People)
    webhook_batch_max: Annotated[int, Meta(ge=1, le=1000)] = 100
    webhook_concurrency: Annotated[int, Meta(ge=1)] = 8
    webhook_timeout_s: Annotated[float, Meta(gt=0)] = 10.0
    webhook_retry_s: Annotated[tuple[Annotated[float, Meta(gt=0)], ...], Meta(min_length=1)] = (0.2, 0.5, 1, 2, 5)


def read_config(path: Path | None) -> Config:
    """Return the configuration in the file, or the defaults without a file.

    Raises msgspec.ValidationError (says which key) or OSError.
    """
    return Config() if path is None else msgspec.json.decode(path.read_bytes(), type=Config)
