"""Who may press what: every tap is checked against the person, the message and the revision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bakohumas_bot.approval_bot.presses import Pressed, act
from bakohumas_bot.approval_bot.sentences import OUTDATED
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import posts
from office import TestOffice
from telegram_phones import LAYANAN, Bot, Phone, data_of, labels


async def waiting_card(sari: Phone, leader: Phone) -> dict[str, Any]:
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    return await leader.card()


def decision(office: TestOffice) -> Any:
    with office.desk.store.reading() as tx:
        return posts.decision_on(tx, 1, 1)


async def test_a_tap_on_an_outdated_card_says_so_and_changes_nothing(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    card = await waiting_card(sari, dewi)
    await sari.tap("Ubah")
    await sari.tap("Jenis")
    await sari.tap("Berita")
    answer = await dewi.tap("Setujui", on=card, stale=True)
    assert (answer["text"], answer["show_alert"]) == (OUTDATED, True)
    assert decision(office) is None
    assert office.deliveries(1) == {}


async def test_an_earlier_look_of_the_same_message_is_outdated(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Jenis")
    await sari.tap("Berita")
    answer = await sari.tap("Infografis", stale=True)
    assert (answer["text"], answer["show_alert"]) == (OUTDATED, True)
    assert bot.newest().number == 2


async def test_a_card_that_was_replaced_says_so(bot: Bot, sari: Phone, dewi: Phone) -> None:
    old = await waiting_card(sari, dewi)
    await sari.tap("Ubah")
    await sari.tap("Jenis")
    await sari.tap("Berita")
    await sari.tap("Ajukan")
    replaced = next(message for message in await dewi.heard() if message["message_id"] == old["message_id"])
    assert "Isi diubah oleh Sari Contoh" in replaced["text"]
    assert labels(replaced) == []
    assert "versi 2" in await dewi.card_text()


async def test_a_version_that_was_replaced_before_its_card_went_out_is_never_shown(
    bot: Bot, dewi: Phone, office: TestOffice
) -> None:
    sari = office.person("sari")
    submitted = office.submitted()
    revise(office.desk, sari, submitted.post, lambda content: replace(content, title="Jam layanan baru"))
    submit(office.desk, sari, submitted.post)
    await bot.settle()
    cards = [message["text"] for message in await dewi.heard() if labels(message)]
    assert len(cards) == 1
    assert "versi 2" in cards[0]
    assert [text[:9] for text in await dewi.texts()].count("Pratinjau") == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"data": "approve:AAAAAAAAAAAA"},
        {"data": "approve"},
        {"data": ""},
        {"data": None},
        {"data": "::::"},
        {"data": "kind:{token}:berita"},
        {"data": "submit:{token}"},
        {"data": "menghapus:{token}"},
        {"user_id": 1001},
        {"user_id": 1002},
        {"user_id": 4242},
        {"chat_id": 1001},
        {"message_id": 1},
    ],
    ids=str,
)
async def test_a_forged_tap_learns_nothing_and_changes_nothing(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice, forged: dict[str, Any]
) -> None:
    card = await waiting_card(sari, dewi)
    real = Pressed(user_id=1003, chat_id=1003, message_id=card["message_id"], data=data_of(card, "Setujui"), key="u1")
    if forged.get("data"):
        token = data_of(card, "Setujui").split(":")[1]
        forged = forged | {"data": forged["data"].replace("{token}", token)}
    with pytest.raises(Refused) as refusal:
        act(office.desk, replace(real, **forged))
    assert str(refusal.value) == OUTDATED
    assert decision(office) is None
    assert act(office.desk, real) == "Konsep telah disetujui."


@pytest.mark.parametrize("argument", ["", "berita; DROP TABLE", "99", "deadbeef"])
@pytest.mark.parametrize("verb", ["kind", "account", "variant", "alt"])
async def test_an_argument_that_no_button_carries_is_outdated(
    bot: Bot, sari: Phone, office: TestOffice, verb: str, argument: str
) -> None:
    await sari.say(LAYANAN)
    card = await sari.card()
    token = data_of(card, "Judul").split(":")[1]
    pressed = Pressed(
        user_id=1001, chat_id=1001, message_id=card["message_id"], data=f"{verb}:{token}:{argument}", key="u1"
    )
    with pytest.raises(Refused, match="tidak berlaku"):
        act(office.desk, pressed)
    assert bot.newest().number == 1


async def test_a_reason_for_an_outdated_version_decides_nothing(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    await waiting_card(sari, dewi)
    await dewi.tap("Tolak")
    for button in ("Ubah", "Jenis", "Berita", "Ajukan"):
        await sari.tap(button)
    await dewi.say("Tidak relevan.")
    assert "sudah berubah" in "".join(await dewi.texts())
    with office.desk.store.reading() as tx:
        assert posts.decision_on(tx, 1, 2) is None


async def test_nobody_approves_what_they_sent(bot: Bot, sari: Phone, budi: Phone, dewi: Phone) -> None:
    await budi.say(LAYANAN)
    await budi.tap("Ajukan")
    assert all("Setujui" not in labels(message) for message in await budi.heard())
    assert "Setujui" in labels(await dewi.card())


async def test_who_edited_it_after_getting_the_card_can_no_longer_approve(
    bot: Bot, sari: Phone, budi: Phone, office: TestOffice
) -> None:
    await waiting_card(sari, budi)
    await budi.say("/konsep")
    assert "Tidak ada konsep" in await budi.last()
    with pytest.raises(Refused, match="belum memiliki kewenangan"):
        decide(office.desk, office.person("rahmat"), 1, Verdict.APPROVE, digest=bot.newest().digest)


async def test_of_two_taps_at_once_one_wins_and_the_other_is_told(
    bot: Bot, sari: Phone, dewi: Phone, budi: Phone, office: TestOffice
) -> None:
    card = await waiting_card(sari, dewi)
    other = await budi.card()
    budis_data = data_of(other, "Tolak")
    await dewi.tap("Setujui", on=card)
    late = Pressed(user_id=1002, chat_id=1002, message_id=other["message_id"], data=budis_data, key="u9")
    with pytest.raises(Refused):
        act(office.desk, late)
    assert decision(office).person == "dewi"
    assert "Telah disetujui oleh Dewi Contoh" in await budi.last()
    assert all(not labels(message) for message in await budi.heard())


async def test_a_tap_before_the_other_card_is_settled_names_who_decided(
    bot: Bot, sari: Phone, dewi: Phone, budi: Phone, office: TestOffice
) -> None:
    await waiting_card(sari, dewi)
    decide(office.desk, office.person("dewi"), 1, Verdict.APPROVE, digest=bot.newest().digest)
    card = await budi.card()
    pressed = Pressed(
        user_id=1002, chat_id=1002, message_id=card["message_id"], data=data_of(card, "Setujui"), key="u9"
    )
    with pytest.raises(Refused, match="Konsep ini sudah diputuskan oleh Dewi Contoh"):
        act(office.desk, pressed)
    await bot.settle()
    assert "Telah disetujui oleh Dewi Contoh" in await budi.last()


async def test_a_stranger_learns_only_their_own_number(bot: Bot, sari: Phone) -> None:
    stranger = await bot.phone("siapa").open()
    await stranger.say("Apa ini?")
    await stranger.say("/persetujuan")
    said = await stranger.texts()
    assert len(set(said)) == 1
    assert "9000" in said[0]
    assert "KPU" not in said[0]
    with pytest.raises(Refused):
        bot.newest()


async def test_an_auditor_sends_nothing(bot: Bot) -> None:
    tono = await bot.phone("tono").open()
    assert "tanpa tugas menyusun" in await tono.last()
    await tono.say(LAYANAN)
    assert "belum memiliki kewenangan" in await tono.last()
    with pytest.raises(Refused):
        bot.newest()


async def test_the_operators_own_card_is_no_use_to_another_operator(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say(LAYANAN)
    card = await sari.card()
    rahmat = await bot.phone("rahmat").open()
    pressed = Pressed(user_id=1004, chat_id=1004, message_id=card["message_id"], data=data_of(card, "Ajukan"), key="u1")
    with pytest.raises(Refused, match="tidak berlaku"):
        act(office.desk, pressed)
    await rahmat.say("/konsep")
    assert "Tidak ada konsep" in await rahmat.last()
