"""The data protection impact assessment (GDPR Art. 35; the nine criteria of WP248; the Malaysian guideline of 2026). "
"Pure.

Two criteria or more, or the Malaysian numbers, make one needed. Either way the answer is written down with its reasons.
Review: every two years (Malaysia), and when the risk changes (Art. 35(11)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from izin.compliance.facts import Facts
from izin.compliance.papers import NO, NOTHING, YES, Paper, Said, Section, both, same
from izin.compliance.questions import Answers, Question, answered, unanswered

CRITERIA_NEEDED = 2  # WP248: in most cases
LARGE = 20_000  # people, by the Malaysian guideline
CRITERIA: Mapping[str, Said] = {
    "evaluation": both("Penilaian atau pemarkahan orang", "Evaluation or scoring of people"),
    "automated": both(
        "Keputusan automatik dengan kesan undang-undang", "Automated decisions with legal or similar effect"
    ),
    "monitoring": both("Pemantauan sistematik", "Systematic monitoring"),
    "sensitive": both("Data sensitif atau sangat peribadi", "Sensitive or highly personal data"),
    "large": both("Skala besar", "Large scale"),
    "matching": both("Penggabungan set data", "Matching or combining of data sets"),
    "vulnerable": both(
        "Orang yang lemah, contohnya kanak-kanak atau pesakit", "Vulnerable people, for example children or patients"
    ),
    "new": both("Teknologi baharu", "New technology"),
    "barring": both("Menghalang orang daripada hak atau perkhidmatan", "It keeps people from a right or a service"),
}
# What Izin does by itself; None is what only staff can know.
BY_NATURE: Mapping[str, tuple[str, Said]] = {
    "evaluation": ("no", both("Izin tidak memarkahkan sesiapa.", "Izin scores nobody.")),
    "automated": (
        "no",
        both(
            "Mesin hanya memutuskan untuk tidak menghantar; orang menyemak selebihnya.",
            "The machine alone only decides not to send; people look at the rest.",
        ),
    ),
    "monitoring": (
        "no",
        both("Tiada penjejakan klik atau lokasi.", "No tracking of clicks or places."),
    ),
    "matching": ("no", both("Data daripada sumber lain tidak digabungkan.", "No data of other sources are combined.")),
    "new": ("no", both("Pemesejan biasa.", "Ordinary messaging.")),
    "barring": (
        "no",
        both("Menolak tidak mendatangkan sebarang kerugian.", "Saying no costs nobody anything."),
    ),
}
WHY = both("Sebab, atau catatan", "Why, or a note")
CHOICES = (("yes", YES), ("no", NO))
RESIDUAL = (
    ("low", both("rendah", "low")),
    ("medium", both("sederhana", "medium")),
    ("high", both("tinggi", "high")),
)


@dataclass(frozen=True, slots=True)
class Danger:
    """A risk to people that campaigns bring with them, and what Izin does against it."""

    key: str
    what: Said
    measure: Said


DANGERS = (
    Danger(
        "recycled",
        both(
            "Mesej sampai kepada orang lain: nombor telah bertukar pemilik",
            "A message reaches somebody else: the number has a new holder",
        ),
        both(
            "Jika WhatsApp menyatakan pemilik baharu, persetujuan lama tidak terpakai; satu perkataan menghentikannya",
            "Where WhatsApp tells of a new holder, the old consent does not count; one word stops it",
        ),
    ),
    Danger(
        "missed",
        both("Permintaan berhenti terlepas", "A stop is missed"),
        both(
            "Disimpan sebelum dijawab, diuji setiap hari, penghantaran berhenti jika WhatsApp senyap",
            "Stored before it is answered, tested every day; sending stops when WhatsApp is silent",
        ),
    ),
    Danger(
        "stolen",
        both("Senarai dicuri dan digunakan untuk penipuan", "A list is stolen and used for fraud"),
        both(
            "Dimeterai, peranan, eksport bertanda, daftar pelanggaran data",
            "Sealing, roles, marked exports, a breach register",
        ),
    ),
    Danger(
        "forged",
        both("Persetujuan direka oleh kakitangan", "Staff make a consent up"),
        both(
            "Bukti bergred, semakan sampel oleh orang lain, lejar bertandatangan",
            "Graded evidence, a sample reviewed by somebody else, a signed ledger",
        ),
    ),
    Danger(
        "reuse",
        both("Agensi menggunakan senarai satu klien untuk klien lain", "An agency uses one client's list for another"),
        both(
            "Organisasi dipisahkan oleh pangkalan data dan kunci sendiri",
            "Organisations are apart, by the database and by keys of their own",
        ),
    ),
    Danger(
        "inference",
        both("Agama atau kesihatan diteka daripada tujuan", "Faith or health is inferred from a purpose"),
        both("Tujuan disemak oleh pegawai sebelum ditanya", "The officer sees each purpose before people are asked"),
    ),
    Danger(
        "children",
        both("Kanak-kanak dihubungi", "Children are written to"),
        both(
            "Dasar privasi mesti menyatakan bagaimana kanak-kanak dilindungi",
            "The privacy policy must say how children are protected",
        ),
    ),
    Danger(
        "meta",
        both("Meta mengetahui nombor dan kandungan mesej", "Meta knows numbers and contents of messages"),
        both(
            "Tidak dapat disembunyikan daripada Meta: dinyatakan dalam notis; kandungan dihadkan",
            "This cannot be hidden from Meta: the notice says so; contents are kept short",
        ),
    ),
    Danger(
        "locked",
        both(
            "Akses kepada sistem hilang, dan penolakan turut hilang",
            "The system is locked, and refusals are lost with it",
        ),
        both(
            "Penolakan ada dalam pangkalan data anda sendiri; jurnal pemadaman berada di luarnya",
            "Refusals are in your own database; a journal of erasures is kept outside it",
        ),
    ),
    Danger(
        "pressed",
        both("Orang didesak untuk bersetuju", "People are pressed to agree"),
        both(
            "Tiada kotak ditanda lebih awal; borang dengan syarat mesti menyatakan sebabnya",
            "No box is ticked beforehand; a form that ties something to consent must say why",
        ),
    ),
)


def _questions() -> tuple[Question, ...]:
    asked: list[Question] = []
    for key, label in CRITERIA.items():
        hint = BY_NATURE[key][1] if key in BY_NATURE else None
        asked.append(Question(key, label, hint, CHOICES, needed=key in ("sensitive", "vulnerable")))
        asked.append(Question(f"{key}_why", both(f"{WHY['ms']}: {label['ms']}", f"{WHY['en']}: {label['en']}"), rows=1))
    asked += [
        Question(
            "necessity",
            both("Keperluan dan kesetimpalan", "Necessity and proportionality"),
            both(
                "Mengapa mesej ini perlu, mengapa WhatsApp, dan mengapa tidak kurang data.",
                "Why these messages are needed, why WhatsApp, and why not with fewer data.",
            ),
            rows=4,
            needed=True,
        ),
        *(
            Question(
                f"residual_{one.key}",
                both(f"Baki risiko: {one.what['ms']}", f"Risk that remains: {one.what['en']}"),
                one.measure,
                RESIDUAL,
                needed=True,
            )
            for one in DANGERS
        ),
        Question("advice", both("Nasihat pegawai (Perkara 35(2))", "Advice of the officer (Art. 35(2))"), needed=True),
        Question("views", both("Pandangan orang (Perkara 35(9))", "Views of the people (Art. 35(9))")),
        Question("signed", both("Diputuskan oleh (nama, jawatan)", "Decided by (name, position)"), rows=1, needed=True),
    ]
    return tuple(asked)


QUESTIONS = _questions()


def first_answers(facts: Facts) -> dict[str, str]:
    """What the configuration answers by itself; staff may say otherwise."""
    known = {key: answer for key, (answer, _why) in BY_NATURE.items()}
    return known | {"large": "yes" if facts.people > LARGE else "no"}


def met(answers: Answers) -> tuple[str, ...]:
    """The criteria that are met."""
    return tuple(key for key in CRITERIA if answers.get(key) == "yes")


def is_needed(facts: Facts, answers: Answers) -> bool | None:
    """Whether an assessment is needed; None while a criterion is open that could decide it."""
    found = met(answers)
    if len(found) >= CRITERIA_NEEDED or facts.people > LARGE:
        return True
    unknown = sum(1 for key in CRITERIA if not answers.get(key))
    return None if len(found) + unknown >= CRITERIA_NEEDED else False


def assessment(facts: Facts, given: Answers) -> Paper:
    """The document: result with reasons, description, criteria, dangers, and what is missing."""
    answers = first_answers(facts) | {name: text for name, text in given.items() if str(text).strip()}
    needed = is_needed(facts, answers)
    worst = any(answers.get(f"residual_{one.key}") == "high" for one in DANGERS)
    title = both("Penilaian impak perlindungan data", "Data protection impact assessment")
    sections = (
        Section(both("Keputusan", "Result"), text=(_result(facts, answers, needed), *_consult(worst))),
        _description(facts),
        _criteria(answers),
        Section(QUESTIONS_BY_NAME["necessity"].label, text=(same(answered(answers, "necessity")),)),
        _dangers(answers),
        Section(
            both("Rundingan dan keputusan", "Consultation and decision"),
            facts=tuple(
                (QUESTIONS_BY_NAME[name].label, same(answered(answers, name))) for name in ("advice", "views", "signed")
            ),
        ),
    )
    return Paper(title, sections, unanswered(QUESTIONS, answers))


QUESTIONS_BY_NAME: Mapping[str, Question] = {one.name: one for one in QUESTIONS}


def _result(facts: Facts, answers: Answers, needed: bool | None) -> Said:
    if needed is None:
        return both(
            "Belum dapat diputuskan: jawab kriteria yang masih terbuka.",
            "It cannot be said yet: answer the criteria that are open.",
        )
    reasons = [CRITERIA[key] for key in met(answers)]
    if facts.people > LARGE:
        over = f"{facts.people:,}"
        reasons.append(both(f"{over} orang, lebih daripada {LARGE:,}", f"{over} people, more than {LARGE:,}"))
    listed = both(*("; ".join(one[tongue] for one in reasons) or NOTHING[tongue] for tongue in ("ms", "en")))
    if needed:
        return both(
            f"Penilaian diperlukan, kerana: {listed['ms']}.", f"An assessment is needed, because of: {listed['en']}."
        )
    return both(
        f"Penilaian tidak diperlukan: kurang daripada {CRITERIA_NEEDED} kriteria dipenuhi ({listed['ms']}), dan "
        f"{facts.people:,} orang tidak melebihi {LARGE:,}.",
        f"An assessment is not needed: fewer than {CRITERIA_NEEDED} criteria are met ({listed['en']}), and "
        f"{facts.people:,} people are not more than {LARGE:,}.",
    )


def _consult(worst: bool) -> tuple[Said, ...]:
    if not worst:
        return ()
    return (
        both(
            "Baki risiko tinggi: rujuk pihak berkuasa sebelum memulakan (GDPR Perkara 36).",
            "A high risk remains: consult the authority before you begin (GDPR Art. 36).",
        ),
    )


def _description(facts: Facts) -> Section:
    purposes = tuple((one.name, one.about) for one in facts.purposes)
    where = ", ".join(f"{code or '?'}: {many:,}" for code, many in facts.countries.items())
    return Section(
        both("Apa yang dibuat, dan untuk apa", "What is done, and what for"),
        text=(
            both(
                "Mesej WhatsApp dihantar kepada orang yang bersetuju dengan tujuan yang dinyatakan. Balasan dibaca "
                "untuk mengenali permintaan berhenti, dan kemudian oleh kakitangan.",
                "WhatsApp messages go to people who agreed to a stated purpose. Replies are read to recognise a stop, "
                "and then by staff.",
            ),
        ),
        facts=(
            *purposes,
            (both("Orang", "People"), same(f"{facts.people:,} ({where})" if where else facts.people)),
            (both("Penerima", "Recipients"), same(", ".join(one.name for one in facts.recipients))),
        ),
    )


def _criteria(answers: Answers) -> Section:
    words = {"yes": YES, "no": NO}
    rows = tuple(
        (
            label,
            words.get(answers.get(key, ""), NOTHING),
            same(answered(answers, f"{key}_why")) if answered(answers, f"{key}_why") else _by_nature(key, answers),
        )
        for key, label in CRITERIA.items()
    )
    head = (both("Kriteria (WP248)", "Criterion (WP248)"), both("Dipenuhi", "Met"), both("Sebab", "Why"))
    return Section(both("Kriteria", "Criteria"), head=head, rows=rows)


def _by_nature(key: str, answers: Answers) -> Said:
    answer, why = BY_NATURE.get(key, ("", NOTHING))
    return why if answers.get(key) == answer else NOTHING


def _dangers(answers: Answers) -> Section:
    words = dict(RESIDUAL)
    rows = tuple((one.what, one.measure, words.get(answers.get(f"residual_{one.key}", ""), NOTHING)) for one in DANGERS)
    head = (both("Risiko", "Risk"), both("Langkah", "Measure"), both("Baki", "What remains"))
    return Section(both("Risiko kepada orang", "Risks to people"), head=head, rows=rows)
