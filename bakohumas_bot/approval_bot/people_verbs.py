"""Coming in by a link, inviting others, and PINs: said directly to Telegram, because the database must not keep it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import Message
from telegram.error import TelegramError

from bakohumas_bot import labels
from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows, in_rows
from bakohumas_bot.approval_bot.sending import NO_LINKS
from bakohumas_bot.approval_bot.sentences import ESCAPE, NO_ROLE, OUTDATED
from bakohumas_bot.approval_bot.telegram_errors import in_words
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.errors import BadInput, DeskError, Refused, Unavailable
from bakohumas_bot.lifecycle import invitations, people, pins
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, inbox
from bakohumas_bot.store.tables import CardRow, QuestionRow

log = logging.getLogger("bakohumas.bot.people")

INVITE = "invite"
PRESS = "undang"  # the verb of its buttons
COME_IN = frozenset({"start", "mulai"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,64}")

JOINED = "Undangan telah diterima. Peran Bapak/Ibu sekarang: {roles}."
ONLY_ADMINS = "Maaf, hanya admin satker yang dapat mengundang."
WHICH_OFFICE = "Undangan untuk satker yang mana?"
WHICH_ROLE = "Undangan untuk {office}. Sebagai apa?"
WHO = (
    "Mohon tuliskan id dan nama lengkapnya, misalnya: rina Rina Contoh. Id terdiri dari huruf kecil dan angka, dan"
    " tercatat pada setiap tindakannya. Bila sudah terdaftar, cukup idnya."
)
LINK = (
    "Undangan {number} untuk {name} sebagai {role} {office}, berlaku satu kali sampai {until}. Mohon teruskan tautan"
    " ini hanya kepada yang bersangkutan:\n{link}"
)
ASK_PIN = "Mohon kirim PIN baru: 6 sampai 12 angka. Pesan Bapak/Ibu segera dihapus dari percakapan ini."
ASK_BOTH = "Mohon kirim PIN lama dan PIN baru, dipisahkan spasi. Pesan Bapak/Ibu segera dihapus dari percakapan ini."
BOTH_WANTED = "Mohon kirim dua PIN dipisahkan spasi: yang lama, lalu yang baru."
PIN_SET = "PIN telah disimpan."
DELETED = "Pesan yang berisi PIN sudah dihapus dari percakapan ini."
NOT_DELETED = "Pesan yang berisi PIN belum dapat dihapus. Mohon hapus sendiri sekarang."

# --- Who is there ---


def look_around(bureau: Bureau, user: int) -> None:
    """Before each message: who works here now, and, once a day, that this person is at work."""
    desk = bureau.desk
    people.refresh(desk)
    person = desk.directory.by_telegram(user)
    offices = [code for code in person.offices if code in desk.directory.offices] if person else []
    if person is None or not offices:
        return
    now = desk.now()
    day = now.astimezone(desk.office(offices[0]).zone).date()
    if bureau.memory.logins.get(person.id) != day:
        with desk.store.writing() as tx:
            people.write_down(tx, offices, "login", by=person.id, now=now, telegram_id=user)
        bureau.memory.logins[person.id] = day


async def come_in(bureau: Bureau, sent: Message, update_id: int, words: str) -> Person | None:
    """`/start SECRET`. None for whatever opens nothing: the caller answers as it answers everybody."""
    desk, user = bureau.desk, sent.from_user
    if user is None or not _SECRET.fullmatch(words.strip()) or not bureau.memory.may_try(user.id, desk.now()):
        return None
    person = await asyncio.to_thread(invitations.accept, desk, words.strip(), user.id)
    await asyncio.to_thread(_come, desk, person, update_id)
    return person


def _come(desk: Desk, person: Person | None, update_id: int) -> None:
    with desk.store.writing() as tx:
        inbox.forget(tx, update_id)
        if person is not None:
            roles = ", ".join(labels.ROLE[role] for _, role in sorted(person.roles))
            mail.say(tx, person, JOINED.format(roles=roles), key=f"joined:u{update_id}", now=desk.now())


# --- Inviting ---


async def invite(bureau: Bureau, person: Person, _update_id: int) -> None:
    offices = [code for code in bureau.desk.directory.offices if person.has(code, Role.ADMIN)]
    if not offices:
        await bureau.bot.send_message(person.telegram_id or 0, ONLY_ADMINS)
    elif len(offices) == 1:
        await _ask_role(bureau, person, offices[0])
    else:
        rows = tuple((Button(label=bureau.desk.office(c).name, verb=PRESS, argument=c),) for c in offices)
        await _send_card(bureau, person, WHICH_OFFICE, rows, "")


async def chosen(bureau: Bureau, card: CardRow, person: Person, argument: str, key: str) -> None:
    """An office, then a role; then the id and the name are asked for. Raises `Refused`."""
    office = card.subject or argument
    if office not in bureau.desk.directory.offices:
        raise Refused(OUTDATED)
    if not person.has(office, Role.ADMIN):
        raise Refused(NO_ROLE)
    if not card.subject:
        await _ask_role(bureau, person, office)
    elif argument not in set(Role):
        raise Refused(OUTDATED)
    await asyncio.to_thread(_chosen, bureau.desk, card, person, argument, key)


def _chosen(desk: Desk, card: CardRow, person: Person, argument: str, key: str) -> None:
    now = desk.now()
    with desk.store.writing() as tx:
        cards.close(tx, card.token, now)
        if card.subject:
            mail.question(tx, person, f"{INVITE}:{card.subject}:{argument}", WHO + ESCAPE, key=key, now=now)


async def _ask_role(bureau: Bureau, person: Person, office: str) -> None:
    buttons = [Button(label=labels.ROLE[role].capitalize(), verb=PRESS, argument=role.value) for role in Role]
    text = WHICH_ROLE.format(office=bureau.desk.office(office).name)
    await _send_card(bureau, person, text, in_rows(buttons, 2), office)


async def _send_card(bureau: Bureau, person: Person, text: str, rows: Rows, subject: str) -> None:
    token, chat = cards.new_token(), person.telegram_id or 0
    keyboard = Composed(html=text, rows=rows).keyboard(token)
    sent = await bureau.bot.send_message(chat, text, reply_markup=keyboard)
    card = CardRow(
        token=token,
        chat_id=chat,
        message_id=sent.message_id,
        kind=INVITE,
        person=person.id,
        post_id=0,
        revision=0,
        digest="",
        subject=subject,
        created_at=bureau.desk.now(),
    )
    await asyncio.to_thread(_keep, bureau.desk, card)


def _keep(desk: Desk, card: CardRow) -> None:
    with desk.store.writing() as tx:
        cards.put(tx, card)


async def _invited(bureau: Bureau, person: Person, question: QuestionRow, text: str) -> str:
    """The link is in the message only; where that cannot be sent, the link opens nothing."""
    desk = bureau.desk
    _, office, role = question.subject.split(":")
    id_, _, name = text.strip().partition(" ")
    made = await asyncio.to_thread(
        invitations.invite, desk, person, office=office, role=Role(role), person=id_, name=name.strip() or None
    )
    said = LINK.format(
        number=made.id,
        name=made.name,
        role=labels.ROLE[Role(role)],
        office=desk.office(office).name,
        until=long_time(made.expires_at, desk.office(office).zone),
        link=f"https://t.me/{bureau.bot.username}?start={made.secret}",
    )
    try:
        await bureau.bot.send_message(question.chat_id, said, link_preview_options=NO_LINKS)
    except TelegramError:
        await asyncio.to_thread(invitations.withdraw, desk, person, made.id)
        raise
    return ""


# --- PINs ---


async def pin(bureau: Bureau, person: Person, update_id: int) -> None:
    """`/pin`: a first one, or another in place of the old."""
    await asyncio.to_thread(_ask_pin, bureau.desk, person, update_id)


def _ask_pin(desk: Desk, person: Person, update_id: int) -> None:
    text = ASK_BOTH if pins.has(desk, person) else ASK_PIN
    with desk.store.writing() as tx:
        mail.question(tx, person, "pin_set", text + ESCAPE, key=f"u{update_id}", now=desk.now())


async def _new_pin(bureau: Bureau, person: Person, _question: QuestionRow, text: str) -> str:
    words = text.split()
    has_one = await asyncio.to_thread(pins.has, bureau.desk, person)
    if has_one and len(words) != 2:
        raise BadInput(BOTH_WANTED)
    old = words[0] if has_one else None
    await asyncio.to_thread(pins.set_pin, bureau.desk, person, words[1] if has_one else text, old=old)
    return PIN_SET


# --- Answers that nobody may read later ---

ANSWERS: dict[str, Callable[[Bureau, Person, QuestionRow, str], Awaitable[str]]] = {
    INVITE: _invited,
    "pin_set": _new_pin,
}
BY_NAME: dict[str, Callable[[Bureau, Person, int], Awaitable[None]]] = {"undang": invite, "pin": pin}


async def take(
    bureau: Bureau, person: Person, sent: Message, update_id: int, otherwise: Callable[[], Awaitable[None]]
) -> None:
    """A message that answers a question about a PIN or an invitation, deleted where it held a PIN; or `otherwise`."""
    question = await asyncio.to_thread(_question, bureau.desk, person, sent) if sent.text else None
    subject = question.subject.partition(":")[0] if question else ""
    act = ANSWERS.get(subject)
    secret = subject.startswith("pin")
    gone = await _delete(bureau, sent) if secret else False
    if question is None or act is None:
        await otherwise()
    else:
        try:
            said, open_ = await act(bureau, person, question, sent.text or ""), False
        except Unavailable:
            raise
        except DeskError as error:
            said, open_ = str(error), isinstance(error, BadInput)
        if secret:
            said = f"{said} {DELETED if gone else NOT_DELETED}"
        await asyncio.to_thread(_answered, bureau.desk, person, sent, said, update_id, open_=open_)
    if secret:
        await asyncio.to_thread(_forget, bureau.desk, update_id)


def _question(desk: Desk, person: Person, sent: Message) -> QuestionRow | None:
    """The open one, unless this very message has answered it before."""
    with desk.store.reading() as tx:
        known = cards.source(tx, sent.chat.id, sent.message_id)
        return None if known else cards.question_to(tx, person.id)


async def _delete(bureau: Bureau, sent: Message) -> bool:
    try:
        return await bureau.bot.delete_message(sent.chat.id, sent.message_id)
    except TelegramError as error:
        log.warning("pesan berisi PIN tidak dapat dihapus: %s", in_words(error))
        return False


def _answered(desk: Desk, person: Person, sent: Message, said: str, update_id: int, *, open_: bool) -> None:
    now: datetime = desk.now()
    with desk.store.writing() as tx:
        cards.remember_source(tx, chat_id=sent.chat.id, message_id=sent.message_id, post=0, part=cards.ANSWER)
        if not open_:
            cards.answered(tx, person.id)
        if said:
            mail.say(tx, person, said, key=f"u{update_id}", now=now)


def _forget(desk: Desk, update_id: int) -> None:
    with desk.store.writing() as tx:
        inbox.forget(tx, update_id)
