"""What WhatsApp's webhooks say, and whether WhatsApp said it.

Pure. Follows Meta's pages "Create a webhook endpoint", "status messages webhook", "user_preferences webhook" and
"Business-scoped user IDs". Numbers, texts and message ids (a wamid holds the number) never show in a ``repr``.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from izin.whatsapp import lenient
from izin.whatsapp.lenient import Hidden, Poison

USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
NUMBER = re.compile(r"\+[1-9][0-9]{5,18}")
SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")
EARLIEST = datetime(2009, 1, 1, tzinfo=UTC)  # WhatsApp is not older
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class Status(Hidden, frozen=True):
    """What became of one message of ours. Order is not guaranteed and ``delivered`` may be skipped.

    ``at`` is UTC; ``at_is_sound`` is False when Meta's time was missing or out of any sensible range and was clamped:
    then use the time of receipt. ``recipient_id`` is the number with its ``+``. ``token`` is the one we sent along.
    """

    phone_number_id: str
    id: str
    status: str
    at: datetime
    at_is_sound: bool
    recipient_id: str | None = None
    recipient_user_id: str | None = None
    token: str | None = None
    codes: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<Status {_slug(self.status)} {self.codes}>"


class InboundMessage(Hidden, frozen=True):
    """What one person wrote, pressed or recorded.

    ``from_number`` carries its ``+`` and is None when WhatsApp gave only the business-scoped ``from_user_id``.
    ``text`` is the body, a button's words, a caption or a reaction's emoji; ``payload`` a button's hidden value.
    For ``kind == "system"`` the ``new_…`` and ``previous_…`` fields say which identity became which.
    """

    phone_number_id: str
    id: str
    at: datetime
    at_is_sound: bool
    kind: str
    from_number: str | None = None
    from_user_id: str | None = None
    text: str | None = None
    payload: str | None = None
    context_id: str | None = None
    profile_name: str | None = None
    new_number: str | None = None
    new_user_id: str | None = None
    previous_user_id: str | None = None
    codes: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<InboundMessage {_slug(self.kind)}>"


class Preference(Hidden, frozen=True):
    """WhatsApp's own switch for marketing from this business: ``stop`` withdraws, ``resume`` consents to nothing."""

    phone_number_id: str
    value: str
    category: str
    at: datetime
    at_is_sound: bool
    number: str | None = None
    user_id: str | None = None

    def __repr__(self) -> str:
        return f"<Preference {_slug(self.value)}>"


class Other(Hidden, frozen=True):
    """Any other change (templates, accounts, groups, calls, errors without a message), whole, for its own reader."""

    field: str
    account_id: str
    phone_number_id: str | None
    value: dict[str, Any]
    at: datetime
    at_is_sound: bool
    codes: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<Other {_slug(self.field)} {self.codes}>"


class Webhook(Hidden, frozen=True):
    """All that one webhook body held, flat, in its order."""

    statuses: list[Status]
    messages: list[InboundMessage]
    preferences: list[Preference]
    others: list[Other]

    def __repr__(self) -> str:
        counts = (len(self.statuses), len(self.messages), len(self.preferences), len(self.others))
        return "<Webhook {} statuses, {} messages, {} preferences, {} others>".format(*counts)


class _Said(msgspec.Struct):
    messages: Any = None
    user_preferences: Any = None


class _Change(msgspec.Struct):
    value: _Said | None = None


class _Entry(msgspec.Struct):
    changes: list[_Change] | None = None


class _Envelope(msgspec.Struct):
    entry: list[_Entry]


_only_what_is_said = msgspec.json.Decoder(_Envelope).decode


def may_speak(raw: bytes) -> bool:
    """Whether a person says something in this body, or it must be read whole to know.

    Most webhooks hold statuses alone, which is seen at a tenth of the cost of reading them.
    """
    try:
        envelope = _only_what_is_said(raw)
    except (ValueError, RecursionError):
        return True
    said = [change.value for entry in envelope.entry for change in entry.changes or () if change.value]
    return any(value.messages or value.user_preferences for value in said)


def read_webhook(raw: bytes) -> Webhook:
    """Every item of every change of every entry. Unknown fields and types are never an error; Poison is."""
    envelope = lenient.decode(raw)
    if not isinstance(envelope, dict) or not isinstance(envelope.get("entry"), list):
        raise Poison("no list of entries")
    webhook = Webhook([], [], [], [])
    for entry in lenient.dicts(envelope["entry"]):
        for change in lenient.dicts(entry.get("changes")):
            _read_change(webhook, entry, change)
    return webhook


def _read_change(webhook: Webhook, entry: dict[str, Any], change: dict[str, Any]) -> None:
    field, value = lenient.text(change.get("field")) or "", lenient.mapping(change.get("value"))
    number_id = lenient.text(lenient.mapping(value.get("metadata")).get("phone_number_id"))
    people = list(lenient.dicts(value.get("contacts")))
    at, sound = _moment(entry.get("time"))
    kept = 0
    if number_id is not None and field == "messages":
        for item in lenient.dicts(value.get("statuses")):
            if (status := _status(number_id, item)) is not None:
                webhook.statuses.append(status)
                kept += 1
        for item in lenient.dicts(value.get("messages")):
            if not _is_group(item):
                webhook.messages.append(_message(number_id, item, people))
                kept += 1
    if number_id is not None and field == "user_preferences":
        for item in lenient.dicts(value.get("user_preferences")):
            webhook.preferences.append(_preference(number_id, item))
            kept += 1
    if not kept or value.get("errors"):
        account = lenient.text(entry.get("id")) or ""
        webhook.others.append(Other(field, account, number_id, value, at, sound, _codes(value.get("errors"))))


def _status(number_id: str, item: dict[str, Any]) -> Status | None:
    message_id, status = lenient.text(item.get("id")), lenient.text(item.get("status"))
    if message_id is None or status is None or _is_group(item):
        return None
    at, sound = _moment(item.get("timestamp"))
    number, user_id = _person(item.get("recipient_id"), item.get("recipient_user_id"))
    token = lenient.text(item.get("biz_opaque_callback_data"))
    return Status(number_id, message_id, status, at, sound, number, user_id, token, _codes(item.get("errors")))


def _message(number_id: str, item: dict[str, Any], people: list[dict[str, Any]]) -> InboundMessage:
    kind = lenient.text(item.get("type")) or "unknown"
    at, sound = _moment(item.get("timestamp"))
    content = lenient.mapping(item.get(kind))
    sender = _sender(item, people)
    number, user_id = _person(
        item.get("from") or sender.get("wa_id"), item.get("from_user_id") or sender.get("user_id")
    )
    text, payload = _words(kind, content)
    context = lenient.text(lenient.mapping(item.get("context")).get("id")) or lenient.text(content.get("message_id"))
    new_number, new_user_id = (
        _person(content.get("wa_id"), content.get("user_id")) if kind == "system" else (None, None)
    )
    return InboundMessage(
        phone_number_id=number_id,
        # A message without an id is still read, and read once: the same bytes get the same name.
        id=lenient.text(item.get("id")) or "unnamed:" + hashlib.sha256(msgspec.json.encode(item)).hexdigest()[:32],
        at=at,
        at_is_sound=sound,
        kind=kind,
        from_number=number,
        from_user_id=user_id,
        text=text,
        payload=payload,
        context_id=context,
        profile_name=lenient.text(lenient.mapping(sender.get("profile")).get("name")),
        new_number=new_number,
        new_user_id=new_user_id,
        previous_user_id=lenient.text(content.get("previous_user_id")) if kind == "system" else None,
        codes=_codes(item.get("errors")),
    )


def _words(kind: str, content: dict[str, Any]) -> tuple[str | None, str | None]:
    """(text, payload) of a message's content."""
    if kind == "text":
        return lenient.text(content.get("body")), None
    if kind == "button":
        return lenient.text(content.get("text")), lenient.text(content.get("payload"))
    if kind == "interactive":
        reply = lenient.mapping(content.get(lenient.text(content.get("type")) or ""))
        return lenient.text(reply.get("title")) or lenient.text(reply.get("body")), lenient.text(reply.get("id"))
    if kind == "reaction":
        return lenient.text(content.get("emoji")), None
    if kind == "edit":
        edited = lenient.mapping(content.get("message"))
        inner = lenient.text(edited.get("type")) or "text"
        return _words(inner, lenient.mapping(edited.get(inner)))
    return lenient.text(content.get("caption")), None


def _preference(number_id: str, item: dict[str, Any]) -> Preference:
    at, sound = _moment(item.get("timestamp"))
    number, user_id = _person(item.get("wa_id"), item.get("user_id"))
    value, category = lenient.text(item.get("value")) or "", lenient.text(item.get("category")) or ""
    return Preference(number_id, value, category, at, sound, number, user_id)


def _sender(item: dict[str, Any], people: list[dict[str, Any]]) -> dict[str, Any]:
    """The entry of ``contacts`` that belongs to this message."""
    named = {lenient.text(item.get("from")), lenient.text(item.get("from_user_id"))} - {None}
    for person in people:
        if named & {lenient.text(person.get("wa_id")), lenient.text(person.get("user_id"))}:
            return person
    return people[0] if len(people) == 1 and not named else {}


def _is_group(item: dict[str, Any]) -> bool:
    return "group_id" in item or item.get("recipient_type") == "group"


def _person(number: Any, user_id: Any) -> tuple[str | None, str | None]:
    """(number with its +, business-scoped user id). Either may stand where the other is expected."""
    given, known_as = lenient.text(number), lenient.text(user_id)
    if given is None:
        return None, known_as
    if USER_ID.fullmatch(given):
        return None, known_as or given
    written = "+" + given.removeprefix("+")
    return (written if NUMBER.fullmatch(written) else None), known_as


def _moment(value: Any) -> tuple[datetime, bool]:
    """(UTC, was it sound). Takes seconds, milliseconds or microseconds, as a number or as text."""
    return _same_moment(value) if isinstance(value, str) and len(value) <= 20 else _read_moment(value)


def _read_moment(value: Any) -> tuple[datetime, bool]:
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        return EARLIEST, False
    while 1e11 < seconds < 1e18:
        seconds /= 1000
    if not EARLIEST.timestamp() <= seconds <= LATEST.timestamp():
        return (LATEST if seconds > LATEST.timestamp() else EARLIEST), False
    return datetime.fromtimestamp(seconds, UTC), True


_same_moment = lru_cache(maxsize=64)(_read_moment)  # all the statuses of a moment name a few seconds


def _codes(errors: Any) -> tuple[int, ...]:
    return tuple(code for error in lenient.dicts(errors) if (code := lenient.whole(error.get("code"))) is not None)


def _slug(value: str) -> str:
    """A word of Meta's vocabulary, or nothing: a sender could not smuggle text into a log by it."""
    return value if re.fullmatch(r"[a-z_]{1,40}", value) else "?"


def signature(secret: bytes, raw: bytes) -> str:
    """The ``X-Hub-Signature-256`` header for these exact bytes."""
    return "sha256=" + hmac.digest(secret, raw, "sha256").hex()


def signature_is_valid(header: str | None, raw: bytes, secrets: Sequence[bytes]) -> bool:
    """Whether one of the app secrets signed these exact bytes. Takes as long whichever secret fits.

    Strict: ``sha256=`` and 64 lower-case hexadecimal digits, nothing before or behind. An empty secret never fits.
    """
    if header is None or not SIGNATURE.fullmatch(header):
        return False
    fits = [hmac.compare_digest(header, signature(secret, raw)) for secret in secrets if secret]
    return any(fits)
