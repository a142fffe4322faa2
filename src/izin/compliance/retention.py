"""How long each kind of data is kept, in which bounds staff may choose, and who deletes each table's rows. Pure.

GDPR Art. 5(1)(e), 13(2)(a), 30(1)(f); PDPA s.10 and the PDP Standard 2015 (a record of what was disposed of). The proof
of acts, refusals, the ledger, and the registers of the officer are never deleted by a clock: each says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from izin.compliance.papers import Said, both


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes after ``days`` days, counted from what; staff may choose from ``least`` to ``most``."""

    key: str
    days: int
    least: int
    most: int
    what: Said
    since: Said

    def allows(self, days: int) -> bool:
        """Whether staff may choose this span."""
        return self.least <= days <= self.most

    def before(self, at: datetime, days: int | None) -> datetime:
        """What is older than this moment goes, with the span chosen, or the rule's own."""
        return at - timedelta(days=self.days if days is None else days)


RULES = (
    Rule(
        "webhook",
        30,
        7,
        180,
        both("Kandungan mentah mesej masuk daripada WhatsApp", "Raw messages that came in from WhatsApp"),
        both("sejak ia tiba dan diuruskan", "since it came and was dealt with"),
    ),
    Rule(
        "reply",
        365,
        30,
        1095,
        both("Teks dan pengirim balasan", "Texts and senders of replies"),
        both("sejak balasan tiba; hanya yang selesai", "since it came; only what is done"),
    ),
    Rule(
        "answer",
        365,
        30,
        1095,
        both("Jawapan tunggal: teks dan penerima", "Single answers: text and recipient"),
        both("sejak dihantar", "since it was sent"),
    ),
    Rule(
        "message",
        730,
        180,
        2190,
        both("Siapa menerima mesej kempen; jumlah kekal", "Who received a campaign's message; the sums stay"),
        both("sejak mesej selesai dan kempen tamat", "since it was settled and the campaign has ended"),
    ),
    Rule(
        "upload",
        14,
        1,
        60,
        both("Fail yang dimuat naik dan tidak pernah dimulakan", "Uploaded files that nobody began"),
        both("sejak dimuat naik", "since it was uploaded"),
    ),
    Rule(
        "rejection",
        365,
        30,
        1095,
        both("Baris import yang ditolak", "Refused lines of imports"),
        both("sejak import selesai", "since the import was done"),
    ),
    Rule(
        "request",
        1095,
        730,
        2555,
        both("Teks permintaan hak dan jawapannya", "Texts of requests by right, and of their answers"),
        both("sejak dijawab", "since it was answered"),
    ),
    Rule(
        "person",
        90,
        30,
        730,
        both(
            "Orang tanpa sebarang persetujuan yang masih sah: dipadam; penolakan kekal sebagai cincangan berkunci",
            "People without any consent that still stands: erased; the refusal stays as a keyed hash",
        ),
        both("sejak perkara terakhir berlaku", "since the last thing that happened"),
    ),
)
BY_KEY: Mapping[str, Rule] = {rule.key: rule for rule in RULES}


class Keeper(StrEnum):
    """Who deletes the rows of a table."""

    RULE = "rule"  # the daily job, by the named rules
    PERSON = "person"  # they go with the person, by erasure or the rule "person"
    NEVER = "never"  # for the reason given


@dataclass(frozen=True, slots=True)
class Holder:
    """One table with personal data: who deletes its rows, by which rules, or why they stay."""

    table: str
    keeper: Keeper
    rules: tuple[str, ...] = ()
    why: Said | None = None


PROOF = both(
    "Bukti bahawa perbuatan itu berlaku (GDPR Perkara 5(2), 7(1), 17(3)(b), (e))",
    "Proof that the act happened (GDPR Art. 5(2), 7(1), 17(3)(b), (e))",
)
REFUSAL = both(
    "Penolakan mesti diketahui selagi ada pemasaran (GDPR Perkara 21(3); PDPA s.43); hanya cincangan berkunci",
    "A refusal must be known as long as there is marketing (GDPR Art. 21(3); PDPA s.43); a keyed hash only",
)
REGISTER = both(
    "Daftar pegawai (GDPR Perkara 33(5); garis panduan: sekurang-kurangnya 2 tahun); teks dimeterai",
    "The officer's register (GDPR Art. 33(5); guideline: at least 2 years); texts are sealed",
)
NOBODY = both(
    "Cincangan atau token rawak; tiada nama di dalamnya", "A keyed hash or random token; nobody's name is in it"
)
STAFF = both("Kakitangan, selagi mereka bekerja di sini", "Staff, as long as they work here")
SECRET = both("Rahsia organisasi sendiri, bukan data orang", "The organisation's own secrets, nobody's data")

HOLDERS = (
    Holder("contacts_contact", Keeper.RULE, ("person",)),
    Holder("contacts_identity", Keeper.PERSON),
    Holder("contacts_subjectkey", Keeper.PERSON),
    Holder("consent_standing", Keeper.PERSON),
    Holder("consent_signedform", Keeper.PERSON),
    Holder("campaigns_tester", Keeper.PERSON),
    Holder("consent_evidence", Keeper.NEVER, why=PROOF),
    Holder("consent_suppression", Keeper.NEVER, why=REFUSAL),
    Holder("consent_joincode", Keeper.NEVER, why=NOBODY),
    Holder("consent_contactfile", Keeper.RULE, ("upload", "rejection")),
    Holder("inbound_delivery", Keeper.RULE, ("webhook",)),
    Holder("inbound_heard", Keeper.NEVER, why=NOBODY),
    Holder("inbound_reply", Keeper.RULE, ("reply",)),
    Holder("dispatch_message", Keeper.RULE, ("message", "answer")),
    Holder("dispatch_reached", Keeper.PERSON),  # and after a day, by the job of dispatch
    Holder("dispatch_attempt", Keeper.NEVER, why=NOBODY),
    Holder("rights_subjectrequest", Keeper.RULE, ("request",)),
    Holder("rights_proofcode", Keeper.NEVER, why=NOBODY),
    Holder("rights_recipientnotice", Keeper.NEVER, why=REGISTER),
    Holder("accountability_disclosure", Keeper.NEVER, why=PROOF),
    Holder("accountability_disclosedperson", Keeper.NEVER, why=PROOF),
    Holder("ledger_entry", Keeper.NEVER, why=PROOF),
    Holder("compliance_breach", Keeper.NEVER, why=REGISTER),
    Holder("compliance_breachstep", Keeper.NEVER, why=REGISTER),
    Holder("compliance_breachtask", Keeper.NEVER, why=REGISTER),
    Holder("compliance_instruction", Keeper.NEVER, why=REGISTER),
    Holder("organisations_membership", Keeper.NEVER, why=STAFF),
    Holder("organisations_organisation", Keeper.NEVER, why=SECRET),
    Holder("whatsapp_businessaccount", Keeper.NEVER, why=SECRET),
)
