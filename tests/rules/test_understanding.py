"""What replies mean. The lines are our own; each was written before it was tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.inbound import lexicon
from izin.inbound.grammar import LONGEST_CLAUSE, judge, pieces
from izin.inbound.lexicon import KINDS
from izin.inbound.normalise import normalise
from izin.inbound.spelling import INNOCENT, kinds_of
from izin.inbound.understanding import Meaning, coded, understand

STOPS = """
BERHENTI
Berhenti!!
*BERHENTI*
"stop"
tolong berhenti
Sila hentikan
saya nak berhenti
nak stop
ok stop
stop ye kak
b e r h e n t i
S.T.O.P
ST-O-P
bеrhеnti
ЅTOP
ｂｅｒｈｅｎｔｉ
B\u200bERHENTI
berhentiiiii
b3rhenti
5top
sttooop
stopppp
berhentilah kak
tak nak dah
x nak lagi dah
tak mau lah
saya tak mahu lagi
jangan hantar
jangan hantar apa2 lagi
jgn msg sy
jgn ganggu saya lagi
tolong jangan wasap lagi
tak payah hantar promosi
tak perlu mesej saya lagi
saya tak nak terima iklan
tak nak langgan dah
berhenti hantar mesej kepada saya
stop kacau
stop wasap saya
buang nama saya dari senarai
keluarkan nombor ni
padam data saya
delete nombor saya
tarik balik kebenaran saya
saya batalkan persetujuan
rimas lah, berhenti
Dah banyak kali cakap. Stop!
saya lapor MCMC nanti
nyahlanggan
unsub pls
Please unsubscribe me from this
Unsubscribe.
please remove my number
remove me from your list
take my name off your list
stop messaging me
stop sending me these messages
quit texting me
don't message me again
Do not send any more messages
do not text this number
no more messages please
never contact me again
I revoke my permission
leave me alone
opt me out
I do not want any more of your promotions
kindly stop
can't stand this. stop
cancel my order and stop messaging me
berhenti berlangganan
tolong jangan kirim pesan lagi
gak usah chat lagi
hapus nama saya
退订
请停止发送
不要发信息给我
别打扰我
麻烦不要再发广告讯息
請勿傳訊息給我
删除我的资料
取消订阅
செய்தி அனுப்ப வேண்டாம்
நிறுத்தவும்
niruthunga
msg anuppa vendam
STOPP
abmelden
Désabonner
ARRÊT
Baja
parar
afmelden
wypisz mnie
ODJAVA
odhlásiť sa
Отписаться
στοπ
leiratkozás
avsluta
برهنتي
توقف
หยุด
""".strip().splitlines()

HOLDS = """
tidak
Tak berminat
no thanks
No.
tak payah lah
cukup
spam
bosan
siapa ni?
Who are you?
kenapa asyik hantar mesej
Why are you messaging me
mana dapat nombor saya
where did you get my number
salah nombor la
wrong number
mak saya sudah meninggal
kalau stop hilang mata ke?
how do I stop this?
boleh ke kalau nak berhenti nanti
berhenti hantar promo kasut je, yang lain ok
only send me promos about shoes
jangan call, wasap je
stop sekejap
🛑
✋
👎
🖕🏽
tolong unsubscribe nombor isteri saya 0123456789
I might stop later
join stop
不用了
没兴趣
வேண்டாம்
too many messages
""".strip().splitlines()

OTHERS = """
Hai
Terima kasih
👍
🙏
berapa harga?
ada stok lagi?
stok habis ke
kat mana stor korang
step pertama macam mana
kedai shop lot mana
pukul berapa kedai tutup
bila kedai berhenti operasi hari ni
bas berhenti di mana
hentian bas dekat tak
hujan dah berhenti
jangan berhenti hantar ya
jangan stop promo ni best
tak nak berhenti
don't stop
please don't stop sending these
never stop
I don't want to unsubscribe
tak nak yang hitam, nak yang putih
tak nak lepaskan peluang ini
jangan hantar ke rumah, hantar ke pejabat
jangan hantar sebelum pukul 5
jangan lupa hantar katalog
don't forget to message me
tak terima mesej pun semalam
saya tak dapat hantar borang
batal order saya
cancel my booking please
nak cancel temujanji esok
boleh hantar ke alamat baru
my car stopped yesterday
when does the sale end
end of year sale ada?
bila promo tamat
remove the sambal please
non stop bus ke KL ada?
nanti saya datang
hati-hati di jalan
ganti saiz boleh?
hantu
kelas bila mula
saya nak beli dua
nak order satu
no 5 jalan ampang
不要停
我要蓝色的
取消订单
地址在哪里
பஸ் நிறுத்தம் எங்கே
நிறுத்தாதீர்கள்
stok ada?
Wo ist die Bushaltestelle?
quanto costa?
""".strip().splitlines()


@pytest.mark.parametrize("text", STOPS)
def test_a_request_to_stop(text: str) -> None:
    assert understand(text).intent == "stop_all"


@pytest.mark.parametrize("text", HOLDS)
def test_what_a_person_must_read(text: str) -> None:
    assert understand(text).intent == "hold"


@pytest.mark.parametrize("text", OTHERS)
def test_what_stops_nothing(text: str) -> None:
    assert understand(text).intent == "other"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("YA", "confirm"), ("Ya, saya setuju", "confirm"), ("I agree", "confirm"), ("setuju", "confirm"),
        ("Yes!", "confirm"),
        ("ok", "confirm"),
        ("MULA", "resume"), ("start", "resume"), ("sambung", "resume"), ("Sertai", "join"), ("JOIN", "join"),
        ("HELP", "help"), ("bantuan", "help"), ("tolong", "help"),
        ("DATA SAYA", "my_data"), ("my data", "my_data"),
    ],
)  # fmt: skip
def test_other_keywords(text: str, intent: str) -> None:
    assert understand(text).intent == intent


@pytest.mark.parametrize(
    "text", ["JOIN AKADEMI-7", "join akademi-7", " Sertai ＡＫＡＤＥＭＩ-7! ", "“SERTAI AKADEMI-7”"]
)
def test_joining_names_the_code(text: str) -> None:
    assert understand(text) == Meaning("join", "certain", "code", "AKADEMI-7")


@pytest.mark.parametrize("text", ["join us tomorrow", "JOIN A", "JOIN " + "A" * 17, "saya nak JOIN ABC1"])
def test_a_sentence_about_joining_is_no_code(text: str) -> None:
    meaning = understand(text)
    assert (meaning.code, meaning.intent == "stop_all") == (None, False)


# --- buttons and messages without words


@pytest.mark.parametrize("payload", ["optout", "optout:c77", "OPTOUT:x", "optout-all", "Unsubscribe", "BERHENTI"])
def test_a_way_out_that_is_pressed_is_certain(payload: str) -> None:
    meaning = understand("Terus hantar", payload=payload, kind="button")
    assert (meaning.intent, meaning.confidence) == ("stop_all", "certain")


def test_other_buttons() -> None:
    assert understand("Ya", payload="confirm:abc", kind="button").intent == "confirm"
    assert understand("Sertai", payload="join:ABC123", kind="interactive") == Meaning(
        "join", "certain", "button", "ABC123"
    )
    assert understand("Berhenti", payload="menu:4", kind="button").intent == "stop_all"
    assert understand("Lihat katalog", payload="menu:4", kind="button").intent == "other"


@pytest.mark.parametrize(
    "kind", ["audio", "voice", "image", "video", "sticker", "document", "unsupported", "edit", "revoke"]
)
def test_what_has_no_words_is_held_when_it_answers_a_campaign(kind: str) -> None:
    assert understand(None, kind=kind, answers_campaign=True).intent == "hold"
    assert understand("cantik", kind=kind, answers_campaign=True).intent == "hold"
    assert understand(None, kind=kind).intent == "other"
    for answers in (True, False):
        assert understand("BERHENTI", kind=kind, answers_campaign=answers).intent == "stop_all"


@pytest.mark.parametrize(
    ("kind", "text"), [("location", None), ("contacts", None), ("reaction", None), ("text", "  "), ("order", None)]
)
def test_what_asks_for_nothing(kind: str, text: str | None) -> None:
    assert understand(text, kind=kind).intent == "other"


def test_reactions() -> None:
    for refusing in ("🛑", "🚫", "✋", "✋🏽"):
        assert understand(refusing, kind="reaction").intent == "hold"
    for other in ("👎", "❤️", "", None):
        assert understand(other, kind="reaction").intent == "other"


@pytest.mark.parametrize("text", ["Henti promosi", "me désabonner", "取消订阅", "Stop Promotions"])
def test_the_text_of_a_way_out_is_enough_when_its_payload_is_lost(text: str) -> None:
    assert understand(text, payload="3", kind="interactive").intent == "stop_all"


# --- purposes and languages

PURPOSES = ("Promosi", "Peringatan kelas", "newsletter")


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("BERHENTI PROMOSI", "Promosi"), ("stop promotions", "Promosi"), ("tak nak promosi lagi", "Promosi"),
        ("stop peringatan kelas", "Peringatan kelas"), ("no more class reminders please", "Peringatan kelas"),
        ("unsubscribe me from the newsletter", "newsletter"), ("jangan hantar berita lagi", "newsletter"),
    ],
)  # fmt: skip
def test_one_purpose(text: str, purpose: str) -> None:
    meaning = understand(text, purposes=PURPOSES)
    assert (meaning.intent, meaning.purpose) == ("stop_purpose", purpose)


@pytest.mark.parametrize("text", ["berhenti", "stop all messages", "jangan hantar apa-apa lagi", "remove my number"])
def test_a_stop_that_names_no_purpose_is_for_all(text: str) -> None:
    meaning = understand(text, purposes=PURPOSES)
    assert (meaning.intent, meaning.purpose) == ("stop_all", None)


@pytest.mark.parametrize("text", ["stop the shoe promos only", "macam mana nak stop promosi?", "jangan stop promosi"])
def test_what_is_no_stop_names_no_purpose(text: str) -> None:
    assert understand(text, purposes=("kasut wanita", "newsletter")).intent in ("hold", "other")


def test_a_foreign_keyword_is_doubted() -> None:
    assert understand("baja").intent == "stop_all"
    assert understand("baja", languages=("es", "en")).intent == "stop_all"
    assert understand("baja", languages=("ms",)).intent == "hold"


# --- properties


@given(st.text(max_size=400))
def test_any_text_has_a_meaning_and_the_same_one_twice(text: str) -> None:
    assert understand(text) == understand(text)


@pytest.mark.parametrize("core", ["berhenti", "stop", "unsubscribe", "tak nak", "退订"])
@given(
    before=st.sampled_from(["", " ", "\u200f", "tolong ", "*", "“", "🙏 "]),
    after=st.sampled_from(["", "!", " 🙏", "...", " please", "\n", "*"]),
)
def test_dressing_up_a_stop_word_changes_nothing(core: str, before: str, after: str) -> None:
    for written in (core, core.upper(), core.title()):
        assert understand(before + written + after).intent == "stop_all"


@pytest.mark.parametrize(
    "text", ["stop " * 100_000, "s t o p " * 50_000, "x\u0301" * 100_000, "no more " * 60_000, "ﷺ" * 90_000]
)
def test_a_megabyte_is_read_quickly_and_never_let_through(text: str) -> None:
    assert understand(text).intent in ("hold", "stop_all")


def test_the_stop_may_be_in_any_sentence() -> None:
    for sentences in (5, 60):
        story = "Saya suka kelas ini. " * sentences
        assert understand(story + "Tolong berhenti. " + story).intent == "stop_all"


def test_what_was_cut_off_may_hold_a_stop() -> None:
    assert understand("cerita " * 700 + "berhenti").intent == "hold"


@pytest.mark.parametrize("near", sorted(INNOCENT | {"stew", "stopwatch", "unstoppable", "hentam", "batas", "botol"}))
def test_innocent_neighbours(near: str) -> None:
    assert understand(near).intent in ("other", "join", "resume"), near


@pytest.mark.parametrize(
    "typed",
    [
        "berhnti",
        "brehenti",
        "berhebti",
        "berhentti",
        "unsubcsribe",
        "unsubscrube",
        "unsubbscribee",
        "nyahlangan",
        "abmeldne",
    ],
)
def test_long_keywords_may_be_mistyped(typed: str) -> None:
    assert understand(typed).intent == "stop_all"


def test_every_word_of_the_lists_can_be_met() -> None:
    """A word that normalisation changes or takes apart would never be found."""
    lost = [word for word in lexicon.WORDS if normalise(f"x {word}").words not in (["x", word], ["x"])]
    assert lost == []


def test_answers_are_no_refusals() -> None:
    for phrase, intent in lexicon.ANSWERS.items():
        assert understand(phrase).intent == intent, phrase


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("st0p", "STOP"), ("стор", "UNKNOWN"), ("тест", "UNKNOWN"), ("стоп", "STOP"), ("désabonner", "LEAVE"),
        ("50", "DIGITS"), ("stoppp", "STOP"), ("mesejnya", "MESSAGE"), ("iklan2", "ADVERT"), ("hantarlah", "SEND"),
        ("ѕtор", "STOP"), ("b3rhent1", "STOP"), ("2025", "DIGITS"), ("h3llo", "UNKNOWN"),
    ],
)  # fmt: skip
def test_kinds_of_words(written: str, kind: str) -> None:
    folded = normalise(written).clauses[0][0][0]
    assert kinds_of(folded) in (KINDS[kind], *([""] if written == "h3llo" else []))


def test_normalise() -> None:
    reply = normalise("Jgn  hntr, ABC 012-345 6789! ok?")
    assert reply.clauses == [(["jgn", "hntr"], False), (["abc", "012", "345", "6789"], False), (["ok"], True)]
    assert reply.number
    assert normalise("s.t.o.p it").clauses == [(["stop", "it"], False)]
    assert normalise("don't... st-op").clauses == [(["dont"], False), (["stop"], False)]


def test_a_rule_reads_kinds_and_not_languages() -> None:
    assert judge(KINDS["DONT"] + KINDS["SEND"]) == ("stop_all", "send_only")
    assert judge(KINDS["UNKNOWN"] * 30) is None


def test_a_meaning_repeats_nothing_that_was_written() -> None:
    assert "0123456789" not in repr(understand("unsubscribe 0123456789"))


@pytest.mark.parametrize(
    "text", ["退 订", "不 要 再 发", "S\nT\nO\nP", "jangan\nhantar\nlagi", "stop\r\nmessaging\r\nme"]
)
def test_spacing_of_letters_and_lines(text: str) -> None:
    assert understand(text).intent in ("stop_all", "hold")


def test_resemblance_holds_what_no_rule_reads_and_says_so() -> None:
    meaning = understand("ur messages pls no moar k")
    assert (meaning.intent, meaning.confidence, meaning.because) == ("hold", "unsure", "resembles")
    assert understand("boleh saya datang esok pagi pukul 10").intent == "other"


@pytest.mark.parametrize("text", ["a", "😀", "\n\n", "ab" * 3000, "x " * 2000, "\ud800", "停" * 4000])
def test_resemblance_reads_anything(text: str) -> None:
    assert understand(text).intent


@pytest.mark.parametrize("words", ["发 only ", "only hantar ", "不", "stop ", "a b ", "jangan ", ". ", "\n"])
def test_no_text_is_read_more_than_one_and_a_half_times(words: str) -> None:
    """The rules look at pieces of bounded length, whose sum grows with the text and not with its square."""
    for length in (400, 4096):
        clauses = [coded(*clause) for clause in normalise((words * length)[:length]).clauses]
        read = [piece for clause in clauses for piece in pieces(clause)]
        assert all(len(piece) <= LONGEST_CLAUSE for piece in read)
        assert sum(map(len, read)) <= 1.5 * length + LONGEST_CLAUSE


def test_the_end_of_an_endless_clause_is_read() -> None:
    assert understand("kata " * 500 + "jangan hantar mesej lagi").intent == "stop_all"
