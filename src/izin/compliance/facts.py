"""The living configuration as the documents need it. Pure; ``gathering`` fills it."""

from collections.abc import Mapping
from dataclasses import dataclass

from izin.compliance.papers import Said, both


@dataclass(frozen=True, slots=True)
class PurposeFact:
    """A purpose with how many people may be written to for it today."""

    name: Said
    about: Said
    days: int
    people: int


@dataclass(frozen=True, slots=True)
class RecipientFact:
    """Somebody who receives data, with the ground of a transfer and what protects the data there."""

    name: str
    kind: Said
    country: str
    role: Said
    contract: str
    ground: Said
    safeguards: Said


@dataclass(frozen=True, slots=True)
class Facts:
    """What the organisation is and does today."""

    name: str
    registration: str
    address: str
    email: str
    phone: str
    country: str
    officers: tuple[str, ...]
    people: int
    countries: Mapping[str, int]
    purposes: tuple[PurposeFact, ...]
    recipients: tuple[RecipientFact, ...]
    spans: Mapping[str, int]
    secure: bool


GROUNDS: Mapping[str, Said] = {
    "home": both("tidak perlu: data kekal di dalam negara", "none needed: data stay in the country"),
    "adequate": both(
        "negara dengan perlindungan setara (GDPR Perkara 45; PDPA s.129(2))",
        "a country that protects data as well (GDPR Art. 45; PDPA s.129(2))",
    ),
    "clauses": both(
        "fasal kontrak standard (GDPR Perkara 46; PDPA s.129(3)(f))",
        "standard contract clauses (GDPR Art. 46; PDPA s.129(3)(f))",
    ),
    "consent": both(
        "persetujuan nyata (GDPR Perkara 49(1)(a); PDPA s.129(3)(a))",
        "explicit consent (GDPR Art. 49(1)(a); PDPA s.129(3)(a))",
    ),
}
KINDS: Mapping[str, Said] = {
    "processor": both("pemproses", "processor"),
    "third_party": both("pihak ketiga", "third party"),
}
