"""What a notice and a privacy policy must say before they may be published. Pure.

GDPR Art. 7(2), 12-14; PDPA 2010 s.7(1)(a)-(h) and s.7(3) (Malay and English, both complete).
"""

import re
from collections.abc import Mapping
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
POLICY_SLOTS = {
    "controller": "Who is responsible, and the contact for privacy",
    "collected": "What is collected, and from where",
    "purposes": "Why, and on which lawful basis",
    "whatsapp": "That WhatsApp is used for marketing, and what Meta receives",
    "recipients": "Who receives data, and in which countries",
    "retention": "How long each kind is kept",
    "protection": "How it is protected",
    "rights": "The rights, and how to use them",
    "withdraw": "How to stop messages",
    "complaint": "Which authority hears complaints",
    "required": "Whether data must be given, and what happens otherwise",
    "automated": "Whether anything is decided automatically",
    "changes": "How changes are told",
}
PLACEHOLDER = re.compile(r"\{\{|\}\}|\[\[|\]\]|xxx+|lorem ipsum", re.IGNORECASE)
NUMERAL = re.compile(r"\d+")
OPT_OUT_WORDS = {"ms": ("BERHENTI",), "en": ("STOP", "BERHENTI")}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that must be written before publishing. ``code``: missing, placeholder, numerals, channel, opt_out."""

    code: str
    slot: str
    language: str


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
    return gaps


def gaps_in(texts: Mapping[str, Mapping[str, str]], slots: Mapping[str, str]) -> list[Gap]:
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
