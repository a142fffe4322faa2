"""What the parts of a notice and of a privacy policy are called on the pages, and what is wrong with a part."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from izin.notices.completeness import Gap

LANGUAGE_NAMES = {"ms": "Bahasa Melayu", "en": "English"}

NOTICE_SLOTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "statement": (
        _("The sentence the person agrees to"),
        _("Who sends, what kind of messages, that they come on WhatsApp, and how many at most."),
    ),
    "controller": (_("Who is responsible"), _("Name, address, and how to reach you.")),
    "data": (_("Which data are kept"), ""),
    "recipients": (_("Who else receives data"), _("WhatsApp (Meta) always does.")),
    "retention": (_("For how long"), ""),
    "withdraw": (_("How to withdraw"), _("It must be as easy as agreeing: a reply with BERHENTI or STOP.")),
    "rights": (_("The person's rights"), _("Access, correct, erase, restrict, object, move, and complain.")),
}
POLICY_SLOTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "controller": (_("Who is responsible"), _("Name, address, and the contact for questions about privacy.")),
    "officer": (_("Data protection officer"), _("How to reach whoever answers for privacy.")),
    "collected": (_("What we collect"), ""),
    "sources": (_("Where the data come from"), _("And whether a source is public.")),
    "purposes": (_("Why, and on which lawful basis"), _("Name every purpose.")),
    "whatsapp": (_("WhatsApp"), _("That it is used for marketing, and what Meta receives.")),
    "recipients": (_("Who receives data"), _("Name every recipient.")),
    "transfers": (_("Transfers abroad"), _("Each country, and what protects the data there.")),
    "retention": (_("How long data are kept"), ""),
    "protection": (_("How data are protected"), ""),
    "rights": (_("Your rights"), _("And how they are used, with the time in which you answer.")),
    "withdraw": (_("How to stop messages"), ""),
    "objection": (_("Objecting to marketing"), _("This right stands by itself.")),
    "choices": (_("Your choices"), _("How a person limits what you do with the data.")),
    "complaint": (_("Where to complain"), ""),
    "required": (_("Whether data must be given"), _("And what happens if they are not.")),
    "automated": (_("Automatic decisions"), ""),
    "children": (_("Children"), ""),
    "changes": (_("Changes of this policy"), ""),
}
GAPS: dict[str, str | Promise] = {
    "missing": _("Write this part."),
    "placeholder": _("Replace the placeholder in this text."),
    "numerals": _("The numbers in the two languages differ. Both must say the same."),
    "channel": _("Say that the messages come on WhatsApp."),
    "opt_out": _("Name the word that stops the messages: BERHENTI in Malay, STOP in English."),
    "condemned": _("Say it plainly: “%(subject)s” tells people nothing they can rely on."),
    "unsaid": _("Name “%(subject)s”, which you use."),
}


def explain(gap: Gap) -> str:
    """What is wrong, in the language of the page."""
    return str(GAPS[gap.code]) % {"subject": gap.subject}
