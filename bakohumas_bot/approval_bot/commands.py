"""The commands: who is greeted, what is listed, which question is left."""

from __future__ import annotations

from collections.abc import Callable

from bakohumas_bot.approval_bot import freeze_verbs, mail
from bakohumas_bot.approval_bot.deskmail import offices_of
from bakohumas_bot.approval_bot.missedmail import MISSED
from bakohumas_bot.approval_bot.sentences import COMMANDS, LEFT_QUESTION, NOTHING_OPEN, UNKNOWN_COMMAND
from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards

Command = Callable[[Desk, Person, str, str], None]  # the words after the name, and the key of the update


def _greet(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.page(tx, person, "greeting", key=key, now=desk.now(), name=person.name, **_tasks(desk, person))


def _help(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.page(tx, person, "help", key=key, now=desk.now(), commands=COMMANDS, **_tasks(desk, person))


def _drafts(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.note(tx, person, "drafts", key=key, now=desk.now())


def _waiting(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.note(tx, person, "waiting", key=key, now=desk.now())


def _missed(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.note(tx, person, MISSED, key=key, now=desk.now(), asked=True)


def _status(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.note(tx, person, "status", key=key, now=desk.now())


def _leave(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        left = cards.question_to(tx, person.id) is not None
        cards.answered(tx, person.id)
        mail.say(tx, person, LEFT_QUESTION if left else NOTHING_OPEN, key=key, now=desk.now())


def unknown(desk: Desk, person: Person, _words: str, key: str) -> None:
    with desk.store.writing() as tx:
        mail.say(tx, person, UNKNOWN_COMMAND, key=key, now=desk.now())


def _tasks(desk: Desk, person: Person) -> dict[str, bool]:
    decides = any(person.has(office, *LEADERS) for office in person.offices)
    return {"writes": bool(offices_of(desk, person)), "decides": decides}


BY_NAME: dict[str, Command] = {
    "mulai": _greet,
    "start": _greet,
    "bantuan": _help,
    "help": _help,
    "konsep": _drafts,
    "persetujuan": _waiting,
    "terlewat": _missed,
    "status": _status,
    "bekukan": freeze_verbs.command("freeze"),
    "cairkan": freeze_verbs.command("unfreeze"),
    "batal": _leave,
}
