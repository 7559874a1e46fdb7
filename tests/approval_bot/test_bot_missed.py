"""What came too late is not published unasked: one list of all of it, and a leader decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bakohumas_bot.approval_bot.missed_card import BUTTONED
from bakohumas_bot.approval_bot.sentences import NONE_MISSED
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.schedule import cancel, retry
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import outbox
from office import TELEGRAM, TestOffice, X
from telegram_phones import Bot, Phone, labels

ACTS = ["Tayangkan sekarang", "Pilih waktu baru", "Batalkan"]


def plan(office: TestOffice, *titles: str, **more: Any) -> list[int]:
    """Approved for an hour from now."""
    due = {"publish_at": office.clock() + timedelta(hours=1)}
    return [
        office.approved(text=f"Isi {title}.", **({"title": title, "accounts": (TELEGRAM,)} | due | more)).post
        for title in titles
    ]


async def outage(office: TestOffice, bot: Bot) -> None:
    """Nothing ran for three hours."""
    office.go(timedelta(hours=3))
    office.clock.forward(timedelta(seconds=10))
    await bot.settle()


async def lists(phone: Phone) -> list[dict[str, Any]]:
    return [m for m in await phone.heard() if "terlewat" in m["text"] and "konten" in m["text"] and labels(m)]


async def test_after_an_outage_the_desk_gets_one_list_of_everything(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    plan(office, "Satu", "Dua", "Tiga", accounts=(TELEGRAM, X))
    await bot.settle()
    before = len(await dewi.heard())
    await outage(office, bot)
    for phone in (sari, dewi):
        (card,) = await lists(phone)
        assert card["text"].startswith("3 konten terlewat")
        assert "bot tidak menerbitkannya sendiri" in card["text"]
        assert all(f"#{number} " in card["text"] for number in (1, 2, 3))
        assert card["text"].count("Kanal: Telegram @kpu_contohselatan, X @kpu_contohselatan") == 3
        assert card["text"].count("Rencana: ") == 3
    assert len(await dewi.heard()) == before + 1
    assert office.public() == []


async def test_one_missed_post_is_told_in_the_singular_with_what_can_be_done(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    (post,) = plan(office, "Satu")
    await outage(office, bot)
    (card,) = await lists(dewi)
    assert card["text"].startswith("Satu konten terlewat\nWaktu tayangnya sudah lewat")
    assert labels(card) == ACTS
    assert [labels(m) for m in await lists(sari)] == [["Batalkan"]], "only a leader chooses a new time"
    assert (await dewi.tap("Tayangkan sekarang"))["text"] == "Konten yang terlewat ditayangkan sekarang."
    office.go(timedelta(seconds=1))
    assert office.states(post) == {TELEGRAM: "published"}
    for phone in (sari, dewi):
        assert await lists(phone) == []
        assert any("Tidak ada lagi yang terlewat" in text for text in await phone.texts())


async def test_from_the_list_a_leader_opens_a_post_and_chooses_another_time(
    office: TestOffice, bot: Bot, dewi: Phone, budi: Phone
) -> None:
    first, second = plan(office, "Satu", "Dua")
    await outage(office, bot)
    await dewi.tap("#2 Dua")
    assert labels(await dewi.card()) == ACTS
    await dewi.tap("Pilih waktu baru")
    await dewi.say("kapan-kapan")
    assert "belum dapat dipahami" in await dewi.last()
    await dewi.plan("2 jam lagi")
    assert office.states(second) == {TELEGRAM: "scheduled"}
    assert office.states(first) == {TELEGRAM: "missed"}
    assert any("Konten dijadwalkan tayang" in text for text in await dewi.texts())
    assert any("Sudah diputuskan: Dua\nKonten #2: terjadwal, " in text for text in await dewi.texts())
    for phone in (dewi, budi):  # what is left is in the singular now, on the very same message
        (card,) = await lists(phone)
        assert card["text"].startswith("Satu konten terlewat")
        assert labels(card) == ACTS
    office.go(timedelta(hours=2, seconds=5))
    assert office.states(second) == {TELEGRAM: "published"}


async def test_cancelling_from_the_list_is_asked_once_more(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    (post,) = plan(office, "Satu")
    await outage(office, bot)
    await dewi.tap("Batalkan")
    assert "yakin membatalkan" in await dewi.card_text()
    assert office.states(post) == {TELEGRAM: "missed"}
    await dewi.tap("Kembali")
    assert labels(await dewi.card()) == ACTS
    await dewi.tap("Batalkan")
    await dewi.tap("Ya, batalkan")
    assert office.states(post) == {TELEGRAM: "cancelled"}


async def test_a_second_list_comes_only_for_what_was_missed_since_and_replaces_the_first(
    office: TestOffice, bot: Bot, dewi: Phone
) -> None:
    plan(office, "Satu", "Dua")
    await outage(office, bot)
    (first,) = await lists(dewi)
    for _ in range(3):
        office.go(timedelta(minutes=1))
        await bot.settle()
    assert [m["message_id"] for m in await lists(dewi)] == [first["message_id"]]
    plan(office, "Tiga")
    await outage(office, bot)
    (card,) = await lists(dewi)
    assert card["message_id"] != first["message_id"]
    assert card["text"].startswith("3 konten terlewat")
    assert [f"{title} (baru)" in card["text"] for title in ("#1 Satu", "#2 Dua", "#3 Tiga")] == [False, False, True]


async def test_what_is_missed_while_the_list_is_on_its_way_is_told_too(
    office: TestOffice, bot: Bot, dewi: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(office, "Satu")
    plan(office, "Dua", publish_at=office.clock() + timedelta(hours=3, minutes=15))
    telegram = type(bot.handling.bureau.bot)
    send = telegram.send_message

    async def send_slowly(self: Any, *args: Any, **kwargs: Any) -> Any:
        sent = await send(self, *args, **kwargs)
        if "terlewat" in args[1]:
            monkeypatch.setattr(telegram, "send_message", send)
            office.go(timedelta(hours=1))
        return sent

    monkeypatch.setattr(telegram, "send_message", send_slowly)
    await outage(office, bot)
    office.clock.forward(timedelta(seconds=10))
    await bot.settle()
    (card,) = await lists(dewi)
    assert card["text"].startswith("2 konten terlewat")


async def test_a_long_list_has_a_few_buttons_and_names_the_rest(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    plan(office, *(f"Konten ke-{number}" for number in range(1, 41)))
    await outage(office, bot)
    (card,) = await lists(dewi)
    assert card["text"].startswith("40 konten terlewat")
    assert len(labels(card)) == BUTTONED
    assert "#28 Konten ke-28" in card["text"]
    assert "… dan 12 konten lagi." in card["text"]
    await dewi.say("/terlewat")
    assert len(await lists(dewi)) == 1, "asked for, the list stands below, once"


async def test_asked_for_where_nothing_was_missed_it_says_so(bot: Bot, dewi: Phone) -> None:
    await dewi.say("/terlewat")
    assert await dewi.last() == NONE_MISSED


async def test_validity_that_ended_is_the_reason_given(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    (post,) = plan(office, "Satu", expires_at=office.clock() + timedelta(hours=2))
    await outage(office, bot)
    assert "Masa berlakunya (berlaku_sampai) sudah habis." in await dewi.card_text()
    answer = await dewi.tap("Tayangkan sekarang")
    assert "masa berlaku" in answer["text"]
    assert office.states(post) == {TELEGRAM: "missed"}


@pytest.mark.parametrize("act", [retry, cancel])
async def test_what_was_decided_elsewhere_is_on_every_card(office: TestOffice, bot: Bot, dewi: Phone, act: Any) -> None:
    (post,) = plan(office, "Satu")
    await outage(office, bot)
    act(office.desk, office.person("budi"), post)
    await bot.settle()
    assert await lists(dewi) == []
    assert any("Tidak ada lagi yang terlewat" in text for text in await dewi.texts())


async def test_news_of_what_is_listed_already_makes_no_second_list(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    plan(office, "Satu", "Dua")
    await outage(office, bot)
    (first,) = await lists(dewi)
    with office.desk.store.writing() as tx:
        outbox.queue(tx, [office.person("dewi")], "missed", now=office.clock(), key="lagi")
    await bot.settle()
    assert [m["message_id"] for m in await lists(dewi)] == [first["message_id"]]


async def test_a_button_for_an_older_version_publishes_nothing(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    """Another version was approved and missed since, while Telegram was out of reach: the leader has not seen it."""
    (post,) = plan(office, "Satu")
    await outage(office, bot)
    old = await dewi.card()
    due = office.clock() + timedelta(hours=1)
    revise(office.desk, office.person("sari"), post, lambda c: replace(c, body="Lain sama sekali.", publish_at=due))
    again = submit(office.desk, office.person("sari"), post)
    decide(office.desk, office.person("budi"), post, Verdict.APPROVE, digest=again.digest)
    office.go(timedelta(hours=3))
    assert set(office.states(post).values()) == {"missed"}
    pressed = await dewi.tap("Tayangkan sekarang", on=old, stale=True)
    assert pressed["show_alert"]
    office.go(timedelta(minutes=1))
    assert office.public() == []
