"""The parts of the privacy policy's pages: the check item by item, how plain the words are, and what changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from izin.notices.completeness import LANGUAGES, POLICY_LAW, Gap
from izin.notices.differences import changed_slots, pieces
from izin.notices.models import PrivacyPolicy
from izin.notices.readability import readability
from izin.staff.wordings import LANGUAGE_NAMES, POLICY_SLOTS, explain

Texts = Mapping[str, Mapping[str, str]]


def findings(gaps: Sequence[Gap]) -> list[dict[str, Any]]:
    """Each thing that keeps the policy from being published, once for both languages where it is the same."""
    spoken: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        spoken.setdefault((gap.slot, explain(gap)), []).append(gap)
    return [
        {
            "kind": "blocker",
            "title": f"{POLICY_SLOTS[slot][0]} ({', '.join(LANGUAGE_NAMES[gap.language] for gap in found)})",
            "text": text,
            "source": POLICY_LAW[slot],
        }
        for (slot, text), found in spoken.items()
    ]


def checklist(gaps: Sequence[Gap]) -> list[list[Any]]:
    """One row for each item that the law wants: its name, the law, and how it stands in both languages."""
    wrong = {(gap.slot, gap.language) for gap in gaps}
    return [
        [
            {"text": POLICY_SLOTS[slot][0]},
            {"text": law},
            *({"text": _("To be completed") if (slot, one) in wrong else _("Complete")} for one in LANGUAGES),
        ]
        for slot, law in POLICY_LAW.items()
    ]


def plainness(texts: Texts) -> list[dict[str, Any]]:
    """How hard the text is to read, as a fact for each language."""
    facts = []
    for language in LANGUAGES:
        measured = readability("\n".join(texts.get(language, {}).values()), language)
        if measured is None:
            continue
        verdict = _("plain") if measured.is_plain else _("hard to read: shorten the sentences and the words")
        said = _("%(score)s of 100, %(mean)s words a sentence, the longest %(longest)s: %(verdict)s")
        figures = {"score": measured.score, "mean": measured.mean_sentence, "longest": measured.longest}
        facts.append({"label": LANGUAGE_NAMES[language], "text": said % (figures | {"verdict": verdict})})
    return facts


def versions(slug: str) -> list[list[Any]]:
    """Every version, the newest first, each with the way to its differences."""
    return [
        [
            {"text": str(one.number), "href": reverse("staff:policy_version", args=[slug, one.number])},
            {"time": one.published_at},
            {"code": one.digest[:16]},
        ]
        for one in PrivacyPolicy.objects.all()
    ]


def changes(before: Texts, after: Texts) -> list[dict[str, Any]]:
    """The parts that changed, with what was taken out and what came in, both languages beside each other."""
    return [
        {
            "label": POLICY_SLOTS[slot][0],
            "columns": [
                {
                    "lang": language,
                    "pieces": pieces(before.get(language, {}).get(slot, ""), after.get(language, {}).get(slot, "")),
                }
                for language in LANGUAGES
            ],
        }
        for slot in changed_slots(before, after, tuple(POLICY_SLOTS))
    ]
