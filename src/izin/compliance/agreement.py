"""The agreement between a client and this organisation as its processor, every item of GDPR Art. 28(3) in it. Pure.

PDPA s.9(2): the processor gives sufficient guarantees. A template to be read, completed and signed; no legal advice.
"""

from izin.compliance.facts import Facts
from izin.compliance.papers import NOTHING, Paper, Said, Section, both, country, same
from izin.compliance.processing import DATA, PEOPLE, SECURITY, controller, recipients
from izin.compliance.questions import Answers, Question, answered, unanswered

QUESTIONS = (
    Question("client", both("Klien (pengawal data)", "Client (controller)"), rows=1, needed=True),
    Question("client_address", both("Alamat klien", "Address of the client"), needed=True),
    Question(
        "client_officer",
        both("Pegawai atau orang hubungan klien", "Officer or contact of the client"),
        both("Siapa yang menerima berita pelanggaran data.", "Who is told of a breach."),
        rows=1,
        needed=True,
    ),
    Question(
        "duration",
        both("Tempoh perjanjian", "Duration"),
        both("Contohnya: sehingga ditamatkan dengan notis 30 hari", "For example: until ended with 30 days' notice"),
        rows=1,
        needed=True,
    ),
    Question("special", both("Syarat khas", "Special terms"), rows=4),
)
# Each with the item of Art. 28(3) that it is for; all of them stand in every agreement.
CLAUSES: tuple[tuple[str, Said, Said], ...] = (
    (
        "28(3)(a)",
        both("Hanya atas arahan", "Only on instructions"),
        both(
            "Pemproses memproses data hanya atas arahan bertulis pengawal data, termasuk tentang pemindahan ke luar "
            "negara. Satu kempen yang diluluskan oleh pengawal data ialah satu arahan. Jika undang-undang mewajibkan "
            "perkara lain, pemproses memberitahu dahulu, melainkan undang-undang melarangnya.",
            "The processor processes data only on the controller's documented instructions, also about transfers "
            "abroad. A campaign that the controller approved is one instruction. Where a law requires something else, "
            "the processor says so first, unless that law forbids it.",
        ),
    ),
    (
        "28(3)(b)",
        both("Kerahsiaan", "Confidentiality"),
        both(
            "Setiap orang yang mengendalikan data telah berjanji secara bertulis untuk merahsiakannya; janji itu "
            "kekal selepas mereka berhenti.",
            "Everybody who handles the data has promised confidentiality in writing; the promise outlasts their work.",
        ),
    ),
    (
        "28(3)(c), 32",
        both("Keselamatan", "Security"),
        both(
            "Pemproses mengambil langkah dalam lampiran di bawah, menyemaknya setiap tahun, dan tidak mengurangkannya.",
            "The processor takes the measures in the annex below, reviews them each year, and does not weaken them.",
        ),
    ),
    (
        "28(3)(d), 28(2), 28(4)",
        both("Sub-pemproses", "Sub-processors"),
        both(
            "Yang disenaraikan di bawah dibenarkan. Bagi yang baharu, pemproses memberitahu 30 hari lebih awal; "
            "pengawal data boleh membantah. Sub-pemproses terikat dengan kewajipan yang sama, dan pemproses "
            "bertanggungjawab atasnya.",
            "Those listed below are allowed. Of a new one the processor tells 30 days ahead, and the controller may "
            "object. A sub-processor is bound to the same duties, and the processor answers for it.",
        ),
    ),
    (
        "28(3)(e)",
        both("Membantu dengan hak orang", "Help with people's rights"),
        both(
            "Permintaan orang disampaikan kepada pengawal data dalam masa 24 jam. Penolakan berkuat kuasa dalam "
            "sistem dengan serta-merta, dan di luarnya dalam masa 24 jam.",
            "What people ask is passed on to the controller within 24 hours. A refusal counts in the system at once, "
            "and outside it within 24 hours.",
        ),
    ),
    (
        "28(3)(f), 33(2)",
        both("Membantu dengan kewajipan", "Help with duties"),
        both(
            "Pemproses memberitahu tentang pelanggaran data tanpa lengah dan selewat-lewatnya 24 jam selepas "
            "mengetahuinya, dengan semua yang diketahuinya, dan membantu dengan penilaian impak dan pihak berkuasa.",
            "The processor tells of a breach without undue delay and at the latest 24 hours after it knows, with all "
            "it knows, and helps with impact assessments and authorities.",
        ),
    ),
    (
        "28(3)(g)",
        both("Tamat perjanjian", "End of the agreement"),
        both(
            "Mengikut pilihan pengawal data, data dipulangkan atau dipadam, dengan sijil. Bukti persetujuan dan "
            "senarai penolakan serta kuncinya diserahkan, supaya tiada sesiapa yang menolak dihubungi semula.",
            "As the controller chooses, data are returned or deleted, with a certificate. Evidence of consents, and "
            "the list of refusals with its key, are handed over, so that nobody who refused is written to again.",
        ),
    ),
    (
        "28(3)(h)",
        both("Maklumat dan audit", "Information and audits"),
        both(
            "Pemproses memberikan segala maklumat yang menunjukkan pematuhan dan membenarkan audit. Ia memberitahu "
            "dengan segera jika suatu arahan melanggar undang-undang.",
            "The processor gives all that shows that it complies, and allows audits. It tells at once when an "
            "instruction breaks the law.",
        ),
    ),
    (
        "28(10); PDPA s.9(2)",
        both("Tiada penggunaan lain", "No other use"),
        both(
            "Kenalan satu klien tidak pernah digunakan untuk klien lain atau untuk tujuan pemproses sendiri. "
            "Pemproses memberikan jaminan yang mencukupi tentang keselamatan seperti yang dikehendaki oleh s.9(2) "
            "PDPA.",
            "One client's contacts never serve another client, nor purposes of the processor. The processor gives the "
            "guarantees of security that s.9(2) of the PDPA asks for.",
        ),
    ),
)


def agreement(facts: Facts, answers: Answers) -> Paper:
    """The agreement, filled with the organisation's particulars and the answers, with what is still open."""
    client = (
        (both("Nama", "Name"), same(answered(answers, "client"))),
        (both("Alamat", "Address"), same(answered(answers, "client_address"))),
        (both("Pegawai atau hubungan", "Officer or contact"), same(answered(answers, "client_officer"))),
    )
    subject = (
        (
            both("Perkara dan sifat", "Subject and nature"),
            both(
                "menghantar mesej WhatsApp kepada orang yang bersetuju, dan menguruskan balasan, persetujuan dan "
                "penolakan",
                "sending WhatsApp messages to people who agreed, and handling replies, consents and refusals",
            ),
        ),
        (both("Tujuan", "Purposes"), _purposes(facts)),
        (both("Tempoh", "Duration"), same(answered(answers, "duration"))),
        (both("Kategori orang", "Categories of people"), PEOPLE[0]),
        (
            both("Jenis data", "Types of data"),
            both(*("; ".join(one[tongue] for one in DATA[:3]) for tongue in ("ms", "en"))),
        ),
        (
            both("Hak dan kewajipan pengawal data", "Rights and duties of the controller"),
            both(
                "memastikan persetujuan sah, memberi arahan bertulis, meluluskan setiap kempen, mengaudit",
                "sees that consents are valid, instructs in writing, approves each campaign, audits",
            ),
        ),
    )
    where = country(facts.country)
    sections = (
        Section(both("Pengawal data", "Controller"), facts=client),
        Section(both("Pemproses", "Processor"), facts=controller(facts)),
        Section(both("Perkara perjanjian (Perkara 28(3))", "What it is about (Art. 28(3))"), facts=subject),
        *(
            Section(
                both(f"{number}. {name['ms']}", f"{number}. {name['en']}"), text=(words, same(f"GDPR {law}")), level=2
            )
            for number, (law, name, words) in enumerate(CLAUSES, start=1)
        ),
        *_special(answers),
        recipients(facts),
        Section(both("Lampiran: langkah keselamatan", "Annex: security measures"), points=SECURITY),
        Section(
            both("Tandatangan", "Signatures"),
            text=(
                both(f"Undang-undang: {where['ms']}", f"Governing law: {where['en']}"),
                both(
                    "Pengawal data (nama, tarikh, tandatangan): ______________________",
                    "Controller (name, date, signature): ______________________",
                ),
                both(
                    "Pemproses (nama, tarikh, tandatangan): ______________________",
                    "Processor (name, date, signature): ______________________",
                ),
            ),
        ),
    )
    title = both("Perjanjian pemprosesan data (GDPR Perkara 28(3))", "Data processing agreement (GDPR Art. 28(3))")
    return Paper(title, sections, unanswered(QUESTIONS, answers))


def _purposes(facts: Facts) -> Said:
    if not facts.purposes:
        return NOTHING
    return both(*("; ".join(one.name[tongue] for one in facts.purposes) for tongue in ("ms", "en")))


def _special(answers: Answers) -> tuple[Section, ...]:
    text = answered(answers, "special")
    return (Section(both("Syarat khas", "Special terms"), text=(same(text),), level=2),) if text else ()
