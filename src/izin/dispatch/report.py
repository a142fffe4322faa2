"""What became of a campaign. Every figure is counted from the rows when it is asked for; nothing is incremented."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from izin.dispatch.store import QUERIES


@dataclass(slots=True)
class Report:
    """The sums of one campaign. ``planned`` is the sum of all outcomes and of what is still under way."""

    planned: int = 0
    queued: int = 0
    sending: int = 0
    accepted: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    suppressed: dict[str, int] = field(default_factory=dict)
    uncertain: int = 0
    unresolved: int = 0
    cancelled: int = 0
    expired: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    withdrawn_mid_campaign: int = 0
    decided_after_withdrawal: int = 0
    silence_p50_ms: float | None = None
    silence_p99_ms: float | None = None

    @property
    def settled(self) -> int:
        """People with a final, stated outcome."""
        return self.planned - self.queued - self.sending - self.uncertain

    @property
    def percent(self) -> int:
        """How much of the campaign is settled, for a progress bar."""
        return 100 * self.settled // self.planned if self.planned else 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def report_on(campaign_id: UUID) -> Report:
    """The campaign's figures at this moment, inside its organisation's scope."""
    report = Report()
    with connection.cursor() as cursor:
        cursor.execute(QUERIES["count_messages"], {"campaign_id": campaign_id})
        for state, reason, messages, sent, delivered, read, failed in cursor.fetchall():
            report.planned += messages
            _count(report, state, reason, messages)
            report.sent += sent
            report.delivered += delivered
            report.read += read
            report.failed += failed
        cursor.execute(QUERIES["count_withdrawals"], {"campaign_id": campaign_id})
        withdrawn, decided_after, p50, p99 = cursor.fetchone()
    report.withdrawn_mid_campaign = withdrawn
    report.decided_after_withdrawal = decided_after
    report.silence_p50_ms = None if p50 is None else round(float(p50), 1)
    report.silence_p99_ms = None if p99 is None else round(float(p99), 1)
    return report


def _count(report: Report, state: str, reason: str, messages: int) -> None:
    if state in ("rejected", "suppressed"):
        by_reason = getattr(report, state)
        by_reason[reason] = by_reason.get(reason, 0) + messages
    else:
        setattr(report, state, getattr(report, state) + messages)
