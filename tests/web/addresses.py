"""Every staff address of an organisation, with who may open it."""

from typing import Any

from django.urls import reverse

ALL = ("admin", "marketer", "reviewer", "officer")
COMPOSERS, OFFICERS = ("admin", "marketer"), ("admin", "officer")

# name: (object in the address, roles that may GET it; None: it takes POST only)
PAGES: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "overview": ("", ALL),
    "contacts": ("", ALL),
    "contact": ("contact", ALL),
    "person_evidence": ("contact", None),
    "import": ("", COMPOSERS),
    "imported": ("file", COMPOSERS),
    "import_progress": ("file", COMPOSERS),
    "import_rejected": ("file", COMPOSERS),
    "replies": ("", ALL),
    "corrections": ("", OFFICERS),
    "reply": ("reply", ALL),
    "objection_new": ("", ALL),
    "objection_recorded": ("", ALL),
    "purposes": ("", ALL),
    "purpose_new": ("", OFFICERS),
    "purpose": ("purpose", ALL),
    "policy": ("", ALL),
    "policy_version": ("", ALL),
    "recipients": ("", OFFICERS),
    "recipient": ("recipient", OFFICERS),
    "campaigns": ("", ALL),
    "campaign_new": ("", COMPOSERS),
    "campaign_preview": ("", COMPOSERS),
    "campaign": ("campaign", ALL),
    "campaign_progress": ("campaign", ALL),
    "campaign_report": ("campaign", ALL),
    "campaign_evidence": ("campaign", None),
    "campaign_step": ("campaign", None),
    "templates": ("", ALL),
    "template_new": ("", COMPOSERS),
    "ledger": ("", OFFICERS),
    "ledger_verify": ("", None),
    "checkpoint": ("", OFFICERS),
}


def address(name: str, house: Any, other: Any = None) -> str:
    """The page's address below ``house``; the object in it may be another organisation's."""
    kind = PAGES[name][0]
    place = {"organisation": house.slug}
    if kind:
        place[kind] = (other or house).objects[kind].id
    if name == "campaign_step":
        place["step"] = "approve"
    if name == "policy_version":
        place["number"] = 1
    return reverse(f"staff:{name}", kwargs=place)
