"""A time in words is shown in full and confirmed; two readings are two buttons; nothing counts before a tap."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leaders import shown
from office import TestOffice, X
from telegram_phones import LAYANAN, Bot, Phone, labels

FRIDAY_9 = "Jumat, 20 November 2026 09.00 WITA"
FRIDAY_21 = "Jumat, 20 November 2026 21.00 WITA"


@pytest.fixture(autouse=True)
async def _asked(office: TestOffice, bot: Bot, sari: Phone) -> None:
    """Kamis, 19 November 2026 10.30 WITA; Sari is asked for the hour."""
    office.clock.at = office.clock.at.replace(year=2026, month=11, day=19, hour=2, minute=30, second=0)
    await sari.say(LAYANAN)
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")


async def test_two_readings_are_two_buttons(bot: Bot, sari: Phone) -> None:
    await sari.say("bsk jam 9")
    assert labels(await sari.card()) == [FRIDAY_9, FRIDAY_21, "Tulis waktu lain"]
    assert bot.newest().number == 1
    await sari.tap(FRIDAY_21)
    assert f"Waktu tayang: {FRIDAY_21}." in await sari.texts()
    assert bot.newest().content.publish_at == datetime.fromisoformat("2026-11-20T21:00+08:00")
    assert "Ajukan" in labels(await sari.card())
    assert not any("pagi atau malam" in text for text in await sari.texts()), "the choice has left the chat"


async def test_a_missing_hour_is_a_choice_of_hours(bot: Bot, sari: Phone) -> None:
    await sari.say("tgl 5/6")
    card = await sari.card()
    assert "Jam belum disebutkan" in card["text"]
    assert all(label.startswith("Sabtu, 5 Juni 2027 ") for label in labels(card)[:-1])
    await sari.tap("Sabtu, 5 Juni 2027 10.00 WITA")
    assert "Waktu tayang: Sabtu, 5 Juni 2027 10.00 WITA." in await sari.texts()


async def test_a_weekday_at_odds_with_its_date_offers_both_repairs(bot: Bot, sari: Phone) -> None:
    await sari.say("Selasa, 23 November 2026 pukul 09.00")
    card = await sari.card()
    assert "Hari tidak sesuai dengan tanggal" in card["text"]
    repairs = ["Senin, 23 November 2026 09.00 WITA", "Selasa, 24 November 2026 09.00 WITA"]
    assert labels(card) == [*repairs, "Tulis waktu lain"]
    await sari.tap(repairs[1])
    assert f"Waktu tayang: {repairs[1]}." in await sari.texts()


async def test_another_zone_is_shown_beside_the_offices_own(bot: Bot, sari: Phone) -> None:
    await sari.say("Rabu pukul 10.00 WIB")
    both = "Rabu, 25 November 2026 11.00 WITA (Rabu, 25 November 2026 10.00 WIB)"
    assert (await sari.card())["text"] == f"Apakah waktu berikut sudah benar: {both}?"


async def test_another_time_may_be_written_instead_and_takes_the_place_of_the_first(bot: Bot, sari: Phone) -> None:
    await sari.say("besok jam 9 pagi")
    first = await sari.card()
    await sari.tap("Tulis waktu lain")
    assert "Silakan tuliskan waktu yang dimaksud" in await sari.last()
    await sari.plan("lusa 14.00")
    assert "Waktu tayang: Sabtu, 21 November 2026 14.00 WITA." in await sari.texts()
    assert first["message_id"] not in {message["message_id"] for message in await sari.heard()}
    assert bot.newest().number == 2


async def test_at_once_is_confirmed_too_and_sets_no_hour(bot: Bot, sari: Phone) -> None:
    await sari.plan("besok jam 9 pagi")
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")
    await sari.say("secepatnya ya")
    assert (await sari.card())["text"] == "Apakah yang dimaksud: terbit segera setelah disetujui?"
    assert bot.newest().content.publish_at is not None
    await sari.tap("Ya, benar")
    assert bot.newest().content.publish_at is None


async def test_a_reading_whose_hour_has_passed_is_refused_and_asked_again(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await sari.say("1 jam lagi")
    office.clock.forward(timedelta(hours=2))
    await sari.tap("Ya, benar")
    assert "Waktu tersebut sudah lewat: Kamis, 19 November 2026 11.30 WITA." in await sari.last()
    assert bot.newest().number == 1
    await sari.plan("besok jam 9 pagi")
    assert bot.newest().number == 2


async def test_the_buttons_of_a_question_that_was_left_are_void(bot: Bot, sari: Phone) -> None:
    await sari.say("besok jam 9 pagi")
    card = await sari.card()
    await sari.say("/batal")
    for button in ("Ya, benar", "Tulis waktu lain"):
        assert (await sari.tap(button, on=card))["show_alert"]
    assert bot.newest().number == 1


async def test_only_the_person_who_was_asked_may_choose(bot: Bot, sari: Phone, dewi: Phone) -> None:
    """A question of another post does not take this one's time either."""
    await sari.say("besok jam 9 pagi")
    card = await sari.card()
    await sari.say("/batal")
    await sari.say("Pengumuman kedua: layanan tetap buka.")
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")
    assert (await sari.tap("Ya, benar", on=card))["show_alert"]
    assert bot.newest(1).number == bot.newest(2).number == 1


async def test_a_leader_lets_a_held_post_go_at_a_confirmed_hour(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    post = office.submitted(accounts=(X,), publish_at=office.clock() + timedelta(hours=2)).post
    await bot.settle()
    await dewi.tap("Setujui")
    await dewi.tap("Tunda dulu")
    await dewi.say("Menunggu data.")
    await dewi.tap("Pilih waktu baru", on=await shown(dewi, "Ditunda oleh"))
    await dewi.say("besok jam 9")
    held = office.deliveries(post)[X].due_at
    assert labels(await dewi.card()) == [FRIDAY_9, FRIDAY_21, "Tulis waktu lain"]
    assert office.deliveries(post)[X].due_at == held, "nothing moves before it was chosen"
    await dewi.tap(FRIDAY_9)
    assert office.deliveries(post)[X].due_at == datetime.fromisoformat("2026-11-20T09:00+08:00")
    assert any(f"tayang {FRIDAY_9}" in text for text in await dewi.texts())
