"""Nobody can tell whether it is public: people look, one answers, and everybody's card says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bakohumas_bot.approval_bot.sentences import OUTDATED
from bakohumas_bot.domain.outcomes import Published, Receipt
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR
from bakohumas_bot.lifecycle.freeze import freeze
from bakohumas_bot.lifecycle.resolve import NOTHING_ASKED, STILL_READING, resolve
from bakohumas_bot.lifecycle.testify import testify as bears_witness
from office import OFFICE, TELEGRAM, TestOffice
from telegram_phones import Bot, Phone, labels

LINK = "https://t.me/kpu_contohselatan/12"
BOTH = ["Sudah terbit", "Belum, kirim ulang"]
SURE = "Ya, belum ada: kirim ulang"


async def asks(office: TestOffice, bot: Bot, *, often: int = 1) -> int:
    """A post whose channel answered nothing and cannot be read back: Telegram's bots see no channel's history."""
    office.fault("telegram", "drop_before", "live", times=often)
    post = office.approved(accounts=(TELEGRAM,)).post
    await wait_for_the_question(office, bot, post)
    return post


async def wait_for_the_question(office: TestOffice, bot: Bot, post: int) -> None:
    for _ in range(12):
        office.go(timedelta(minutes=2))
        if office.deliveries(post)[TELEGRAM].asks:
            break
    assert office.states(post)[TELEGRAM] == "unconfirmed"
    await bot.settle()


async def test_the_card_says_where_to_look_what_for_and_why(office: TestOffice, bot: Bot, sari: Phone) -> None:
    await asks(office, bot)
    text = await sari.card_text()
    assert "Perlu dicek: Jam layanan informasi publik" in text
    assert "Telegram @kpu_contohselatan" in text
    assert "https://t.me/kpu_contohselatan" in text
    assert "Dikirim: " in text
    assert "supaya tidak terbit dua kali" in text
    assert labels(await sari.card()) == BOTH


async def test_seen_asks_for_the_link_and_a_wrong_one_is_asked_for_again(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    post = await asks(office, bot)
    await sari.tap("Sudah terbit")
    assert "Mohon kirim tautan unggahan di Telegram @kpu_contohselatan" in await sari.last()
    for wrong in ("sudah ada", "https://x.com/kpu/status/1", "https://t.me", "https://t.me.contoh.com/a/1"):
        await sari.say(wrong)
        assert "Itu belum tautan unggahan di Telegram" in await sari.last()
    await sari.say(LINK)
    delivery = office.deliveries(post)[TELEGRAM]
    assert (delivery.state.value, delivery.url) == ("published", LINK)
    for phone in (sari, dewi):
        (card,) = [text for text in await phone.texts() if "Sudah terjawab" in text]
        assert "Dinyatakan sudah terbit oleh Sari Contoh" in card
        assert LINK in card
        assert not any(set(BOTH) & set(labels(message)) for message in await phone.heard())
    assert office.public() == []


async def test_a_link_that_cannot_be_copied_may_be_left_out(office: TestOffice, bot: Bot, sari: Phone) -> None:
    post = await asks(office, bot)
    await sari.tap("Sudah terbit")
    await sari.say("-")
    delivery = office.deliveries(post)[TELEGRAM]
    assert (delivery.state.value, delivery.url) == ("published", None)


async def test_not_there_is_confirmed_once_and_then_sent_again(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    post = await asks(office, bot)
    before = office.deliveries(post)[TELEGRAM]
    await sari.tap("Belum, kirim ulang")
    assert "Sudah diperiksa di kanal dan belum ada?" in await sari.card_text()
    assert office.deliveries(post)[TELEGRAM] == before, "one tap sends nothing"
    await sari.tap("Kembali")
    assert labels(await sari.card()) == BOTH
    await sari.tap("Belum, kirim ulang")
    await sari.tap(SURE)
    assert any("Dinyatakan belum terbit oleh Sari Contoh" in text for text in await dewi.texts())
    office.go(timedelta(seconds=6))
    assert office.states(post)[TELEGRAM] == "published"
    assert office.public() == ["telegram"]


async def test_the_second_answer_comes_too_late_and_changes_nothing(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    post = await asks(office, bot)
    old = await dewi.card()
    resolve(office.desk, office.person("sari"), office.deliveries(post)[TELEGRAM].id, published=True, url=LINK)
    pressed = await dewi.tap("Belum, kirim ulang", on=old)
    assert pressed["text"] == NOTHING_ASKED
    assert "Dinyatakan sudah terbit oleh Sari Contoh" in "".join(await dewi.texts())
    assert office.states(post)[TELEGRAM] == "published"


async def test_a_card_of_an_earlier_attempt_answers_nothing(office: TestOffice, bot: Bot, sari: Phone) -> None:
    """Between the attempts nobody may have seen Telegram: the old card stands there with its buttons."""
    post = await asks(office, bot, often=2)
    old = await sari.card()
    resolve(office.desk, office.person("dewi"), office.deliveries(post)[TELEGRAM].id, published=False)
    await wait_for_the_question(office, bot, post)
    second = office.deliveries(post)[TELEGRAM]
    pressed = await sari.tap("Sudah terbit", on=old, stale=True)
    assert pressed["text"] in {OUTDATED, NOTHING_ASKED}
    assert office.deliveries(post)[TELEGRAM] == second
    assert labels(await sari.card()) == BOTH, "the new attempt asks with a card of its own"
    assert len([m for m in await sari.heard() if labels(m) == BOTH]) == 1


async def test_a_question_left_open_answers_only_the_attempt_it_was_about(
    office: TestOffice, bot: Bot, sari: Phone
) -> None:
    post = await asks(office, bot, often=2)
    await sari.tap("Sudah terbit")
    resolve(office.desk, office.person("dewi"), office.deliveries(post)[TELEGRAM].id, published=False)
    await wait_for_the_question(office, bot, post)
    await sari.say(LINK)
    assert NOTHING_ASKED in await sari.texts()
    assert office.deliveries(post)[TELEGRAM].asks


async def test_what_reading_back_finds_meanwhile_closes_the_card(office: TestOffice, bot: Bot, sari: Phone) -> None:
    post = await asks(office, bot)
    delivery = office.deliveries(post)[TELEGRAM]
    bears_witness(office.desk, delivery, Published(receipt=Receipt(remote_id="12", url=LINK)))
    await bot.settle()
    (card,) = [text for text in await sari.texts() if "Sudah terjawab" in text]
    assert "Hasil pembacaan ulang: terbit" in card
    assert not any(set(BOTH) & set(labels(message)) for message in await sari.heard())


async def test_the_card_says_that_a_freeze_holds_everything(office: TestOffice, bot: Bot, sari: Phone) -> None:
    post = await asks(office, bot)
    freeze(office.desk, office.person("dewi"), OFFICE, "Ada konten bocor")
    await bot.settle()
    card = next(m for m in await sari.heard() if labels(m) == BOTH)
    await sari.tap("Belum, kirim ulang", on=card)
    await sari.tap(SURE, on=next(m for m in await sari.heard() if SURE in labels(m)))
    assert "Akan dikirim setelah pembekuan dicabut." in "".join(await sari.texts())
    office.go(timedelta(minutes=1))
    assert office.states(post)[TELEGRAM] == "scheduled"


async def test_an_auditor_is_not_asked(office: TestOffice, bot: Bot, sari: Phone) -> None:
    tono = await bot.phone("tono").open()
    post = await asks(office, bot)
    assert not any(labels(message) for message in await tono.heard())
    with pytest.raises(Refused, match=NOT_AN_AUTHOR):
        resolve(office.desk, office.person("tono"), office.deliveries(post)[TELEGRAM].id, published=True, url=LINK)


def test_nobody_says_not_there_while_it_is_still_being_read_back(office: TestOffice) -> None:
    """The platform may yet commit: a person's early no would send it twice."""
    office.fault("telegram", "drop_before", "live")
    post = office.approved(accounts=(TELEGRAM,)).post
    office.go()
    delivery = office.deliveries(post)[TELEGRAM]
    assert delivery.state.value == "unconfirmed"
    with pytest.raises(Refused, match=STILL_READING):
        resolve(office.desk, office.person("sari"), delivery.id, published=False)
    assert resolve(office.desk, office.person("sari"), delivery.id, published=True, url=LINK).url == LINK
