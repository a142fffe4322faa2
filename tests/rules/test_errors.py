"""Every documented error code has one meaning, and what is not documented stops the lane."""

import pytest

from izin.whatsapp import errors
from izin.whatsapp.errors import classify

EXPECTED = {
    "retry": [4, 613, 80007, 130429, 131048, 131057, 133004],
    "retry_pair": [131056],
    "withdrawn": [131050],
    "rejected": [
        100, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131030, 131047, 131049, 131051, 131052, 131053,
        131062, 132000, 132005, 132008, 132012, 132018, 137000,
    ],
    "template_stop": [131055, 131061, 131063, 132001, 132007, 132015, 132016, 132068, 132069, 134100, 134101],
    "hold_lane": [
        0, 3, 10, 33, 190, *range(200, 300), 368, 131005, 131031, 131037, 131042, 131045, 131064, 133000, 133005,
        133006, 133008, 133009, 133010, 133015, 133016, 134011, 134102,
    ],
    "uncertain": [1, 2, 131000, 131016, 135000],
}  # fmt: skip
CASES = [(code, kind) for kind, codes in EXPECTED.items() for code in codes]


@pytest.mark.parametrize(("code", "kind"), CASES)
@pytest.mark.parametrize("http_status", [200, 400, 401, 403, 429, 500, 503, None])
def test_the_code_decides_whatever_the_http_status(code: int, kind: str, http_status: int | None) -> None:
    assert classify(http_status, code).kind == kind


def test_the_table_holds_nothing_that_is_not_checked() -> None:
    assert sorted(errors.VERDICTS) == sorted(code for code, _ in CASES)


@pytest.mark.parametrize("code", [7, 131099, 138000, 147001, 2388019, 1752041, 131059, -1])
def test_an_unknown_code_holds_the_lane_and_leaves_the_message_uncertain(code: int) -> None:
    for http_status in (200, 400, 404, 500):
        verdict = classify(http_status, code)
        assert (verdict.kind, verdict.row) == ("hold_lane", "uncertain")
    assert classify(429, code).kind == "retry"


@pytest.mark.parametrize("http_status", [200, 302, 400, 404, 500, 502, 503, None])
def test_without_metas_json_nothing_is_known(http_status: int | None) -> None:
    assert classify(http_status, None) == errors.NO_ANSWER
    assert classify(429, None).kind == "retry"


def test_the_row_follows_the_kind() -> None:
    rows = {"rejected": "rejected", "withdrawn": "rejected", "template_stop": "rejected", "uncertain": "uncertain"}
    for code, verdict in errors.VERDICTS.items():
        assert verdict.row == rows.get(verdict.kind, "waiting"), code
        assert (verdict.wait_s > 0) == (verdict.kind in ("retry", "retry_pair", "uncertain")), code
    assert errors.ACCEPTED.row == "accepted"


def test_only_our_own_mistakes_pause_a_campaign_when_repeated() -> None:
    repeated = {code for code, verdict in errors.VERDICTS.items() if verdict.pauses_if_repeated}
    assert {100, 132000, 130497} <= repeated
    assert not repeated & {131026, 131047, 131049, 131050, 130472}


def test_transport() -> None:
    assert errors.TRANSPORT["not_sent"].row == "waiting"
    assert errors.TRANSPORT["no_answer"].row == "uncertain"


@pytest.mark.parametrize("code", [None, 131026, 131050, 4711, *errors.EXPLANATIONS])
def test_explanations_are_sentences_in_both_languages(code: int | None) -> None:
    malay, english = errors.explain(code, "ms"), errors.explain(code, "en-gb")
    assert malay != english
    for sentence in (malay, english):
        assert sentence[0].isupper() and sentence.endswith(".") and len(sentence) < 120


def test_explanations_speak_of_known_codes_only() -> None:
    assert set(errors.EXPLANATIONS) <= set(errors.VERDICTS)
