"""Several leaders and one post: who is asked, what each card says, and what one tap brings about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bakohumas_bot.approval_bot.presses import Pressed, act
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import posts, record
from leaders import PATRON, buttons_of, leaders, sensitive, shown, take_role
from office import FACEBOOK, HOAX, TestOffice, X
from telegram_phones import TELEGRAM_IDS, Bot, Phone, data_of, labels

HOUR = timedelta(hours=1)


def press(person: str, card: dict[str, Any], button: str, key: str) -> Pressed:
    id_ = TELEGRAM_IDS[person]
    return Pressed(user_id=id_, chat_id=id_, message_id=card["message_id"], data=data_of(card, button), key=key)


async def test_any_order_serves_a_sensitive_post_and_every_card_follows(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    budi, dewi, citra = await leaders(bot)
    post = office.submitted(**sensitive()).post
    await bot.settle()
    assert "isi yang peka memerlukan dua suara, salah satunya pembina" in await budi.card_text()
    assert "Isi peka: klarifikasi hoaks" in await budi.card_text()
    await citra.tap("Setujui")
    assert "✅ Citra Contoh (pembina)" in (await shown(budi))["text"]
    assert "Menunggu ketua pelaksana atau ketua (Budi Contoh, Dewi Contoh)." in (await shown(budi))["text"]
    assert await buttons_of(citra) == []
    assert "Setujui" in await buttons_of(budi)
    assert "Setujui mendesak" not in await buttons_of(budi)
    assert office.deliveries(post) == {}
    await dewi.tap("Setujui")
    assert list(office.states(post)) == [X]
    assert (await shown(budi))["text"].count("Telah disetujui oleh") == 2
    assert [t.count("Telah disetujui") for t in await sari.texts()][-2:] == [1, 1]


async def test_a_press_release_goes_to_the_head_of_the_team_first_and_then_to_the_chair(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    budi, dewi, citra = await leaders(bot)
    post = office.submitted("Siaran pers. #TemanPemilih", kind=Kind.SIARAN_PERS, accounts=(X,)).post
    await bot.settle()
    asked = [label for phone in (dewi, citra) for message in await phone.heard() for label in labels(message)]
    assert "Setujui" not in asked
    assert "Menunggu ketua pelaksana (Budi Contoh), lalu ketua (Dewi Contoh)" in await budi.card_text()
    with pytest.raises(Refused, match="masih menunggu persetujuan ketua pelaksana"):
        decide(office.desk, office.person("dewi"), post, Verdict.APPROVE, digest=bot.newest().digest)
    await budi.tap("Setujui")
    assert "✅ Budi Contoh (ketua pelaksana)" in await dewi.card_text()
    await dewi.tap("Setujui")
    assert list(office.states(post)) == [X]


async def test_two_leaders_in_the_same_second_are_two_voices_only_where_two_are_asked(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    budi, dewi, _ = await leaders(bot)
    post = office.submitted(**sensitive()).post
    await bot.settle()
    cards = await budi.card(), await dewi.card()
    assert "Masih menunggu pembina" in act(office.desk, press("budi", cards[0], "Setujui", "u1"))
    with pytest.raises(Refused, match="masih menunggu persetujuan pembina"):
        act(office.desk, press("dewi", cards[1], "Setujui", "u2"))
    with office.desk.store.reading() as tx:
        assert [one.person for one in posts.decisions_on(tx, post, 1)] == ["budi"]


async def test_an_approver_who_left_while_the_card_was_open_decides_nothing(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    _, _, citra = await leaders(bot)
    post = office.submitted(**sensitive()).post
    await bot.settle()
    card = await citra.card()
    take_role(office, PATRON)
    with pytest.raises(Refused):
        act(office.desk, press(PATRON, card, "Setujui", "u1"))
    with office.desk.store.reading() as tx:
        assert posts.decisions_on(tx, post, 1) == []


async def test_an_edit_after_one_of_two_voices_voids_it_and_the_new_card_shows_every_changed_word(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    budi, dewi, citra = await leaders(bot)
    post = office.submitted(**sensitive(media=(office.picture(),))).post
    await bot.settle()
    await citra.tap("Setujui")
    changed = HOAX.replace("tidak dipungut biaya", "gratis")
    person, other = office.person("sari"), office.picture("navy", alt="Poster baru")
    revise(office.desk, person, post, lambda c: replace(c, body=changed, accounts=(X, FACEBOOK), media=(other,)))
    submit(office.desk, person, post, reason="Diperbaiki.")
    await bot.settle()
    for phone in (budi, dewi, citra):
        card = await phone.card()
        assert "Perubahan sejak versi 1" in card["text"]
        assert "tidak dipungut biaya gratis" in card["text"]
        assert "Facebook" in card["text"]
        assert "✅" not in card["text"]
        assert "Setujui" in labels(card)
    photos = [message for message in await dewi.heard() if "kiri sebelum, kanan sesudah" in message["text"]]
    assert len(photos) == 1
    with office.desk.store.reading() as tx:
        assert posts.decisions_on(tx, post, 2) == []


async def urgent(bot: Bot, office: TestOffice, **changes: Any) -> tuple[int, Phone, Phone, Phone]:
    budi, dewi, citra = await leaders(bot)
    post = office.submitted(**sensitive(**changes)).post
    await bot.settle()
    await dewi.tap("Setujui mendesak")
    assert "alasan mendesaknya" in await dewi.last()
    assert office.deliveries(post) == {}
    await dewi.say("Kabar menyebar cepat.")
    return post, budi, dewi, citra


async def test_an_urgent_voice_lets_it_out_and_the_other_is_asked_plainly_to_confirm(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    post, _, dewi, citra = await urgent(bot, office)
    office.go()
    assert office.public() == ["x"]
    await citra.say("/persetujuan")
    assert "konfirmasi mendesak" in await citra.last()
    await citra.tap(f"#{post} Jam layanan informasi publik")
    card = await citra.card()
    assert "Mohon konfirmasi persetujuan mendesak" in card["text"]
    assert "sudah atau sedang terbit" in card["text"]
    assert "mendesak: Kabar menyebar cepat." in card["text"]
    answer = await citra.tap("Konfirmasi", on=card)
    assert answer["text"] == "Persetujuan mendesak telah dikonfirmasi."
    with office.desk.store.reading() as tx:
        assert [(one.person, one.urgent) for one in posts.decisions_on(tx, post, 1)] == [
            ("dewi", True),
            (PATRON, False),
        ]
    await citra.say("/persetujuan")
    assert "Tidak ada konsep" in await citra.last()
    assert dewi


async def test_who_will_not_confirm_keeps_inside_what_is_not_public_yet(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    post, _, _, citra = await urgent(bot, office, publish_at=office.clock() + 5 * HOUR)
    card = await citra.card()
    assert "sudah dijadwalkan dengan satu persetujuan mendesak" in card["text"]
    await citra.tap("Tidak dikonfirmasi", on=card)
    await citra.say("Datanya belum pasti.")
    office.go(6 * HOUR)
    assert office.public() == []
    assert office.states(post) == {X: "cancelled"}
    assert any("tidak mengonfirmasi persetujuan mendesak" in text for text in await sari.texts())


async def test_a_refusal_after_publication_says_that_it_must_come_down(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    post, _, _, citra = await urgent(bot, office)
    office.go()
    decide(
        office.desk,
        office.person(PATRON),
        post,
        Verdict.REJECT,
        digest=bot.newest().digest,
        reason="Keliru sama sekali.",
    )
    await bot.settle()
    assert office.public() == ["x"]
    assert any("mohon segera diturunkan" in text for text in await sari.texts())
    assert citra


async def test_a_question_and_its_answer_stay_with_the_post(bot: Bot, sari: Phone, office: TestOffice) -> None:
    _, dewi, citra = await leaders(bot)
    post = office.submitted(**sensitive()).post
    await bot.settle()
    await citra.tap("Tanya")
    await citra.say("Apa sumbernya?")
    card = await sari.card()
    assert "Citra Contoh bertanya tentang" in card["text"]
    await sari.say("Keputusan KPU.", reply_to=card["message_id"])
    assert "💬 Sari Contoh: Keputusan KPU." in await citra.last()
    for phone in (dewi, citra):
        assert "💬 Sari Contoh: Keputusan KPU." in (await shown(phone, "Mohon persetujuan"))["text"]
    revise(office.desk, office.person("sari"), post, lambda c: replace(c, title="Judul baru"))
    submit(office.desk, office.person("sari"), post)
    await bot.settle()
    assert "❓ Citra Contoh: Apa sumbernya?" in await dewi.card_text()
    with office.desk.store.reading() as tx:
        assert {"asked", "answered"} <= {event.kind for event in record.history(tx, post)}


@pytest.mark.parametrize(
    ("field", "opens"), [("Isi", "Perbaiki isi"), ("Kanal", "Selesai"), ("Waktu", "Tulis waktu"), (None, "Judul")]
)
async def test_what_is_sent_back_opens_at_the_very_field(  # noqa: PLR0917 - two of them are the table's
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice, field: str | None, opens: str
) -> None:
    office.submitted()
    await bot.settle()
    await dewi.tap("Kembalikan")
    if field:
        assert f"Bagian: {field}" in (await dewi.tap(field))["text"]
    await dewi.say("Mohon diperjelas.")
    card = await sari.card()
    assert "Status: dikembalikan untuk diperbaiki" in card["text"]
    assert opens in labels(card)


async def test_a_leader_holds_and_lets_go_from_the_card(bot: Bot, sari: Phone, dewi: Phone, office: TestOffice) -> None:
    post = office.approved(accounts=(X,), publish_at=office.clock() + 2 * HOUR).post
    office.submitted("Lain. #TemanPemilih", publish_at=office.clock() + 2 * HOUR)
    await bot.settle()
    await dewi.tap("Setujui")
    await dewi.tap("Tunda dulu")
    await dewi.say("Menunggu data.")
    assert "⏸ Penayangan ditunda oleh Dewi Contoh" in await sari.last()
    office.go(timedelta(days=1))
    assert office.states(post) == {X: "missed"}
    assert "missed" not in office.states(post + 1).values()
    card = await shown(dewi, "Ditunda oleh")
    assert labels(card) == ["Lanjutkan", "Pilih waktu baru"]
    answer = await dewi.tap("Lanjutkan", on=card)
    assert "Waktu tayangnya sudah lewat" in answer["text"]
    card = await shown(dewi, "Ditunda oleh")
    assert labels(card) == ["Lanjutkan sekarang", "Pilih waktu baru"]
    await dewi.tap("Lanjutkan sekarang", on=card)
    office.go()
    assert set(office.states(post + 1).values()) == {"published"}


async def test_several_are_approved_at_once_but_for_the_unticked_the_sensitive_and_the_changed(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    _, dewi, _ = await leaders(bot)
    posted = []
    for hours, title in ((3, "Satu"), (2, "Dua"), (1, "Tiga")):
        at = office.clock() + hours * HOUR
        posted.append(office.submitted(f"{title}. #TemanPemilih", title=title, accounts=(X,), publish_at=at))
        await bot.settle()  # one by one, as they come over the day
    first, second, third = posted
    hoax = office.submitted(**sensitive(title="Hoaks"))
    await bot.settle()
    await dewi.say("/persetujuan")
    card = await dewi.card()
    order = [card["text"].index(f"#{one.post} ") for one in (third, second, first)]
    assert order == sorted(order)
    assert "(isi peka)" in card["text"]
    assert "✓ #4" not in labels(card)
    await dewi.tap(f"✓ #{second.post}", on=card)
    card = await dewi.card()
    assert f"○ #{second.post}" in labels(card)
    revise(office.desk, office.person("sari"), third.post, lambda c: replace(c, body="Berubah. #TemanPemilih"))
    submit(office.desk, office.person("sari"), third.post)
    answer = await dewi.tap("Setujui semua yang dicentang (2)", on=card)
    assert answer["text"].startswith("2 konten diproses")
    said = next(text for text in reversed(await dewi.texts()) if text.startswith(("✅ #", "✗ #")))
    assert f"✅ #{first.post}: disetujui." in said
    assert f"✗ #{third.post}: Isi telah berubah" in said
    assert list(office.states(first.post)) == [X]
    assert [office.states(one.post) for one in (second, third, hoax)] == [{}, {}, {}]


async def test_a_pin_confirms_a_sensitive_decision_and_leaves_the_chat(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    _, dewi, citra = await leaders(bot)
    pins.set_pin(office.desk, office.person(PATRON), "274913")
    post = office.submitted(**sensitive()).post
    await bot.settle()
    await dewi.tap("Setujui")
    await citra.tap("Setujui")
    assert "Mohon tuliskan PIN" in await citra.last()
    await citra.say("000111")
    assert office.deliveries(post) == {}
    await citra.say("274913")
    assert list(office.states(post)) == [X]
    assert not any("274913" in message["text"] for message in await citra.chat())


async def test_a_first_voice_with_a_pin_is_told_who_is_still_missing(bot: Bot, office: TestOffice) -> None:
    _, dewi, _ = await leaders(bot)
    pins.set_pin(office.desk, office.person("dewi"), "274913")
    office.submitted(**sensitive())
    await bot.settle()
    await dewi.tap("Setujui")
    await dewi.say("274913")
    assert "Persetujuan dicatat. Masih menunggu" in "\n".join(message["text"] for message in await dewi.chat())


async def test_the_pin_is_asked_on_the_phone_before_what_was_held_goes_on(bot: Bot, office: TestOffice) -> None:
    _, dewi, _ = await leaders(bot)
    post = office.submitted(accounts=(X,), publish_at=office.clock() + timedelta(hours=2)).post
    await bot.settle()
    await dewi.tap("Setujui")
    await dewi.tap("Tunda dulu")
    await dewi.say("Menunggu data.")
    pins.set_pin(office.desk, office.person("dewi"), "274913")
    await dewi.tap("Lanjutkan", on=await shown(dewi, "Ditunda oleh"))
    assert office.deliveries(post)[X].held
    await dewi.say("000111")
    assert office.deliveries(post)[X].held
    await dewi.say("274913")
    assert not office.deliveries(post)[X].held


async def test_a_reason_that_was_written_is_kept_while_the_pin_is_asked(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    _, _, citra = await leaders(bot)
    pins.set_pin(office.desk, office.person(PATRON), "274913")
    await sari.say("#TemanPemilih, rapat digelar Senin, 6 April 2021 di aula kantor KPU.")
    await sari.tap("Mohon izin")
    await citra.tap("Izinkan F01")
    await citra.say("Hari dikutip dari dokumen sumber.\nHalaman 3.")
    assert bot.newest().lifts == ()
    await citra.say("274913")
    assert [lift.reason for lift in bot.newest().lifts] == ["Hari dikutip dari dokumen sumber.\nHalaman 3."]
