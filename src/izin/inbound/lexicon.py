"""The words in which people stop, hold, confirm and ask. Pure data; native speakers are welcome to add.

A word is written as ``normalise`` leaves it: lower case, without accents, shorthand spelled out. Operators may add
words, never take one away. ``VERSION`` goes with each decision.
"""

from izin.inbound.normalise import normalise

VERSION = "2026-11"


def _all(*lines: str) -> frozenset[str]:
    phrases = (phrase.strip() for line in lines for phrase in line.split(","))
    return frozenset(" ".join(normalise(phrase).words) for phrase in phrases if phrase)


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


POLITE = _words(
    "lah la leh weh wei je jela please sila mohon tolong bro sis kak abang bang boss bos cik tuan puan encik",
    "ya ye yah yer dong deh sih doh thanks thank you tq tqvm terima kasih hi hai hello assalamualaikum salam",
    "admin min saja sahaja now sekarang terus segera immediately today semua all everything it this ini ni tu itu",
    "dulu kindly just pannunga ok okay okey already sudah i said saya",
)
# Words of wishing: "saya nak stop" is "stop"; but "tak nak" is itself a refusal, so they go last.
WISH = _words("nak want would like to")
# Words that soften or strengthen; they change nothing if a stop word stands beside them.
FILLER = _words("lagi again anymore more langsung me us")

STOP = _all(
    "berhenti, henti, hentikan, stop, setop, batal, batalkan, nyahlanggan, nyah langgan, unsub, unsubscribe",
    "berhenti langgan",
    "tamat langganan, tamatkan langganan, berhenti langganan, berhenti melanggan, batal langganan",
    "batalkan langganan",
    "tak nak, tak mau, tak mahu, keluar dari senarai, keluar senarai, keluar list, keluar dari list, keluar group",
    # typing errors that were seen
    "berenti, brenti, brhenti, brhnti, behenti, berhnti, berheti, berhentu, berhentii, bernhenti, berhent",
    "berhanti, brhnt",
    "stp, stoop, sotp, stpo, stopp, sttop, stoppp, unsubcribe, unsuscribe, unsubscibe, unsubscrib, un subscribe",
    # dialects: Kelantan, Terengganu, Sarawak, Sabah, Brunei
    "tok se, tok soh, tok sey, dok mboh, dok mahu, sik mok, sik mau, nda mau, ndak mau, inda mau, inda mahu",
    "stop mesej, henti mesej, berhenti mesej, berhenti promosi, henti promosi, stop promosi, stop promo, stop iklan",
    "balas berhenti, balas dengan berhenti, reply stop, saya bantah, bantah, taip berhenti",
    # Indonesian
    "berhenti berlangganan, unreg, unreg promo, stop promo, tak usah lagi",
    # English
    "quit, end, revoke, opt out, optout, cancel, stopall, stop all, remove, remove me, unsubscribe me, opt me out",
    "stop messages, stop promotions, stop messaging, i object, go away, leave me alone, i want out, want out",
    "no more",
    "take me off, take me off the list, take me off this list, take me off your list, stop it, do not want",
    # Chinese
    "停, 停止, 停止发送, 停止發送, 停止接收, 退订, 退訂, 取消订阅, 取消訂閱, 回t退订, 回复退订, td, 拒收, 别发了",
    "別發了, 不要发了",
    "停止推送, 不要再发, 不要再發, 别再发了, 別再發了, 滚, 别烦我, 唔好再發",
    # Tamil
    "நிறுத்து, நிறுத்துங்கள், நிறுத்தவும், நிறுத்துக, niruthu, niruthungal, nirutthu, nirutthungal, niruthunga",
    "nirutthunga, stop pannunga, stop panunga, stop pannu",
    # the main words of the languages of the EU
    "стоп, отпиши, отписване, odjava, odjavi, odhlasit, odhlaste, afmeld, afmelden, uitschrijven, lopeta, tuhista",
    "loobu",
    "peru, peruuta, arret, arreter, desabonner, desinscrire, me desabonner, se desabonner, abmelden, abbestellen",
    "aufhoren",
    "keine nachrichten mehr, austragen, διακοπη, διαγραφη, σταματα, στοπ, leiratkozas, leiratkozom, stad, cancellami",
    "disiscrivimi, annulla, basta, atteikties, atsisakyti, nustok, ieqaf, wypisz, rezygnuje, wypisz mnie, parar",
    "sair",
    "remover, cancelar, dezabonare, opreste, odhlasit sa, odjavite, baja, alto, darme de baja, avslut, avsluta",
    "avregistrera",
    "sluta, stoppa, afmeld mig, non scrivetemi piu, nao me enviem mais mensagens, nie pisac wiecej",
    "prosze nie pisac wiecej",
    "no me escribais mas, ne plus recevoir, schreibt mir nicht mehr, stop met berichten sturen",
    # neighbours and guests
    "توقف, ايقاف, إيقاف, الغاء الاشتراك, لا ترسلوا لي, বন্ধ করুন, বন্ধ, बन्द गर्नुहोस्, बंद करो, बंद करें, रोको",
    "بند کریں",
    "ရပ်ပါ, หยุด, ยกเลิก, ไม่ต้องส่งมาอีก, dung, huy, dung gui nua, tigil, itigil, ayoko na, отписаться, отпишите",
    "хватит",
    "配信停止, 停止して, 解約, 수신거부, 중지",
)
# Stop words that count at the end of any clause ("menyemak je, berhenti"); an ambiguous one (end, cancel) does not.
CLEAR_STOP = _all(
    "berhenti, henti, hentikan, stop, unsubscribe, unsub, nyahlanggan, opt out, optout, unreg, 退订, 退訂, 拒收",
    "நிறுத்துங்கள்",
    "стоп, отписаться, stopp, abmelden, desabonner",
)
# Roots of stopping: with one of these left undecided, a person must look.
STOP_ROOTS = _all(
    "berhenti, henti, hentikan, hentikanlah, stop, stopping, setop, unsubscribe, unsub, nyahlanggan, langgan",
    "langganan, quit",
    "batal, batalkan, cancel, optout, unreg, berenti, brenti, stopp, tamat, stopped, revoke, stp",
)
# The verbs themselves: what "jangan …" turns round, and what a word of contacting may follow.
STOP_VERBS = _words(
    "berhenti henti hentikan stop stopping setop cease quit unsubscribe unsub batalkan batal cancel berenti brenti",
    "stopp",
)
NOT_TO = _words("jangan tak tidak never not huwag jangn")
WANTING = _words("nak mau mahu ingin hendak pernah want wanna to ever please suka sampai sesekali nk")
MODAL = _words("nak mau mahu ingin payah perlu hendak usah minat suka want need")
CONTACT = _all(
    "hantar, menghantar, mesej, wasap, hubungi, menghubungi, kacau, ganggu, mengganggu, send, sending, text, texting",
    "message, messages, messaging, contact, contacting, chat, kirim, mengirim, call, calling, telefon, spam",
    "spamming, disturb",
    "bother, promo, promos, promosi, iklan, ad, ads, terima, menerima, receive, receiving, offers, promotions",
    "blast, email",
    "notify, notifikasi, notification, forward, pesan, kontak, tawaran, anuppatheenga, write, writing",
)
CALLS = _words("call calling telefon phone")
# Words that part a refusal from what it refuses without changing it.
FUNCTION = _words(
    "any of your my these those the a an to kat ke kepada dekat pada apa u you dah sudah ada yang",
)
UNREFUSED = _words("lupa forget risau worry hesitate segan malu by at over ragu takut")
SUBSCRIPTION = _all("langganan, melanggan, langgan, subscription, subscribe, berlangganan, newsletter")
DELIVERY = _all(
    "alamat, address, barang, parcel, order, orders, pesanan, rumah, pejabat, office, ofis, makanan, food, bunga",
    "lambat, late",
    "sebelum, selepas, esok, tomorrow, before, after, until, hadapan, kunci, payment, bayaran, duit, money, invois",
    "invoice",
    "kurier, courier, resit, receipt, sambal, sayur, warna, saiz, size, posmen, jnt, poslaju, grab, lori, lalamove",
)
ORDER = _all(
    "order, orders, tempahan, pesanan, booking, bookings, appointment, temujanji, reservation, tempah, tiket",
    "ticket, kelas",
    "class, pembelian, purchase, pesan, slot, meeting, flight, hotel, 订单, 訂單, 预约, 預約, 预订",
)
PLACE_OR_TIME = _all(
    "bas, bus, hentian, kedai, operasi, hujan, jam, pukul, bila, stesen, tren, train, lrt, mrt, komuter, ktm, mana",
    "jauh",
    "working, works, phone, tokonya, toko, bateri, battery, enjin, kereta, car, jualan, sale, month, bulan, tahun",
    "minggu",
    "tarikh, kerja, sekolah, merokok, smoking, rokok, lampu, ubat, when, where, haltestelle, arret de bus, week",
    "year, game",
)
REMOVE = _all("buang, keluarkan, padam, padamkan, delete, remove, hapus, erase, take, buangkan, clear, singkirkan")
RECORD = _all(
    "nombor, nama, saya, list, senarai, data, number, name, me, details, database, akaun, account, phone, contact",
    "kontak",
    "maklumat, rekod",
)
CONSENT = _all("consent, persetujuan, kebenaran, izin, permission, kebenarannya")
TAKE_BACK = _words("tarik cabut withdraw withdrawing revoke revoking batal batalkan mencabut menarik")
COMPLAINT = _all("jpdp, pdp, mcmc, skmm, ico, police, polis, gdpr, authority, pdpa, suruhanjaya")
REPORT = _words("report lapor laporkan melapor adu aduan complain complaint block blok saman sue")

HOLD = _all(
    "tidak, tak, no, nope, nah, jangan, tak minat, tak berminat, tidak berminat, tidak minat, tak perlu, tak payah",
    "tak usah",
    "cukup, cukuplah, sudahlah, sudah cukup, sudah la, dah cukup, tolak, menyampah, rimas, semak, serabut, spam",
    "scam, penipu",
    "tipu, meluat, bosan, banyaknya mesej, banyak sangat mesej, siapa ini, siapa ni, ini siapa, ni siapa, siapa",
    "who is this",
    "who are you, not interested, no thanks, no thank you, enough, annoying, too many messages, salah nombor",
    "wrong number",
    "ogah, tak butuh, malas, r, 不要, 不用, 不用了, 不需要, 谢谢不用, 不必, 没兴趣, 沒興趣, 取消, 烦, 煩, 你是谁",
    "你是誰",
    "வேண்டாம், venaam, vendam, vendaam, venam, nein, nein danke, non, non merci, no gracias, nie, nej, nee, nao, ne",
    "jangan dulu, stop kejap, stop sekejap, shut up, diam, bodoh, no lagi",
    "kacau, ganggu, mengganggu, fuck off, hell no, never, jangan lagi",
)
# Two words that together ask who we are, why we write, or say that the number is somebody else's.
WHO_ASKS = tuple(
    _words(pair)
    for pair in (
        "kenapa hantar",
        "kenapa mesej",
        "why message",
        "why messaging",
        "why send",
        "why sending",
        "why text",
        "why texting",
        "dapat nombor",
        "got number",
        "get number",
        "siapa bagi",
        "sudah meninggal",
        "passed away",
        "hold about",
        "salah nombor",
        "wrong number",
        "bukan nombor",
        "banyak mesej",
        "many messages",
        "everything about",
    )
)
PARTIAL = _words("only hanya cuma sahaja saja je except kecuali")
REFUSING_EMOJI = frozenset("🛑✋🚫👎😡🤬⛔❌🖕😠🙅🤮💩🤚")

CONFIRM = _all(
    "ya, yes, setuju, saya setuju, ya saya setuju, ya setuju, confirm, i confirm, i agree, agree, sah, sahkan",
    "saya sahkan",
    "ok setuju, yes i agree, 同意, 我同意, 确认, 確認, ஆம், சம்மதம், saya bersetuju, bersetuju",
)
HELP = _all("help, bantuan, tolong, info, bantu, help me, 帮助, 幫助, உதவி, aide, hilfe, ayuda, menu, apa ni")
MY_DATA = _all(
    "data saya, my data, maklumat saya, 我的资料, 我的資料, data peribadi saya, my personal data, akses data saya"
)
RESUME = _all(
    "mula, start, resume, sambung, sertai, join, mula semula, unstop, 开始, 恢复, தொடங்கு, sambung semula, daftar"
)
