"""What the demo's officer has done already: the documents are answered and kept, and the staff are instructed."""

from izin.compliance import assessment, instructions, versions
from izin.compliance.gathering import gather
from izin.compliance.models import PaperKind
from izin.lib.clock import now
from izin.organisations.models import User
from izin.rights.register import day_of

PROCESSING = {
    "officer": "Mei Ling, privasi@akademi-cahaya.example, 03-1234 5678",
    "data_more": "tingkatan pelajar, cawangan / form of the pupil, branch",
    "security_more": (
        "Pejabat berkunci, skrin terkunci selepas 5 minit / locked office, screens lock after 5 minutes\n"
        "Sandaran disulitkan setiap malam / encrypted backups every night"
    ),
}
ASSESSMENT = {
    "sensitive": "no",
    "vulnerable": "yes",
    "vulnerable_why": "Ibu bapa menerima mesej tentang kelas anak mereka / parents hear of their children's classes",
    "necessity": (
        "Ibu bapa meminta maklumat kelas melalui WhatsApp; hanya nama, nombor dan bahasa disimpan.\n"
        "Parents asked to hear of classes by WhatsApp; only name, number and language are kept."
    ),
    "advice": "Boleh diteruskan; semak semula sebelum kempen kepada pelajar / may go on; look again before pupils",
    "views": "Dua ibu bapa membaca notis dan memahaminya / two parents read the notice and understood it",
    **{f"residual_{one.key}": "medium" if one.key in ("stolen", "meta") else "low" for one in assessment.DANGERS},
    "signed": "Mei Ling, pegawai perlindungan data / data protection officer",
}
TRAINING = "Permintaan berhenti dan pelanggaran data / stops and breaches"


def furnish(officer: User, staff: list[User]) -> None:
    """Answer and keep the documents, and instruct the staff, once; inside the organisation's scope."""
    if versions.newest(PaperKind.ASSESSMENT):
        return
    answers = {PaperKind.PROCESSING: PROCESSING, PaperKind.ASSESSMENT: assessment.first_answers(gather()) | ASSESSMENT}
    for kind, given in answers.items():
        versions.keep_answers(kind, given, by=officer.pk)
        versions.keep(kind, versions.today(kind).as_json(), by=officer.pk)
    for one in staff:
        instructions.confirm(one)
        instructions.note_training(one.pk, on=day_of(now()), about=TRAINING, by=officer.pk)
