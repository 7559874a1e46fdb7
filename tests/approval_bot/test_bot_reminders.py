"""Reminders, lists and quiet nights as they arrive on a phone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.posts import Kind, Revision
from bakohumas_bot.domain.reminders import Terms
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.reminding import remind
from bakohumas_bot.store import health, outbox
from office import TELEGRAM, TOPICS, TestOffice, X
from telegram_phones import Bot, Phone, labels, open_bot

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09.00 WITA, a Tuesday
NBSP = "\N{NO-BREAK SPACE}"


@pytest_asyncio.fixture
async def bot(office: TestOffice) -> AsyncIterator[Bot]:
    """With the quiet hours that an office has when it says nothing."""
    desk = replace(office.desk, reminders=(Terms(),))
    office.app = replace(office.app, desk=desk)
    office.clock.at = NINE
    async with open_bot(office) as opened:
        yield opened


def at(clock: str, day: int = 24) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock.replace('.', ':')}:00+08:00").astimezone(UTC)


async def until(bot: Bot, moment: datetime) -> None:
    """The bot at work until then, and at that moment."""
    bot.office.clock.at = moment
    remind(bot.office.desk)
    await bot.settle()


def several(office: TestOffice, count: int, **changes: Any) -> list[Revision]:
    return [office.submitted(TOPICS[n], title=f"Jadwal layanan {n}", **changes) for n in range(1, count + 1)]


async def new_texts(phone: Phone, before: list[str]) -> list[str]:
    return (await phone.texts())[len(before) :]


async def test_a_reminder_names_the_hour_and_opens_the_card(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    office.submitted(publish_at=at("15.00"))
    await until(bot, at("13.00"))
    card = await dewi.card()
    assert card["text"].startswith("Pengingat\n\n#1 Jam layanan informasi publik\n")
    assert f"Mohon ditindaklanjuti sebelum Selasa, 24 November 2026 15.00{NBSP}WITA." in card["text"]
    await dewi.tap(labels(card)[0])
    await dewi.tap("Setujui")
    assert set(office.states(1).values()) == {"scheduled"}


async def test_two_reminders_of_one_moment_are_one_message(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    several(office, 2, publish_at=at("15.00"))
    await bot.settle()
    before = await dewi.texts()
    await until(bot, at("13.00"))
    (text,) = await new_texts(dewi, before)
    assert "#1 Jadwal layanan 1" in text
    assert "#2 Jadwal layanan 2" in text
    await bot.restart()
    await until(bot, at("13.05"))
    assert await new_texts(dewi, before) == [text]


async def test_what_was_decided_before_the_reminder_left_is_not_in_it(
    bot: Bot, dewi: Phone, office: TestOffice
) -> None:
    first, _ = several(office, 2, publish_at=at("15.00"))
    await bot.settle()
    before = await dewi.texts()
    office.clock.at = at("13.00")
    remind(office.desk)
    decide(office.desk, office.person("budi"), first.post, Verdict.APPROVE, digest=first.digest)
    await bot.settle()
    (text,) = [text for text in await new_texts(dewi, before) if text.startswith("Pengingat")]
    assert "#1 " not in text
    assert "#2 " in text


async def test_at_night_no_request_rings_and_at_six_they_come_together(
    bot: Bot, dewi: Phone, sari: Phone, office: TestOffice
) -> None:
    heard = await dewi.texts()
    await until(bot, at("22.00"))
    several(office, 4, publish_at=at("12.00", 25))
    await bot.settle()
    await until(bot, at("05.59", 25))
    assert await dewi.texts() == heard
    await until(bot, at("06.00", 25))
    (text,) = await new_texts(dewi, heard)
    assert text.startswith("Menunggu persetujuan Bapak/Ibu\n\n#1 Jadwal layanan 1\n")
    assert text.count("Mohon ditindaklanjuti sebelum") == 4
    card = await dewi.card()
    assert len(labels(card)) == 4
    await dewi.tap(labels(card)[2])
    await dewi.tap("Setujui")
    assert set(office.states(3).values()) == {"scheduled"}


async def test_the_night_s_one_request_comes_as_its_card(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    await until(bot, at("22.00"))
    office.submitted()
    await bot.settle()
    await until(bot, at("06.00", 25))
    assert "Setujui" in labels(await dewi.card())


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.RALAT},
        {"publish_at": at("23.30")},
        {"publish_at": at("06.30", 25)},
    ],
    ids=["correction", "tonight", "soon after waking"],
)
async def test_what_cannot_wait_rings_at_night(
    bot: Bot, dewi: Phone, office: TestOffice, changes: dict[str, Any]
) -> None:
    await until(bot, at("22.00"))
    office.submitted(**changes)
    await bot.settle()
    assert "Setujui" in labels(await dewi.card())


async def test_a_leader_who_looks_at_night_is_shown_what_waits(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    await until(bot, at("22.00"))
    office.submitted()
    await bot.settle()
    await dewi.say("/persetujuan")
    await dewi.tap(labels(await dewi.card())[0])
    await dewi.tap("Setujui")
    assert set(office.states(1).values()) == {"scheduled"}
    heard = await dewi.texts()
    await until(bot, at("06.00", 25))
    assert [text for text in await new_texts(dewi, heard) if "ersetujuan" in text] == []


async def test_a_result_waits_for_the_morning_unless_it_failed(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.approved(accounts=(TELEGRAM,), publish_at=at("23.00"))
    office.approved("Layanan libur besok.", accounts=(X,), publish_at=at("23.00"))
    await bot.settle()
    heard = await sari.texts()
    office.fault("x", "rejected")
    office.clock.at = at("23.00")
    office.go()
    office.go(timedelta(minutes=1))
    await bot.settle()
    (failed,) = await new_texts(sari, heard)
    assert failed.startswith("Terbit di 0 dari 1 kanal")
    await until(bot, at("06.00", 25))
    assert (await sari.last()).startswith("Telah terbit di 1 kanal")


async def test_a_batch_of_requests_is_three_cards_and_then_one_list(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    for topic in TOPICS[:3]:
        office.submitted(topic)
        await bot.settle()
    heard = await dewi.texts()
    for topic in TOPICS[3:8]:
        office.submitted(topic)
        await bot.settle()
    assert await new_texts(dewi, heard) == []
    office.clock.forward(timedelta(minutes=5))
    await bot.settle()
    (text,) = await new_texts(dewi, heard)
    assert text.count("Terbit segera setelah disetujui") == 5


async def test_a_request_that_cannot_wait_is_never_gathered(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    for topic in TOPICS[:3]:
        office.submitted(topic)
        await bot.settle()
    office.submitted(TOPICS[4], kind=Kind.RALAT, title="Ralat jadwal")
    await bot.settle()
    assert "Ralat jadwal" in await dewi.card_text()


async def test_whoever_is_told_that_it_hangs_has_no_button(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    office.submitted(kind=Kind.SIARAN_PERS)
    await until(bot, at("13.10"))
    heard = await dewi.heard()
    assert heard[-1]["text"].startswith("Belum dijawab: Jam layanan informasi publik")
    assert "Persetujuan ketua pelaksana ditunggu sejak" in heard[-1]["text"]
    assert "Budi Contoh" in heard[-1]["text"]
    assert labels(heard[-1]) == []


async def test_its_author_chooses_what_becomes_of_it_when_the_hour_has_passed(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    office.submitted(publish_at=at("15.00"))
    await bot.settle()
    await until(bot, at("15.01"))
    texts = await sari.texts()
    assert any("Batas waktu telah lewat." in text and "tidak terbit" in text for text in texts)
    assert "Tulis waktu" in labels(await sari.card())
    approval = next(message for message in await dewi.heard() if "Mohon persetujuan" in message["text"])
    assert "Waktu tayang yang direncanakan sudah lewat." in approval["text"]
    await sari.tap("Tulis waktu")
    await sari.plan("hari ini 17.00")
    assert bot.newest().content.publish_at == at("17.00")


async def test_a_reminder_of_an_earlier_version_is_not_sent(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    revision = office.submitted(publish_at=at("15.00"))
    await bot.settle()
    office.clock.at = at("13.00")
    remind(office.desk)
    revise(office.desk, office.person("sari"), revision.post, lambda c: replace(c, body="Isi yang diperbaiki."))
    await bot.settle()
    assert not any(text.startswith("Pengingat") for text in await dewi.texts())


async def test_what_waits_for_the_morning_is_not_stuck(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    """`doctor` counts what should have left and did not."""
    hired = replace(office.person("budi"), telegram_id=None)  # who has no phone is given up, not waited for
    office.desk.directory.configured["budi"] = hired
    await until(bot, at("22.00"))
    office.submitted()
    await bot.settle()
    office.clock.at = at("03.00", 25)
    with office.desk.store.reading() as tx:
        waiting = [row for row in outbox.unsent(tx) if row.next_at]
        assert [(row.person, row.kind) for row in waiting] == [("dewi", "approval")]
        given_up = [row for row in outbox.unsent(tx) if row.next_at is None]
        assert health.outbox(tx, office.clock(), timedelta(minutes=10)).stuck == len(given_up)


async def results_on(bot: Bot, count: int, hour: datetime) -> None:
    """So many posts go out at that hour; the bot was away, and looks around a minute later."""
    office = bot.office
    for revision in several(office, count, accounts=(X,), publish_at=hour):
        decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)
    await bot.settle()
    office.clock.at = hour
    office.go()
    office.go(timedelta(seconds=2))  # read back


@pytest.mark.parametrize(("count", "messages"), [(3, 3), (4, 1)])
async def test_more_results_than_a_few_are_one_list(bot: Bot, sari: Phone, count: int, messages: int) -> None:
    await results_on(bot, count, at("15.00"))
    before = await sari.texts()
    await bot.settle()
    told = [text for text in await new_texts(sari, before) if "Telah terbit" in text]
    assert len(told) == messages
    assert all(f"Jadwal layanan {number}" in "\n".join(told) for number in range(1, count + 1))


async def test_what_went_out_at_night_is_one_list_in_the_morning(bot: Bot, sari: Phone) -> None:
    await results_on(bot, 2, at("22.00"))
    before = await sari.texts()
    await bot.settle()
    assert await new_texts(sari, before) == []
    await until(bot, at("06.00", 25))
    (told,) = [text for text in await new_texts(sari, before) if "Telah terbit" in text]
    assert "Hasil 2 konten" in told


async def test_what_failed_is_never_a_line_of_a_list(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.fault("x", "rejected", times=1)
    await results_on(bot, 5, at("15.00"))
    before = await sari.texts()
    await bot.settle()
    told = [text for text in await new_texts(sari, before) if "erbit" in text]
    assert len([text for text in told if "🔴" in text]) == 1
    assert len([text for text in told if "Hasil 4 konten" in text]) == 1


async def test_a_read_back_of_what_was_listed_makes_no_message(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await results_on(bot, 4, at("15.00"))
    await bot.settle()
    before = await sari.texts()
    for _ in range(6):
        office.go(timedelta(minutes=2))
        await bot.settle()
    assert await new_texts(sari, before) == []
