"""On the phones: one tap mends a finding; leave is asked for, given with a reason, and seen by who approves."""

from __future__ import annotations

from leaders import add_patron, leaders, shown
from office import TestOffice
from postgres import on_both_databases
from telegram_phones import Bot, Phone

WRONG_DAY = "#TemanPemilih, rapat digelar Senin, 6 April 2021 di aula kantor KPU."


async def test_one_tap_mends_a_wrong_weekday(bot: Bot, sari: Phone) -> None:
    await sari.say(WRONG_DAY)
    await sari.tap("Perbaiki temuan")
    await sari.tap("F01: Selasa, 6 April 2021")
    assert "Selasa, 6 April 2021" in bot.newest().content.body
    assert "Selasa, 6 April 2021" in bot.newest().content.title
    assert "F01" not in await sari.last()


async def test_a_repair_of_an_older_version_changes_nothing(bot: Bot, sari: Phone) -> None:
    await sari.say(WRONG_DAY)
    await sari.tap("Perbaiki temuan")
    old = await sari.card()
    await sari.tap("F01: Selasa, 6 April 2021")
    body = bot.newest().content.body
    answered = await sari.tap("F01: Senin, 5 April 2021", on=old, stale=True)
    assert answered["show_alert"]
    assert bot.newest().content.body == body


@on_both_databases
async def test_leave_is_asked_given_with_a_reason_and_seen_by_who_approves(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    _, dewi, citra = await leaders(bot)
    await sari.say(WRONG_DAY)
    answered = await sari.tap("Mohon izin")
    assert "Citra" in answered["text"]
    assert "Mohon izin" in (await shown(citra, "Mohon izin"))["text"]
    await citra.tap("Izinkan F01")
    await citra.say("Hari dikutip dari dokumen sumber.")
    assert "diizinkan Citra Contoh: Hari dikutip dari dokumen sumber." in await sari.last()
    await sari.tap("Ajukan")
    assert "diizinkan Citra Contoh" in (await shown(dewi, "Mohon persetujuan"))["text"]


async def test_who_is_not_entitled_gets_no_card(bot: Bot, sari: Phone, office: TestOffice) -> None:
    _, dewi, _ = await leaders(bot)
    await sari.say(WRONG_DAY)
    await sari.tap("Mohon izin")
    assert not [message for message in await dewi.chat() if "Mohon izin" in message.get("text", "")]


async def test_who_lost_the_role_meanwhile_lifts_nothing(bot: Bot, sari: Phone, office: TestOffice) -> None:
    from leaders import PATRON, take_role

    _, _, citra = await leaders(bot)
    await sari.say(WRONG_DAY)
    await sari.tap("Mohon izin")
    card = await shown(citra, "Mohon izin")
    take_role(office, PATRON)
    await citra.tap("Izinkan F01", on=card)
    await citra.say("Tetap tayang.")
    assert bot.newest().lifts == ()


async def test_the_card_says_what_a_yes_makes_sure_of_and_the_record_keeps_it(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    add_patron(office)
    dewi = await bot.phone("dewi").open()
    body = "#TemanPemilih, “Kami melayani semua warga dengan setara dan ramah,” kata Ketua KPU Dewi Contoh."
    await sari.say(body)
    await sari.tap("Jenis")
    await sari.tap("Berita")
    await sari.tap("Ajukan")
    assert "Kutipan langsung sesuai dengan ucapan narasumber" in (await shown(dewi, "Mohon persetujuan"))["text"]
    await dewi.tap("Setujui")
    from bakohumas_bot.store import posts

    with office.desk.store.reading() as tx:
        (decision,) = posts.decisions_on(tx, 1, bot.newest().number)
    assert decision.ticks == ("S06",)
