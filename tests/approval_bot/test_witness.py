"""The head of the record is told to a chat once a day, and whoever brings back an older database is found out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bakohumas_bot.approval_bot.witnessing import tell_heads
from bakohumas_bot.doctor import witnessed
from bakohumas_bot.domain.witness import Plan
from bakohumas_bot.lifecycle import witness
from bakohumas_bot.store import record, witnesses
from office import OFFICE, TestOffice
from telegram_phones import Bot, Phone

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Asia/Makassar"))
PLAN = Plan(chat=1001, at=time(18, 0))


def data(office: TestOffice) -> Path:
    return office.app.configuration.data_dir


async def tell(bot: Bot, phone: Phone) -> list[str]:
    """What the chat has heard of it by now."""
    await tell_heads(bot.handling.bureau, PLAN, data(bot.office))
    return [said for said in await phone.texts() if "Saksi catatan" in said]


def act(office: TestOffice) -> None:
    with office.desk.store.writing() as tx:
        record.append(tx, office=OFFICE, actor="sari", kind="frozen", now=office.clock())


def end(office: TestOffice) -> witnesses.Head:
    with office.desk.store.reading() as tx:
        (head,) = witnesses.heads(tx)
    return head


def doctor(office: TestOffice) -> tuple[bool, str]:
    object.__setattr__(office.app.configuration, "witness", PLAN)
    (result,) = witnessed.look(office.app)
    return result.ok, result.detail


def bring_back(office: TestOffice, number: int) -> None:
    """The database of an earlier day, witnesses and all, by whoever may do anything on this machine."""
    with office.desk.store.writing() as tx:
        for guard in ("update", "delete"):
            tx.execute(text(f"DROP TRIGGER event_no_{guard}"))
        tx.execute(text("DELETE FROM witness"))
        tx.execute(text(f"DELETE FROM event WHERE number > {number}"))
        tx.execute(
            text(f"UPDATE chain_head SET number = {number}, hash = (SELECT hash FROM event WHERE number = {number})")
        )


@pytest.fixture
def office(office: TestOffice) -> TestOffice:
    office.clock.at = NOON
    for _ in range(3):
        act(office)
    return office


async def test_the_chat_hears_the_head_once_a_day_whatever_restarts(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.clock.at, number = NOON.replace(hour=18), end(office).number
    for _ in range(3):
        (first,) = await tell(bot, sari)
        act(office)
        await bot.restart()
        office.clock.forward(timedelta(hours=7, minutes=50))
    office.clock.at = NOON.replace(day=27, hour=17, minute=59)
    assert len(await tell(bot, sari)) == 1
    office.clock.forward(timedelta(minutes=1))
    assert len(await tell(bot, sari)) == 2
    assert "Kamis, 26 November 2026 18.00 WITA" in first
    assert [head.number for head in witnesses.read(first)] == [number]


async def test_who_was_off_at_that_hour_tells_it_later(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.clock.at = NOON.replace(day=27, hour=8)
    (late,) = await tell(bot, sari)
    assert "Jumat, 27 November 2026 08.00 WITA" in late


async def test_what_telegram_did_not_take_is_told_again(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.fault("telegram", "rate_limited", operation="sendMessage")
    with pytest.raises(Exception, match="Flood control"):
        await tell(bot, sari)
    assert len(await tell(bot, sari)) == 1


async def test_the_heads_of_a_whole_province_fit_into_messages(bot: Bot, sari: Phone, office: TestOffice) -> None:
    with office.desk.store.writing() as tx:
        for number in range(50):
            record.append(tx, office=f"64.{number:02}", actor="sari", kind="frozen", now=office.clock())
    said = await tell(bot, sari)
    assert len(said) == 3
    assert len({head.office for one in said for head in witnesses.read(one)}) == 51


async def test_the_doctor_is_content_while_the_chain_holds_what_was_told(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    assert doctor(office) == (True, "belum ada; yang pertama dikirim setelah bot berjalan.")
    await tell(bot, sari)
    act(office)
    assert doctor(office) == (True, "cocok; terakhir Kamis, 26 November 2026 12.00 WITA.")


async def test_the_doctor_recognises_an_older_database(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await tell(bot, sari)
    last = end(office).number
    bring_back(office, last - 1)
    ok, said = doctor(office)
    assert not ok
    assert f"menyebut peristiwa {last}, tetapi catatan ini berakhir pada peristiwa {last - 1}" in said
    assert "audit verify --head" in said


async def test_an_older_database_that_went_on_is_recognised_too(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await tell(bot, sari)
    last = end(office).number
    bring_back(office, last - 1)
    office.clock.forward(timedelta(minutes=1))
    act(office)
    ok, said = doctor(office)
    assert not ok
    assert f"peristiwa {last} tidak sama dengan saksi" in said


async def test_a_restoration_that_the_record_tells_of_is_no_riddle_once_it_was_witnessed(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await tell(bot, sari)
    last = end(office).number
    bring_back(office, last - 1)
    office.clock.forward(timedelta(hours=1))
    with office.desk.store.writing() as tx:
        at = office.clock()
        record.append(tx, office=OFFICE, actor="restore", kind="restored", now=at, taken_at=NOON.isoformat())
    assert not doctor(office)[0]
    office.clock.at = NOON.replace(hour=18, minute=1)
    await tell(bot, sari)
    assert doctor(office)[0]


async def test_the_doctor_misses_a_day_on_which_nothing_was_told(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await tell(bot, sari)
    office.clock.at = NOON.replace(hour=18, minute=30)
    assert doctor(office)[0]
    office.clock.at = NOON.replace(hour=19, minute=30)
    ok, said = doctor(office)
    assert not ok
    assert "Apakah bot berjalan" in said


async def test_what_was_told_lies_beside_the_database_for_the_service_alone(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await tell(bot, sari)
    file = data(office) / witness.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    (kept,) = witness.kept(data(office))
    assert (kept.office, kept.number, kept.hash) == (OFFICE, end(office).number, end(office).hash)
