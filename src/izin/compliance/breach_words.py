"""What is said of a breach, in Malay and English, and the drafts of the notices. Pure.

GDPR Art. 33(3) and 34(2); the form of the Commissioner's guideline of 2025 (Annex B). No leaked data stand in it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from izin.compliance.papers import NOTHING, Paper, Said, Section, both, country, listed, moment, same

KIND_NAMES: Mapping[str, Said] = {
    "contact": both("nama dan nombor WhatsApp", "names and WhatsApp numbers"),
    "consent": both("persetujuan dan buktinya", "consents and their evidence"),
    "messages": both("mesej dan balasan", "messages and replies"),
    "sensitive": both("data peribadi sensitif (kesihatan, agama, politik)", "sensitive data (health, faith, politics)"),
    "financial": both("data kewangan", "financial data"),
    "identity": both("nombor pengenalan diri", "identity numbers"),
    "credentials": both("kata laluan atau kunci", "passwords or keys"),
    "children": both("data kanak-kanak", "data of children"),
}
FACT_NAMES: Mapping[str, Said] = {
    "unintelligible": both(
        "disulitkan, dan kunci tidak terjejas", "the data are encrypted and the key is not concerned"
    ),
    "recovered": both(
        "penerima dipercayai telah mengesahkan pemadaman", "a trusted recipient confirmed that they are deleted"
    ),
    "malicious": both("berada di tangan pihak yang berniat jahat", "somebody with bad intent has them"),
    "public": both("telah disiarkan atau boleh dibaca oleh sesiapa", "they were published or open to anybody"),
    "unavailable": both("hilang atau tidak dapat digunakan", "they are lost or cannot be used"),
    "late_found": both("ditemui lama selepas ia berlaku", "it was found long after it happened"),
}
LEVELS: Mapping[str, Said] = {
    "unlikely": both("risiko tidak mungkin", "a risk is unlikely"),
    "risk": both("ada risiko", "there is a risk"),
    "high": both("risiko tinggi", "the risk is high"),
}
CLOCK_NAMES: Mapping[str, Said] = {
    "breach.gdpr.sa": both("Pihak berkuasa (GDPR Perkara 33(1): 72 jam)", "Authority (GDPR Art. 33(1): 72 hours)"),
    "breach.uk.ico": both("ICO (UK GDPR Perkara 33: 72 jam)", "ICO (UK GDPR Art. 33: 72 hours)"),
    "breach.my.commissioner": both("Pesuruhjaya (PDPA s.12B(1): 72 jam)", "Commissioner (PDPA s.12B(1): 72 hours)"),
    "breach.my.rest": both(
        "Maklumat lanjut kepada Pesuruhjaya (30 hari)", "Further information to the Commissioner (30 days)"
    ),
    "breach.my.subjects": both(
        "Orang yang terjejas (PDPA s.12B(2): 7 hari selepas notis pertama)",
        "People affected (PDPA s.12B(2): 7 days after the first notice)",
    ),
    "breach.gdpr.subjects": both(
        "Orang yang terjejas (GDPR Perkara 34: tanpa lengah; had kami 72 jam)",
        "People affected (GDPR Art. 34: without undue delay; our own limit 72 hours)",
    ),
    "breach.gdpr.processor": both(
        "Klien (GDPR Perkara 33(2): tanpa lengah; had kami 24 jam)",
        "Client (GDPR Art. 33(2): without undue delay; our own limit 24 hours)",
    ),
}
SCOPE_NAMES: Mapping[str, Said] = {
    "all": both("semua orang dalam buku kenalan", "everybody in the book"),
    "purpose": both("orang bagi satu tujuan", "the people of one purpose"),
    "file": both("orang daripada satu import", "the people of one import"),
    "campaign": both("orang dalam satu kempen", "the people of one campaign"),
    "span": both("orang yang datanya bergerak dalam satu tempoh", "people whose data moved in a span of time"),
}
TEXTS = {
    "nature": both("Apa yang berlaku", "What happened"),
    "consequences": both("Akibat yang mungkin", "Likely consequences"),
    "measures": both("Langkah yang diambil dan dicadangkan", "Measures taken and proposed"),
    "advice": both("Apa yang boleh dilakukan oleh orang ramai", "What people can do themselves"),
    "chronology": both("Kronologi dan cara ia ditemui", "Chronology, and how it was found"),
    "late": both("Sebab lewat", "Why it is late"),
}
FOR_AUTHORITY = ("nature", "chronology", "consequences", "measures")
FOR_PEOPLE = ("nature", "consequences", "measures", "advice")
SUGGESTED_CONSEQUENCES = both(
    "Nama dan nombor telefon boleh disalah guna untuk mesej penipuan atas nama kami.",
    "Names and numbers can be misused for fraudulent messages in our name.",
)
SUGGESTED_ADVICE = both(
    "Jangan berikan kod, kata laluan atau wang kepada sesiapa yang menghubungi anda atas nama kami. "
    "Jika ragu-ragu, hubungi kami di alamat di bawah.",
    "Give no code, password or money to anybody who contacts you in our name. "
    "When in doubt, ask us at the address below.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is made of: the controller's particulars, the counts, the times, and what staff wrote."""

    organisation: str
    registration: str
    address: str
    email: str
    phone: str
    number: int
    happened: datetime | None
    detected: datetime
    aware: datetime
    zone: str
    kinds: Collection[str]
    people: int
    records: int
    countries: Mapping[str, int]
    level: str
    texts: Mapping[str, Any]
    is_late: bool


def to_authority(told: Told, whom: str) -> Paper:
    """The draft for the authority of a country, with what it lacks (Art. 33(3); Annex B)."""
    wanted = (*FOR_AUTHORITY, "late") if told.is_late else FOR_AUTHORITY
    title = both("Pemberitahuan pelanggaran data peribadi", "Notification of a personal data breach")
    sections = [
        Section(
            both("Kepada", "To"),
            text=(_authority(whom),),
        ),
        _who(told),
        Section(
            both("Masa", "Times"),
            facts=(
                (both("Berlaku", "It happened"), moment(told.happened, told.zone)),
                (both("Ditemui", "It was found"), moment(told.detected, told.zone)),
                (both("Kami pasti", "We were certain"), moment(told.aware, told.zone)),
            ),
        ),
        Section(
            both("Data dan orang", "Data and people"),
            facts=(
                (both("Jenis data", "Kinds of data"), listed([KIND_NAMES[one] for one in told.kinds])),
                (both("Kategori orang", "Categories of people"), both("penerima mesej", "recipients of messages")),
                (both("Anggaran bilangan orang", "Approximate number of people"), same(told.people)),
                (both("Anggaran bilangan rekod", "Approximate number of records"), same(told.records)),
                (both("Negara", "Countries"), _countries(told.countries)),
                (both("Tahap risiko", "Degree of risk"), LEVELS[told.level]),
            ),
        ),
        *_written(told.texts, wanted),
    ]
    missing = [*_unwritten(told.texts, wanted), *_no_contact(told)]
    if not told.kinds:
        missing.append(both("Jenis data", "Kinds of data"))
    return Paper(title, tuple(sections), tuple(missing))


def to_people(told: Told) -> Paper:
    """The draft for the people, in plain words, with what it lacks (Art. 34(2); s.12B(2))."""
    title = both("Notis penting tentang data anda", "Important notice about your data")
    greeting = both(
        f"{told.organisation} memaklumkan bahawa data anda terjejas dalam satu kejadian. "
        "Ini notis yang diwajibkan oleh undang-undang, bukan iklan.",
        f"{told.organisation} tells you that your data were concerned by an incident. "
        "The law requires this notice; it is no advertising.",
    )
    about = Section(
        both("Data yang terjejas", "Which data"), points=tuple(KIND_NAMES[one] for one in told.kinds) or (NOTHING,)
    )
    first = Section(both("Kepada anda", "To you"), text=(greeting,))
    sections = (first, about, *_written(told.texts, FOR_PEOPLE), _who(told))
    return Paper(title, sections, (*_unwritten(told.texts, FOR_PEOPLE), *_no_contact(told)))


def _who(told: Told) -> Section:
    facts = [
        (both("Nama", "Name"), same(told.organisation)),
        (both("Nombor pendaftaran", "Registration number"), same(told.registration)),
        (both("Alamat", "Address"), same(told.address)),
        (both("Pegawai perlindungan data", "Data protection officer"), listed([same(told.email), same(told.phone)])),
        (both("Rujukan kami", "Our reference"), same(f"{told.aware:%Y}-{told.number}")),
    ]
    return Section(both("Pengawal data dan hubungan", "Controller and contact"), facts=tuple(facts))


def _written(texts: Mapping[str, Any], names: Collection[str]) -> list[Section]:
    return [
        Section(TEXTS[name], text=(both(*(_text(texts, language, name) or "–" for language in ("ms", "en"))),))
        for name in names
    ]


def _unwritten(texts: Mapping[str, Any], names: Collection[str]) -> list[Said]:
    where = {"ms": both("bahasa Melayu", "Malay"), "en": both("bahasa Inggeris", "English")}
    return [
        both(f"{TEXTS[name]['ms']} ({where[language]['ms']})", f"{TEXTS[name]['en']} ({where[language]['en']})")
        for name in names
        for language in ("ms", "en")
        if not _text(texts, language, name)
    ]


def _no_contact(told: Told) -> list[Said]:
    return [] if told.email or told.phone else [both("Hubungan pegawai", "The officer's contact")]


def _text(texts: Mapping[str, Any], language: str, name: str) -> str:
    return str(texts.get(language, {}).get(name, "")).strip()


def _countries(counted: Mapping[str, int]) -> Said:
    said = [(country(code), many) for code, many in counted.items()]
    return listed([both(f"{one['ms'] or '?'}: {many:,}", f"{one['en'] or '?'}: {many:,}") for one, many in said])


def _authority(whom: str) -> Said:
    if whom == "MY":
        return both(
            "Pesuruhjaya Perlindungan Data Peribadi, Malaysia", "Personal Data Protection Commissioner, Malaysia"
        )
    if whom == "GB":
        return both("Information Commissioner's Office, United Kingdom", "Information Commissioner's Office, UK")
    where = country(whom)
    return both(f"Pihak berkuasa perlindungan data, {where['ms']}", f"Data protection authority, {where['en']}")
