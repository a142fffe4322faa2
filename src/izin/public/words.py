"""Headings of the published texts, in the language of the page."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def policy_headings() -> dict[str, str]:
    """What each part of the privacy policy is called."""
    return {
        "controller": _("Who is responsible"),
        "officer": _("Data protection officer"),
        "collected": _("What we collect"),
        "sources": _("Where the data come from"),
        "purposes": _("Why, and on which lawful basis"),
        "whatsapp": _("WhatsApp"),
        "recipients": _("Who receives data"),
        "transfers": _("Transfers abroad"),
        "retention": _("How long data are kept"),
        "protection": _("How data are protected"),
        "rights": _("Your rights"),
        "withdraw": _("How to stop messages"),
        "objection": _("Objecting to marketing"),
        "choices": _("Your choices"),
        "complaint": _("Where to complain"),
        "required": _("Whether data must be given"),
        "automated": _("Automatic decisions"),
        "children": _("Children"),
        "changes": _("Changes of this policy"),
    }


def notice_headings() -> dict[str, str]:
    """What each part of a consent notice below its sentence is called."""
    return {
        "controller": _("Who is responsible"),
        "data": _("Which data are kept"),
        "recipients": _("Who else receives data"),
        "transfers": _("Where data go"),
        "retention": _("For how long"),
        "withdraw": _("How to withdraw"),
        "rights": _("Your rights"),
        "complaint": _("Where to complain"),
        "voluntary": _("On which basis, and whether you must"),
        "automated": _("Automatic decisions"),
    }


def notice_parts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """The parts of a notice below its sentence, each with its heading; those it was published with."""
    return [{"label": label, "text": texts[slot]} for slot, label in notice_headings().items() if slot in texts]
