"""What keeps a notice or a policy from being published: each gap is named with its slot and language."""

import copy
from collections.abc import Callable, Mapping

import pytest

from izin.notices import policies, wording
from izin.notices.completeness import LANGUAGES, NOTICE_SLOTS, POLICY_SLOTS, Gap, gaps_in_notice, gaps_in_policy
from izin.notices.wording import Particulars

Texts = dict[str, dict[str, str]]
Check = Callable[[Mapping[str, Mapping[str, str]]], list[Gap]]

WHO = Particulars("Pusat Tuisyen Contoh", "12 Jalan Contoh, 50000 Ipoh", "privasi@contoh.example", "03-5550 0000")
NOTICE = wording.notice(WHO, kinds={"ms": "tawaran kelas", "en": "class offers"}, per_month=4, days=730)
POLICY = policies.policy(WHO)
BOTH = [(gaps_in_notice, NOTICE, NOTICE_SLOTS), (gaps_in_policy, POLICY, POLICY_SLOTS)]
EVERY_SLOT = [
    (check, texts, slot, language) for check, texts, slots in BOTH for slot in slots for language in LANGUAGES
]


def changed(texts: Texts, language: str, slot: str, text: str) -> Texts:
    copied = copy.deepcopy(texts)
    copied[language][slot] = text
    return copied


def test_our_own_wordings_have_no_gaps() -> None:
    assert gaps_in_notice(NOTICE) == []
    assert gaps_in_policy(POLICY) == []


@pytest.mark.parametrize(("per_month", "days"), [(1, 30), (4, 365), (30, 730), (8, 1095)])
def test_our_own_notice_has_no_gap_whatever_the_figures(per_month: int, days: int) -> None:
    kinds = {"ms": "tawaran kelas", "en": "class offers"}
    assert gaps_in_notice(wording.notice(WHO, kinds=kinds, per_month=per_month, days=days)) == []


def test_our_own_wordings_say_every_slot_and_nothing_else() -> None:
    for _, texts, slots in BOTH:
        assert {language: set(said) for language, said in texts.items()} == {
            language: set(slots) for language in LANGUAGES
        }


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
@pytest.mark.parametrize(("check", "texts", "slot", "language"), EVERY_SLOT)
def test_each_missing_slot_is_named(check: Check, texts: Texts, slot: str, language: str, blank: str) -> None:
    gaps = check(changed(texts, language, slot, blank))
    assert Gap("missing", slot, language) in gaps
    assert {(gap.slot, gap.language) for gap in gaps} == {(slot, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_language_is_named_slot_by_slot(language: str) -> None:
    for check, texts, slots in BOTH:
        gaps = check({other: said for other, said in texts.items() if other != language})
        assert {gap.slot for gap in gaps if gap.code == "missing"} == set(slots)
        assert {gap.language for gap in gaps} == {language}


def test_nothing_at_all_misses_everything() -> None:
    for check, _, slots in BOTH:
        missing = {(gap.slot, gap.language) for gap in check({}) if gap.code == "missing"}
        assert missing == {(slot, language) for slot in slots for language in LANGUAGES}


@pytest.mark.parametrize("text", ["{{ nama }}", "[[alamat]]", "Tel. XXX", "xxxx", "Lorem ipsum dolor"])
@pytest.mark.parametrize(("check", "texts", "slot", "language"), EVERY_SLOT[::5])
def test_a_placeholder_is_named(check: Check, texts: Texts, slot: str, language: str, text: str) -> None:
    said = f"{texts[language][slot]} {text}"
    assert check(changed(texts, language, slot, said)) == [Gap("placeholder", slot, language)]


def test_figures_must_be_the_same_in_both_languages() -> None:
    longer = changed(NOTICE, "en", "retention", NOTICE["en"]["retention"].replace("24", "36"))
    assert gaps_in_notice(longer) == [Gap("numerals", "retention", "ms")]
    once_more = changed(POLICY, "ms", "rights", POLICY["ms"]["rights"].replace("21 hari", "21 hari, 2 kali"))
    assert gaps_in_policy(once_more) == [Gap("numerals", "rights", "ms")]


def test_the_order_of_figures_may_differ_between_languages() -> None:
    texts = changed(changed(NOTICE, "ms", "data", "7 hari, 3 nombor"), "en", "data", "3 numbers, 7 days")
    assert gaps_in_notice(texts) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_channel_must_be_named(language: str) -> None:
    silent = NOTICE[language]["statement"].replace("WhatsApp", "telefon")
    assert gaps_in_notice(changed(NOTICE, language, "statement", silent)) == [Gap("channel", "statement", language)]
    silent = POLICY[language]["whatsapp"].replace("WhatsApp", "telefon")
    assert gaps_in_policy(changed(POLICY, language, "whatsapp", silent)) == [Gap("channel", "whatsapp", language)]


@pytest.mark.parametrize(("language", "word"), [("ms", "BERHENTI"), ("en", "STOP")])
def test_the_way_out_must_be_named_by_its_word(language: str, word: str) -> None:
    without = NOTICE[language]["withdraw"].replace(word, "sesuatu")
    assert gaps_in_notice(changed(NOTICE, language, "withdraw", without)) == [Gap("opt_out", "withdraw", language)]


def test_the_english_notice_may_name_the_malay_word() -> None:
    said = NOTICE["en"]["withdraw"].replace("STOP", "BERHENTI")
    assert gaps_in_notice(changed(NOTICE, "en", "withdraw", said)) == []
