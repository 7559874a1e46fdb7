"""Whose voices a post still needs, as the verbs and the command line say it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bakohumas_bot import answers
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.store import posts
from office import TestOffice, X

PRESS = {"kind": Kind.SIARAN_PERS, "accounts": (X,)}


def explained(office: TestOffice, post: int) -> dict[str, object]:
    with office.desk.store.reading() as tx:
        found = answers.policy(office.desk, tx, posts.get(tx, post))
    json.dumps(found)
    return found


def yes(office: TestOffice, person: str, post: int, **more: object) -> None:
    with office.desk.store.reading() as tx:
        digest = posts.latest(tx, post).digest
    decide(office.desk, office.person(person), post, Verdict.APPROVE, digest=digest, **more)  # type: ignore[arg-type]


def waits(office: TestOffice, post: int) -> list[tuple[list[str], bool]]:
    return [(step["people"], step["now"]) for step in explained(office, post)["waiting_for"]]  # type: ignore[attr-defined]


def test_a_press_release_is_explained_in_its_order(office: TestOffice) -> None:
    post = office.submitted("Siaran pers. #TemanPemilih", **PRESS).post
    assert waits(office, post) == [(["budi"], True), (["dewi"], False)]
    assert explained(office, post)["hands"] == ["Sari Contoh"]
    yes(office, "budi", post)
    assert waits(office, post) == [(["dewi"], True)]
    assert office.deliveries(post) == {}
    yes(office, "dewi", post)
    assert waits(office, post) == []
    assert list(office.states(post)) == [X]


def test_nobody_is_waited_for_once_it_was_sent_back(office: TestOffice) -> None:
    revision = office.submitted("Siaran pers. #TemanPemilih", **PRESS)
    desk, budi = office.desk, office.person("budi")
    decide(desk, budi, revision.post, Verdict.REVISE, digest=revision.digest, reason="Perjelas.", field="isi")
    assert waits(office, revision.post) == []


def test_an_urgent_voice_needs_a_reason_and_a_policy_that_asks_more_than_one(office: TestOffice) -> None:
    post = office.submitted("Siaran pers. #TemanPemilih", **PRESS).post
    with pytest.raises(Refused, match="alasan mendesaknya"):
        yes(office, "budi", post, urgent=True)
    yes(office, "budi", post, urgent=True, reason="Mendesak sekali.")
    assert explained(office, post)["public"]
    assert waits(office, post) == [(["dewi"], True)]


def test_in_a_hurry_the_last_of_a_chain_may_come_first_and_the_others_confirm(office: TestOffice) -> None:
    post = office.submitted("Siaran pers. #TemanPemilih", **PRESS).post
    with pytest.raises(Refused, match="masih menunggu persetujuan ketua pelaksana"):
        yes(office, "dewi", post)
    yes(office, "dewi", post, urgent=True, reason="Ketua pelaksana sedang di lapangan.")
    assert list(office.states(post)) == [X]
    assert waits(office, post) == [(["budi"], True)]
    yes(office, "budi", post)
    assert waits(office, post) == []


def test_an_urgent_post_is_confirmed_long_after_its_hour(office: TestOffice) -> None:
    """Who confirms gives no hour: that one has passed."""
    at = office.clock() + timedelta(hours=1)
    post = office.submitted("Siaran pers. #TemanPemilih", publish_at=at, **PRESS).post
    yes(office, "budi", post, urgent=True, reason="Mendesak sekali.")
    office.go(timedelta(hours=1))
    assert office.public() == ["x"]
    office.go(timedelta(days=1))
    yes(office, "dewi", post)
    assert explained(office, post)["complete"]
    assert office.public() == ["x"]


def test_a_voice_says_as_what_it_was_given(office: TestOffice) -> None:
    post = office.submitted("Siaran pers. #TemanPemilih", **PRESS).post
    yes(office, "budi", post)
    with office.desk.store.reading() as tx:
        (one,) = answers.whole_post(office.desk, tx, posts.get(tx, post))["decisions"]
    assert answers.voice_in_words(one) == "disetujui oleh Budi Contoh, ketua pelaksana"
