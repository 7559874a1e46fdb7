"""Coming in by a link, inviting in the chat, PINs that nobody reads later, and who left meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import DeputyKind, Role
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.deputies import deputize
from bakohumas_bot.lifecycle.invitations import invite, withdraw
from bakohumas_bot.lifecycle.membership import leave
from bakohumas_bot.store import posts
from joining import admin, events
from office import OFFICE, TestOffice
from telegram_phones import LAYANAN, Bot, Phone, labels

PIN, OTHER = "481920", "730145"


async def stranger(bot: Bot, id_: int = 9000) -> Phone:
    """Somebody whom the desk does not know, with the bot open."""
    phone = Phone(bot=bot, id=id_)
    await phone.control("users", id=id_, first_name=f"Orang {id_}")
    return phone


async def ani_at_the_phone(bot: Bot, office: TestOffice) -> Phone:
    admin(office)
    return await (Phone(bot=bot, id=1101)).open()


def link(office: TestOffice, role: Role = Role.KETUA) -> str:
    by = office.desk.directory.people.get("ani") or admin(office)
    return invite(office.desk, by, office=OFFICE, role=role, person="rina", name="Rina Contoh").secret


def kept(office: TestOffice) -> str:
    """Everything that the database holds, as text."""
    with office.desk.store.reading() as tx:
        tables = [row[0] for row in tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        return "".join(str(tuple(row)) for table in tables for row in tx.execute(text(f"SELECT * FROM {table}")))


async def test_who_comes_with_a_link_is_greeted_by_name_and_decides(bot: Bot, sari: Phone, office: TestOffice) -> None:
    secret = link(office)
    rina = await stranger(bot)
    await rina.say(f"/start {secret}")
    assert "Undangan telah diterima" in (await rina.texts())[0]
    assert "Rina Contoh" in await rina.last()
    assert secret not in kept(office)
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    await rina.tap("Setujui")
    with office.desk.store.reading() as tx:
        decision = posts.decision_on(tx, 1, 1)
    assert decision is not None
    assert (decision.person, decision.verdict) == ("rina", Verdict.APPROVE)


@pytest.mark.parametrize("what", ["wrong", "used", "withdrawn", "expired", "no secret", "forged", "enormous"])
async def test_a_link_that_opens_nothing_is_answered_as_any_stranger_is(
    bot: Bot, office: TestOffice, what: str
) -> None:
    nobody, somebody = await stranger(bot), await stranger(bot, 9001)
    await nobody.say("Halo")
    said = (await nobody.last()).replace("9000", "9001")
    secret = link(office)
    if what == "used":
        await nobody.say(f"/start {secret}")
    elif what == "withdrawn":
        withdraw(office.desk, office.person("ani"), 1)
    elif what == "expired":
        office.clock.forward(timedelta(hours=24))
    words = {"wrong": "A" * 32, "no secret": "", "forged": secret[:-1] + "'", "enormous": "A" * 3000}.get(what, secret)
    await somebody.say(f"/start {words}".strip())
    assert await somebody.texts() == [said]
    assert office.desk.directory.by_telegram(9001) is None


async def test_a_flood_of_guesses_is_not_even_looked_at(bot: Bot, office: TestOffice) -> None:
    secret = link(office)
    guesser = await stranger(bot)
    for number in range(5):
        await guesser.say(f"/start {number:032}")
    await guesser.say(f"/start {secret}")
    assert office.desk.directory.by_telegram(9000) is None
    assert len(await guesser.texts()) == 1
    office.clock.forward(timedelta(minutes=11))
    await guesser.say(f"/start {secret}")
    assert office.desk.directory.by_telegram(9000) is not None


async def test_an_admin_invites_in_the_chat_and_the_link_is_nowhere_else(bot: Bot, office: TestOffice) -> None:
    ani = await ani_at_the_phone(bot, office)
    await ani.say("/undang")
    assert "KPU Kabupaten Contoh Selatan" in await ani.card_text()
    await ani.tap("Ketua")
    await ani.say("rina Rina Contoh")
    found = re.search(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]+)", await ani.last())
    assert found is not None
    assert found[1] not in kept(office)
    rina = await stranger(bot)
    await rina.say(f"/start {found[1]}")
    assert office.person("rina").roles == {(OFFICE, Role.KETUA)}


async def test_an_invitation_that_cannot_be_is_asked_again_and_then_left(bot: Bot, office: TestOffice) -> None:
    ani = await ani_at_the_phone(bot, office)
    await ani.say("/undang")
    await ani.tap("Operator")
    await ani.say("Rina")
    assert "huruf kecil" in await ani.last()
    await ani.say("/batal")
    await ani.say("rina Rina Contoh")
    assert events(office, "people.invited") == []


async def test_only_an_admin_invites(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say("/undang")
    assert "hanya admin" in await sari.last()


async def test_an_admin_who_is_none_any_more_finishes_no_invitation(bot: Bot, office: TestOffice) -> None:
    ani = await ani_at_the_phone(bot, office)
    await ani.say("/undang")
    known = office.desk.directory.configured["ani"]
    office.desk.directory.configured["ani"] = type(known)(
        id="ani", name="Ani Contoh", telegram_id=1101, roles=frozenset({(OFFICE, Role.OPERATOR)})
    )
    answer = await ani.tap("Ketua")
    assert "belum memiliki kewenangan" in answer["text"]
    assert events(office, "people.invited") == []


async def test_who_is_admin_of_two_offices_says_for_which(bot: Bot, office: TestOffice) -> None:
    offices = office.desk.directory.offices
    north = type(offices[OFFICE])(
        code="64.70", name="KPU Kabupaten Contoh Utara", zone=offices[OFFICE].zone, city="Contoh"
    )
    offices[north.code] = north
    admin(office)
    ani = Phone(bot=bot, id=1101)
    admin(office, "ani", 1101, where="64.70")
    await ani.open()
    await ani.say("/undang")
    assert labels(await ani.card()) == ["KPU Kabupaten Contoh Selatan", "KPU Kabupaten Contoh Utara"]
    await ani.tap("KPU Kabupaten Contoh Utara")
    await ani.tap("Pembina")
    await ani.say("rina Rina Contoh")
    assert "KPU Kabupaten Contoh Utara" in await ani.last()


async def test_an_approver_who_left_in_another_process_is_a_stranger_at_the_next_tap(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    card = await dewi.card()
    leave(office.desk, admin(office), "dewi", "Pindah tugas.")
    everybody = dict(office.desk.directory.configured)
    office.desk.directory.know(everybody)  # the bot's own process has not looked since
    answer = await dewi.tap("Setujui", on=card)
    assert "tidak berlaku" in answer["text"]
    with office.desk.store.reading() as tx:
        assert posts.decision_on(tx, 1, 1) is None
    await dewi.say("/persetujuan")
    assert "1003" in await dewi.last()


async def test_a_pin_is_deleted_from_the_chat_and_kept_nowhere(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    await dewi.say("/pin")
    message = await dewi.say(PIN)
    assert "sudah dihapus" in await dewi.last()
    assert message not in [m["message_id"] for m in await dewi.chat()]
    assert PIN not in kept(office)
    pins.verify(office.desk, office.person("dewi"), PIN)


async def test_a_new_pin_needs_the_old_one_in_the_chat_too(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    pins.set_pin(office.desk, office.person("dewi"), PIN)
    await dewi.say("/pin")
    await dewi.say(OTHER)
    assert "yang lama, lalu yang baru" in await dewi.last()
    await dewi.say(f"111222 {OTHER}")
    assert "Sisa percobaan: 4" in await dewi.last()
    await dewi.say(f"{PIN} {OTHER}")
    assert "telah disimpan" in await dewi.last()
    pins.verify(office.desk, office.person("dewi"), OTHER)
    assert {OTHER, PIN} & set(re.findall(r"\d{6}", kept(office))) == set()


async def test_a_pin_that_came_twice_is_no_draft(bot: Bot, dewi: Phone, office: TestOffice) -> None:
    """The process died after it had set the PIN, before that was written down."""
    await dewi.say("/pin")
    await dewi.send(text=PIN, settle=False)
    await bot.fetch()
    with office.desk.store.reading() as tx:
        row = tx.execute(text("SELECT update_id, payload FROM telegram_update ORDER BY update_id DESC")).first()
    assert row is not None
    await bot.handle()
    with office.desk.store.writing() as tx:
        again = {"id": row[0], "payload": row[1]}
        tx.execute(
            text("UPDATE telegram_update SET handled_at = NULL, payload = :payload WHERE update_id = :id"), again
        )
    await bot.settle()
    with office.desk.store.reading() as tx:
        assert posts.all_posts(tx, OFFICE) == []


async def test_the_first_message_of_a_day_is_in_the_record(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say("/status")
    assert events(office, "login") == [(OFFICE, "sari")]
    office.clock.forward(timedelta(days=1))
    await sari.say("/status")
    assert events(office, "login") == [(OFFICE, "sari")] * 2
    nobody = await stranger(bot)
    await nobody.say("Halo")
    assert len(events(office, "login")) == 2


def rahmat_stands_in(office: TestOffice) -> None:
    """For Dewi, today."""
    today = office.clock().astimezone(office.desk.office(OFFICE).zone).date()
    deputize(
        office.desk,
        admin(office),
        office=OFFICE,
        role=Role.KETUA,
        kind=DeputyKind.PLT,
        person="rahmat",
        principal="Dewi Contoh",
        number="SK 12/2026",
        first=today,
        last=today,
    )


async def test_what_a_deputy_approves_names_both_on_every_card(bot: Bot, sari: Phone, office: TestOffice) -> None:
    budi, rahmat = await bot.phone("budi").open(), await bot.phone("rahmat").open()
    rahmat_stands_in(office)
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    await rahmat.tap("Setujui")
    both = "Rahmat Contoh (Plt. ketua, menggantikan Dewi Contoh (SK 12/2026))"
    for phone in (sari, budi):
        assert any(both in text for text in await phone.texts()), await phone.texts()


async def test_a_deputy_sees_the_card_on_the_days_of_the_decision(bot: Bot, sari: Phone, office: TestOffice) -> None:
    rahmat = await bot.phone("rahmat").open()
    rahmat_stands_in(office)
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    card = await rahmat.card()
    assert "Setujui" in labels(card)
    office.clock.forward(timedelta(days=1))
    answer = await rahmat.tap("Setujui", on=card)
    assert "belum memiliki kewenangan" in answer["text"]
    with office.desk.store.reading() as tx:
        assert posts.decision_on(tx, 1, 1) is None
