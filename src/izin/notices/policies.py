"""Good first privacy policies in Malay and English, one for each kind of organisation, filled with its particulars.

Pure. Every text was written for Izin and says what Izin does; what an organisation does beside that, it adds itself.
"""

from izin.notices.wording import Particulars

SECTORS = ("general", "school", "agency")
Texts = dict[str, dict[str, str]]


def policy(who: Particulars, sector: str = "general") -> Texts:
    """A whole policy: a business (``general``), a school or tuition centre, or an agency that sends for others."""
    own = {"general": _nothing_own, "school": _school, "agency": _agency}[sector](who)
    return {"ms": _general_ms(who) | own["ms"], "en": _general_en(who) | own["en"]}


def _general_ms(who: Particulars) -> dict[str, str]:
    return {
        "controller": f"{who.name}, {who.address}, bertanggungjawab atas data peribadi anda. Untuk soalan tentang "
        f"privasi: {who.email} atau {who.phone}.",
        "officer": f"Pegawai perlindungan data kami menjawab soalan tentang privasi. Tulis kepada {who.email}.",
        "collected": "Kami mengumpul nombor WhatsApp, nama dan bahasa pilihan anda. Kami juga menyimpan persetujuan "
        "anda beserta tarikh, cara dan teks yang ditunjukkan. Mesej yang anda balas dan status penghantaran turut "
        "disimpan.",
        "sources": "Data datang daripada anda sendiri, atau daripada senarai kami yang mempunyai bukti persetujuan "
        "anda. Kami tidak mengambil data daripada sumber awam dan tidak membeli senarai.",
        "purposes": "Kami menghantar mesej pemasaran hanya jika anda bersetuju (GDPR Perkara 6(1)(a); APDP seksyen 6). "
        "Setiap tujuan mempunyai persetujuannya sendiri.",
        "whatsapp": "Kami menggunakan WhatsApp untuk pemasaran. Meta menerima nombor anda dan kandungan mesej untuk "
        "menghantarnya.",
        "recipients": "WhatsApp (Meta) sebagai pemproses kami, dan pengendali pelayan kami. Kami tidak menjual data "
        "anda. Kami tidak berkongsi data dengan pihak ketiga tanpa persetujuan anda.",
        "transfers": "Meta memproses nombor dan mesej di luar Malaysia, termasuk di Amerika Syarikat. Fasal kontrak "
        "standard melindungi data itu, dan anda boleh meminta salinannya daripada kami.",
        "retention": "Data hubungan disimpan selagi persetujuan anda sah. Bukti persetujuan disimpan 36 bulan selepas "
        "mesej terakhir. Jika anda berhenti, kami hanya menyimpan cap nombor yang tidak boleh dibaca supaya anda tidak "
        "dihubungi lagi.",
        "protection": "Nombor, nama dan mesej disulitkan dengan kunci tersendiri bagi setiap orang. Kakitangan hanya "
        "melihat apa yang perlu. Setiap perubahan persetujuan direkodkan dalam lejar yang tidak boleh diubah.",
        "rights": "Anda boleh mengakses, membetulkan, memadam, menyekat, membantah dan memindahkan data anda. Hubungi "
        "kami melalui butiran di atas; kami menjawab dalam 21 hari.",
        "withdraw": "Balas BERHENTI kepada mana-mana mesej kami, atau gunakan ayat anda sendiri. Ia berkuat kuasa "
        "serta-merta dan percuma. Mesej yang dihantar sebelum itu kekal sah.",
        "objection": "Anda berhak membantah pemasaran langsung pada bila-bila masa, tanpa memberi sebab. Selepas itu "
        "kami tidak menghantar pemasaran lagi.",
        "choices": "Halaman pilihan anda menunjukkan setiap tujuan. Di situ anda boleh menghidupkan, mematikan atau "
        "menangguhkan mesej. Pautannya ada dalam jawapan kami kepada BERHENTI, atau minta daripada kami.",
        "complaint": "Anda boleh membuat aduan kepada Pesuruhjaya Perlindungan Data Peribadi Malaysia, atau kepada "
        "pihak berkuasa perlindungan data di tempat tinggal anda di Eropah.",
        "required": "Memberi data dan persetujuan adalah sukarela. Tanpa nombor WhatsApp kami tidak dapat menghantar "
        "mesej. Nama dan bahasa adalah pilihan. Jika anda menolak, khidmat kami yang lain tidak terjejas.",
        "automated": "Tiada keputusan yang memberi kesan kepada anda dibuat secara automatik. Tiada pemprofilan.",
        "children": "Mesej kami adalah untuk orang dewasa. Jika anda di bawah 18 tahun, ibu bapa atau penjaga anda "
        "yang memberi persetujuan.",
        "changes": "Setiap versi dasar ini bertarikh dan bernombor, dan versi lama kekal boleh dibaca. Jika dasar ini "
        "berubah dengan ketara, kami memberitahu anda sebelum perubahan berkuat kuasa.",
    }


def _general_en(who: Particulars) -> dict[str, str]:
    return {
        "controller": f"{who.name}, {who.address}, is responsible for your personal data. For questions about "
        f"privacy: {who.email} or {who.phone}.",
        "officer": f"Our data protection officer answers questions about privacy. Write to {who.email}.",
        "collected": "We collect your WhatsApp number, name and preferred language. We also keep your consent with "
        "its date, way and the text you were shown. The messages you reply with and the delivery status are kept too.",
        "sources": "The data come from you, or from a list of ours that holds the proof of your consent. We take no "
        "data from public sources and buy no lists.",
        "purposes": "We send marketing messages only if you agreed (GDPR Article 6(1)(a); PDPA section 6). "
        "Each purpose has a consent of its own.",
        "whatsapp": "We use WhatsApp for marketing. Meta receives your number and the message to deliver it.",
        "recipients": "WhatsApp (Meta) as our processor, which works for us, and the operator of our server. We do "
        "not sell your data. We share nothing with third parties without your consent.",
        "transfers": "Meta handles numbers and messages outside Malaysia, also in the United States. Standard contract "
        "clauses protect the data, and you can ask us for a copy.",
        "retention": "Contact data are kept while your consent stands. The proof of consent is kept for 36 months "
        "after the last message. If you stop, we keep only an unreadable fingerprint of the number, so that you are "
        "not contacted again.",
        "protection": "Numbers, names and messages are encrypted with a key of its own for each person. Staff see "
        "only what they need. Every change of consent is recorded in a ledger that cannot be altered.",
        "rights": "You can access, correct, erase, restrict, object to and move your data. Contact us as above; "
        "we answer within 21 days.",
        "withdraw": "Reply STOP to any of our messages, or use words of your own. It takes effect at once and is free "
        "of charge. Messages sent before that stay lawful.",
        "objection": "You have the right to object to direct marketing at any time, without giving a reason. After "
        "that we send you no more marketing.",
        "choices": "Your page of choices shows each purpose. There you can turn messages on, off, or pause them for "
        "a while. Its link stands in our answer to STOP, or ask us for it.",
        "complaint": "You can complain to the Personal Data Protection Commissioner of Malaysia, or to the data "
        "protection authority where you live in Europe.",
        "required": "Giving data and consent is up to you. Without a WhatsApp number we cannot send messages. Name "
        "and language are optional. If you refuse, our other services to you do not suffer.",
        "automated": "No decision that affects you is made by a machine. There is no profiling.",
        "children": "Our messages are for adults. If you are under 18, your parent or guardian gives the consent.",
        "changes": "Each version of this policy has a date and a number, and the old ones can still be read. If this "
        "policy changes in a way that matters, we tell you before the change takes effect.",
    }


def _nothing_own(who: Particulars) -> Texts:
    return {"ms": {}, "en": {}}


def _school(who: Particulars) -> Texts:
    return {
        "ms": {
            "collected": "Kami mengumpul nombor WhatsApp, nama dan bahasa pilihan ibu bapa, penjaga atau pelajar "
            "dewasa. Kami juga menyimpan persetujuan beserta tarikh, cara dan teks yang ditunjukkan. Mesej yang anda "
            "balas dan status penghantaran turut disimpan. Markah, kehadiran dan kesihatan pelajar tidak disimpan di "
            "sini.",
            "children": "Kami menulis kepada ibu bapa dan penjaga, bukan kepada kanak-kanak. Nombor pelajar di bawah "
            "18 tahun tidak disimpan. Jika kami mendapati nombor itu milik seorang kanak-kanak, kami berhenti dan "
            "memadamnya.",
            "required": "Memberi data dan persetujuan adalah sukarela. Tanpa nombor WhatsApp kami tidak dapat "
            "menghantar mesej. Nama dan bahasa adalah pilihan. Jika anda menolak, tempat dan pembelajaran anak anda "
            "tidak terjejas.",
        },
        "en": {
            "collected": "We collect the WhatsApp number, name and preferred language of parents, guardians and adult "
            "students. We also keep the consent with its date, way and the text that was shown. The messages you "
            "reply with and the delivery status are kept too. Marks, attendance and health of pupils are not kept "
            "here.",
            "children": "We write to parents and guardians, not to children. Numbers of pupils under 18 are not kept. "
            "If we find that a number belongs to a child, we stop and erase it.",
            "required": "Giving data and consent is up to you. Without a WhatsApp number we cannot send messages. "
            "Name and language are optional. If you refuse, your child's place and lessons do not suffer.",
        },
    }


def _agency(who: Particulars) -> Texts:
    return {
        "ms": {
            "controller": f"{who.name}, {who.address}, menghantar mesej bagi pihak pelanggannya. Setiap mesej "
            "menamakan pelanggan itu, dan pelanggan itulah yang bertanggungjawab atas data anda. Kami pemprosesnya: "
            f"kami bekerja mengikut arahannya sahaja. Untuk soalan tentang privasi: {who.email} atau {who.phone}.",
            "sources": "Data datang daripada anda sendiri, atau daripada pelanggan kami yang mempunyai bukti "
            "persetujuan anda. Kami tidak mengambil data daripada sumber awam dan tidak membeli senarai.",
            "recipients": "WhatsApp (Meta) dan pengendali pelayan kami, sebagai subpemproses. Pelanggan yang "
            "bertanggungjawab menerima data tentang orangnya sendiri. Data seorang pelanggan tidak diberikan kepada "
            "pelanggan lain.",
            "rights": "Anda boleh mengakses, membetulkan, memadam, menyekat, membantah dan memindahkan data anda. "
            "Hubungi pelanggan yang dinamakan dalam mesej, atau kami: kami menyampaikan permintaan itu kepadanya. "
            "Jawapan diberi dalam 21 hari.",
        },
        "en": {
            "controller": f"{who.name}, {who.address}, sends messages for its clients. Each message names the client, "
            "and that client is responsible for your data. We are its processor: we work on its orders only. For "
            f"questions about privacy: {who.email} or {who.phone}.",
            "sources": "The data come from you, or from a client of ours who holds the proof of your consent. We take "
            "no data from public sources and buy no lists.",
            "recipients": "WhatsApp (Meta) and the operator of our server, which both work for us. The client who is "
            "responsible receives the data of its own people. Data of one client are not given to another.",
            "rights": "You can access, correct, erase, restrict, object to and move your data. Contact the client "
            "named in the message, or us: we pass the request on. The answer comes within 21 days.",
        },
    }
