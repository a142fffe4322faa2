"""WhatsApp's limits on a campaign's page: what is used, who rests, and when the next people can be reached."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from izin.campaigns.models import Campaign
from izin.dispatch.allowances import left_for
from izin.dispatch.models import Message
from izin.lib.clock import now

State = Campaign.State


def shown(campaign: Campaign) -> dict[str, str]:
    """For the template: a line about the limit while the campaign lives, and why it waits if that is the reason."""
    if campaign.state in (State.COMPLETED, State.CANCELLED):
        return {}
    return _limit(campaign) | _rest(campaign)


def _rest(campaign: Campaign) -> dict[str, str]:
    resting = Message.objects.filter(
        campaign=campaign, state=Message.State.QUEUED, reason="resting", retry_at__gt=now()
    )
    people = resting.count()
    if not people:
        return {}
    words = ngettext(
        "WhatsApp held our marketing back from %(people)s person (131049): nothing goes to them for 24 hours.",
        "WhatsApp held our marketing back from %(people)s people (131049): nothing goes to them for 24 hours.",
        people,
    )
    return {"rest_line": words % {"people": f"{people:,}"}}


def _limit(campaign: Campaign) -> dict[str, str]:
    if (left := left_for(campaign.sender)) is None:
        return {}
    told = {"used": f"{left.used:,}", "allowed": f"{left.allowed:,}"}
    found = {
        "limit_line": _(
            "WhatsApp's limit: %(used)s of %(allowed)s people were written to in the last 24 hours, from all numbers "
            "of the organisation. It is kept by itself."
        )
        % told
    }
    queued = Message.objects.filter(campaign=campaign, state=Message.State.QUEUED)
    if left.goes_on_at is not None and campaign.state == State.RUNNING and (people := queued.count()):
        told |= {"people": f"{people:,}", "time": date_format(localtime(left.goes_on_at), "j F, H:i")}
        found["limit_reached"] = (
            _(
                "%(used)s of %(allowed)s people were written to in the last 24 hours. %(people)s people wait; it goes "
                "on by itself from %(time)s, each time somebody's 24 hours are over."
            )
            % told
        )
    return found
