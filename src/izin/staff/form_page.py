"""What the pages of a consent form show: checklist, differences, coverage, ways in."""

from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from izin.consent import consent_forms
from izin.consent.models import ConsentForm, FormVersion
from izin.notices import asking, chat
from izin.notices.asking import Choice, Draft, Refusal
from izin.notices.changes import asks_anew
from izin.notices.completeness import LANGUAGES
from izin.staff.form_builder import OWN, STARTER_NAMES, first_choice
from izin.staff.wordings import LANGUAGE_NAMES, PART_NAMES, WEIGHTS, explain
from izin.whatsapp.models import SenderNumber

LAWS = {"title": "GDPR 7(2), 12(1)", "choices": "GDPR 6(1)(a), 7; PDPA s.6", "notice": "GDPR 12(1); PDPA s.7(3)"}


def title(form: ConsentForm) -> str:
    """What the form is called, in the language of the page."""
    titles = form.draft["titles"]
    return str(titles.get(get_language() or "ms") or titles.get("ms") or form.key)


def address(slug: str, form: ConsentForm) -> str:
    """The public page of the form."""
    return f"{settings.PUBLIC_URL}/{slug}/sertai/{form.key}"


def chat_of(form: ConsentForm) -> dict[str, str] | None:
    """What people may write instead, and the link that writes it for them; None where the key makes no such code."""
    sender, code = SenderNumber.objects.order_by("id").first(), chat.code_of(form.key)
    if sender is None or not code:
        return None
    digits = "".join(character for character in sender.display if character.isdigit())
    words = f"{chat.KEYWORD[get_language() or 'ms']} {code}"
    return {"words": words, "number": sender.display, "href": f"https://wa.me/{digits}?text={quote(words)}"}


def frame_of(slug: str, form: ConsentForm) -> str:
    """The line that another site puts into its own page."""
    source = f"{settings.PUBLIC_URL}/{slug}/bingkai/{form.key}"
    named = escape(form.draft["titles"].get("ms", ""))
    return f'<iframe src="{source}" title="{named}" width="100%" height="900"></iframe>'


def starters(draft: Draft) -> list[dict[str, Any]]:
    """What can be added."""
    there = {one.key for one in draft.choices}
    return [{"key": key, "label": label} for key, label in STARTER_NAMES.items() if key not in there]


def with_choice(draft: Draft, starter: str, own_key: str) -> Draft:
    """The draft with one purpose more, to be filled in."""
    key = own_key.strip().lower() if starter == OWN else starter
    if not key or any(one.key == key for one in draft.choices):
        return draft
    return replace(draft, choices=(*draft.choices, first_choice(key)))


def checklist(draft: Draft, refusals: list[Refusal]) -> dict[str, Any]:
    """Every item that publishing asks for, the law behind it, and what is still missing."""
    items: list[tuple[str, str, str]] = [("title", str(PART_NAMES["title"]), LAWS["title"])]
    items += [(one.key, _name_of(one), LAWS["choices"]) for one in draft.choices]
    if not draft.choices:
        items.append(("choices", str(PART_NAMES["choices"]), LAWS["choices"]))
    items += [(slot, str(PART_NAMES[slot]), law) for slot, law in asking.SHARED_SLOTS.items()]
    items.append(("notice", str(PART_NAMES["notice"]), LAWS["notice"]))
    rows = [[label, law, _state([one for one in refusals if one.at == at])] for at, label, law in items]
    return {"columns": [{"label": text} for text in (_("Part"), _("Law"), _("State"))], "rows": rows}


def _state(refusals: list[Refusal]) -> dict[str, Any]:
    if not refusals:
        return {"state": "done", "text": _("Complete")}
    said = dict.fromkeys(
        f"{explain(one)} ({LANGUAGE_NAMES[one.language]})" if one.language else explain(one) for one in refusals
    )
    return {"state": "refused", "text": _("Not yet"), "note": " ".join(said)}


def changes_of(form: ConsentForm) -> list[dict[str, Any]]:
    """What publishing the draft would change for those who agreed already."""
    found = []
    for choice, purpose, changed in consent_forms.difference(form):
        if purpose is None or not changed:
            continue
        found.append(
            {
                "name": _name_of(choice),
                "asks": asks_anew(changed),
                "people": consent_forms.in_force(purpose).count(),
                "parts": [
                    {
                        "label": PART_NAMES.get(one.slot, one.slot),
                        "lang": one.language,
                        "before": one.before,
                        "after": one.after,
                        "weight": WEIGHTS[one.weight],
                        "tone": {"ask": "danger", "tell": "warning"}.get(one.weight, "neutral"),
                    }
                    for one in changed
                ],
            }
        )
    return found


def coverage(version: FormVersion) -> dict[str, Any]:
    """For each purpose of the published form: how many consents stand, and how many no longer cover its wording."""
    rows = []
    for purpose, wording in consent_forms.asked_by(version):
        left = consent_forms.uncovered(purpose).count()
        rows.append(
            [
                purpose.name,
                {"code": wording.name},
                consent_forms.in_force(purpose).count(),
                {"state": "refused", "text": str(left)} if left else "0",
            ]
        )
    columns: list[dict[str, Any]] = [
        {"label": _("Purpose")},
        {"label": _("Notice version")},
        {"label": _("Consents that stand"), "numeric": True},
        {"label": _("No longer covering it"), "numeric": True},
    ]
    return {"columns": columns, "rows": rows}


def sheets(draft: Draft, organisation: str) -> list[dict[str, Any]]:
    """The page in each language, as far as it is written."""
    return [_sheet(draft, organisation, language) for language in LANGUAGES]


def _sheet(draft: Draft, organisation: str, language: str) -> dict[str, Any]:
    with override(language):
        asked = []
        for one in draft.choices:
            texts = asking.notice_of(draft, one, organisation)[language]
            parts = [{"label": str(PART_NAMES[slot]), "text": texts[slot]} for slot in texts if slot != "statement"]
            asked.append({"name": one.names.get(language, ""), "statement": texts["statement"], "parts": parts})
    return {"lang": language, "title": draft.titles.get(language, ""), "asked": asked}


def _name_of(choice: Choice) -> str:
    return choice.names.get(get_language() or "ms") or choice.key
