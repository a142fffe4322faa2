"""Whether the privacy policy says what the installation does: contact, purposes, recipients and countries. Pure.

GDPR Art. 5(1)(a), 13(1)(a), (c), (e), (f); PDPA 2010 s.7(1)(b), (d), (e), s.8. What Izin knows of the organisation is
compared with the words of the policy, so that a new recipient or purpose cannot stay unsaid.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from izin.notices.completeness import LANGUAGES, Gap, gaps_in_policy
from izin.notices.countries import country_name

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class PurposeNamed:
    """A purpose by its name and what it is about, per language."""

    name: Mapping[str, str]
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecipientNamed:
    """Somebody who receives data: ``country`` is an ISO 3166 code, ``role`` what they do with the data, per language.

    ``safeguards`` says per language what protects data that leave ``home``, the organisation's country.
    """

    name: str
    country: str
    role: Mapping[str, str]
    safeguards: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Living:
    """What the organisation does today, as far as the policy must say it. An empty contact is not looked for."""

    name: str
    email: str
    phone: str
    country: str
    purposes: tuple[PurposeNamed, ...] = ()
    recipients: tuple[RecipientNamed, ...] = ()


META = RecipientNamed(
    "WhatsApp (Meta)",
    "US",
    {"ms": "menghantar mesej kami", "en": "delivers our messages"},
    {"ms": "fasal kontrak standard", "en": "standard contract clauses"},
)


@dataclass(frozen=True, slots=True)
class _Fact:
    """``subject`` must stand in one of ``slots``; ``sentence`` would say it, in the first of them."""

    subject: str
    slots: tuple[str, ...]
    sentence: str


def gaps(texts: Texts, living: Living) -> list[Gap]:
    """Everything that keeps the policy from being published: what is unwritten, and what is untrue by omission."""
    return [*gaps_in_policy(texts), *uncovered(texts, living)]


def uncovered(texts: Texts, living: Living) -> list[Gap]:
    """What the organisation does and the policy does not say (code ``unsaid``), in each language by itself."""
    return [
        Gap("unsaid", fact.slots[0], language, fact.subject)
        for language in LANGUAGES
        for fact in _facts(living, language)
        if not says(texts.get(language, {}), fact.subject, fact.slots)
    ]


def with_unsaid(texts: Texts, living: Living) -> dict[str, dict[str, str]]:
    """The same texts, and after them one sentence for each thing that ``uncovered`` finds."""
    whole = {language: dict(texts.get(language, {})) for language in LANGUAGES}
    for language, said in whole.items():
        for fact in _facts(living, language):
            if not says(said, fact.subject, fact.slots):
                slot = fact.slots[0]
                said[slot] = "\n\n".join(filter(None, (said.get(slot, "").strip(), fact.sentence)))
    return whole


def says(said: Mapping[str, str], subject: str, slots: Sequence[str]) -> bool:
    """Whether one of these parts names the subject, by whole words and whatever the punctuation."""
    return any(f" {_plain(subject)} " in f" {_plain(said.get(slot, ''))} " for slot in slots)


def _plain(text: str) -> str:
    """Words and figures only, so that neither line ends, dots nor hyphens part what is the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _facts(living: Living, language: str) -> Iterator[_Fact]:
    malay = language == "ms"
    yield _Fact(living.name, ("controller",), f"{living.name}.")
    for contact, word in (
        (living.email, "E-mel" if malay else "E-mail"),
        (living.phone, "Telefon" if malay else "Phone"),
    ):
        if contact:
            yield _Fact(contact, ("controller", "officer"), f"{word}: {contact}.")
    for purpose in living.purposes:
        name = purpose.name[language]
        about = purpose.about[language].rstrip(".")
        yield _Fact(name, ("purposes",), f"{name}: {about}.")
    for recipient in living.recipients:
        where = country_name(recipient.country, language)
        role = recipient.role[language].rstrip(".")
        yield _Fact(recipient.name, ("recipients",), f"{recipient.name} ({where}): {role}.")
        if recipient.country != living.country:
            yield _Fact(where, ("transfers",), _abroad(recipient, where, language))


def _abroad(recipient: RecipientNamed, where: str, language: str) -> str:
    safeguards = recipient.safeguards[language].rstrip(".")
    if language == "ms":
        return f"{recipient.name} memproses data di {where}. Perlindungan: {safeguards}."
    return f"{recipient.name} handles data in {where}. Protection: {safeguards}."
