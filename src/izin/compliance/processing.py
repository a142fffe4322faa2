"""The record of processing activities (GDPR Art. 30(1) as controller, 30(2) as processor; PDP Standard 2015).

Made of the living configuration; staff add what no configuration can know. It is in writing, and given to the authority
when it asks (Art. 30(3), (4)). Art. 30(5) spares nobody here: messages to customers are not occasional.
"""

from izin.compliance.breach_rules import EEA
from izin.compliance.facts import Facts
from izin.compliance.papers import NOTHING, Paper, Said, Section, both, country, same
from izin.compliance.questions import Answers, Question, answered, unanswered
from izin.compliance.retention import BY_KEY

QUESTIONS = (
    Question(
        "officer",
        both("Pegawai perlindungan data: nama dan hubungan", "Data protection officer: name and contact"),
        both(
            "Di Malaysia, lantikan didaftarkan dalam masa 21 hari.",
            "In Malaysia the appointment is registered within 21 days.",
        ),
        needed=True,
    ),
    Question(
        "representative",
        both("Wakil di Kesatuan Eropah atau UK", "Representative in the Union or the UK"),
        both(
            "Perlu jika orang di sana dihubungi dari luar (GDPR Perkara 27).",
            "Needed when people there are written to from outside (GDPR Art. 27).",
        ),
    ),
    Question("joint", both("Pengawal data bersama", "Joint controllers")),
    Question(
        "people_more",
        both("Kategori orang yang lain", "Further categories of people"),
        both("Selain penerima mesej dan kakitangan.", "Beside recipients of messages and staff."),
    ),
    Question(
        "data_more",
        both("Kategori data yang lain", "Further categories of data"),
        both("Contohnya lajur lain dalam fail import anda.", "For example other columns of your imported files."),
    ),
    Question(
        "security_more",
        both("Langkah keselamatan yang lain", "Further security measures"),
        both(
            "Pejabat, sandaran, latihan, kawalan peranti: apa yang tidak diketahui oleh perisian.",
            "Offices, backups, devices: what the software cannot know.",
        ),
        rows=4,
        needed=True,
    ),
    Question(
        "clients",
        both(
            "Klien yang datanya anda proses (satu sebaris: nama, hubungan, pegawai)",
            "Clients whose data you process (one a line: name, contact, officer)",
        ),
        both(
            "Untuk agensi sahaja. Biarkan kosong jika anda tidak memproses bagi pihak lain.",
            "Only for agencies. Leave it empty when you process for nobody else.",
        ),
        rows=4,
    ),
    Question(
        "client_processing",
        both("Kategori pemprosesan bagi setiap klien", "Categories of processing for each client"),
    ),
)
REPRESENTATIVE = both(
    "Wakil di Kesatuan Eropah atau UK: ada penerima di sana", "Representative in the Union or the UK: people live there"
)
PEOPLE = (
    both("Penerima mesej: orang yang bersetuju", "Recipients of messages: people who agreed"),
    both("Orang yang menulis kepada nombor WhatsApp kami", "People who write to our WhatsApp numbers"),
    both("Kakitangan yang menggunakan sistem ini", "Staff who use this system"),
)
DATA = (
    both(
        "nama, nombor WhatsApp atau pengecam WhatsApp, bahasa, negara", "name, WhatsApp number or id, language, country"
    ),
    both("persetujuan dan penolakan, dengan bukti dan masanya", "consents and refusals, with evidence and times"),
    both("mesej yang dihantar, keputusannya, dan balasan", "messages sent, their outcome, and replies"),
    both("permintaan hak dan jawapannya", "requests by right, and their answers"),
    both("kakitangan: nama, e-mel, peranan, tindakan", "staff: name, e-mail, role, acts"),
)
SECURITY = (
    both(
        "Nama, nombor, teks dan bukti dimeterai dengan AES-256-GCM-SIV; setiap orang ada kuncinya sendiri, dan kunci "
        "akar berada di luar pangkalan data",
        "Names, numbers, texts and evidence are sealed with AES-256-GCM-SIV; each person has a key of their own, and "
        "the root key is kept outside the database",
    ),
    both(
        "Data setiap organisasi dipisahkan oleh pangkalan data sendiri (keselamatan aras baris)",
        "Organisations are kept apart by the database itself (row-level security)",
    ),
    both(
        "Peranan: hanya yang perlu melihat nama dapat melihatnya; nombor penuh tidak ditunjukkan pada halaman",
        "Roles: only who needs names sees them; no page shows a whole number",
    ),
    both(
        "Permintaan berhenti berkuat kuasa sebelum ia dijawab; tiada mesej dihantar tanpa persetujuan yang sah pada "
        "saat itu",
        "A stop counts before it is acknowledged; no message leaves without a consent that stands at that moment",
    ),
    both(
        "Setiap perbuatan ada dalam lejar bertandatangan yang tidak dapat diubah tanpa dikesan",
        "Each act stands in a signed ledger that nobody can change unnoticed",
    ),
    both(
        "Tiada senarai keluar tanpa penerima berdaftar; setiap baris eksport bertanda",
        "No list leaves without a registered recipient; each row of an export is marked",
    ),
    both(
        "Pemadaman harian mengikut tempoh; pemadaman seseorang bertahan walaupun sandaran dipulihkan",
        "Deletion every day by retention; an erasure survives the restore of a backup",
    ),
)


def record(facts: Facts, answers: Answers) -> Paper:
    """The record as of these facts, with what it lacks."""
    sections = (
        Section(both("Pengawal data", "Controller"), facts=tuple(_controller(facts, answers))),
        _purposes(facts),
        Section(both("Kategori orang", "Categories of people"), points=(*PEOPLE, *_more(answers, "people_more"))),
        Section(both("Kategori data", "Categories of data"), points=(*DATA, *_more(answers, "data_more"))),
        recipients(facts),
        _transfers(facts),
        retention(facts),
        security(facts, answers),
        *_as_processor(facts, answers),
    )
    return Paper(
        both("Rekod aktiviti pemprosesan", "Record of processing activities"), sections, _missing(facts, answers)
    )


def controller(facts: Facts) -> tuple[tuple[Said, Said], ...]:
    """Who answers for it: name, number, address, contact."""
    return (
        (both("Nama", "Name"), same(facts.name)),
        (both("Nombor pendaftaran", "Registration number"), same(facts.registration)),
        (both("Alamat", "Address"), same(facts.address)),
        (both("Negara", "Country"), country(facts.country)),
        (both("Hubungan", "Contact"), same(", ".join(filter(None, (facts.email, facts.phone))))),
    )


def recipients(facts: Facts) -> Section:
    """Everybody who receives data."""
    head = (
        both("Penerima", "Recipient"),
        both("Untuk apa", "What for"),
        both("Negara", "Country"),
        both("Kontrak", "Contract"),
    )
    rows = tuple(
        (
            both(*(f"{one.name} ({one.kind[tongue]})" for tongue in ("ms", "en"))),
            one.role,
            country(one.country),
            same(one.contract),
        )
        for one in facts.recipients
    )
    return Section(both("Penerima data", "Recipients"), head=head, rows=rows)


def retention(facts: Facts) -> Section:
    """How long each kind of data is kept."""
    head = (both("Apa", "What"), both("Tempoh", "How long"))
    rows = tuple(
        (BY_KEY[key].what, both(f"{days:,} hari {BY_KEY[key].since['ms']}", f"{days:,} days {BY_KEY[key].since['en']}"))
        for key, days in facts.spans.items()
    )
    stays = both(
        "Bukti persetujuan, penolakan (sebagai cincangan berkunci) dan lejar tidak dipadam mengikut tempoh: ia ialah "
        "bukti dan perlindungan orang itu sendiri.",
        "Evidence of consent, refusals (as keyed hashes) and the ledger are not deleted by a clock: they are proof, "
        "and protect the people themselves.",
    )
    return Section(both("Tempoh simpanan", "Time limits"), text=(stays,), head=head, rows=rows)


def security(facts: Facts, answers: Answers) -> Section:
    """The measures of Art. 32: those of the installation, and those that staff wrote down."""
    transport = both("Halaman dihantar melalui TLS", "Pages travel over TLS")
    own = (transport,) if facts.secure else ()
    heading = both("Langkah keselamatan (GDPR Perkara 32; PDPA s.9)", "Security measures (GDPR Art. 32; PDPA s.9)")
    return Section(heading, points=(*SECURITY, *own, *_more(answers, "security_more")))


def _controller(facts: Facts, answers: Answers) -> "list[tuple[Said, Said]]":
    officer = answered(answers, "officer") or ", ".join(facts.officers)
    return [
        *controller(facts),
        (both("Pegawai perlindungan data", "Data protection officer"), same(officer)),
        (both("Wakil (Perkara 27)", "Representative (Art. 27)"), same(answered(answers, "representative"))),
        (both("Pengawal bersama (Perkara 26)", "Joint controllers (Art. 26)"), same(answered(answers, "joint"))),
    ]


def _purposes(facts: Facts) -> Section:
    head = (
        both("Tujuan", "Purpose"),
        both("Tentang", "About"),
        both("Asas", "Basis"),
        both("Sah selama", "Valid for"),
    )
    consent = both("persetujuan (GDPR 6(1)(a); PDPA s.6)", "consent (GDPR 6(1)(a); PDPA s.6)")
    rows = tuple((one.name, one.about, consent, both(f"{one.days} hari", f"{one.days} days")) for one in facts.purposes)
    other = both(
        "Selain itu: menyimpan bukti dan penolakan (kewajipan undang-undang, GDPR Perkara 6(1)(c), 7(1), 21(3)), dan "
        "menjawab orang yang menulis kepada kami (GDPR Perkara 6(1)(f)).",
        "Beside them: keeping evidence and refusals (legal obligation, GDPR Art. 6(1)(c), 7(1), 21(3)), and answering "
        "those who write to us (GDPR Art. 6(1)(f)).",
    )
    return Section(both("Tujuan pemprosesan", "Purposes"), text=(other,), head=head, rows=rows)


def _transfers(facts: Facts) -> Section:
    abroad = [one for one in facts.recipients if one.country != facts.country]
    head = (
        both("Penerima", "Recipient"),
        both("Negara", "Country"),
        both("Asas", "Ground"),
        both("Perlindungan", "Safeguards"),
    )
    rows = tuple((same(one.name), country(one.country), one.ground, one.safeguards) for one in abroad)
    none = () if rows else (both("Tiada data keluar dari negara.", "No data leave the country."),)
    return Section(both("Pemindahan ke luar negara", "Transfers abroad"), text=none, head=head, rows=rows)


def _as_processor(facts: Facts, answers: Answers) -> tuple[Section, ...]:
    heading = both("Sebagai pemproses (Perkara 30(2))", "As a processor (Art. 30(2))")
    clients = [line.strip() for line in answered(answers, "clients").splitlines() if line.strip()]
    if not clients:
        none = both("Kami tidak memproses bagi pihak lain.", "We process for nobody else.")
        return (Section(heading, text=(none,)),)
    what = answered(answers, "client_processing")
    carried = (
        (both("Pemproses", "Processor"), same(facts.name)),
        (both("Kategori pemprosesan", "Categories of processing"), same(what)),
        (
            both("Pemindahan dan langkah keselamatan", "Transfers and security measures"),
            both("seperti di atas", "as above"),
        ),
    )
    return (Section(heading, facts=carried, points=tuple(same(line) for line in clients)),)


def _missing(facts: Facts, answers: Answers) -> tuple[Said, ...]:
    missing = list(unanswered(QUESTIONS, answers))
    if not facts.purposes:
        missing.append(both("Tujuan pemprosesan", "Purposes"))
    for name, value in controller(facts):
        if value == NOTHING:
            missing.append(name)
    outside = facts.country not in EEA and ({*facts.countries} & (EEA | {"GB"})) - {facts.country}
    if outside and not answered(answers, "representative"):
        missing.append(REPRESENTATIVE)
    if answered(answers, "clients") and not answered(answers, "client_processing"):
        missing.append(QUESTIONS[-1].label)
    return tuple(missing)


def _more(answers: Answers, name: str) -> tuple[Said, ...]:
    return tuple(same(line.strip()) for line in answered(answers, name).splitlines() if line.strip())
