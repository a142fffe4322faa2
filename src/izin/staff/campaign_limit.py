"""WhatsApp's limit in 24 hours on a campaign's page: what is used of it, and when the next people can be reached."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from izin.campaigns.models import Campaign
from izin.dispatch.allowances import left_for
from izin.dispatch.models import Message

State = Campaign.State


def shown(campaign: Campaign) -> dict[str, str]:
    """For the template: a line about the limit while the campaign lives, and why it waits if that is the reason."""
    if campaign.state in (State.COMPLETED, State.CANCELLED) or (left := left_for(campaign.sender)) is None:
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
