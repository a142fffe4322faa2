"""One document of everything that the officer must be able to show (GDPR Art. 5(2), 24): the compliance report.

Runs inside an organisation's scope. It holds counts, names of staff and of recipients, and no person's data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from izin.accountability import living
from izin.accountability.models import Disclosure
from izin.compliance import breach_words, breaches, instructions, sweeping, versions
from izin.compliance.facts import Facts
from izin.compliance.gathering import gather
from izin.compliance.models import Breach, Instruction, PaperKind, PaperVersion, RetentionRun
from izin.compliance.papers import NO, NOTHING, YES, Paper, Said, Section, both, listed, moment, same
from izin.compliance.processing import controller
from izin.compliance.retention import BY_KEY
from izin.consent import verify as consent_verify
from izin.consent.models import Purpose
from izin.ledger import checkpoints
from izin.ledger import verify as ledger_verify
from izin.ledger.models import Checkpoint, Head
from izin.lib.clock import now
from izin.notices import publishing
from izin.notices.models import NoticeVersion
from izin.organisations.models import Role
from izin.rights import register
from izin.rights.models import SubjectRequest

REQUESTS_SHOWN = 200
RUNS_SHOWN = 14
RECOMPUTED_UP_TO = 50_000  # entries; a longer ledger is recomputed from the terminal
KINDS: dict[str, Said] = {
    "access": both("akses", "access"),
    "correct": both("pembetulan", "correction"),
    "erase": both("pemadaman", "erasure"),
    "restrict": both("sekatan", "restriction"),
    "object": both("bantahan", "objection"),
    "withdraw": both("penarikan balik", "withdrawal"),
    "portability": both("kemudahalihan", "portability"),
}
STATES: dict[str, Said] = {
    "open": both("terbuka", "open"),
    "answered": both("dijawab", "answered"),
    "refused": both("ditolak dengan sebab", "refused with reasons"),
}
CLOCKS: dict[str, Said] = {
    "done": both("dipenuhi", "kept"),
    "late": both("lewat", "kept too late"),
    "waived": both("diputuskan tidak perlu", "decided: not needed"),
    "overdue": both("MELEPASI TEMPOH", "OVERDUE"),
    "running": both("berjalan", "running"),
}
ROLES: dict[str, Said] = {
    Role.ADMIN: both("pentadbir", "administrator"),
    Role.MARKETER: both("pemasaran", "marketing"),
    Role.REVIEWER: both("penyemak", "reviewer"),
    Role.OFFICER: both("pegawai perlindungan data", "data protection officer"),
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was recomputed. ``problems`` is None where it was not."""

    entries: int
    signed: int
    signed_at: datetime | None
    problems: tuple[str, ...] | None


def make(*, by: UUID | None, law: str = "", recompute: bool = False) -> PaperVersion:
    """The report of this moment, kept as a version with its digest in the ledger.

    ``law`` is the result line of the law matrix where somebody ran it. ``recompute`` verifies a ledger of any length.
    """
    return versions.keep(PaperKind.REPORT, report(law=law, recompute=recompute).as_json(), by=by)


def report(*, law: str = "", recompute: bool = False) -> Paper:
    """The report as it would be at this moment; what is missing anywhere is named at its beginning."""
    facts = gather()
    processing, assessed = versions.today(PaperKind.PROCESSING), versions.today(PaperKind.ASSESSMENT)
    seen = look_at_ledger(recompute=recompute)
    sections = (
        Section(both("Organisasi", "Organisation"), facts=controller(facts)),
        _summary(facts, seen, law),
        _purposes(facts),
        _policy(),
        *_within(both("Rekod aktiviti pemprosesan", "Record of processing activities"), processing),
        _disclosures(),
        _requests(),
        *_breaches(),
        _retention(),
        *_within(both("Penilaian impak", "Impact assessment"), assessed),
        _staff(),
        _ledger(seen),
    )
    title = both("Laporan pematuhan", "Compliance report")
    missing = [*_from(both("Rekod", "Record"), processing), *_from(both("Penilaian", "Assessment"), assessed)]
    missing += [both("Dasar privasi diterbitkan", "A published privacy policy")] if _policy_number() is None else []
    missing += _never_kept()
    return Paper(title, sections, tuple(missing))


def look_at_ledger(*, recompute: bool = False) -> Ledger:
    """The ledger's length and last signature; recomputed when it is short, or when asked."""
    head = Head.objects.first()
    signed = Checkpoint.objects.order_by("-size").first()
    size = head.size if head else 0
    problems = None
    if recompute or size <= RECOMPUTED_UP_TO:
        problems = (*ledger_verify.verify().problems, *consent_verify.verify())
    return Ledger(size, signed.size if signed else 0, signed.signed_at if signed else None, problems)


def _summary(facts: Facts, seen: Ledger, law: str) -> Section:
    late = {breach.id for breach, _clock in breaches.overdue()}
    today = register.day_of(now())
    due = sum(any(one.due.values()) for one in instructions.members(today))
    drift = len(living.drift())
    rows = [
        (both("Orang dalam buku kenalan", "People in the book"), same(f"{facts.people:,}")),
        (both("Tujuan", "Purposes"), same(f"{len(facts.purposes):,}")),
        (both("Penerima", "Recipients"), same(f"{len(facts.recipients):,}")),
        (both("Dasar privasi menyatakan segalanya", "The privacy policy says everything"), _yes(not drift)),
        (both("Permintaan melepasi tempoh", "Requests overdue"), same(f"{register.overdue().count():,}")),
        (both("Pelanggaran data melepasi tempoh", "Breaches overdue"), same(f"{len(late):,}")),
        (both("Kakitangan yang perlu berjanji atau dilatih", "Staff to promise or to be trained"), same(f"{due:,}")),
        (both("Lejar disahkan", "Ledger verified"), _verified(seen)),
    ]
    if law:
        rows.append((both("Matriks undang-undang", "Law matrix"), same(law)))
    return Section(both("Ringkasan", "Summary"), facts=tuple(rows))


def _purposes(facts: Facts) -> Section:
    head = (
        both("Tujuan", "Purpose"),
        both("Orang hari ini", "People today"),
        both("Notis", "Notice"),
        both("Diterbitkan", "Published"),
        both("Cincangan", "Digest"),
    )
    rows = []
    people = {one.name["en"]: one.people for one in facts.purposes}
    for one in Purpose.objects.select_related("notice"):
        newest = NoticeVersion.objects.filter(notice=one.notice).order_by("-number").first()
        told = (same(f"{one.notice.key}@{newest.number}"), _day(newest.published_at), same(newest.digest[:16]))
        count = same(f"{people.get(one.name_en, 0):,}")
        rows.append((both(one.name_ms, one.name_en), count, *(told if newest else (NOTHING,) * 3)))
    return Section(both("Tujuan dan notis", "Purposes and notices"), head=head, rows=tuple(rows))


def _policy() -> Section:
    heading = both("Dasar privasi", "Privacy policy")
    newest = publishing.current_policy()
    if newest is None:
        return Section(heading, text=(both("Belum diterbitkan.", "Not published yet."),))
    unsaid = living.drift()
    facts = (
        (both("Versi", "Version"), same(newest.number)),
        (both("Diterbitkan", "Published"), _day(newest.published_at)),
        (both("Cincangan", "Digest"), same(newest.digest[:16])),
        (both("Menyatakan segala yang dibuat", "It says everything that is done"), _yes(not unsaid)),
    )
    return Section(heading, facts=facts, points=tuple(same(f"{gap.language}: {gap.subject}") for gap in unsaid))


def _disclosures() -> Section:
    rows = tuple(
        (_day(one.at), same(one.recipient.name), same(f"{one.people:,}"), same(str(one.entry_seq)))
        for one in Disclosure.objects.select_related("recipient")
    )
    head = (both("Hari", "Day"), both("Kepada", "To"), both("Orang", "People"), both("Catatan lejar", "Ledger entry"))
    none = () if rows else (both("Tiada senarai diberikan kepada sesiapa.", "No list was given to anybody."),)
    return Section(both("Pendedahan", "Disclosures"), text=none, head=head, rows=rows)


def _requests() -> Section:
    today = register.day_of(now())
    rows = tuple(
        (
            KINDS[one.kind],
            same(register.day_of(one.received_at).isoformat()),
            same(one.due_on.isoformat()),
            CLOCKS["overdue"] if one.state == "open" and one.due_on < today else STATES[one.state],
            _day(one.answered_at),
        )
        for one in SubjectRequest.objects.all()[:REQUESTS_SHOWN]
    )
    head = (
        both("Hak", "Right"),
        both("Diterima", "Received"),
        both("Sebelum", "Answer by"),
        both("Keadaan", "State"),
        both("Dijawab", "Answered"),
    )
    none = () if rows else (both("Tiada permintaan.", "There were no requests."),)
    return Section(both("Permintaan hak", "Requests by right"), text=none, head=head, rows=rows)


def _breaches() -> tuple[Section, ...]:
    heading = both("Pelanggaran data (GDPR Perkara 33(5))", "Breaches (GDPR Art. 33(5))")
    listed_ones = list(Breach.objects.order_by("number"))
    if not listed_ones:
        return (Section(heading, text=(both("Tiada pelanggaran direkodkan.", "No breach is on record."),)),)
    return (Section(heading), *(_breach(one) for one in listed_ones))


def _breach(one: Breach) -> Section:
    state = breaches.state_of(one)
    facts = [
        (both("Pasti sejak", "Certain since"), moment(one.aware_at, one.zone)),
        (both("Jenis data", "Kinds of data"), listed([breach_words.KIND_NAMES[kind] for kind in one.kinds])),
        (both("Orang", "People"), same(f"{one.people:,}")),
        (both("Risiko", "Risk"), breach_words.LEVELS[state.risk.level]),
        (both("Ditutup", "Closed"), _day(one.closed_at)),
    ]
    for step in breaches.steps_of(one):
        if ground := breaches.ground_of(step):
            facts.append((same(f"{step.at:%Y-%m-%d}"), same(ground)))
    head = (both("Tempoh", "Clock"), both("Selewat-lewatnya", "At the latest"), both("Keadaan", "State"))
    rows = tuple(
        (breach_words.CLOCK_NAMES[clock.name], moment(clock.due, one.zone), CLOCKS[clock.state(now())])
        for clock in state.clocks
    )
    number = both(f"Pelanggaran {one.number}", f"Breach {one.number}")
    return Section(number, facts=tuple(facts), head=head, rows=rows, level=2)


def _retention() -> Section:
    tomorrow = (both("Dipadam esok", "Goes tomorrow"), _counted(sweeping.preview(now() + sweeping.A_DAY)))
    rows = tuple((same(one.day.isoformat()), _counted(one.counts)) for one in RetentionRun.objects.all()[:RUNS_SHOWN])
    head = (both("Hari", "Day"), both("Apa yang dipadam", "What went"))
    return Section(both("Laporan pemadaman", "Deletion reports"), facts=(tomorrow,), head=head, rows=rows)


def _counted(counts: Mapping[str, int]) -> Said:
    """How many of each kind; a dash for nothing."""
    some = [(BY_KEY[key].what, count) for key, count in counts.items() if count and key in BY_KEY]
    return listed([both(f"{what['ms']}: {count:,}", f"{what['en']}: {count:,}") for what, count in some])


def _staff() -> Section:
    today = register.day_of(now())
    rows = tuple(
        (
            same(one.user.get_full_name() or one.user.username),
            ROLES[one.role],
            *(_last(one, kind) for kind in Instruction.Kind.values),
        )
        for one in instructions.members(today)
    )
    head = (
        both("Nama", "Name"),
        both("Peranan", "Role"),
        both("Janji kerahsiaan", "Promise of confidentiality"),
        both("Latihan", "Training"),
    )
    return Section(both("Kakitangan", "Staff"), head=head, rows=rows)


def _last(one: instructions.Member, kind: str) -> Said:
    on = one.last.get(kind)
    if on is None:
        return both("belum", "not yet")
    return both(f"{on}, perlu diulang", f"{on}, due again") if one.due[kind] else same(on)


def _ledger(seen: Ledger) -> Section:
    facts = (
        (both("Catatan", "Entries"), same(f"{seen.entries:,}")),
        (both("Ditandatangani sehingga catatan", "Signed up to entry"), same(f"{seen.signed:,}")),
        (both("Ditandatangani pada", "Signed on"), moment(seen.signed_at, settings.TIME_ZONE)),
        (both("Disahkan", "Verified"), _verified(seen)),
        (both("Kunci awam", "Public key"), same(checkpoints.verifier_key())),
    )
    return Section(both("Lejar", "Ledger"), facts=facts, points=tuple(same(one) for one in seen.problems or ()))


def _verified(seen: Ledger) -> Said:
    if seen.problems is None:
        return both(
            "tidak dikira semula di sini: gunakan “izin compliance report”",
            "not recomputed here: use “izin compliance report”",
        )
    if seen.problems:
        return both("TIDAK: lihat di bawah", "NO: see below")
    return both(f"ya, sehingga catatan {seen.entries:,}", f"yes, up to entry {seen.entries:,}")


def _within(heading: Said, paper: Paper) -> tuple[Section, ...]:
    return (Section(heading), *(replace(one, level=2) for one in paper.sections))


def _from(name: Said, paper: Paper) -> list[Said]:
    return [both(f"{name['ms']}: {one['ms']}", f"{name['en']}: {one['en']}") for one in paper.missing]


def _never_kept() -> list[Said]:
    named = {
        PaperKind.PROCESSING: both("Rekod aktiviti pemprosesan", "Record of processing activities"),
        PaperKind.ASSESSMENT: both("Penilaian impak", "Impact assessment"),
    }
    return [
        both(f"{name['ms']}: belum disimpan sebagai versi", f"{name['en']}: no version is kept yet")
        for kind, name in named.items()
        if versions.newest(kind) is None
    ]


def _policy_number() -> int | None:
    newest = publishing.current_policy()
    return newest.number if newest else None


def _yes(so: bool) -> Said:
    return YES if so else NO


def _day(at: datetime | None) -> Said:
    return same(register.day_of(at).isoformat()) if at else NOTHING
