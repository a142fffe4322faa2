"""Every staff address of an organisation, with who may open it."""

from typing import Any

from django.urls import reverse

ALL = ("admin", "marketer", "reviewer", "officer")
ADMINS, COMPOSERS, OFFICERS = ("admin",), ("admin", "marketer"), ("admin", "officer")

# name: (object in the address, roles that may GET it; None: it takes POST only)
PAGES: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "overview": ("", ALL),
    "contacts": ("", ALL),
    "contact": ("contact", ALL),
    "person_evidence": ("contact", None),
    "signed_new": ("", ("admin", "marketer", "officer")),
    "signed_scan": ("scan", OFFICERS),
    "import": ("", COMPOSERS),
    "import_columns": ("upload", COMPOSERS),
    "import_preview": ("upload", COMPOSERS),
    "import_discard": ("upload", None),
    "imported": ("file", ALL),
    "import_progress": ("file", ALL),
    "import_rejected": ("file", ALL),
    "import_review": ("review", ("admin", "reviewer", "officer")),
    "served_page": ("digest", OFFICERS),
    "replies": ("", ALL),
    "corrections": ("", OFFICERS),
    "set_aside": ("", OFFICERS),
    "reply": ("reply", ALL),
    "requests": ("", OFFICERS),
    "request_new": ("", OFFICERS),
    "request": ("request_id", OFFICERS),
    "accountability": ("", OFFICERS),
    "breaches": ("", OFFICERS),
    "breach_new": ("", OFFICERS),
    "breach": ("breach", OFFICERS),
    "breach_notice": ("breach", OFFICERS),
    "retention": ("", OFFICERS),
    "processing": ("", OFFICERS),
    "assessment": ("", OFFICERS),
    "agreement": ("", OFFICERS),
    "paper_version": ("version", OFFICERS),
    "instructions": ("", OFFICERS),
    "promise": ("", ALL),
    "objection_new": ("", ALL),
    "objection_recorded": ("", ALL),
    "purposes": ("", ALL),
    "purpose_new": ("", OFFICERS),
    "purpose": ("purpose", ALL),
    "purpose_ending": ("purpose", ALL),
    "forms": ("", ALL),
    "form_new": ("", OFFICERS),
    "form": ("form", ALL),
    "form_preview": ("form", ALL),
    "form_poster": ("form", ALL),
    "form_close": ("form", None),
    "form_frames": ("form", None),
    "policy": ("", ALL),
    "policy_version": ("", ALL),
    "recipients": ("", OFFICERS),
    "recipient": ("recipient", OFFICERS),
    "audiences": ("", ALL),
    "audience_new": ("", COMPOSERS),
    "audience_count": ("", None),
    "audience": ("audience", ALL),
    "campaigns": ("", ALL),
    "campaign_new": ("", COMPOSERS),
    "campaign_preview": ("", COMPOSERS),
    "campaign": ("campaign", ALL),
    "campaign_progress": ("campaign", ALL),
    "campaign_report": ("campaign", ALL),
    "campaign_evidence": ("campaign", None),
    "rehearsal": ("campaign", ALL),
    "rehearsal_discard": ("campaign", None),
    "campaign_again": ("campaign", None),
    "campaign_test": ("campaign", ALL),
    "campaign_step": ("campaign", None),
    "sending": ("", ALL),
    "templates": ("", ALL),
    "template_new": ("", COMPOSERS),
    "template_preview": ("", None),
    "template": ("template", ALL),
    "whatsapp": ("", ALL),
    "whatsapp_connect": ("", ADMINS),
    "whatsapp_renew": ("account", ADMINS),
    "whatsapp_numbers": ("account", ADMINS),
    "whatsapp_webhook": ("account", ADMINS),
    "whatsapp_check": ("account", None),
    "whatsapp_old_secret": ("account", None),
    "ledger": ("", OFFICERS),
    "ledger_verify": ("", None),
    "checkpoint": ("", OFFICERS),
}


def address(name: str, house: Any, other: Any = None) -> str:
    """The page's address below ``house``; the object in it may be another organisation's."""
    kind = PAGES[name][0]
    place = {"organisation": house.slug}
    if kind:
        place[kind] = getattr((other or house).objects[kind], "digest" if kind == "digest" else "id")
    if name == "signed_scan":
        scan = (other or house).objects["scan"]
        place = {"organisation": house.slug, "contact": scan.contact_id, "digest": scan.digest}
    if name == "campaign_step":
        place["step"] = "approve"
    if name == "paper_version":
        place["form"] = "json"
    if name == "breach_notice":
        place["whom"] = "people"
    if name == "policy_version":
        place["number"] = 1
    return reverse(f"staff:{name}", kwargs=place)
