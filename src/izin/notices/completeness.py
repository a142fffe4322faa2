"""What a notice and a privacy policy must say before they may be published. Pure.

GDPR Art. 7(2), 12-14; PDPA 2010 s.7(1)(a)-(h) and s.7(3) (Malay and English, both complete).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LANGUAGES = ("ms", "en")

# Slot → what it says. The consent notice is the first layer, the policy the whole (WP260 ¶35-36).
NOTICE_SLOTS = {
    "statement": "The sentence the person agrees to: who, what kind of messages, on WhatsApp, how often",
    "controller": "Who is responsible, and how to reach them",
    "data": "Which data are kept",
    "recipients": "Who else receives data",
    "retention": "How long",
    "withdraw": "How to withdraw, as easily as agreeing",
    "rights": "Access, correct, erase, restrict, object, move, complain",
}
# The policy's parts, and the law that wants each of them.
POLICY_LAW = {
    "controller": "GDPR 13(1)(a), 14(1)(a); PDPA s.7(1)(d)",
    "officer": "GDPR 13(1)(b), 14(1)(b); PDPA s.12A",
    "collected": "GDPR 14(1)(d); PDPA s.7(1)(a)",
    "sources": "GDPR 14(2)(f); PDPA s.7(1)(c)",
    "purposes": "GDPR 13(1)(c), 14(1)(c); PDPA s.7(1)(b)",
    "whatsapp": "GDPR 12(1), 13(1)(e)",
    "recipients": "GDPR 13(1)(e), 14(1)(e); PDPA s.7(1)(e), s.8",
    "transfers": "GDPR 13(1)(f), 14(1)(f); PDPA s.129",
    "retention": "GDPR 13(2)(a), 14(2)(a); PDPA s.10",
    "protection": "GDPR 32; PDPA s.9",
    "rights": "GDPR 13(2)(b), 14(2)(c); PDPA s.7(1)(d)",
    "withdraw": "GDPR 7(3), 13(2)(c), 14(2)(d); PDPA s.38",
    "objection": "GDPR 21(2)-(4); PDPA s.43",
    "choices": "PDPA s.7(1)(f)",
    "complaint": "GDPR 13(2)(d), 14(2)(e), 77",
    "required": "GDPR 13(2)(e); PDPA s.7(1)(g), (h)",
    "automated": "GDPR 13(2)(f), 14(2)(g), 22",
    "children": "GDPR 8, 12(1); PDP Regulations 2013 r.3",
    "changes": "GDPR 13(3), 14(4); PDPA s.7(2)(c)",
}
POLICY_SLOTS = tuple(POLICY_LAW)
PLACEHOLDER = re.compile(r"\{\{|\}\}|\[\[|\]\]|xxx+|lorem ipsum", re.IGNORECASE)
# Sentences by which people are told nothing (WP260 ¶12, 29; EDPB 05/2020 ¶75-79).
CONDEMNED = {
    "ms": ("semak halaman ini dari semasa ke semasa", "dengan terus menggunakan", "termasuk tetapi tidak terhad"),
    "en": ("check this page", "check back", "by continuing", "including but not limited to"),
}
NUMERAL = re.compile(r"\d+")
OPT_OUT_WORDS = {"ms": ("BERHENTI",), "en": ("STOP", "BERHENTI")}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that must be written before publishing.

    ``code``: missing, placeholder, numerals, channel, opt_out, condemned (the phrase is the ``subject``), or unsaid
    (what the organisation does and the text does not name: the ``subject``).
    """

    code: str
    slot: str
    language: str
    subject: str = ""


def gaps_in_notice(texts: Mapping[str, Mapping[str, str]]) -> list[Gap]:
    """Everything that keeps this consent notice from being published."""
    gaps = gaps_in(texts, NOTICE_SLOTS)
    for language in LANGUAGES:
        words = texts.get(language, {})
        if "whatsapp" not in words.get("statement", "").casefold():
            gaps.append(Gap("channel", "statement", language))
        if not any(word in words.get("withdraw", "") for word in OPT_OUT_WORDS[language]):
            gaps.append(Gap("opt_out", "withdraw", language))
    return gaps


def gaps_in_policy(texts: Mapping[str, Mapping[str, str]]) -> list[Gap]:
    """Everything that keeps this privacy policy from being published."""
    gaps = gaps_in(texts, POLICY_SLOTS)
    for language in LANGUAGES:
        if "whatsapp" not in texts.get(language, {}).get("whatsapp", "").casefold():
            gaps.append(Gap("channel", "whatsapp", language))
        if not any(word in texts.get(language, {}).get("withdraw", "") for word in OPT_OUT_WORDS[language]):
            gaps.append(Gap("opt_out", "withdraw", language))
        gaps += _condemned(texts.get(language, {}), language)
    return gaps


def _condemned(said: Mapping[str, str], language: str) -> list[Gap]:
    return [
        Gap("condemned", slot, language, phrase)
        for slot in POLICY_SLOTS
        for phrase in CONDEMNED[language]
        if phrase in " ".join(said.get(slot, "").casefold().split())
    ]


def gaps_in(texts: Mapping[str, Mapping[str, str]], slots: Iterable[str]) -> list[Gap]:
    """What is missing, left as a placeholder, or says other figures in the other language."""
    gaps = []
    for slot in slots:
        said = {language: texts.get(language, {}).get(slot, "").strip() for language in LANGUAGES}
        for language, text in said.items():
            if not text:
                gaps.append(Gap("missing", slot, language))
            elif PLACEHOLDER.search(text):
                gaps.append(Gap("placeholder", slot, language))
        if all(said.values()) and len({tuple(sorted(NUMERAL.findall(text))) for text in said.values()}) > 1:
            gaps.append(Gap("numerals", slot, LANGUAGES[0]))
    return gaps
