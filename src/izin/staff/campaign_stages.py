"""The parts of a campaign on its page: how far each is, what the people say, and from when on it stops by itself."""

from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from izin.campaigns import choosing, stages, staging
from izin.campaigns.models import Campaign, Stage
from izin.campaigns.staging import THRESHOLDS, Signals
from izin.dispatch.stages import groups_of, tally_of

WAITS = (
    ("1800", gettext_lazy("30 minutes")),
    ("3600", gettext_lazy("1 hour")),
    ("14400", gettext_lazy("4 hours")),
    ("86400", gettext_lazy("24 hours")),
)
LABELS = {
    "stage_blocks": gettext_lazy("Stopped us in WhatsApp"),
    "stage_opt_outs": gettext_lazy("Said stop"),
    "stage_failures": gettext_lazy("Did not arrive"),
}


def shown(campaign: Campaign) -> dict[str, Any]:
    """For the template; empty for a campaign that goes to everybody at once."""
    parts = stages.of(campaign)
    if not parts:
        return {}
    found: dict[str, Any] = {
        "stage_columns": [
            {"label": _("Part")},
            {"label": _("People"), "numeric": True},
            {"label": _("State")},
        ],
        "stage_rows": [[_share(one), f"{one.people:,}" if one.opened_at else "–", _state(one, parts)] for one in parts],
        "stage_rule": rule(),
    }
    if campaign.started_at:
        signals = sum(tally_of(campaign).values(), Signals())
        rates = [
            {"label": LABELS[one.reason], "text": _rate(one.cases(signals), signals.sent, one.share)}
            for one in THRESHOLDS
        ]
        found["stage_facts"] = [{"label": _("People written to"), "text": f"{signals.sent:,}"}, *rates]
        found["stage_since"] = stages.overruled(campaign)
    if campaign.variant_name:
        found |= _comparison(campaign)
    found["stage_stopped"] = stages.stopped(campaign) is not None
    return found


def _comparison(campaign: Campaign) -> dict[str, Any]:
    """The two templates with their figures, what was decided, and by what rule it is."""
    groups = groups_of(campaign) if campaign.started_at else (Signals(), Signals())
    names = (campaign.template_name, campaign.variant_name)
    return {
        "split_columns": [
            {"label": _("Template")},
            {"label": _("People written to"), "numeric": True},
            {"label": _("Refused"), "numeric": True},
            {"label": _("Read"), "numeric": True},
        ],
        "split_rows": [
            [name, f"{group.sent:,}", f"{group.opt_outs + group.blocks:,}", f"{group.read:,}"]
            for name, group in zip(names, groups, strict=True)
        ],
        "split_result": _result(campaign),
        "split_rule": _(
            "Fewer refusals win; if they do not differ, more readers win. A difference counts when it is larger than "
            "twice its standard error, which chance alone makes about one time in twenty, and each template went to "
            "at least %(people)s people with %(cases)s cases in all. If nobody wins, the first template goes to the "
            "rest. It is decided once, when the first part went out and its time is over."
        )
        % {"people": choosing.LEAST_EACH, "cases": choosing.LEAST_CASES},
    }


def _result(campaign: Campaign) -> str:
    return {
        "": "",
        "none": _("Nobody won: the difference may be chance. The first template, %(name)s, goes to the rest."),
        "first": _("%(name)s won and goes to the rest."),
        "variant": _("%(name)s won and goes to the rest."),
    }[campaign.winner] % {"name": campaign.variant_name if campaign.winner == "variant" else campaign.template_name}


def rule() -> str:
    """When a campaign in parts stops by itself."""
    shares = {one.reason: f"{100 * one.share:.0f}" for one in THRESHOLDS}
    return _(
        "It stops by itself when more than %(blocks)s%% of the people written to stop us in WhatsApp, %(opt_outs)s%% "
        "say stop, or %(failures)s%% of the messages do not arrive. A rate counts from %(people)s people and "
        "%(cases)s cases on: fewer may be chance, and stop nothing."
    ) % {
        "blocks": shares["stage_blocks"],
        "opt_outs": shares["stage_opt_outs"],
        "failures": shares["stage_failures"],
        "people": staging.LEAST_PEOPLE,
        "cases": staging.LEAST_CASES,
    }


def _share(part: Stage) -> str:
    return _("everybody") if part.percent == 100 else f"{part.percent}%"


def _state(part: Stage, parts: list[Stage]) -> str:
    following = next((one for one in parts if one.place == part.place + 1), None)
    if part.opened_at is None:
        return _("not yet")
    if following is None or following.opened_at:
        return _("open since %(time)s") % {"time": _moment(part.opened_at)}
    if part.through_at is None:
        words = _("going out; %(wait)s after nine of ten have an outcome, the next part follows")
        return words % {"wait": _duration(part.wait_s)}
    next_at = part.through_at + timedelta(seconds=part.wait_s)
    return _("went out; the next part follows at %(time)s") % {"time": _moment(next_at)}


def _rate(cases: int, sent: int, most: float) -> str:
    return _("%(cases)s (%(share)s%%; at most %(most)s%%)") % {
        "cases": f"{cases:,}",
        "share": f"{100 * cases / sent:.1f}" if sent else "0.0",
        "most": f"{100 * most:.0f}",
    }


def _duration(seconds: int) -> str:
    if seconds % 3600:
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("%(n)s hour", "%(n)s hours", seconds // 3600) % {"n": seconds // 3600}


def _moment(at: Any) -> str:
    return date_format(localtime(at), "j F, H:i")
