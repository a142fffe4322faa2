"""A message template while it is being written: what Meta would refuse, and what is better said otherwise.

Pure. The limits are those of Meta's pages "Create a template" and "Template categorization"; the way out in every
marketing message is PDPA s.43, GDPR Art. 21(4) and ePrivacy Art. 13(2).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from izin.whatsapp import optout
from izin.whatsapp.render import BODY_LIMIT, HEADER_LIMIT, PLACEHOLDER, placeholders

NAME_LIMIT, FOOTER_LIMIT, BUTTON_LIMIT, URL_LIMIT = 512, 60, 25, 2_000
MARKETING, UTILITY = "MARKETING", "UTILITY"
WORDS_PER_PLACEHOLDER = 3  # with fewer, Meta finds the text too short for its placeholders

# What makes a text advertising in Meta's eyes, whatever its author calls it.
_SELLS = {
    "ms": r"tawaran|promosi|promo|diskaun|potongan|percuma|jualan|jimat|baucar|kupon|hadiah|terhad|istimewa|pakej"
    r"|beli|rebat|cabutan",
    "en": r"offers?|promotions?|promo|discounts?|free|sales?|save|vouchers?|coupons?|gifts?|deals?|limited|exclusive"
    r"|buy|win|rebates?",
}
_FIGURES = r"\d+\s?%|RM\s?\d+(?:\.\d\d)? off"
SELLS = {language: re.compile(rf"\b(?:{words})\b|{_FIGURES}", re.IGNORECASE) for language, words in _SELLS.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why Meta, or the law, would not have it. ``part`` is the field that mends it, ``subject`` what was found."""

    part: str
    code: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One language of a template. ``way_out`` are the words of the button to stop by; "" for no such button."""

    language: str
    category: str
    body: str
    header: str = ""
    footer: str = ""
    way_out: str = ""
    link_text: str = ""
    link_url: str = ""

    def problems(self) -> list[Problem]:
        """Everything that must be mended before it is handed in."""
        return [*self._of_body(), *self._of_header(), *self._of_footer(), *self._of_buttons()]

    def advice(self) -> list[Problem]:
        """What may be handed in, and will perhaps not come back as its author hopes."""
        found = []
        words = [match[0] for match in SELLS[self.language].finditer(self._whole())] if self.language in SELLS else []
        if self.category == UTILITY and words:
            found.append(Problem("category", "sells", ", ".join(dict.fromkeys(word.lower() for word in words))))
        count = len(PLACEHOLDER.findall(self.body))
        if count and len(PLACEHOLDER.sub(" ", self.body).split()) < WORDS_PER_PLACEHOLDER * count:
            found.append(Problem("body", "short_for_placeholders"))
        return found

    def components(self, examples: Mapping[str, str]) -> list[dict[str, Any]]:
        """Meta's components, with an example for each placeholder, which Meta asks for."""
        components: list[dict[str, Any]] = []
        if self.header:
            components.append({"type": "HEADER", "format": "TEXT", "text": self.header})
        components.append({"type": "BODY", "text": self.body} | _example(self.body, examples))
        if self.footer:
            components.append({"type": "FOOTER", "text": self.footer})
        buttons: list[dict[str, str]] = []
        if self.link_text and self.link_url:
            buttons.append({"type": "URL", "text": self.link_text, "url": self.link_url})
        if self.way_out:
            buttons.append({"type": "QUICK_REPLY", "text": self.way_out})
        return [*components, {"type": "BUTTONS", "buttons": buttons}] if buttons else components

    def handed_in(self, name: str, examples: Mapping[str, str]) -> dict[str, Any]:
        """The body of Meta's request to create a template."""
        named = placeholders(self.body)
        kind = "NAMED" if any(not key.isdigit() for key in named) else "POSITIONAL"
        return {
            "name": name,
            "language": self.language,
            "category": self.category,
            "components": self.components(examples),
        } | ({"parameter_format": kind} if named else {})

    def _of_body(self) -> Iterator[Problem]:
        body, named = self.body, placeholders(self.body)
        if len(body) > BODY_LIMIT:
            yield Problem("body", "too_long", str(len(body) - BODY_LIMIT))
        rest = PLACEHOLDER.sub("", body)
        if "{{" in rest or "}}" in rest:
            yield Problem("body", "placeholder_broken")
        numbers = [int(key) for key in named if key.isdigit()]
        if numbers and len(numbers) < len(named):
            yield Problem("body", "placeholders_mixed")
        elif numbers and numbers != list(range(1, len(numbers) + 1)):
            missing = next(place for place in range(1, 100) if place not in numbers)
            yield Problem("body", "placeholder_left_out", f"{{{{{missing}}}}}")
        if body.startswith("{{") or body.endswith("}}"):
            yield Problem("body", "placeholder_at_the_edge")
        if re.search(r"\}\}\s*\{\{", body):
            yield Problem("body", "placeholders_adjacent")

    def _of_header(self) -> Iterator[Problem]:
        if len(self.header) > HEADER_LIMIT:
            yield Problem("header", "too_long", str(len(self.header) - HEADER_LIMIT))
        if "{{" in self.header:
            yield Problem("header", "placeholder_not_here")
        if re.search(r"[*_~`\n]", self.header):
            yield Problem("header", "plain_text_only")

    def _of_footer(self) -> Iterator[Problem]:
        if len(self.footer) > FOOTER_LIMIT:
            yield Problem("footer", "too_long", str(len(self.footer) - FOOTER_LIMIT))
        if "{{" in self.footer:
            yield Problem("footer", "placeholder_not_here")
        if self.category == MARKETING and not self._tells_how_to_stop():
            yield Problem("footer", "no_way_out", optout.OPT_OUT_FOOTER.get(self.language, ""))

    def _of_buttons(self) -> Iterator[Problem]:
        for part, text in (("way_out", self.way_out), ("link_text", self.link_text)):
            if len(text) > BUTTON_LIMIT:
                yield Problem(part, "too_long", str(len(text) - BUTTON_LIMIT))
            if "{{" in text:
                yield Problem(part, "placeholder_not_here")
        if self.link_text and not self.link_url:
            yield Problem("link_url", "link_missing")
        if self.link_url and not self.link_text:
            yield Problem("link_text", "link_without_words")
        if self.link_url and not re.fullmatch(r"https://[a-z0-9.-]+(?::[0-9]+)?(?:/[^\s{}]*)?", self.link_url, re.I):
            yield Problem("link_url", "link_not_https")
        if len(self.link_url) > URL_LIMIT:
            yield Problem("link_url", "too_long", str(len(self.link_url) - URL_LIMIT))

    def _tells_how_to_stop(self) -> bool:
        texts = (self.footer, self.body)
        return optout.is_button(self.way_out, self.language) or any(optout.tells(text, self.language) for text in texts)

    def _whole(self) -> str:
        return "\n".join((self.header, self.body, self.footer, self.link_text))


def _example(body: str, examples: Mapping[str, str]) -> dict[str, Any]:
    named = placeholders(body)
    if not named:
        return {}
    if all(key.isdigit() for key in named):
        return {"example": {"body_text": [[examples.get(key, "") for key in named]]}}
    listed = [{"param_name": key, "example": examples.get(key, "")} for key in named]
    return {"example": {"body_text_named_params": listed}}
