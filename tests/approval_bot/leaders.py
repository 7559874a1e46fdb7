"""A fuller office for the tests of policy: a patron beside the two leaders, and posts that ask for two voices."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.domain.offices import Role
from bakohumas_bot.lifecycle import people
from bakohumas_bot.store.people_tables import MemberRoleRow, MemberRow
from office import OFFICE, TestOffice, X, clarification
from telegram_phones import TELEGRAM_IDS, Bot, Phone, labels

PATRON = "citra"


def add_patron(office: TestOffice) -> None:
    """By invitation: Citra, the pembina."""
    now = office.clock()
    with office.desk.store.writing() as tx:
        tx.add(MemberRow(person=PATRON, name="Citra Contoh", telegram_id=TELEGRAM_IDS[PATRON], joined_at=now))
        tx.add(MemberRoleRow(person=PATRON, office=OFFICE, role=Role.PEMBINA.value, given_by="dewi", given_at=now))
    people.refresh(office.desk)


def take_role(office: TestOffice, person: str) -> None:
    """Whoever leaves loses every right at once."""
    with office.desk.store.writing() as tx:
        row = tx.get(MemberRow, person)
        assert row is not None
        row.left_at = office.clock()


def sensitive(**changes: Any) -> dict[str, Any]:
    return clarification(accounts=(X,)) | changes


async def shown(phone: Phone, mark: str = "Konten #") -> dict[str, Any]:
    """The newest message with these words, with or without buttons."""
    return [message for message in await phone.heard() if mark in message["text"]][-1]


async def buttons_of(phone: Phone) -> list[str]:
    return labels(await shown(phone))


async def leaders(bot: Bot) -> tuple[Phone, Phone, Phone]:
    """Budi (head of the team), Dewi (chair), Citra (patron)."""
    add_patron(bot.office)
    return await bot.phone("budi").open(), await bot.phone("dewi").open(), await bot.phone(PATRON).open()
