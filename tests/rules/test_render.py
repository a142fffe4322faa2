"""From a template and values to the posted bytes: nothing is evaluated, nothing leaves that WhatsApp would refuse."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.inbound.understanding import understand
from izin.whatsapp import optout
from izin.whatsapp.render import (
    OPT_OUT_FOOTER,
    Button,
    CannotRender,
    MissingValue,
    TemplateText,
    TooLong,
    UnsupportedTemplate,
    carries_opt_out,
    clean,
    placeholders,
    preview,
    render,
)

TO, TOKEN = "+60123456789", "tok-1"
SALE = TemplateText.from_components(
    "jualan",
    "ms",
    "MARKETING",
    [
        {"type": "HEADER", "format": "TEXT", "text": "Untuk {{nama}}"},
        {"type": "BODY", "text": "Hai {{nama}}, diskaun {{diskaun}} di kedai kami."},
        {"type": "FOOTER", "text": OPT_OUT_FOOTER["ms"]},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Lihat", "url": "https://kedai.example/{{1}}"},
                {"type": "QUICK_REPLY", "text": "Henti promosi"},
                {"type": "QUICK_REPLY", "text": "Berminat"},
                {"type": "COPY_CODE", "text": "Salin"},
                {"type": "PHONE_NUMBER", "text": "Telefon", "phone_number": "15550051310"},
            ],
        },
    ],
    parameter_format="NAMED",
)
VALUES = {"nama": "Aminah", "diskaun": "25%", "button.0": "r/918", "button.3": "RAYA25"}


def sent(template: TemplateText, values: dict[str, str], **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(render(template, values, to=TO, token=TOKEN, **more))
    return body


def plain(body: str, **parts: Any) -> TemplateText:
    return TemplateText("t", parts.pop("language", "ms"), "MARKETING", body, **parts)


def test_a_named_template_in_full() -> None:
    assert SALE.needs() == ("nama", "diskaun", "button.0", "button.3")
    body = sent(SALE, VALUES)
    assert (body["to"], body["biz_opaque_callback_data"], body["type"]) == (TO, TOKEN, "template")
    assert body["template"]["name"] == "jualan"
    assert body["template"]["language"] == {"code": "ms"}
    assert body["template"]["components"] == [
        {"type": "header", "parameters": [{"type": "text", "parameter_name": "nama", "text": "Aminah"}]},
        {
            "type": "body",
            "parameters": [
                {"type": "text", "parameter_name": "nama", "text": "Aminah"},
                {"type": "text", "parameter_name": "diskaun", "text": "25%"},
            ],
        },
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "r/918"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "1",
            "parameters": [{"type": "payload", "payload": "optout:tok-1"}],
        },
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": "3",
            "parameters": [{"type": "coupon_code", "coupon_code": "RAYA25"}],
        },
    ]


def test_a_numbered_template_counts_by_number_and_names_nothing() -> None:
    template = plain("{{2}} dan {{1}} dan {{2}} dan {{10}}.", header="Kepada {{1}}")
    assert template.needs() == ("1", "2", "10", "header.1")
    components = sent(template, {"1": "a", "2": "b", "10": "c", "header.1": "h"})["template"]["components"]
    assert components == [
        {"type": "header", "parameters": [{"type": "text", "text": "h"}]},
        {"type": "body", "parameters": [{"type": "text", "text": each} for each in "abc"]},
    ]


def test_a_template_without_placeholders_has_no_components() -> None:
    assert "components" not in sent(plain("Hai.", header="Salam"), {})["template"]


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_media_header_takes_an_uploaded_files_id(kind: str) -> None:
    template = plain("Hai.", header="", header_format=kind)
    assert template.needs() == ("header.media",)
    (header,) = sent(template, {"header.media": "287"})["template"]["components"]
    assert header == {"type": "header", "parameters": [{"type": kind, kind: {"id": "287"}}]}


def test_the_quick_reply_way_out_is_understood_when_pressed() -> None:
    assert understand("Henti promosi", payload="optout:tok-1", kind="button").intent == "stop_all"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hai {{nama}}", ("nama",)),
        ("{{b}} {{a}} {{b}}", ("b", "a")),
        ("{{2}} {{1}} {{10}}", ("1", "2", "10")),
        (
            "{{ nama }} {{7*7}} {{ env.SECRET }} {% x %} {0.__class__} %(x)s $HOME <%= %> {{Nama}} {{_x}} {{}} {nama}",
            (),
        ),
        ("{{{nama}}}", ("nama",)),
    ],
)
def test_placeholders(text: str, names: tuple[str, ...]) -> None:
    assert placeholders(text) == names


@given(st.text(), st.text(min_size=1))
def test_a_value_is_never_read_as_a_template(value: str, other: str) -> None:
    template = plain("{{a}} {{b}}", is_named=True)
    values = {"a": "{{b}}" + value[:500], "b": "{{a}}x" + other[:200]}
    parameters = sent(template, values)["template"]["components"][0]["parameters"]
    assert [each["text"] for each in parameters] == [clean(values["a"]), clean(values["b"])]
    assert preview(template, values) == f"{clean(values['a'])} {clean(values['b'])}"


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("a\nb", "a b"), ("a\tb", "a b"), ("a\r\nb", "a  b"), ("a     b", "a b"), ("a    b", "a b"), ("a   b", "a   b"),
        ("  a  ", "a"), ("a\x00b", "a b"), ("a\ud800b", "ab"), ("a\u2028b", "a b"), ("a\xa0b", "a b"), ("\n\t", ""),
        ("அமினா 👨‍👩‍👧", "அமினா 👨‍👩‍👧"),
    ],
)  # fmt: skip
def test_values_are_cleaned_as_whatsapp_wants(value: str, cleaned: str) -> None:
    assert clean(value) == cleaned


@given(st.text())
def test_a_cleaned_value_holds_nothing_that_whatsapp_refuses(value: str) -> None:
    cleaned = clean(value)
    assert not set(cleaned) & set("\n\r\t") and "    " not in cleaned
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_an_empty_value_takes_the_fallback_or_is_missing() -> None:
    template = plain("Hai {{nama}}.")
    with pytest.raises(MissingValue) as missing:
        sent(template, {"nama": " \n "})
    assert missing.value.subject == "nama"
    body = sent(template, {}, fallbacks={"nama": "ibu bapa"})
    assert body["template"]["components"][0]["parameters"][0]["text"] == "ibu bapa"


def test_lengths() -> None:
    template = plain("Hai {{nama}}.")
    assert sent(template, {"nama": "x" * 1019})
    for length in (1020, 1025):
        with pytest.raises(TooLong):
            sent(template, {"nama": "x" * length})
    with pytest.raises(TooLong):
        sent(plain("Hai.", header="Untuk {{1}}"), {"header.1": "x" * 55})
    with pytest.raises(TooLong):
        sent(plain("Hai.", buttons=(Button("copy_code", "Salin"),)), {"button.0": "x" * 16})


def test_an_error_never_repeats_a_value() -> None:
    with pytest.raises(CannotRender) as failed:
        sent(plain("Hai {{nama}}."), {"nama": "rahsia" * 300})
    assert "rahsia" not in str(failed.value)


@pytest.mark.parametrize(
    ("value", "posted"),
    [
        ("r/1", "r/1"), ("//evil.example", "evil.example"), ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("a b?c=d&e#f", "a%20b%3Fc%3Dd%26e%23f"), ("é", "%C3%A9"),
    ],
)  # fmt: skip
def test_a_links_end_is_encoded(value: str, posted: str) -> None:
    template = plain("Hai.", buttons=(Button("url", "Lihat", "https://kedai.example/x/{{1}}"),))
    assert sent(template, {"button.0": value})["template"]["components"][0]["parameters"][0]["text"] == posted


@pytest.mark.parametrize("url", ["https://{{1}}", "https://kedai.example{{1}}", "http://kedai.example/{{1}}", "{{1}}"])
def test_a_link_whose_host_could_be_a_value_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedTemplate):
        sent(plain("Hai.", buttons=(Button("url", "Lihat", url),)), {"button.0": ".evil.example/"})


@pytest.mark.parametrize(
    "component",
    [{"type": "CAROUSEL", "cards": []}, {"type": "LIMITED_TIME_OFFER"}, {"type": None}, {}, {"type": "BODY"}],
)
def test_a_part_that_we_cannot_fill_is_refused(component: dict[str, Any]) -> None:
    template = TemplateText.from_components("t", "ms", "marketing", [{"type": "BODY", "text": "Hai."}, component])
    assert template.category == "MARKETING"
    with pytest.raises(UnsupportedTemplate):
        sent(template, {})
    location = TemplateText.from_components("t", "ms", "MARKETING", [{"type": "HEADER", "format": "LOCATION"}])
    with pytest.raises(UnsupportedTemplate):
        sent(location, {})


def test_preview_is_what_the_reader_sees() -> None:
    assert preview(SALE, {"nama": "Aminah\n"}).splitlines() == [
        "Untuk Aminah",
        "Hai Aminah, diskaun {{diskaun}} di kedai kami.",
        "Balas BERHENTI untuk berhenti menerima mesej.",
        "[Lihat] [Henti promosi] [Berminat] [Salin] [Telefon]",
    ]
    assert preview(plain("Hai.", header="", header_format="image"), {}) == "[image]\nHai."


# --- the way out (P2)


@pytest.mark.parametrize("language", OPT_OUT_FOOTER)
def test_each_footer_fits_is_recognised_and_its_keyword_works(language: str) -> None:
    footer = OPT_OUT_FOOTER[language]
    assert len(footer) <= 60
    assert carries_opt_out(plain("Hai.", footer=footer, language=language))
    keyword = next(
        word
        for word in footer.replace("“", " ").replace("”", " ").split()
        if word.strip(",.").isupper() or word == "退订"
    )
    assert understand(keyword.strip(",.")).intent == "stop_all"


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in optout.BUTTONS.items() for text in texts]
)
def test_each_button_text_is_recognised_and_understood(language: str, text: str) -> None:
    assert carries_opt_out(plain("Hai.", buttons=(Button("quick_reply", text.title()),), language=language))
    assert understand(text.title()).intent == "stop_all"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ms", "Balas dengan 'BERHENTI' untuk berhenti menerima mesej."),
        ("ms_MY", "Taip STOP jika tidak mahu mesej lagi"),
        ("en_GB", "Text back “stop” any time."),
        ("en", "Reply UNSUBSCRIBE to leave"),
        ("zh_CN", "回T退订"),
        ("zh_TW", "回覆「退訂」停止接收"),
    ],
)
def test_other_approved_wordings(language: str, body: str) -> None:
    assert carries_opt_out(plain(body, language=language))
    assert carries_opt_out(plain("x", footer=body, language=language))


@pytest.mark.parametrize(
    "template",
    [
        plain("Hai."),
        plain("Kedai kami berhenti operasi pada hari Ahad."),
        plain("Our shop will stop selling soon. Reply YES.", language="en"),
        plain("Hai.", footer=OPT_OUT_FOOTER["en"]),  # not the template's own language
        plain("Hi.", footer=OPT_OUT_FOOTER["ms"], language="en"),
        plain("Hai.", buttons=(Button("url", "Berhenti", "https://x.example/"),)),
        plain("Hai.", buttons=(Button("quick_reply", "Berminat"),)),
        plain("Hoi.", footer=OPT_OUT_FOOTER["en"], language="xx"),
        plain("Hai.", header=OPT_OUT_FOOTER["ms"]),
    ],
)
def test_no_way_out(template: TemplateText) -> None:
    assert not carries_opt_out(template)


def test_every_language_of_the_footers_has_instruction_and_buttons() -> None:
    assert set(OPT_OUT_FOOTER) == set(optout.BUTTONS) == set(optout._PATTERN)
    assert optout.is_known("zh_CN") and not optout.is_known("xx")
