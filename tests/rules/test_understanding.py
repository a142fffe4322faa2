"""What replies mean. The lines are our own; each was written before it was tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.inbound import lexicon
from izin.inbound.normalise import normalise, word
from izin.inbound.understanding import Meaning, understand

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
cancel my order and stop messaging me
I might stop later
join stop
不用了
没兴趣
வேண்டாம்
too many messages
""".strip().splitlines()

OTHERS = """
Hai
ok
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
        ("MULA", "resume"), ("start", "resume"), ("Sertai", "resume"), ("JOIN", "resume"),
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
    assert understand(text).intent not in ("join", "stop_all")


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
def test_what_has_no_words_is_held(kind: str) -> None:
    assert understand(None, kind=kind).intent == "hold"
    assert understand("cantik", kind=kind).intent == "hold"
    assert understand("BERHENTI", kind=kind).intent == "stop_all"


@pytest.mark.parametrize(
    ("kind", "text"), [("location", None), ("contacts", None), ("reaction", None), ("text", "  "), ("order", None)]
)
def test_what_asks_for_nothing(kind: str, text: str | None) -> None:
    assert understand(text, kind=kind).intent == "other"


def test_reactions() -> None:
    assert understand("👎", kind="reaction").intent == "hold"
    assert understand("❤️", kind="reaction").intent == "other"


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


def test_what_was_cut_off_may_hold_a_stop() -> None:
    assert understand("cerita " * 400 + "berhenti").intent == "hold"


def test_no_edit_distance() -> None:
    for near in ("stok", "stor", "step", "shop", "hantu", "hati", "nanti", "ganti", "stew", "stopwatch", "unstoppable"):
        assert understand(near).intent == "other", near


def test_neither_list_contradicts_the_other() -> None:
    assert not lexicon.STOP & lexicon.HOLD
    for answers in (lexicon.CONFIRM, lexicon.HELP, lexicon.MY_DATA, lexicon.RESUME):
        assert not answers & (lexicon.STOP | lexicon.HOLD)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ST0P", "stop"),
        ("стор", "ctop"),
        ("тест", "tect"),
        ("стоп", "стоп"),
        ("désabonner", "desabonner"),
        ("50", "50"),
        ("stoppp", "stop"),
    ],
)
def test_words(written: str, read: str) -> None:
    assert word(written.casefold()) == read


def test_normalise() -> None:
    reply = normalise("Jgn  hntr, ABC 012-345 6789! 🛑 ok?")
    assert reply.clauses == (("jangan", "hantar"), ("abc", "012", "345", "6789"), ("ok",))
    assert (reply.emoji, reply.asks, reply.digits) == ("🛑", True, 10)


def test_a_meaning_repeats_nothing_that_was_written() -> None:
    assert "0123456789" not in repr(understand("unsubscribe 0123456789"))
