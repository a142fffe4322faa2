"""Who among those who agreed a campaign is for: rules that include and rules that exclude. Pure.

Somebody is in the audience when every including rule holds for them and no excluding one does. No rule at all means
everybody who agreed. Rules only ever narrow: whether somebody may be written to is the consent's question alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from izin.contacts import tag_words
from izin.lib.errors import IzinError

MOST_DAYS: Final = 3_650
MOST_CHOICES: Final = 100  # of one rule
_LANGUAGE: Final = re.compile(r"[a-z]{2}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_WAY: Final = re.compile(r"[a-z_]{2,12}")


class InvalidAudience(IzinError):
    """A rule that cannot be: ``code`` says why, ``place`` where (“include.tags”)."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(f"The audience's rule {place} cannot be used: {code.replace('_', ' ')}.")
        self.code, self.place = code, place


@dataclass(frozen=True, slots=True)
class Tags:
    """Has one of these tags."""

    kind: ClassVar[str] = "tags"
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Languages:
    """Is written to in one of these languages (ISO 639-1)."""

    kind: ClassVar[str] = "languages"
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Countries:
    """Has a number of one of these countries (ISO 3166)."""

    kind: ClassVar[str] = "countries"
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """Agreed to the campaign's purpose so many days ago, at least or at most, and in one of these ways (none: any)."""

    kind: ClassVar[str] = "consent"
    at_least_days: int | None = None
    at_most_days: int | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replied:
    """Has written to us in the last ``days`` days."""

    kind: ClassVar[str] = "replied"
    days: int


@dataclass(frozen=True, slots=True)
class Read:
    """Has read a message of ours in the last ``days`` days, as far as WhatsApp says so."""

    kind: ClassVar[str] = "read"
    days: int


@dataclass(frozen=True, slots=True)
class Reached:
    """Got a message of one of these campaigns (ids): WhatsApp said that it was delivered."""

    kind: ClassVar[str] = "reached"
    campaigns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepliedTo:
    """Answered one of these campaigns."""

    kind: ClassVar[str] = "replied_to"
    campaigns: tuple[str, ...]


Rule = Tags | Languages | Countries | Consent | Replied | Read | Reached | RepliedTo
RULES: Final[Mapping[str, type[Rule]]] = {
    rule.kind: rule for rule in (Tags, Languages, Countries, Consent, Replied, Read, Reached, RepliedTo)
}
Side = Literal["include", "exclude"]
SIDES: Final[tuple[Side, ...]] = ("include", "exclude")


@dataclass(frozen=True, slots=True)
class Audience:
    """The rules, at most one of each kind on each side. Raises InvalidAudience for what cannot be."""

    include: tuple[Rule, ...] = field(default=())
    exclude: tuple[Rule, ...] = field(default=())

    def __post_init__(self) -> None:
        for side in SIDES:
            seen = set[str]()
            for rule in self.rules(side):
                place = f"{side}.{rule.kind}"
                if rule.kind in seen:
                    raise InvalidAudience("twice", place)
                seen.add(rule.kind)
                _check(rule, place)

    @property
    def is_everybody(self) -> bool:
        """Whether it leaves nobody out who agreed."""
        return not self.include and not self.exclude

    def rules(self, side: Side) -> tuple[Rule, ...]:
        """The rules of one side."""
        return self.include if side == "include" else self.exclude

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """Plain values, in which only what was chosen stands; ``from_json`` reads them back."""
        return {side: [_told(rule) for rule in self.rules(side)] for side in SIDES}


EVERYBODY: Final = Audience()


def from_json(told: Any) -> Audience:
    """The audience in plain values, None for everybody. Raises InvalidAudience for anything else."""
    if told is None:
        return EVERYBODY
    if not isinstance(told, Mapping) or set(told) - set(SIDES):
        raise InvalidAudience("not_an_audience", "")
    return Audience(**{side: tuple(_rules(told.get(side, []), side)) for side in SIDES})


def _rules(told: Any, side: Side) -> Iterable[Rule]:
    if not isinstance(told, list):
        raise InvalidAudience("not_a_list", side)
    for one in told:
        kind = one.get("kind") if isinstance(one, Mapping) else None
        if not isinstance(kind, str) or kind not in RULES:
            raise InvalidAudience("unknown_rule", side)
        make: Callable[..., Rule] = RULES[kind]
        values = {
            name: tuple(value) if isinstance(value, list) else value for name, value in one.items() if name != "kind"
        }
        try:
            yield make(**values)
        except TypeError:
            raise InvalidAudience("unknown_value", f"{side}.{kind}") from None


def _told(rule: Rule) -> dict[str, Any]:
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(rule).items()}
    return {"kind": rule.kind} | {name: value for name, value in plain.items() if value not in (None, [])}


def _check(rule: Rule, place: str) -> None:
    match rule:
        case Tags(tags):
            _check_choices(tags, place, _is_tag)
        case Languages(languages):
            _check_choices(languages, place, _LANGUAGE.fullmatch)
        case Countries(countries):
            _check_choices(countries, place, _COUNTRY.fullmatch)
        case Reached(campaigns) | RepliedTo(campaigns):
            _check_choices(campaigns, place, _is_id)
        case Replied(days) | Read(days):
            _check_days(days, place)
        case Consent(at_least, at_most, ways):
            _check_consent(at_least, at_most, ways, place)


def _check_consent(at_least: int | None, at_most: int | None, ways: tuple[str, ...], place: str) -> None:
    if at_least is None and at_most is None and not ways:
        raise InvalidAudience("empty", place)
    for days in (at_least, at_most):
        if days is not None:
            _check_days(days, place)
    if at_least is not None and at_most is not None and at_least > at_most:
        raise InvalidAudience("never", place)
    if ways:
        _check_choices(ways, place, _WAY.fullmatch)


def _check_choices(chosen: Any, place: str, allows: Any) -> None:
    if not isinstance(chosen, tuple) or not chosen:
        raise InvalidAudience("empty", place)
    if len(chosen) > MOST_CHOICES:
        raise InvalidAudience("too_many", place)
    if not all(isinstance(one, str) and allows(one) for one in chosen):
        raise InvalidAudience("unknown_value", place)


def _check_days(days: Any, place: str) -> None:
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        raise InvalidAudience("days_out_of_range", place)


def _is_tag(text: str) -> bool:
    try:
        return tag_words.read(text) == text
    except tag_words.BadTag:
        return False


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
