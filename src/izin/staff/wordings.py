"""What the parts of a notice and of a privacy policy are called on the pages, and what is wrong with a part."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from izin.notices.asking import Refusal
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
FORM_SLOTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "controller": (_("Who is responsible"), _("Name, address, and how to reach you.")),
    "data": (_("Which data are kept"), ""),
    "recipients": (_("Who else receives data"), _("WhatsApp (Meta) always does.")),
    "transfers": (_("Where data go"), _("Countries outside, and what protects the data there.")),
    "withdraw": (_("How to withdraw"), _("It must be as easy as agreeing: a reply with BERHENTI or STOP.")),
    "rights": (_("The person's rights"), _("Access, correct, erase, restrict, object, move, and complain.")),
    "complaint": (_("Where to complain"), _("Name the authority.")),
    "voluntary": (_("On which basis, and whether you must"), _("That people are free to refuse, and nothing changes.")),
    "automated": (_("Automatic decisions"), _("Whether a machine decides, and whether profiles are made.")),
}
PART_NAMES: dict[str, str | Promise] = {
    "title": _("Heading of the page"),
    "choices": _("Purposes"),
    "notice": _("The notice as a whole"),
    "statement": _("The sentence the person agrees to"),
    "retention": _("For how long"),
} | {slot: label for slot, (label, _hint) in FORM_SLOTS.items()}
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
    "meta": _("Say that WhatsApp (Meta) receives the number and the messages."),
    "rights": _("Name each right: to access, correct, erase, restrict, object and move."),
    "no_purpose": _("Add a purpose: without one there is nothing to agree to."),
    "key": _("Each purpose needs a key of its own, in small letters, digits and hyphens."),
    "ticked": _("A box that is ticked beforehand is no consent. Every box starts empty."),
    "required": _("A box that must be ticked is no free choice. Every box can be left empty."),
    "lifetime": _("Consent holds for 1 to 36 months; then it is asked for again."),
    "frequency": _("Promise at most 1 to 60 messages a month."),
    "vague": _("This is too vague to agree to: say what kind of messages, about what, how often."),
    "several_purposes": _("This is more than one purpose. Give each its own box."),
    "several_channels": _("This form asks for WhatsApp alone. Leave out other ways of reaching people."),
    "several_senders": _("People agree to messages from you alone. Leave out partners and other senders."),
    "bundled": _("Consent stands apart from terms and policies. Leave them out of this sentence."),
    "condition": _("Something is made to depend on the consent. Take that out, or state the reason below."),
    "pressure": _("Leave out words that press people to decide."),
    "long": _("This is too long: at most 80 letters for a name, 300 for what messages are about."),
    "hard": _("This is hard to read. Use shorter sentences and shorter words."),
    "condemned": _("Say it plainly: “%(subject)s” tells people nothing they can rely on."),
    "unsaid": _("Name “%(subject)s”, which you use."),
}
WEIGHTS: dict[str, str | Promise] = {
    "wording": _("Spelling only"),
    "tell": _("People are told"),
    "ask": _("A new consent is needed"),
}


def explain(gap: Gap | Refusal) -> str:
    """What is wrong, in the language of the page."""
    return str(GAPS[gap.code]) % {"subject": gap.subject}
