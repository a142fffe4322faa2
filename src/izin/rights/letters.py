"""Answers to begin from, in Malay and English: staff read and complete them before they go out (Art. 12(1), 12(4))."""

from django.utils import translation
from django.utils.translation import gettext as _

LANGUAGES = ("ms", "en")


def drafts(kind: str, organisation: str) -> dict[str, str]:
    """The answer to a request of this kind, by language. Raises KeyError for a kind that is none."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = "\n\n".join((_("Thank you for writing to us."), _bodies()[kind], _closing(organisation)))
    return found


def refusals(organisation: str) -> dict[str, str]:
    """The beginning of a refusal, by language: it needs the reasons, and says where to complain."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            body = _("We cannot do what you ask, for this reason:")
            where = _("You may complain to the Personal Data Protection Commissioner, or go to court.")
            found[language] = "\n\n".join((_("Thank you for writing to us."), body, where, _closing(organisation)))
    return found


def _bodies() -> dict[str, str]:
    return {
        "access": _("Enclosed is everything that we hold of you, since when, from where, and who received it."),
        "correct": _("We have corrected your data as you asked. Enclosed is the corrected copy."),
        "erase": _(
            "We have erased your data. A scrambled form of your number stays, so that no list can sign you up again. "
            "The reference of the erasure is in the enclosed certificate."
        ),
        "restrict": _("We keep your data and do not use them until the matter is clear. We tell you before that ends."),
        "object": _("You will get no more promotional messages from us, by any list and of any kind."),
        "withdraw": _("Your consent is withdrawn as of the day of your message."),
        "portability": _("Enclosed is a file with your data that other programs can read (JSON)."),
    }


def _closing(organisation: str) -> str:
    return _("%(organisation)s, for the data protection officer") % {"organisation": organisation}
