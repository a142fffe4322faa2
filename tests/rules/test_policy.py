"""The privacy policy says what the installation does, in plain words, and each change of it can be seen."""

from dataclasses import replace

import pytest

from izin.notices.completeness import LANGUAGES, Gap, gaps_in_policy
from izin.notices.countries import COUNTRIES
from izin.notices.differences import changed_slots, pieces
from izin.notices.living import META, Living, PurposeNamed, RecipientNamed, gaps, uncovered, with_unsaid
from izin.notices.policies import SECTORS, policy
from izin.notices.readability import readability
from izin.notices.wording import Particulars

WHO = Particulars("Pusat Tuisyen Contoh", "12 Jalan Contoh, 50000 Ipoh", "privasi@contoh.example", "03-5550 0000")
OFFERS = PurposeNamed({"ms": "Tawaran kelas", "en": "Class offers"}, {"ms": "kelas cuti", "en": "holiday classes"})
PRINTER = RecipientNamed(
    "Kilang Cetak Utara",
    "SG",
    {"ms": "mencetak surat", "en": "prints letters"},
    {"ms": "kontrak pemprosesan", "en": "a processing contract"},
)
TODAY = Living(WHO.name, WHO.email, WHO.phone, "MY", (OFFERS,), (META,))
POLICY = with_unsaid(policy(WHO), TODAY)
NEW = [
    ("recipients", {"recipients": (META, PRINTER)}, ("Kilang Cetak Utara", "Kilang Cetak Utara")),
    ("transfers", {"recipients": (META, PRINTER)}, ("Singapura", "Singapore")),
    (
        "purposes",
        {"purposes": (PurposeNamed({"ms": "Jadual", "en": "Timetable"}, OFFERS.about),)},
        ("Jadual", "Timetable"),
    ),
    ("controller", {"email": "dpo@baharu.example"}, ("dpo@baharu.example", "dpo@baharu.example")),
    ("controller", {"phone": "04-1112222"}, ("04-1112222", "04-1112222")),
    ("controller", {"name": "Nama Baharu Sdn Bhd"}, ("Nama Baharu Sdn Bhd", "Nama Baharu Sdn Bhd")),
]


@pytest.mark.parametrize("sector", SECTORS)
def test_each_first_policy_can_be_published_as_it_is(sector: str) -> None:
    assert gaps(with_unsaid(policy(WHO, sector), TODAY), TODAY) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sector", SECTORS)
def test_each_first_policy_is_in_plain_words(sector: str, language: str) -> None:
    for slot, text in policy(WHO, sector)[language].items():
        measured = readability(text, language)
        assert measured is not None and measured.longest <= 35, (slot, measured)
    whole = readability("\n".join(policy(WHO, sector)[language].values()), language)
    assert whole is not None and whole.is_plain, whole


@pytest.mark.parametrize(("slot", "change", "subjects"), NEW)
def test_what_is_new_and_unsaid_is_named_in_each_language(
    slot: str, change: dict[str, object], subjects: tuple[str, str]
) -> None:
    living = replace(TODAY, **change)
    for language, subject in zip(LANGUAGES, subjects, strict=True):
        assert Gap("unsaid", slot, language, subject) in uncovered(POLICY, living)
    assert gaps(with_unsaid(POLICY, living), living) == []


def test_a_name_within_another_word_is_not_said() -> None:
    living = replace(TODAY, recipients=(META, replace(PRINTER, name="Meta Tag", country="MY")))
    assert {gap.subject for gap in uncovered(POLICY, living)} == {"Meta Tag"}
    oman = replace(TODAY, recipients=(META, replace(PRINTER, name="pemproses", country="MY")))
    assert [gap.language for gap in uncovered(POLICY, oman)] == ["en"], "“pemproses” stands in the Malay text only"


def test_line_ends_and_punctuation_do_not_hide_what_is_said() -> None:
    texts = {one: dict(said) for one, said in POLICY.items()}
    texts["en"]["purposes"] = "We send “Class\noffers”. You agree first."
    assert uncovered(texts, TODAY) == []


def test_nothing_said_twice_is_added_twice() -> None:
    assert with_unsaid(POLICY, TODAY) == POLICY


@pytest.mark.parametrize(
    ("language", "phrase"),
    [("en", "Please check  this page regularly."), ("ms", "Sila semak halaman ini dari semasa ke semasa.")],
)
def test_a_sentence_that_tells_people_nothing_is_condemned(language: str, phrase: str) -> None:
    texts = {one: dict(said) for one, said in POLICY.items()}
    texts[language]["changes"] += f" {phrase}"
    assert [(gap.code, gap.slot, gap.language) for gap in gaps_in_policy(texts)] == [("condemned", "changes", language)]


def test_the_way_out_must_stand_in_the_policy() -> None:
    texts = {one: dict(said) for one, said in POLICY.items()}
    texts["ms"]["withdraw"] = "Tulis surat kepada kami."
    assert gaps_in_policy(texts) == [Gap("opt_out", "withdraw", "ms")]


def test_every_country_has_a_name_in_both_languages() -> None:
    assert all(len(code) == 2 and all(names) for code, names in COUNTRIES.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_winded_text_is_not_plain(language: str) -> None:
    hard = {
        "en": "Notwithstanding the aforementioned considerations, organisational confidentiality necessitates "
        "appropriate implementation of administrative procedures.",
        "ms": "Kebertanggungjawaban pengoperasian perkhidmatan memperkenalkan ketidakseragaman penyelenggaraan.",
    }
    measured = readability(hard[language], language)
    assert measured is not None and not measured.is_plain
    assert readability(" 12 – ", language) is None


def test_english_is_measured_as_flesch_wrote() -> None:
    measured = readability("The cat sat on the mat.", "en")
    assert measured is not None and (measured.score, measured.mean_sentence, measured.longest) == (100, 6.0, 6)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("", "baharu"), ("lama", ""), ("satu dua tiga", "satu empat tiga"), ("a  b\n\nc", "a b\n\nc d")],
)
def test_the_differences_hold_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "old") == after


def test_only_changed_parts_are_named() -> None:
    texts = {one: dict(said) for one, said in POLICY.items()}
    texts["en"]["rights"] += " Ask us."
    assert changed_slots(POLICY, texts, tuple(POLICY["ms"])) == ["rights"]
    assert changed_slots(POLICY, POLICY, tuple(POLICY["ms"])) == []
