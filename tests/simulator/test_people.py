"""Seed and number decide what people do."""

import msgspec

from izin_simulator.config import Config, ReplyRule
from izin_simulator.people import chosen, delay_of, replies_of, statuses_of

CROWD = [f"6012{n:07d}" for n in range(5000)]


def test_same_seed_same_people() -> None:
    rule = ReplyRule(text="BERHENTI", one_in=50)
    once = [person for person in CROWD if chosen(rule, 0, 7, person)]
    assert once == [person for person in CROWD if chosen(rule, 0, 7, person)]
    assert once != [person for person in CROWD if chosen(rule, 0, 8, person)]
    assert 50 <= len(once) <= 150  # one in 50 of 5,000, with wide room for chance


def test_rates_shape_the_statuses() -> None:
    config = Config(read_rate=0.5, undeliverable_rate=0.1)
    seen = [tuple(statuses_of(config, 1, person)) for person in CROWD]
    assert set(seen) == {("failed",), ("sent", "delivered"), ("sent", "delivered", "read")}
    assert 400 <= seen.count(("failed",)) <= 600
    assert {tuple(statuses_of(Config(read_rate=1), 1, p)) for p in CROWD} == {("sent", "delivered", "read")}
    assert delay_of(config, "failed") == delay_of(config, "delivered") == 0.2


def test_only_rules_whose_occasion_comes_are_planned() -> None:
    rules = (ReplyRule(text="BERHENTI", delay_ms=5), ReplyRule(after="read", button_text="Berhenti"))
    replies = replies_of(rules, 1, CROWD[0], ["sent", "delivered"], lambda number, rule: True)
    assert replies == [{"rule": 0, "after": "delivered", "text": "BERHENTI", "delay_ms": 5}]
    assert replies_of(rules, 1, CROWD[0], ["failed"], lambda number, rule: True) == []
    assert replies_of(rules, 1, CROWD[0], ["delivered"], lambda number, rule: False) == []


def test_configuration_refuses_what_it_does_not_know() -> None:
    for wrong in (
        {"latencyms": 3},
        {"read_rate": 2},
        {"people": {"reply_rules": [{}]}},
        {"people": {"reply_rules": [{"text": "a", "button_text": "b"}]}},
        {"templates": [{"name": "a", "language": "ms", "status": "GONE"}]},
        {"webhook_retry_s": []},
    ):
        try:
            msgspec.convert(wrong, Config)
        except msgspec.ValidationError:
            continue
        raise AssertionError(f"accepted {wrong}")
