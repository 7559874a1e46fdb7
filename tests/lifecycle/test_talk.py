"""Questions and answers: who may ask, who may answer, and that both stay with the post."""

from __future__ import annotations

import pytest

from bakohumas_bot import answers
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import schedule, talk
from bakohumas_bot.store import posts
from office import TestOffice, X
from postgres import on_both_databases


def asked(office: TestOffice) -> tuple[int, int]:
    post = office.submitted(accounts=(X,)).post
    return post, talk.ask(office.desk, office.person("dewi"), post, " Apa sumbernya? ").id


@on_both_databases
def test_a_question_and_its_answer_stand_in_what_show_prints(office: TestOffice) -> None:
    post, remark = asked(office)
    talk.answer(office.desk, office.person("sari"), remark, "Keputusan KPU.")
    with office.desk.store.reading() as tx:
        shown = answers.whole_post(office.desk, tx, posts.get(tx, post))
    (one,) = shown["talk"]
    assert (one["asker"], one["question"]) == ("dewi", "Apa sumbernya?")
    assert (one["answerer_name"], one["answer"]) == ("Sari Contoh", "Keputusan KPU.")
    assert [event["kind"] for event in shown["events"]][-2:] == ["asked", "answered"]


@pytest.mark.parametrize(("person", "words"), [("sari", "Apa?"), ("tono", "Apa?"), ("dewi", "  ")])
def test_only_a_leader_asks_and_in_words(office: TestOffice, person: str, words: str) -> None:
    post = office.submitted(accounts=(X,)).post
    with pytest.raises(Refused):
        talk.ask(office.desk, office.person(person), post, words)


def test_nothing_is_asked_about_a_draft_or_what_was_cancelled(office: TestOffice) -> None:
    draft = office.draft(accounts=(X,)).post
    with pytest.raises(Refused, match="belum diajukan"):
        talk.ask(office.desk, office.person("dewi"), draft, "Apa?")
    post, remark = asked(office)
    schedule.cancel(office.desk, office.person("sari"), post)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        talk.ask(office.desk, office.person("dewi"), post, "Apa?")
    assert remark


@pytest.mark.parametrize("person", ["dewi", "rahmat", "tono"])
def test_those_who_did_not_work_on_it_do_not_answer(office: TestOffice, person: str) -> None:
    _, remark = asked(office)
    with pytest.raises(Refused, match="kewenangan"):
        talk.answer(office.desk, office.person(person), remark, "Jawaban.")


@on_both_databases
def test_the_first_answer_stands(office: TestOffice) -> None:
    _, remark = asked(office)
    talk.answer(office.desk, office.person("sari"), remark, "Pertama.")
    with pytest.raises(Refused, match="sudah dijawab oleh Sari Contoh"):
        talk.answer(office.desk, office.person("sari"), remark, "Kedua.")


def test_an_answer_to_no_question_is_outdated(office: TestOffice) -> None:
    with pytest.raises(Refused):
        talk.answer(office.desk, office.person("sari"), 99, "Jawaban.")
