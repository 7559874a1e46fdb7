"""Whatever is put into the outbox has somebody who can compose it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bakohumas_bot
from bakohumas_bot.approval_bot.postman import KINDS
from bakohumas_bot.store import outbox
from office import TestOffice
from telegram_phones import Bot, Phone

QUEUEING = {"queue", "note", "_note", "_tell_office", "_about_an_attempt"}


def queued() -> Iterator[str]:
    """Every kind that some room names when it queues a message."""
    for path in Path(bakohumas_bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in QUEUEING:
                yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


@pytest.mark.parametrize("kind", sorted(set(queued())))
def test_every_kind_of_message_that_is_queued_can_be_composed(kind: str) -> None:
    assert kind in KINDS


def test_the_kinds_are_really_found() -> None:
    assert {"unconfirmed", "missed", "frozen", "clock", "result", "approval"} <= set(queued())


@pytest.mark.parametrize("kind", ["clock", "restored"])
async def test_what_the_machine_says_of_itself_arrives_as_it_is(
    bot: Bot, sari: Phone, office: TestOffice, kind: str
) -> None:
    with office.desk.store.writing() as tx:
        outbox.queue(tx, [office.person("sari")], kind, now=office.clock(), text="Jam mesin <melompat>.", count=3)
    await bot.settle()
    assert await sari.last() == "Jam mesin <melompat>."
