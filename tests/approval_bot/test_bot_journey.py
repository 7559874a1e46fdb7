"""From a phone to the public: the whole way of a post through the chat."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bakohumas_bot.domain.posts import Kind
from office import FACEBOOK, INSTAGRAM, TELEGRAM, TestOffice, X
from telegram_phones import LAYANAN, Bot, Phone, file, labels, pdf, photo

SAMPLES = Path(__file__).parents[2] / "content" / "samples"
VIDEO = file((SAMPLES / "video-pdpb.mp4").read_bytes(), "video-pdpb.mp4", "video/mp4")


async def submitted(sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")


def publish(office: TestOffice) -> None:
    """Sent, and read back until every platform has shown it."""
    for wait in (timedelta(), timedelta(seconds=2), timedelta(minutes=2)):
        office.go(wait)


def album(count: int) -> dict[str, Any]:
    pictures: list[dict[str, Any]] = [{"photo": photo(colour)} for colour in ("maroon", "navy", "gold")[:count]]
    return {"media": [pictures[0] | {"caption": LAYANAN}, *pictures[1:]]}


@pytest.mark.parametrize(
    ("sent", "kind", "files", "accounts"),
    [
        ({"text": LAYANAN}, Kind.PENGUMUMAN, 0, {TELEGRAM, X, FACEBOOK}),
        ({"photo": photo(), "caption": LAYANAN}, Kind.FOTO, 1, {TELEGRAM, X, FACEBOOK, INSTAGRAM}),
        (album(3), Kind.FOTO, 3, {TELEGRAM, X, FACEBOOK, INSTAGRAM}),
        ({"video": VIDEO, "caption": LAYANAN}, Kind.VIDEO, 1, {TELEGRAM, X, FACEBOOK, INSTAGRAM}),
        ({"document": VIDEO, "caption": LAYANAN}, Kind.VIDEO, 1, {TELEGRAM, X, FACEBOOK, INSTAGRAM}),
        (
            {"document": file(pdf(), "edaran.pdf", "application/pdf"), "caption": LAYANAN},
            Kind.PENGUMUMAN,
            1,
            {TELEGRAM},
        ),
    ],
    ids=["text", "photo", "album", "video", "video as a file", "document"],
)
async def test_what_is_sent_becomes_one_draft(
    *, bot: Bot, sari: Phone, sent: dict[str, Any], kind: Kind, files: int, accounts: set[str]
) -> None:
    await sari.send(**sent)
    content = bot.newest().content
    assert (content.kind, len(content.media), set(content.accounts)) == (kind, files, accounts)
    assert (content.body, content.title) == (LAYANAN, LAYANAN)
    assert content.publish_at is None
    card = await sari.card()
    assert bot.newest().short_digest in card["text"]
    assert "segera setelah disetujui" in card["text"]
    assert {"Judul", "Jenis", "Kanal", "Isi", "Waktu", "Sumber", "Pratinjau", "Ajukan", "Batalkan"} <= set(labels(card))


async def test_a_photo_travels_from_the_operator_to_the_public(
    bot: Bot, sari: Phone, dewi: Phone, budi: Phone, office: TestOffice
) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    assert "Peringatan M01" in await sari.card_text()
    await sari.tap("Teks alternatif")
    await sari.tap("Gambar 1")
    await sari.say("Poster jam layanan informasi publik")
    assert "M01" not in await sari.card_text()
    await sari.tap("Ajukan")
    assert "menunggu persetujuan" in await sari.card_text()

    assert "• X @kpu_contohselatan" in await dewi.card_text()
    assert office.public() == []
    await dewi.tap("Setujui")
    for phone in (sari, dewi, budi):
        assert "Telah disetujui oleh Dewi Contoh" in await phone.last()
    publish(office)
    await bot.settle()

    assert sorted(office.public()) == ["facebook", "instagram", "telegram", "x"]
    for phone in (sari, dewi):
        result = await phone.last()
        assert result.startswith("Telah terbit di 4 kanal")
        assert result.count("🟢") == result.count("https://") == result.count("terbit, sudah dibaca kembali") == 4
    assert "Telah terbit" not in "".join(await budi.texts())


async def test_the_leader_sees_the_very_bytes_and_text_of_every_account(bot: Bot, sari: Phone, dewi: Phone) -> None:
    await sari.send(photo=photo(), caption=LAYANAN)
    await sari.tap("Teks khusus")
    await sari.tap("X @kpu_contohselatan")
    await sari.say("Layanan publik dibuka pukul 08.00 WITA. #TemanPemilih")
    await sari.tap("Ajukan")
    await sari.say("Gambar hanya hiasan.")
    heard = await dewi.heard()
    shown = {message["text"]: message["media"][0]["sha256"] for message in heard if message["media"]}
    prepared = bot.newest().prepared
    assert shown[LAYANAN] == prepared[TELEGRAM][0].sha256
    assert shown["Layanan publik dibuka pukul 08.00 WITA. #TemanPemilih"] == prepared[X][0].sha256
    heading = next(text for text in await dewi.texts() if text.startswith("Pratinjau\nX"))
    assert "X @kpu_contohselatan 53/280" in heading
    assert "Alasan pengaju: Gambar hanya hiasan." in await dewi.card_text()


async def test_an_album_is_previewed_as_an_album(bot: Bot, sari: Phone) -> None:
    await sari.send(**album(2))
    await sari.tap("Pratinjau")
    pictures = [message for message in await sari.heard() if message["media"]]
    assert len(pictures) == 2
    assert len({message["media_group_id"] for message in pictures}) == 1
    assert [message["text"] for message in pictures] == [LAYANAN, ""]


async def test_a_video_and_a_document_are_previewed_as_what_they_are(bot: Bot, sari: Phone) -> None:
    for sent in ({"video": VIDEO}, {"document": file(pdf(), "edaran.pdf", "application/pdf")}):
        await sari.send(**sent, caption=LAYANAN)
        await sari.tap("Pratinjau")
    shown = [message for message in await sari.heard() if message["media"]]
    assert [message["media"][0]["kind"] for message in shown] == ["video", "document"]
    assert {message["text"] for message in shown} == {LAYANAN}


@pytest.mark.parametrize(("length", "parts"), [(1_024, 0), (1_025, 1), (5_000, 2), (60_000, 15)])
async def test_a_text_too_long_for_a_caption_follows_its_picture_in_parts(
    bot: Bot, sari: Phone, office: TestOffice, length: int, parts: int
) -> None:
    text = ("Layanan informasi publik " * 4_000)[:length].strip().ljust(length, ".")
    office.draft(text, accounts=(FACEBOOK,), media=(office.picture(),))
    await sari.say("/konsep")
    await sari.tap("#1 Jam layanan informasi publik")
    before = len(await sari.heard())
    await sari.tap("Pratinjau")
    heading, picture, *rest = (await sari.heard())[before:]
    shown = {5_000: "5000", 60_000: "60.000"}.get(length, str(length))
    assert f"{shown}/63.206" in heading["text"]
    assert len(rest) == parts
    assert " ".join(filter(None, [picture["text"], *(message["text"] for message in rest)])) == text


async def test_a_returned_draft_is_mended_and_approved(bot: Bot, sari: Phone, dewi: Phone, office: TestOffice) -> None:
    original = await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    await dewi.tap("Kembalikan")
    assert "bagian yang perlu diperbaiki" in await dewi.last()
    await dewi.say("Cantumkan hari layanannya.")
    assert "Dikembalikan untuk diperbaiki oleh Dewi Contoh" in "".join(await dewi.texts())
    told = next(text for text in await sari.texts() if "Dikembalikan untuk diperbaiki oleh" in text)
    assert "Cantumkan hari layanannya." in told
    assert "dikembalikan untuk diperbaiki" in await sari.card_text()

    await sari.edit(original, text=f"{LAYANAN} Setiap hari kerja.")
    assert bot.newest().content.body.endswith("Setiap hari kerja.")
    await sari.tap("Ajukan")
    await dewi.tap("Setujui")
    publish(office)
    assert sorted(office.public()) == ["facebook", "telegram", "x"]


async def test_a_rejected_draft_is_told_with_its_reason_and_stays_shut(bot: Bot, sari: Phone, dewi: Phone) -> None:
    await submitted(sari)
    await dewi.tap("Tolak")
    await dewi.say("Sudah tidak relevan.")
    assert "Konsep ditolak oleh Dewi Contoh" in await sari.last()
    assert "Alasan: Sudah tidak relevan." in await sari.last()
    assert all("Ajukan" not in labels(message) for message in await sari.heard())


async def test_a_result_that_changes_edits_the_same_message(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    await submitted(sari)
    office.fault("x", "rejected")
    await dewi.tap("Setujui")
    publish(office)
    await bot.settle()
    first = (await sari.heard())[-1]
    assert first["text"].startswith("Terbit di 2 dari 3 kanal")
    assert "🔴 X @kpu_contohselatan: gagal" in first["text"]

    await sari.tap("Coba lagi")
    assert "🟡 X @kpu_contohselatan: terjadwal" in await sari.last()
    publish(office)
    await bot.settle()
    for phone in (sari, dewi):
        last = (await phone.heard())[-1]
        assert last["text"].startswith("Telah terbit di 3 kanal")
        assert labels(last) == []
    assert (await sari.heard())[-1]["message_id"] == first["message_id"]


async def test_an_account_that_lost_its_access_is_told_with_the_way_to_mend_it(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    await submitted(sari)
    office.fault("x", "expired_token", "*", times=9)
    await dewi.tap("Setujui")
    office.go()
    await bot.settle()
    told = next(text for text in await sari.texts() if text.startswith("Akses X @kpu_contohselatan bermasalah"))
    assert "bakohumas doctor" in told
    assert "x-contoh-selatan" in told


async def test_when_the_hour_has_passed_the_leader_chooses_to_publish_now(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Waktu")
    await sari.tap("Tulis waktu")
    await sari.plan("1 jam lagi")
    await sari.tap("Ajukan")
    office.clock.forward(timedelta(hours=2))
    answer = await dewi.tap("Setujui")
    assert answer["show_alert"]
    assert "sudah lewat" in answer["text"]
    await dewi.tap("Setujui, terbitkan sekarang")
    assert "Telah disetujui oleh Dewi Contoh" in await sari.last()
    publish(office)
    assert sorted(office.public()) == ["facebook", "telegram", "x"]


async def test_the_leader_finds_what_waits_nearest_hour_first(bot: Bot, sari: Phone, dewi: Phone) -> None:
    for text, time in (("Rapat kerja dibuka besok.", "besok 23.00"), ("Bimbingan teknis dibuka lusa.", "besok 22.00")):
        await sari.say(text)
        await sari.tap("Waktu")
        await sari.tap("Tulis waktu")
        await sari.plan(time)
        await sari.tap("Ajukan")
    await dewi.say("/persetujuan")
    waiting = await dewi.card()
    titles = ["#2 Bimbingan teknis dibuka lusa.", "#1 Rapat kerja dibuka besok."]
    assert labels(waiting) == ["✓ #2", titles[0], "✓ #1", titles[1], "Setujui semua yang dicentang (2)"]
    await dewi.tap("#1 Rapat kerja dibuka besok.")
    assert (await dewi.card_text()).startswith("Mohon persetujuan: Rapat kerja dibuka besok.")
    await dewi.tap("Setujui")
    await dewi.say("/persetujuan")
    assert labels(await dewi.card()) == ["#2 Bimbingan teknis dibuka lusa."]


async def test_an_author_withdraws_what_was_scheduled(bot: Bot, sari: Phone, dewi: Phone, office: TestOffice) -> None:
    await submitted(sari)
    await dewi.tap("Setujui")
    await sari.tap("Batalkan")
    assert "yakin" in await sari.card_text()
    await sari.tap("Ya, batalkan")
    publish(office)
    assert office.public() == []
    assert any("Status: dibatalkan" in text for text in await sari.texts())
