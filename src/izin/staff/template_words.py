"""Templates in words: why Meta refused or paused one, what is wrong with a draft, what the advice is."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from izin.whatsapp import errors
from izin.whatsapp.drafts import MARKETING, UTILITY, Problem

CATEGORIES: dict[str, str | Promise] = {
    MARKETING: _("advertising"),
    UTILITY: _("service"),
    "AUTHENTICATION": _("one-time codes"),
}

# Meta's word for a refusal, a pause or an end.
REASONS: dict[str, str | Promise] = {
    "ABUSIVE_CONTENT": _("Meta finds the content abusive. Write it anew, without threats or insults."),
    "CATEGORY_NOT_AVAILABLE": _("The category is not open to your account. Choose another one."),
    "INCORRECT_CATEGORY": _("The category does not fit. A text that sells anything is advertising."),
    "TAG_CONTENT_MISMATCH": _(
        "Text, category and language do not fit together. Check in which language it is written."
    ),
    "INVALID_FORMAT": _("The form is wrong: placeholders, links or signs where they may not stand. Write it anew."),
    "PROMOTIONAL": _("It advertises, and was handed in as something else. Hand it in as advertising."),
    "SCAM": _("Meta takes it for a fraud. Say plainly who you are and what you offer."),
    "NONE": _("Meta gave no reason. WhatsApp Manager may say more."),
    "FIRST_PAUSE": _("Paused for 3 hours, because people blocked or reported it. It comes back by itself."),
    "SECOND_PAUSE": _("Paused for 6 hours, because people blocked or reported it again. Next time it is closed."),
    "RATE_LIMITING_PAUSE": _("Paused after its first messages were not liked. It is unpaused in WhatsApp Manager."),
    "FLAGGED": _("Its quality is low. If that stays so for a week, Meta closes it."),
    "DISABLED": _("Closed for good after repeated pauses. Write another one."),
    "DELETED": _("It is no longer at WhatsApp. Its name is free again after 30 days."),
    "PENDING_DELETION": _("It is being deleted at WhatsApp."),
    "ARCHIVED": _("Archived after twelve months without use. WhatsApp Manager brings it back."),
    "LIMIT_EXCEEDED": _("The account has as many templates as it may have. Delete some in WhatsApp Manager."),
    "LOCKED": _("Locked by Meta. WhatsApp Manager says why."),
    "IN_APPEAL": _("Your appeal is being looked at."),
}
# Meta's subcodes when it does not take a template at all.
REFUSALS: dict[int, str | Promise] = {
    2388019: REASONS["LIMIT_EXCEEDED"],
    2388023: _("A template of this name is just being deleted at WhatsApp. Choose another name."),
    2388024: _("WhatsApp has a template of this name and language already. Choose another name."),
    2388040: _("A part of the text is too long for WhatsApp."),
    2388047: _("WhatsApp does not take the headline. Use plain text without signs."),
    2388073: _("WhatsApp does not take the line at the foot. Use plain text without placeholders."),
    2388293: _("The text is too short for so many placeholders. Write more words around them."),
    2388299: _("A placeholder may not stand at the begin, at the end, or right beside another one."),
}
PROBLEMS: dict[str, str | Promise] = {
    "too_long": _("Too long by %(subject)s characters."),
    "placeholder_broken": _("A placeholder looks like {{nama}} or {{1}}: small letters, digits and _ only."),
    "placeholders_mixed": _("Use either names, as in {{nama}}, or numbers, as in {{1}}; not both."),
    "placeholder_left_out": _("Number placeholders from {{1}} on without a gap: %(subject)s is missing."),
    "placeholder_at_the_edge": _("WhatsApp takes no text that begins or ends with a placeholder."),
    "placeholders_adjacent": _("Write a word between two placeholders."),
    "placeholder_not_here": _("No placeholder can stand here."),
    "plain_text_only": _("Plain text only: no *, _, ~ or `."),
    "no_way_out": _("This line must tell how to stop, for example: %(subject)s"),
    "link_missing": _("Where does the button lead?"),
    "link_without_words": _("Which words stand on the button?"),
    "link_not_https": _("A link begins with https:// and has no placeholder."),
}
ADVICE: dict[str, str | Promise] = {
    "sells": _(
        "This reads like advertising: %(subject)s. WhatsApp makes it advertising by itself, and people who agreed to "
        "service messages only must not get it. Choose “advertising”, or leave these words out."
    ),
    "short_for_placeholders": _(
        "The text is short for so many placeholders, and WhatsApp may refuse it. Write more words around them."
    ),
}


def reason_in_words(reason: str) -> str:
    """Meta's word for a reason, in a sentence; an unknown word stands as it is, "" for none."""
    return str(REASONS.get(reason, reason.replace("_", " ").lower()))


def refusal_in_words(code: int | None, subcode: int | None) -> str:
    """Why Meta did not take what was handed in."""
    if subcode in REFUSALS:
        return str(REFUSALS[subcode])
    return errors.explain(code, get_language() or "ms")


def problem_in_words(problem: Problem) -> str:
    """What is wrong with the draft, and what to do."""
    return str({**PROBLEMS, **ADVICE}[problem.code]) % {"subject": problem.subject}
