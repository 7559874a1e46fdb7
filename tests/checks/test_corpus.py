"""What the rulebook makes of the corpus may only get better, and a correct text stops nobody."""

from __future__ import annotations

import tomllib

import pytest

from bakohumas_bot.checks.rules import RULES
from corpus import HERE, Judged, judged, overall, scores, stopped, texts

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def test_half_of_the_texts_are_correct() -> None:
    correct = sum(not text.expect for text in texts())
    assert len(texts()) >= 150
    assert 0.4 < correct / len(texts()) < 0.6
    assert len({text.id for text in texts()}) == len(texts())


def test_the_marked_words_stand_in_their_texts() -> None:
    for text in texts():
        for words in text.expect.values():
            assert all(word in text.facts["body"] for word in words), text.id


def test_every_expected_code_is_a_rule() -> None:
    assert {code for text in texts() for code in text.expect} <= {rule.code for rule in RULES}


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_rule_keeps_its_precision_and_recall(code: str) -> None:
    score = scores().get(code)
    if score is not None:
        floor = FLOORS["rules"].get(code, FLOORS["usual"])
        assert (score.precision >= floor["precision"], score.recall >= floor["recall"]) == (True, True), score


def test_all_rules_together_keep_theirs() -> None:
    assert overall().precision >= FLOORS["overall"]["precision"]
    assert overall().recall >= FLOORS["overall"]["recall"]


@pytest.mark.parametrize("one", [one for one in judged() if not one.text.expect], ids=lambda one: one.text.id)
def test_a_correct_text_is_neither_blocked_nor_asked_about(one: Judged) -> None:
    assert stopped(one) == []
