"""Reasons that the machine writes down as one word, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from izin.whatsapp import errors

WORDS: dict[str, str | Promise] = {
    # not sent, because nobody may write to them
    "withdrawn": _("withdrew consent before their message was decided"),
    "expired": _("their consent had run out"),
    "erased": _("their data were erased"),
    "pending": _("never confirmed"),
    "no_consent": _("no consent on record"),
    "held": _("an unclear wish of theirs is on hold"),
    "paused": _("asked for a pause"),
    "unknown": _("were never asked"),
    "resting": _("WhatsApp held our marketing back from them, so they rest for 24 hours"),
    "frequency_cap": _("had as many messages lately as your cap lets one person have"),
    # our own side
    "unreadable": _("their data could not be opened"),
    "missing_value": _("a placeholder had no value for them"),
    "too_long": _("the finished text was too long"),
    "holder_lost": _("the sending process ended in the middle"),
    "no_answer": _("WhatsApp did not answer"),
    "unknown_code": _("WhatsApp gave an error that Izin does not know"),
    "by_staff": _("paused by a colleague"),
    "stage_blocks": _("it stopped by itself: too many of the people written to stopped us in WhatsApp"),
    "stage_opt_outs": _("it stopped by itself: too many of the people written to said stop"),
    "stage_failures": _("it stopped by itself: too many messages did not arrive"),
    "webhooks_silent": _("WhatsApp has told us nothing about messages that it took, so a stop could stay unheard"),
    # Meta's refusals without a sentence of their own
    "undeliverable": _("the number cannot receive WhatsApp messages"),
    "identity_changed": _("WhatsApp says that the number may have a new owner"),
    "not_authenticated": _("WhatsApp does not accept the access token"),
    "no_permission": _("the access token lacks a permission"),
    "number_deleted": _("the sender number no longer exists"),
    "registration": _("the sender number is not registered"),
    "payment_terms": _("Meta's payment terms have not been accepted"),
    "display_name_missing": _("the sender number has no approved display name"),
    "marketing_not_onboarded": _("the account is not yet set up for marketing messages"),
    "content_changed": _(
        "its template was changed at Meta after the approval, so nobody agreed to what would be sent; cancel it, and "
        "compose another campaign for those who wait"
    ),
    "category_changed": _("WhatsApp put the template into another category"),
}
_CODE_OF = {verdict.reason: code for code, verdict in reversed(errors.VERDICTS.items()) if code in errors.EXPLANATIONS}


def in_words(reason: str) -> str:
    """What a reason means, in the language of the page; a word that we do not know stands as it is."""
    if reason in WORDS:
        return str(WORDS[reason])
    if reason in _CODE_OF:
        return errors.explain(_CODE_OF[reason], get_language() or "ms")
    return reason.replace("_", " ")
