"""Telegram is down for a while: publishing goes on, and everything is told afterwards, once and in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import TelegramError

from bakohumas_bot.approval_bot.sentences import OUTDATED
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.freeze import freeze
from bakohumas_bot.store import outbox
from office import FACEBOOK, OFFICE, TestOffice, X
from telegram_phones import LAYANAN, Bot, Phone, labels

CALLS = ("sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery", "getUpdates")
MANY = 100_000


def goes_down(office: TestOffice, mode: str) -> None:
    for operation in CALLS:
        office.fault("telegram", mode, operation, times=MANY, seconds=7)


def comes_back(office: TestOffice) -> None:
    office.sandbox.world.faults.clear()


async def tries(bot: Bot, office: TestOffice, often: int = 3) -> None:
    for _ in range(often):
        office.clock.forward(timedelta(seconds=31))
        with pytest.raises(TelegramError):
            await bot.fetch()
        await bot.handle()
        await bot.post()


@pytest.mark.parametrize("mode", ["drop_before", "error_before", "rate_limited"])
async def test_publishing_goes_on_and_the_news_arrives_afterwards_once_and_in_order(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice, mode: str
) -> None:
    before = len(await sari.heard())
    goes_down(office, mode)
    posts = [office.submitted(f"Isi {title}.", title=title, accounts=(X, FACEBOOK)) for title in ("Satu", "Dua")]
    await tries(bot, office)
    for post in posts:
        decide(office.desk, office.person("dewi"), post.post, Verdict.APPROVE, digest=post.digest)
    office.go()
    office.go(timedelta(seconds=2))
    assert len(office.public()) == 4
    await tries(bot, office)
    assert len(await sari.heard()) == before, "nothing could be told yet"
    comes_back(office)
    for _ in range(8):
        office.clock.forward(timedelta(seconds=31))
        await bot.settle()
    told = [text.split("\n") for text in (await sari.texts())[before:]]
    heads = [(lines[0].split(",")[0], lines[1]) for lines in told]
    assert [head for head in heads if head[0].startswith("Telah terbit")] == [
        ("Telah terbit di 2 kanal", "Satu"),
        ("Telah terbit di 2 kanal", "Dua"),
    ]
    assert [lines[0] for lines in told[:2]] == ["Satu", "Dua"], "the decisions come before the results"
    assert len(told) == 4
    with office.desk.store.reading() as tx:
        assert [row.kind for row in outbox.unsent(tx) if row.person in {"sari", "dewi"}] == []


async def test_a_long_outage_costs_nobody_a_message(bot: Bot, sari: Phone, office: TestOffice) -> None:
    """A day without Telegram: nothing is given up for being old."""
    goes_down(office, "drop_before")
    freeze(office.desk, office.person("dewi"), OFFICE, "Ada konten bocor")
    for _ in range(48):
        office.clock.forward(timedelta(minutes=30))
        await bot.post()
    comes_back(office)
    office.clock.forward(timedelta(seconds=31))
    await bot.settle()
    assert sum("Penerbitan dibekukan" in text for text in await sari.texts()) == 1


async def test_what_was_pressed_and_written_before_the_outage_is_handled_once_after_it(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    goes_down(office, "error_before")
    await sari.say(LAYANAN, settle=False)
    await tries(bot, office)
    comes_back(office)
    office.clock.forward(timedelta(seconds=31))
    await bot.settle()
    await sari.control("updates/replay", update_id=sari.last_sent["update_ids"][0])
    await bot.settle()
    assert len([m for m in await sari.heard() if "Ajukan" in labels(m)]) == 1


async def test_a_message_whose_answer_was_lost_may_come_twice_but_acts_once(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    """Telegram offers no way to ask: the copy that we know nothing of has buttons that do nothing."""
    revision = office.submitted(accounts=(X,))
    await bot.settle()
    first = len(await dewi.heard())
    office.fault("telegram", "drop_after", "sendMessage", times=1)
    await dewi.say("/persetujuan", settle=False)
    for _ in range(3):
        office.clock.forward(timedelta(seconds=31))
        await bot.settle()
    copy, known = [m for m in (await dewi.heard())[first:] if labels(m)]
    assert labels(copy) == labels(known)
    assert (await dewi.tap(labels(copy)[0], on=copy))["text"] == OUTDATED
    await dewi.tap(labels(known)[0], on=known)
    assert (await dewi.tap("Setujui"))["text"] == "Konsep telah disetujui."
    assert len(office.deliveries(revision.post)) == 1
