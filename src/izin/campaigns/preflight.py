"""Collect what the pre-flight looks at. The rules themselves are pure and stand in rules.py."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from izin.accountability import living
from izin.campaigns import audiences, rules, stages
from izin.campaigns.allowance import allowance, is_assumed
from izin.campaigns.audience import EVERYBODY, Audience
from izin.campaigns.models import Campaign
from izin.campaigns.rules import CampaignFacts, Finding, PurposeFacts, SenderFacts, TemplateFacts
from izin.consent import refresh
from izin.consent.consent_forms import uncovered
from izin.consent.models import Purpose
from izin.consent.purposes import current_wording
from izin.contacts.models import Contact
from izin.lib.clock import now
from izin.notices.completeness import LANGUAGES
from izin.notices.publishing import current_policy
from izin.whatsapp.models import SenderNumber, Template
from izin.whatsapp.render import TemplateText, carries_opt_out

FALLBACK = "ms"


def findings(campaign: Campaign, approver: UUID | None = None) -> list[Finding]:
    """Everything there is to say about the campaign as it stands, for the screen."""
    return rules.check(facts_of(campaign, approver))


def blockers(campaign: Campaign, *, approver: UUID | None) -> list[Finding]:
    """What forbids approving or starting it: blockers, and gaps that could not be evaluated."""
    return [finding for finding in findings(campaign, approver) if finding.severity != "note"]


def facts_of(campaign: Campaign, approver: UUID | None = None) -> CampaignFacts:
    """Everything the rules look at, read inside the organisation's scope."""
    policy = current_policy()
    return CampaignFacts(
        purpose=_purpose(campaign.purpose),
        templates=tuple(_template(template, campaign) for template in templates_of(campaign)),
        audience=audience_of(campaign.purpose, audiences.of(campaign), campaign.refresh_days),
        sender=_sender(campaign.sender),
        author=str(campaign.author),
        approver=str(approver) if approver else None,
        policy_languages=frozenset(policy.texts if policy else ()),
        policy_unsaid=tuple(f"{gap.subject} ({gap.language})" for gap in living.drift()),
        now=now(),
        starts_at=timezone.localtime(now()),
        not_after=campaign.not_after,
        fallback_language=FALLBACK,
        uncovered=uncovered(campaign.purpose).count(),
        has_variant=bool(campaign.variant_name),
        waits=timedelta(seconds=sum(stage.wait_s for stage in stages.of(campaign))),
    )


def templates_of(campaign: Campaign) -> Sequence[Template]:
    """The campaign's template in each of its languages; then the other one, where two are compared."""
    named = Template.objects.filter(account_id=campaign.sender.account_id)
    return [one for name in names_of(campaign) for one in named.filter(name=name)]


def names_of(campaign: Campaign) -> list[str]:
    """The name of its template, and of the one that it is compared with."""
    return [name for name in (campaign.template_name, campaign.variant_name) if name]


def audience_of(purpose: Purpose, audience: Audience = EVERYBODY, refresh_days: int | None = None) -> dict[str, int]:
    """How many people with a standing consent for the purpose there are now, by language.

    ``refresh_days``: all whose consent ends within so many days, also where they were asked already.
    """
    if refresh_days:
        ending = Contact.objects.filter(id__in=refresh.ending(purpose, refresh_days).values("contact_id"))
        return dict(ending.values_list("language").annotate(count=Count("id")).order_by("language"))
    return audiences.by_language(purpose, audience)


def _sender(sender: SenderNumber) -> SenderFacts:
    told = (sender.messaging_limit, sender.account.base_url)
    return SenderFacts(None, sender.per_second, allowance(*told), is_assumed(*told))


def _purpose(purpose: Purpose) -> PurposeFacts:
    version = current_wording(purpose)
    languages = frozenset(version.texts) & frozenset(LANGUAGES) if version else frozenset()
    category = "marketing" if purpose.category == Purpose.Category.MARKETING else "service"
    return PurposeFacts(purpose.key, category, languages)


def _template(template: Template, campaign: Campaign) -> TemplateFacts:
    text = TemplateText.from_components(template.name, template.language, template.category, template.components)
    return TemplateFacts(
        language=template.language,
        status=template.status,
        category=template.category,
        carries_opt_out=carries_opt_out(text),
        placeholders=text.needs(),
        known=frozenset(campaign.parameters),
        variant=template.name if template.name != campaign.template_name else "",
    )
