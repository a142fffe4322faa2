"""A consent form before it is published, and everything that keeps it from being published. Pure.

GDPR Art. 4(11), 7, 12, 13, recitals 32, 42, 43; PDPA s.6, s.7. One box for each purpose, none ticked, none required;
the sentence beside a box is made here, so that it always says who, what, how often, and that it comes by WhatsApp.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from izin.notices import plainness
from izin.notices.completeness import LANGUAGES, OPT_OUT_WORDS, Gap, gaps_in

# What every purpose on the form shares: part → the law that asks for it. Statement and time are made for each purpose.
SHARED_SLOTS = {
    "controller": "GDPR 13(1)(a), (b); PDPA s.7(1)(d)",
    "data": "PDPA s.7(1)(a)",
    "recipients": "GDPR 13(1)(e); PDPA s.7(1)(e)",
    "transfers": "GDPR 13(1)(f); PDPA s.129",
    "withdraw": "GDPR 7(3), 13(2)(c); PDPA s.38",
    "rights": "GDPR 13(2)(b), 21(4); PDPA s.7(1)(d), (f)",
    "complaint": "GDPR 13(2)(d); PDPA s.104",
    "voluntary": "GDPR 13(1)(c), 13(2)(e); PDPA s.7(1)(g), (h)",
    "automated": "GDPR 13(2)(f)",
}
# Who is responsible is a name and an address, which no reading load is measured of.
NO_PROSE = frozenset({"controller"})
# The rights that must be named, by the stem of the word as Malay prefixes leave it (GDPR Art. 15-18, 20, 21, 77).
RIGHTS = {
    "ms": ("akses", "betul", "[pm]adam", "[sy]ekat", "bantah", "[pm]indah"),
    "en": ("access", "correct", "erase", "restrict", "object", "move"),
}
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::[0-9]{1,5})?")
MOST_MONTHS = 36
MOST_PER_MONTH = 60
SHORTEST_REASON = 30
LONGEST_KEY, LONGEST_NAME, LONGEST_KINDS = 40, 80, 300


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: what the messages are about, how often at most, for how long. ``category``: MARKETING or UTILITY.

    ``ticked`` and ``required`` exist so that a draft which asks for either is refused by name, not silently mended.
    """

    key: str
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    category: str = "MARKETING"
    per_month: int = 4
    months: int = 24
    ticked: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as staff write it. ``texts`` holds the shared parts per language; ``reason`` defends a condition."""

    titles: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form is not published. ``at``: a slot, ``notice`` (all), ``title``, ``choices`` or a choice's key.
    ``subject``: what the text does not name, as in a Gap.
    """

    code: str
    at: str
    language: str = ""
    subject: str = ""


def refusals(draft: Draft) -> list[Refusal]:
    """Everything that keeps this form from being published, in the order of the page."""
    return [*_of_titles(draft), *_of_choices(draft), *_of_texts(draft)]


def statement(choice: Choice, organisation: str, language: str) -> str:
    """The sentence beside the box."""
    kinds = choice.kinds.get(language, "").strip()
    if language == "ms":
        return (
            f"Saya bersetuju menerima {kinds} daripada {organisation} melalui WhatsApp, "
            f"paling banyak {choice.per_month} mesej sebulan."
        )
    return f"I agree to receive {kinds} from {organisation} on WhatsApp, at most {choice.per_month} messages a month."


def retention(months: int, language: str) -> str:
    """How long the consent holds."""
    if language == "ms":
        return f"Persetujuan ini sah selama {months} bulan atau sehingga anda menariknya balik."
    return f"This consent holds for {months} months, or until you withdraw it."


def notice_of(draft: Draft, choice: Choice, organisation: str) -> dict[str, dict[str, str]]:
    """The whole notice of one purpose, per language: its own sentence and time, and what all purposes share."""
    return {
        language: {
            "statement": statement(choice, organisation, language),
            **{slot: draft.texts.get(language, {}).get(slot, "").strip() for slot in SHARED_SLOTS},
            "retention": retention(choice.months, language),
        }
        for language in LANGUAGES
    }


def origins_in(text: str) -> tuple[list[str], list[str]]:
    """The sites that may frame a form, one on each line: those that are an https origin, and the lines that are not."""
    lines = list(dict.fromkeys(line.strip().rstrip("/").lower() for line in text.splitlines() if line.strip()))
    good = [line for line in lines if ORIGIN.fullmatch(line)]
    return good, [line for line in lines if line not in good]


def _of_titles(draft: Draft) -> Iterator[Refusal]:
    for language in LANGUAGES:
        title = draft.titles.get(language, "").strip()
        if not title:
            yield Refusal("missing", "title", language)
        else:
            yield from _of_words(title, "title", language, draft.reason)


def _of_choices(draft: Draft) -> Iterator[Refusal]:
    if not draft.choices:
        yield Refusal("no_purpose", "choices")
    keys = [choice.key for choice in draft.choices]
    for choice in draft.choices:
        if not KEY.fullmatch(choice.key) or len(choice.key) > LONGEST_KEY or keys.count(choice.key) > 1:
            yield Refusal("key", choice.key)
        if choice.ticked:
            yield Refusal("ticked", choice.key)
        if choice.required:
            yield Refusal("required", choice.key)
        if not 1 <= choice.months <= MOST_MONTHS:
            yield Refusal("lifetime", choice.key)
        if not 1 <= choice.per_month <= MOST_PER_MONTH:
            yield Refusal("frequency", choice.key)
        yield from _of_choice(choice, draft.reason)


def _of_choice(choice: Choice, reason: str) -> Iterator[Refusal]:
    for language in LANGUAGES:
        name, kinds = choice.names.get(language, "").strip(), choice.kinds.get(language, "").strip()
        if not name or not kinds:
            yield Refusal("missing", choice.key, language)
        if len(name) > LONGEST_NAME or len(kinds) > LONGEST_KINDS:
            yield Refusal("long", choice.key, language)
        for text in filter(None, (name, kinds)):
            if plainness.is_vague(text):
                yield Refusal("vague", choice.key, language)
                break
        if len(plainness.subjects(kinds)) > 1 or "\n" in kinds or ";" in kinds:
            yield Refusal("several_purposes", choice.key, language)
        if plainness.CHANNELS.search(kinds):
            yield Refusal("several_channels", choice.key, language)
        if plainness.OTHERS.search(kinds):
            yield Refusal("several_senders", choice.key, language)
        if plainness.TERMS.search(kinds):
            yield Refusal("bundled", choice.key, language)
        if plainness.too_hard(kinds, language):
            yield Refusal("hard", choice.key, language)
        yield from _of_words(f"{name}. {kinds}", choice.key, language, reason)


def _of_texts(draft: Draft) -> Iterator[Refusal]:
    for gap in [*gaps_in(draft.texts, SHARED_SLOTS), *_of_slots(draft.texts)]:
        yield Refusal(gap.code, gap.slot, gap.language)
    for language in LANGUAGES:
        for slot in SHARED_SLOTS:
            text = draft.texts.get(language, {}).get(slot, "")
            if slot not in NO_PROSE and plainness.too_hard(text, language):
                yield Refusal("hard", slot, language)
            yield from _of_words(text, slot, language, draft.reason)
        prose = [text for slot, text in draft.texts.get(language, {}).items() if slot not in NO_PROSE]
        if plainness.too_hard_as_a_whole("\n".join(prose), language):
            yield Refusal("hard", "notice", language)


def _of_slots(texts: Mapping[str, Mapping[str, str]]) -> Iterator[Gap]:
    for language in LANGUAGES:
        said = {slot: texts.get(language, {}).get(slot, "") for slot in SHARED_SLOTS}
        if said["withdraw"] and not any(word in said["withdraw"] for word in OPT_OUT_WORDS[language]):
            yield Gap("opt_out", "withdraw", language)
        if said["recipients"] and not re.search(r"whatsapp|meta", said["recipients"], re.IGNORECASE):
            yield Gap("meta", "recipients", language)
        if said["rights"] and not all(re.search(stem, said["rights"], re.IGNORECASE) for stem in RIGHTS[language]):
            yield Gap("rights", "rights", language)


def _of_words(text: str, at: str, language: str, reason: str) -> Iterator[Refusal]:
    if plainness.is_condition(text) and len(reason.strip()) < SHORTEST_REASON:
        yield Refusal("condition", at, language)
    if plainness.PRESSURE.search(text):
        yield Refusal("pressure", at, language)
