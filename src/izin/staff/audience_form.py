"""The form of an audience: what to ask of people on one side, whom to leave out on the other."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from izin.campaigns.audience import (
    MOST_DAYS,
    SIDES,
    Audience,
    Consent,
    Countries,
    InvalidAudience,
    Languages,
    Reached,
    Read,
    Replied,
    RepliedTo,
    Rule,
    Side,
    Tags,
)
from izin.campaigns.models import Campaign
from izin.consent.models import Evidence
from izin.contacts import tagging
from izin.staff.forms import COUNTRIES, REQUIRED

LANGUAGES = [("ms", "Bahasa Melayu"), ("en", "English"), ("zh", "中文"), ("ta", "தமிழ்")]  # each in its own
NO_WAYS = (Evidence.Method.SILENCE, Evidence.Method.NEW_NUMBER, Evidence.Method.WA_SETTING)  # ways of no consent
WAYS = [(value, label) for value, label in Evidence.Method.choices if value not in NO_WAYS]
RECENT = 30
PARTS: tuple[tuple[str, type[Rule], Any], ...] = (
    ("tags", Tags, _("Have one of these tags")),
    ("languages", Languages, _("Get messages in")),
    ("countries", Countries, _("Have a number of")),
    ("reached", Reached, _("Got a message of one of these campaigns")),
    ("replied_to", RepliedTo, _("Answered one of these campaigns")),
)
SINCE: tuple[tuple[str, type[Rule], Any], ...] = (
    ("replied", Replied, _("Wrote to us in the last … days")),
    ("read", Read, _("Read a message in the last … days")),
)
WRONG = {
    "never": _("Nobody can be both: the smaller number of days goes into the first field."),
    "days_out_of_range": _("Write a number of days from 0 to 3,650."),
}


class AudienceForm(forms.Form):
    """A name, and the rules of both sides; a part that is left empty asks nothing."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the audience"), max_length=80, help_text=_("Only your team sees it."), error_messages=REQUIRED
    )

    def __init__(self, data: Any = None, *, name: str = "", audience: Audience | None = None) -> None:
        super().__init__(data, initial={"name": name, **_values(audience or Audience())})
        self.audience: Audience | None = None
        offered = _offered(audience or Audience())
        for side in SIDES:
            for part, _rule, label in PARTS:
                if offered[part]:
                    self._add(side, part, forms.MultipleChoiceField, label, choices=offered[part])
            for part, label in (
                ("at_least_days", _("Agreed at least … days ago")),
                ("at_most_days", _("Agreed at most … days ago")),
            ):
                self._add(side, part, forms.IntegerField, label, min_value=0, max_value=MOST_DAYS)
            self._add(side, "ways", forms.MultipleChoiceField, _("Agreed by"), choices=WAYS)
            for part, _rule, label in SINCE:
                self._add(side, part, forms.IntegerField, label, min_value=0, max_value=MOST_DAYS)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors.keys() - {"name"}:
            try:
                self.audience = Audience(**{side: tuple(_rules(given, side)) for side in SIDES})
            except InvalidAudience as wrong:
                field = wrong.place.replace(".", "_")
                self.add_error(field if field in self.fields else None, WRONG.get(wrong.code, wrong.sentence))
        return given

    def side(self, side: Side) -> list[forms.BoundField]:
        """The fields of one side, in their order."""
        return [self[name] for name in self.fields if name.startswith(f"{side}_")]

    def included(self) -> list[forms.BoundField]:
        return self.side("include")

    def excluded(self) -> list[forms.BoundField]:
        return self.side("exclude")

    def excludes(self) -> bool:
        """Whether the second side has anything to show."""
        return any(field.value() or field.errors for field in self.excluded())

    def _add(self, side: Side, part: str, kind: Any, label: Any, **more: Any) -> None:
        if kind is forms.MultipleChoiceField:
            more["widget"] = forms.CheckboxSelectMultiple
        self.fields[f"{side}_{part}"] = kind(label=label, required=False, **more)


def _rules(given: dict[str, Any], side: Side) -> Iterable[Rule]:
    for part, rule, _label in PARTS:
        if chosen := given.get(f"{side}_{part}"):
            yield rule(tuple(chosen))  # type: ignore[call-arg]
    for part, rule, _label in SINCE:
        if (days := given.get(f"{side}_{part}")) is not None:
            yield rule(days)  # type: ignore[call-arg]
    least, most = given.get(f"{side}_at_least_days"), given.get(f"{side}_at_most_days")
    ways = tuple(given.get(f"{side}_ways") or ())
    if least is not None and most is not None and least > most:
        raise InvalidAudience("never", f"{side}.at_least_days")
    if least is not None or most is not None or ways:
        yield Consent(least, most, ways)


def _values(audience: Audience) -> dict[str, Any]:
    """A saved audience as the form's fields hold it."""
    found: dict[str, Any] = {}
    for side in SIDES:
        for rule in audience.rules(side):
            if isinstance(rule, Consent):
                found |= {
                    f"{side}_at_least_days": rule.at_least_days,
                    f"{side}_at_most_days": rule.at_most_days,
                    f"{side}_ways": list(rule.ways),
                }
            else:
                (value,) = (getattr(rule, name) for name in rule.__slots__)
                found[f"{side}_{rule.kind}"] = list(value) if isinstance(value, tuple) else value
    return found


def _offered(audience: Audience) -> dict[str, list[tuple[Any, Any]]]:
    """What can be chosen, with everything that the audience has chosen already."""
    chosen = {str(one) for side in SIDES for rule in audience.rules(side) for one in getattr(rule, "campaigns", ())}
    sent = Campaign.objects.filter(test_of=None).exclude(started_at=None).order_by("-started_at")
    recent = {str(one.id): one.name for one in sent[:RECENT]}
    recent |= {str(one.id): one.name for one in sent.filter(id__in=chosen - recent.keys())}
    campaigns = list(recent.items())
    return {
        "tags": [(tag, tag) for tag in tagging.known()],
        "languages": list(LANGUAGES),
        "countries": list(COUNTRIES),
        "reached": campaigns,
        "replied_to": campaigns,
    }
