"""Changing a draft: with buttons, with answers, by editing what was sent; and nothing is lost in a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bakohumas_bot.approval_bot.edits import changed_by
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.posts import Content, Kind
from bakohumas_bot.lifecycle.schedule import cancel, reschedule
from office import FACEBOOK, TELEGRAM, TestOffice, X
from telegram_phones import LAYANAN, Bot, Phone, labels, photo

Seen = Callable[[Content], Any]


@pytest.mark.parametrize(
    ("buttons", "answer", "seen", "expected"),
    [
        (["Judul"], "Jam layanan  PPID", lambda c: c.title, "Jam layanan PPID"),
        (["Isi"], "Isi yang baru.\n\nDua paragraf.", lambda c: c.body, "Isi yang baru.\n\nDua paragraf."),
        (["Sumber"], "- Keputusan KPU 542\n- Laman resmi", lambda c: c.sources, ("Keputusan KPU 542", "Laman resmi")),
        (["Teks alternatif", "Gambar 1"], "Meja layanan", lambda c: c.media[0].alt, "Meja layanan"),
        (["Teks khusus", "X @kpu_contohselatan"], "Ringkas.", lambda c: c.variants, ((X, "Ringkas."),)),
        (["Jenis", "Infografis"], None, lambda c: c.kind, Kind.INFOGRAFIS),
        (["Kanal", "✓ X @kpu_contohselatan", "Selesai"], None, lambda c: X in c.accounts, False),
        (["Waktu", "Segera setelah disetujui"], None, lambda c: c.publish_at, None),
        (["Lepas semua berkas"], None, lambda c: c.media, ()),
    ],
    ids=["title", "body", "sources", "alt", "variant", "kind", "account", "at once", "files"],
)
async def test_every_field_is_changed_from_the_card(
    *, bot: Bot, sari: Phone, buttons: list[str], answer: str | None, seen: Seen, expected: object
) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    for button in buttons:
        await sari.tap(button)
    if answer is not None:
        await sari.say(answer)
    assert seen(bot.newest().content) == expected
    assert bot.newest().short_digest in await sari.card_text()
    assert "Ajukan" in labels(await sari.card())


@pytest.mark.parametrize(
    ("path", "seen", "emptied"),
    [
        (["Sumber"], lambda c: c.sources, ()),
        (["Teks alternatif", "Gambar 1"], lambda c: c.media[0].alt, ""),
        (["Teks khusus", "X @kpu_contohselatan"], lambda c: c.variants, ()),
    ],
    ids=["sources", "alt", "variant"],
)
async def test_a_dash_empties_a_field(bot: Bot, sari: Phone, path: list[str], seen: Seen, emptied: object) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    for answer in ("Sesuatu.", "-"):
        for button in path:
            on = await sari.card()
            await sari.tap(next(label for label in labels(on) if label.endswith(button)), on=on)
        await sari.say(answer)
    assert seen(bot.newest().content) == emptied


async def test_kind_and_accounts_are_chosen_on_the_same_message(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    card = (await sari.card())["message_id"]
    for button in ("Kanal", "✓ Facebook @kpucontohselatan", "Selesai", "Jenis", "Berita"):
        await sari.tap(button)
        assert (await sari.card())["message_id"] == card
    assert FACEBOOK not in bot.newest().content.accounts


async def test_an_answer_brings_the_card_to_the_bottom_and_leaves_no_second_one(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Judul")
    await sari.say("Judul baru")
    heard = await sari.heard()
    assert [message for message in heard if labels(message)] == heard[-1:]


async def test_a_time_is_confirmed_with_weekday_and_zone(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.clock.at = office.clock.at.replace(year=2026, month=11, day=21, hour=1)
    await sari.say(LAYANAN)
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")
    await sari.say("besok jam 9 pagi")
    assert await sari.last() == "Apakah waktu berikut sudah benar: Minggu, 22 November 2026 09.00 WITA?"
    assert bot.newest().number == 1, "nothing counts before it was confirmed"
    await sari.tap("Ya, benar")
    assert "Waktu tayang: Minggu, 22 November 2026 09.00 WITA." in await sari.texts()
    assert "Waktu tayang: Minggu, 22 November 2026 09.00\N{NO-BREAK SPACE}WITA" in await sari.card_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kapan-kapan", "belum dapat dipahami"),
        ("31 Juni 2027 09.00", "tidak ada"),
        ("21 November 2020 09.00", "sudah lewat"),
        ("29 Februari 2027 09.00", "tidak ada"),
        ("slot berikutnya", "belum diatur"),
    ],
)
async def test_a_time_that_cannot_be_meant_is_asked_again(bot: Bot, sari: Phone, typed: str, said: str) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")
    await sari.say(typed)
    assert said in await sari.last()
    assert bot.newest().number == 1
    await sari.plan("2 jam lagi")
    assert bot.newest().content.publish_at is not None


async def test_warnings_ask_for_a_reason_before_submission(bot: Bot, sari: Phone, dewi: Phone) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    await sari.tap("Ajukan")
    assert "M01" in await sari.last()
    assert bot.newest().submitted_at is None
    await sari.say("Gambar hanya hiasan.")
    assert bot.newest().reason == "Gambar hanya hiasan."
    assert "Alasan pengaju: Gambar hanya hiasan." in await dewi.card_text()


async def test_a_blocked_draft_is_not_submitted_and_says_why(bot: Bot, sari: Phone, dewi: Phone) -> None:
    await sari.say("Rapat dibuka Senin, 22 November 2026.")
    assert "⛔ Blok F01 (isi)" in await sari.card_text()
    answer = await sari.tap("Ajukan")
    assert answer["show_alert"]
    assert bot.newest().submitted_at is None
    assert all(not labels(message) for message in await dewi.heard())


async def test_editing_the_original_text_edits_the_draft(bot: Bot, sari: Phone) -> None:
    original = await sari.say(LAYANAN)
    await sari.edit(original, text="Layanan libur pada hari Minggu.")
    assert bot.newest().content.body == "Layanan libur pada hari Minggu."
    assert bot.newest().content.title == "Layanan libur pada hari Minggu."
    assert bot.newest().short_digest in await sari.card_text()


async def test_a_title_of_ones_own_survives_an_edit_of_the_text(bot: Bot, sari: Phone) -> None:
    original = await sari.send(photo=photo(), caption=LAYANAN)
    await sari.tap("Judul")
    await sari.say("Jam layanan")
    await sari.tap("Teks alternatif")
    await sari.tap("Gambar 1")
    await sari.say("Meja layanan")
    await sari.edit(original, caption="Layanan dibuka pukul 09.00 WITA.")
    content = bot.newest().content
    assert (content.title, content.media[0].alt) == ("Jam layanan", "Meja layanan")
    assert content.body == "Layanan dibuka pukul 09.00 WITA."


async def test_editing_one_caption_of_an_album_edits_the_whole_text(bot: Bot, sari: Phone) -> None:
    first = await sari.send(
        media=[{"photo": photo(), "caption": "Pembukaan."}, {"photo": photo("navy"), "caption": "Penutupan."}]
    )
    assert bot.newest().content.body == "Pembukaan.\n\nPenutupan."
    await sari.edit(first, caption="Pembukaan rapat.")
    assert bot.newest().content.body == "Pembukaan rapat.\n\nPenutupan."
    await sari.edit(first + 1, caption="Penutupan rapat.")
    assert bot.newest().content.body == "Pembukaan rapat.\n\nPenutupan rapat."


async def test_an_album_corrected_while_it_is_still_arriving_becomes_one_draft(bot: Bot, sari: Phone) -> None:
    first = await sari.send(media=[{"photo": photo(), "caption": "Rapt."}, {"photo": photo("navy")}], settle=False)
    await bot.fetch()
    assert await bot.handle() == 0
    await sari.edit(first, caption="Rapat.")
    assert (bot.newest().content.body, len(bot.newest().content.media)) == ("Rapat.", 2)
    with pytest.raises(Exception, match="tidak ditemukan"):
        bot.newest(2)


async def test_another_picture_needs_its_own_description(office: TestOffice) -> None:
    old, new = office.picture("maroon", alt="Merah"), office.picture("navy", alt="")
    content = office.content(media=(old, old))
    assert changed_by(content, content.body, {1: new}).media == (old, new)
    assert changed_by(content, content.body, {0: replace(old, alt="")}).media == (old, old)


async def test_an_edit_after_submission_voids_it(bot: Bot, sari: Phone, dewi: Phone) -> None:
    original = await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    card = await dewi.card()
    await sari.edit(original, text=f"{LAYANAN} Setiap hari.")
    answer = await dewi.tap("Setujui", on=card, stale=True)
    assert answer["text"] == "Tombol ini sudah tidak berlaku. Silakan buka pesan terbaru."
    assert bot.newest().submitted_at is None


async def test_an_edit_of_what_is_public_is_refused_in_words(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    original = await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    await dewi.tap("Setujui")
    office.go()
    await sari.edit(original, text="Lain.")
    assert "tidak dapat diubah lagi" in "".join(await sari.texts())
    assert bot.newest().number == 1


async def test_an_edited_answer_changes_nothing_and_says_so(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Judul")
    answer = await sari.say("Judul baru")
    await sari.edit(answer, text="Judul lain")
    assert bot.newest().content.title == "Judul baru"
    assert "tidak ikut berubah" in "".join(await sari.texts())


async def test_a_file_sent_as_a_reply_to_the_card_joins_the_draft(bot: Bot, sari: Phone) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    await sari.send(photo=photo("navy"), reply_to=(await sari.card())["message_id"])
    assert len(bot.newest().content.media) == 2
    await sari.tap("Tambah berkas")
    await sari.say("ini bukan berkas")
    assert "Mohon kirim berkasnya" in await sari.last()
    await sari.send(media=[{"photo": photo("gold")}, {"photo": photo("teal")}])
    assert len(bot.newest().content.media) == 4


async def test_after_its_files_were_taken_off_an_edit_brings_none_back(bot: Bot, sari: Phone) -> None:
    original = await sari.send(photo=photo(), caption=LAYANAN)
    await sari.tap("Lepas semua berkas")
    await sari.send(photo=photo("navy"), reply_to=(await sari.card())["message_id"])
    navy = bot.newest().content.media
    await sari.edit(original, caption="Teks baru.")
    assert (bot.newest().content.body, bot.newest().content.media) == ("Teks baru.", navy)


async def test_words_in_reply_to_a_card_start_no_new_post(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.say("Ganti judulnya", reply_to=(await sari.card())["message_id"])
    assert "tekan tombol" in await sari.last()
    with pytest.raises(Exception, match="tidak ditemukan"):
        bot.newest(2)


async def test_batal_leaves_the_question(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Judul")
    await sari.say("/batal")
    assert "Pertanyaan ditinggalkan" in await sari.last()
    await sari.say("Konten kedua.")
    assert bot.newest(2).content.body == "Konten kedua."
    assert bot.newest(1).number == 1
    await sari.say("/batal")
    assert "Tidak ada pertanyaan" in await sari.last()


async def test_a_restart_in_the_middle_of_a_question_loses_nothing(bot: Bot, sari: Phone) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    await sari.tap("Judul")
    await sari.say("Judul sesudah jeda", settle=False)
    await bot.fetch()
    await bot.restart()
    await bot.settle()
    assert bot.newest().content.title == "Judul sesudah jeda"
    await bot.restart()
    await sari.tap("Jenis")
    await sari.tap("Meme")
    assert bot.newest().content.kind is Kind.MEME


async def test_who_writes_for_two_offices_is_asked_which(bot: Bot, sari: Phone, office: TestOffice) -> None:
    second = replace(office.desk.office("64.69"), code="64.70", name="KPU Kabupaten Contoh Utara")
    both = Person(
        id="sari",
        name="Sari Contoh",
        telegram_id=1001,
        roles=frozenset({("64.69", Role.OPERATOR), ("64.70", Role.OPERATOR)}),
    )
    directory = office.desk.directory
    directory.offices[second.code] = second
    directory.configured["sari"] = both
    await sari.send(media=[{"photo": photo(), "caption": LAYANAN}, {"photo": photo("navy")}])
    question = await sari.card()
    assert labels(question) == ["KPU Kabupaten Contoh Selatan", "KPU Kabupaten Contoh Utara"]
    await sari.tap("KPU Kabupaten Contoh Selatan")
    content = bot.newest().content
    assert (content.office, len(content.media), TELEGRAM in content.accounts) == ("64.69", 2, True)
    again = await sari.tap("KPU Kabupaten Contoh Utara", on=question)
    assert again["text"] == "Tombol ini sudah tidak berlaku. Silakan buka pesan terbaru."


async def test_everybody_concerned_learns_of_a_new_time_and_of_a_cancellation(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    revision = office.approved(publish_at=office.clock() + timedelta(hours=2))
    reschedule(office.desk, office.person("dewi"), revision.post, office.clock() + timedelta(hours=1))
    await bot.settle()
    assert "Waktu tayang diubah oleh Dewi Contoh" in "".join(await sari.texts())
    cancel(office.desk, office.person("sari"), revision.post, "Acara ditunda.")
    await bot.settle()
    told = "".join(await dewi.texts())
    assert "Konten dibatalkan oleh Sari Contoh" in told
    assert "Acara ditunda." in told
