"""An audience's rules in sentences, for whoever approves a campaign or chooses among audiences."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.campaigns.audience import (
    SIDES,
    Audience,
    Consent,
    Countries,
    Languages,
    Reached,
    Read,
    Replied,
    RepliedTo,
    Rule,
    Tags,
)
from izin.campaigns.models import Campaign
from izin.staff.audience_form import LANGUAGES, WAYS
from izin.staff.forms import COUNTRIES


def in_words(audience: Audience) -> list[str]:
    """One sentence for each rule; none for everybody."""
    ids = {one for side in SIDES for rule in audience.rules(side) for one in getattr(rule, "campaigns", ())}
    names = {str(one.id): one.name for one in Campaign.objects.filter(id__in=ids)}
    only = [_("Only people who %(what)s.") % {"what": _said(rule, names)} for rule in audience.include]
    without = [_("Without people who %(what)s.") % {"what": _said(rule, names)} for rule in audience.exclude]
    return only + without


def _said(rule: Rule, names: Mapping[str, str]) -> str:
    match rule:
        case Tags(tags):
            return _("have the tag %(names)s") % {"names": _any(tags)}
        case Languages(languages):
            return _("get messages in %(names)s") % {"names": _any(_labels(languages, LANGUAGES))}
        case Countries(countries):
            return _("have a number of %(names)s") % {"names": _any(_labels(countries, COUNTRIES))}
        case Replied(days):
            return ngettext("wrote to us in the last %(n)d day", "wrote to us in the last %(n)d days", days) % {
                "n": days
            }
        case Read(days):
            told = ngettext("read a message in the last %(n)d day", "read a message in the last %(n)d days", days)
            return told % {"n": days}
        case Reached(campaigns):
            return _("got a message of %(names)s") % {"names": _any(_labels(campaigns, list(names.items())))}
        case RepliedTo(campaigns):
            return _("answered %(names)s") % {"names": _any(_labels(campaigns, list(names.items())))}
        case Consent(at_least, at_most, ways):
            return _agreed(at_least, at_most, ways)


def _agreed(at_least: int | None, at_most: int | None, ways: Sequence[str]) -> str:
    parts = []
    if at_least is not None:
        parts.append(ngettext("at least %(n)d day ago", "at least %(n)d days ago", at_least) % {"n": at_least})
    if at_most is not None:
        parts.append(ngettext("at most %(n)d day ago", "at most %(n)d days ago", at_most) % {"n": at_most})
    if ways:
        parts.append(_("by %(names)s") % {"names": _any(_labels(ways, WAYS))})
    return _("agreed %(how)s") % {"how": ", ".join(parts)}


def _labels(values: Sequence[str], choices: Sequence[tuple[Any, Any]]) -> list[str]:
    known = {str(value): str(label) for value, label in choices}
    return [known.get(value, value) for value in values]


def _any(names: Sequence[str]) -> str:
    return _(" or ").join(f"“{name}”" for name in names)
