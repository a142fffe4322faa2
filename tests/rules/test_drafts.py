"""What Meta or the law would refuse in a template, found while it is written."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.whatsapp import optout
from izin.whatsapp.drafts import MARKETING, UTILITY, Draft
from izin.whatsapp.render import TemplateText, carries_opt_out

WELL = Draft(
    "ms", MARKETING, "Salam {{nama}}, kelas cuti dibuka minggu depan.", footer="Balas BERHENTI untuk berhenti."
)


def codes(**change: Any) -> list[tuple[str, str]]:
    return [(problem.part, problem.code) for problem in replace(WELL, **change).problems()]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"body": "a" * 1024}, []),
        ({"body": "a" * 1025}, [("body", "too_long")]),
        ({"header": "a" * 60}, []),
        ({"header": "a" * 61}, [("header", "too_long")]),
        ({"header": "Salam {{nama}}"}, [("header", "placeholder_not_here")]),
        ({"header": "*Salam*"}, [("header", "plain_text_only")]),
        ({"footer": "Balas BERHENTI untuk berhenti.".ljust(61, ".")}, [("footer", "too_long")]),
        ({"footer": "Balas BERHENTI, {{nama}}"}, [("footer", "placeholder_not_here")]),
        ({"body": "Salam {{Nama}} semua"}, [("body", "placeholder_broken")]),
        ({"body": "Salam {{nama} semua"}, [("body", "placeholder_broken")]),
        ({"body": "Salam {{nama}} dan {{1}} lagi"}, [("body", "placeholders_mixed")]),
        ({"body": "Salam {{1}} dan {{2}} lagi"}, []),
        ({"body": "Salam {{2}} dan {{1}} lagi"}, []),
        ({"body": "Salam {{1}} dan {{3}} lagi"}, [("body", "placeholder_left_out")]),
        ({"body": "{{nama}}, kelas dibuka"}, [("body", "placeholder_at_the_edge")]),
        ({"body": "Kelas dibuka, {{nama}}"}, [("body", "placeholder_at_the_edge")]),
        ({"body": "Salam {{nama}} {{gelaran}} semua"}, [("body", "placeholders_adjacent")]),
        ({"footer": ""}, [("footer", "no_way_out")]),
        ({"footer": "Jumpa lagi."}, [("footer", "no_way_out")]),
        ({"footer": "Reply STOP to stop."}, [("footer", "no_way_out")]),
        ({"footer": "", "way_out": "Berhenti"}, []),
        ({"footer": "", "way_out": "Daftar"}, [("footer", "no_way_out")]),
        ({"footer": "", "category": UTILITY}, []),
        ({"link_text": "Daftar"}, [("link_url", "link_missing")]),
        ({"link_url": "https://izin.example/"}, [("link_text", "link_without_words")]),
        ({"link_text": "Daftar", "link_url": "https://izin.example/a?b=c"}, []),
        ({"link_text": "Daftar", "link_url": "http://izin.example/"}, [("link_url", "link_not_https")]),
        ({"link_text": "Daftar", "link_url": "https://izin.example/{{1}}"}, [("link_url", "link_not_https")]),
        ({"link_text": "Daftar", "link_url": "https://{{1}}/"}, [("link_url", "link_not_https")]),
        ({"link_text": "a" * 26, "link_url": "https://izin.example/"}, [("link_text", "too_long")]),
    ],
)
def test_each_rule_alone(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert codes(**change) == expected


def test_every_button_to_stop_fits() -> None:
    for language, texts in optout.BUTTONS.items():
        for text in texts:
            assert not Draft(language, MARKETING, "x", way_out=text.capitalize()).problems()


@pytest.mark.parametrize(
    ("body", "language", "words"),
    [
        ("Tawaran hebat, diskaun 20%!", "ms", "tawaran, diskaun, 20%"),
        ("Your receipt: buy one, get RM5 off", "en", "buy, rm5 off"),
        ("Janji temu anda esok pukul 9.", "ms", ""),
        ("Your appointment is tomorrow.", "en", ""),
        ("预约提醒", "zh", ""),
    ],
)
def test_advertising_under_service_is_advised_against(body: str, language: str, words: str) -> None:
    advice = Draft(language, UTILITY, body).advice()
    assert [one.subject for one in advice] == ([words] if words else [])
    assert Draft(language, MARKETING, body).advice() == []


def test_a_text_of_placeholders_is_advised_against() -> None:
    assert [one.code for one in replace(WELL, body="Hai {{a}} dan {{b}} ya").advice()] == ["short_for_placeholders"]
    assert WELL.advice() == []


def test_what_is_handed_in() -> None:
    draft = replace(WELL, header="Cuti", way_out="Berhenti", link_text="Daftar", link_url="https://izin.example/")
    assert draft.handed_in("kelas", {"nama": "Siti"}) == {
        "name": "kelas",
        "language": "ms",
        "category": "MARKETING",
        "parameter_format": "NAMED",
        "components": [
            {"type": "HEADER", "format": "TEXT", "text": "Cuti"},
            {
                "type": "BODY",
                "text": WELL.body,
                "example": {"body_text_named_params": [{"param_name": "nama", "example": "Siti"}]},
            },
            {"type": "FOOTER", "text": WELL.footer},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "URL", "text": "Daftar", "url": "https://izin.example/"},
                    {"type": "QUICK_REPLY", "text": "Berhenti"},
                ],
            },
        ],
    }


def test_numbered_placeholders_have_positional_examples() -> None:
    body = replace(WELL, body="Pada {{2}} dan {{1}} nanti").handed_in("x", {"1": "satu", "2": "dua"})
    assert body["parameter_format"] == "POSITIONAL"
    assert body["components"][0]["example"] == {"body_text": [["satu", "dua"]]}
    assert "parameter_format" not in replace(WELL, body="Tiada apa").handed_in("x", {})


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "Berhenti", "Stop", "Daftar"]))
def test_no_advertising_without_a_way_out_gets_through(body: str, footer: str, way_out: str) -> None:
    draft = Draft("ms", MARKETING, body, footer=footer, way_out=way_out)
    if not draft.problems():
        assert carries_opt_out(TemplateText.from_components("x", "ms", MARKETING, draft.components({})))
