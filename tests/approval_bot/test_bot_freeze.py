"""Anyone here stops everything with one message; two people set it going again, and everybody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bakohumas_bot.approval_bot.sentences import NOT_FROZEN, OUTDATED
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.freeze import ASKED_ALREADY, freeze, lift
from bakohumas_bot.lifecycle.hold import hold
from bakohumas_bot.store import freezes
from office import OFFICE, TELEGRAM, TestOffice
from telegram_phones import Bot, Phone, labels

REASON = "Ada konten bocor"


def is_frozen(office: TestOffice) -> bool:
    with office.desk.store.reading() as tx:
        return OFFICE in freezes.in_force(tx)


async def test_a_freeze_is_one_message_and_everyone_of_the_office_learns_it(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    tono = await bot.phone("tono").open()
    post = office.approved(accounts=(TELEGRAM,)).post
    await sari.say(f"/bekukan {REASON}")
    assert is_frozen(office)
    for phone in (sari, dewi):
        (card,) = [text for text in await phone.texts() if "Penerbitan dibekukan oleh" in text and "Alasan" in text]
        assert "Penerbitan dibekukan oleh Sari Contoh sejak " in card
        assert f"Alasan: {REASON}" in card
        assert "KPU Kabupaten Contoh Selatan" in card
    assert not any("dibekukan" in text for text in await tono.texts()), "an auditor has nothing to do with it"
    office.go(timedelta(minutes=5))
    assert office.public() == []
    assert office.states(post) == {TELEGRAM: "scheduled"}


@pytest.mark.parametrize("words", ["/bekukan", "/bekukan 64.69", "/bekukan   "])
async def test_without_a_reason_the_reason_is_asked_for(office: TestOffice, bot: Bot, sari: Phone, words: str) -> None:
    """The phone's menu of commands sends the bare word."""
    await sari.say(words)
    assert "Mohon tuliskan alasan pembekuan" in await sari.last()
    assert not is_frozen(office)
    await sari.say(REASON)
    assert is_frozen(office)
    assert bot.office.desk.store  # the answer made no draft
    with office.desk.store.reading() as tx:
        assert [row.reason for row in freezes.all_in_force(tx)] == [REASON]


async def test_a_freeze_is_lifted_by_a_second_person_who_leads(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone, budi: Phone
) -> None:
    await budi.say(f"/bekukan {REASON}")
    await budi.say("/cairkan Sudah dihapus")
    assert is_frozen(office)
    assert "dikonfirmasi oleh pimpinan lain" in await budi.last() or "diminta" in "".join(await budi.texts())
    assert not any("Konfirmasi pencabutan" in labels(m) for m in await budi.heard()), "not the one who asked"
    assert not any("Konfirmasi pencabutan" in labels(m) for m in await sari.heard()), "not an operator"
    card = await dewi.card()
    assert labels(card) == ["Konfirmasi pencabutan"]
    assert all(words in card["text"] for words in ("Budi Contoh meminta", "Sudah dihapus", REASON))
    assert (await dewi.tap("Konfirmasi pencabutan"))["text"] == "Pembekuan dicabut."
    assert not is_frozen(office)
    for phone in (sari, dewi, budi):
        assert any("Pembekuan dicabut\n" in text for text in await phone.texts())
        assert not any({"Konfirmasi pencabutan", "Minta pencabutan"} & set(labels(m)) for m in await phone.heard())


async def test_what_was_held_is_on_the_missed_list_and_waits(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    post = office.approved(accounts=(TELEGRAM,)).post
    freeze(office.desk, office.person("sari"), OFFICE, REASON)
    office.go(timedelta(minutes=5))
    lift(office.desk, office.person("sari"), OFFICE, "Beres")
    lift(office.desk, office.person("dewi"), OFFICE, "Beres")
    office.go(timedelta(seconds=15))
    await bot.settle()
    texts = await dewi.texts()
    assert any("1 penayangan terlewat selama pembekuan dan tidak terbit sendiri" in text for text in texts)
    assert any(text.startswith("Satu konten terlewat") for text in texts)
    assert office.public() == []
    await dewi.tap("Tayangkan sekarang")
    office.go(timedelta(seconds=1))
    assert office.states(post) == {TELEGRAM: "published"}


async def test_the_card_asks_to_lift_with_a_reason(office: TestOffice, bot: Bot, sari: Phone, dewi: Phone) -> None:
    await sari.say(f"/bekukan {REASON}")
    frozen = await dewi.card()
    await sari.tap("Minta pencabutan")
    assert "Mohon tuliskan alasan mencabut pembekuan" in await sari.last()
    await sari.say("Sudah aman")
    with office.desk.store.reading() as tx:
        assert [row.asked_by for row in freezes.all_in_force(tx)] == ["sari"]
    again = await dewi.tap("Minta pencabutan", on=frozen)
    assert again["text"] == ASKED_ALREADY
    await dewi.tap("Konfirmasi pencabutan")
    assert not is_frozen(office)


async def test_buttons_of_an_earlier_freeze_lift_nothing(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    desk, sari = office.desk, office.person("sari")
    freeze(desk, sari, OFFICE, REASON)
    lift(desk, sari, OFFICE, "Beres")
    await bot.settle()
    old = await dewi.card()
    lift(desk, office.person("dewi"), OFFICE, "Beres")
    freeze(desk, sari, OFFICE, "Lagi")
    lift(desk, sari, OFFICE, "Beres lagi")
    pressed = await dewi.tap("Konfirmasi pencabutan", on=old, stale=True)
    assert pressed["text"] in {NOT_FROZEN, OUTDATED}
    assert is_frozen(office)


@pytest.mark.parametrize(
    ("person", "command", "said"),
    [
        ("tono", "/bekukan Iseng", "tidak berhak membekukan"),
        ("sari", "/cairkan Sudah", "Tidak ada pembekuan yang berlaku"),
        ("sari", "/cairkan", "Tidak ada pembekuan yang berlaku"),
    ],
)
async def test_what_is_not_allowed_is_said(office: TestOffice, bot: Bot, person: str, command: str, said: str) -> None:
    phone = await bot.phone(person).open()
    await phone.say(command)
    assert said in await phone.last()
    assert not is_frozen(office)


async def test_a_freeze_told_late_is_still_told_but_has_no_button(office: TestOffice, bot: Bot, dewi: Phone) -> None:
    """Telegram was down the whole time: the history is told in order."""
    desk, sari = office.desk, office.person("sari")
    freeze(desk, sari, OFFICE, REASON)
    lift(desk, sari, OFFICE, "Beres")
    lift(desk, office.person("dewi"), OFFICE, "Beres")
    await bot.settle()
    told = [text.splitlines()[0] for text in (await dewi.texts())[1:]]
    assert told == ["❄️ Penerbitan dibekukan", "Pembekuan dicabut"]
    assert not any(labels(message) for message in await dewi.heard())


async def test_status_names_everything_that_holds_publishing_up(office: TestOffice, bot: Bot, sari: Phone) -> None:
    await sari.say("/status")
    assert "Tidak ada yang perlu perhatian." in await sari.last()
    office.fault("telegram", "expired_token", "live")
    office.approved(accounts=(TELEGRAM,))
    office.go()
    freeze(office.desk, office.person("sari"), OFFICE, REASON)
    await bot.settle()
    await sari.say("/status")
    said = await sari.last()
    assert "Penerbitan satker ini dibekukan oleh Sari Contoh sejak" in said
    assert "⏸ Telegram @kpu_contohselatan menunggu, sejak" in said
    assert "menunggu aksesnya diperbarui" in said


async def test_status_names_what_a_leader_holds(office: TestOffice, bot: Bot, sari: Phone) -> None:
    post = office.approved(accounts=(TELEGRAM,), publish_at=office.clock() + timedelta(hours=1)).post
    hold(office.desk, office.person("dewi"), post, "Menunggu data resmi.")
    await sari.say("/status")
    said = await sari.last()
    assert f"⏸ Ditunda: #{post} oleh Dewi Contoh (Menunggu data resmi.)" in said
    assert "Tidak ada yang perlu perhatian." not in said


async def lifting_is_asked_of_a_leader_with_a_pin(office: TestOffice, sari: Phone) -> None:
    await sari.say(f"/bekukan {REASON}")
    await sari.say("/cairkan Sudah dihapus")
    pins.set_pin(office.desk, office.person("dewi"), "274913")


async def test_the_second_voice_is_confirmed_with_the_pin_on_the_card(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    await lifting_is_asked_of_a_leader_with_a_pin(office, sari)
    await dewi.tap("Konfirmasi pencabutan")
    assert "Mohon tuliskan PIN" in await dewi.last()
    await dewi.say("111999")
    assert is_frozen(office)
    await dewi.say("274913")
    assert not is_frozen(office)
    assert not any("274913" in message["text"] for message in await dewi.chat())


async def test_the_second_voice_is_confirmed_with_the_pin_by_command(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    await lifting_is_asked_of_a_leader_with_a_pin(office, sari)
    await dewi.say("/cairkan Benar, sudah dihapus")
    assert is_frozen(office)
    await dewi.say("274913")
    assert not is_frozen(office)


async def test_a_pin_typed_for_an_earlier_freeze_does_not_lift_a_later_one(
    office: TestOffice, bot: Bot, sari: Phone, dewi: Phone
) -> None:
    await lifting_is_asked_of_a_leader_with_a_pin(office, sari)
    await dewi.tap("Konfirmasi pencabutan")
    lift(office.desk, office.person("budi"), OFFICE, "Benar")
    freeze(office.desk, office.person("budi"), OFFICE, "Kebocoran lain")
    await dewi.say("274913")
    assert NOT_FROZEN in "\n".join(await dewi.texts())
    with office.desk.store.reading() as tx:
        assert [(row.reason, row.asked_by) for row in freezes.all_in_force(tx)] == [("Kebocoran lain", None)]
