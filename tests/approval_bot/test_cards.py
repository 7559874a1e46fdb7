"""What the cards say: short, polite, and the same thing never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot import labels
from bakohumas_bot.approval_bot import approval_card, draft_card, result_card
from bakohumas_bot.approval_bot.ballot import ballot
from bakohumas_bot.approval_bot.lengths import MESSAGE, visible_text
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.outcomes import Receipt
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.blocked import try_access_again
from bakohumas_bot.lifecycle.freeze import freeze
from office import OFFICE, TestOffice, X
from telegram_phones import LAYANAN, Bot, Phone, file, pdf, photo
from telegram_phones import labels as buttons

NINE = datetime(2026, 11, 24, 1, 0, 12, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


def published(office: TestOffice, *at: datetime) -> Standing:
    revision = office.approved()
    with office.desk.store.reading() as tx:
        post = standing(office.desk, tx, revision.post)
    rows = [
        replace(row, state=State.PUBLISHED, published_at=moment, verified_at=moment, url="https://contoh.go.id/1")
        for row, moment in zip(post.deliveries, at, strict=True)
    ]
    return replace(post, deliveries=tuple(rows))


def shown(office: TestOffice, post: Standing) -> str:
    return visible_text(result_card.compose(office.desk, post).html)


def test_accounts_that_published_in_the_same_minute_share_its_time_in_the_heading(office: TestOffice) -> None:
    text = shown(office, published(office, NINE, NINE, NINE + timedelta(seconds=40)))
    assert text.startswith(f"Telah terbit di 3 kanal, Selasa, 24 November 2026 09.00{NBSP}WITA\n")
    assert text.count("WITA") == 1
    assert text.count("\n\n🟢") == 3
    assert text.count(": terbit, sudah dibaca kembali\n") == 3


def test_accounts_that_published_at_different_minutes_say_their_own(office: TestOffice) -> None:
    text = shown(office, published(office, NINE, NINE, NINE + timedelta(minutes=2)))
    assert text.startswith("Telah terbit di 3 kanal, Selasa, 24 November 2026\n")
    assert text.count(f", pukul 09.00{NBSP}WITA") == 2
    assert text.count(f", pukul 09.02{NBSP}WITA") == 1


def test_accounts_that_published_on_different_days_say_theirs_in_full(office: TestOffice) -> None:
    text = shown(office, published(office, NINE, NINE, NINE + timedelta(days=1)))
    assert text.startswith("Telah terbit di 3 kanal\n")
    assert f"Rabu, 25 November 2026 09.00{NBSP}WITA" in text


@pytest.mark.parametrize(
    ("changes", "light", "says"),
    [
        ({}, "🟢", ""),
        ({"error": "Teks yang terbit berbeda dari yang disetujui."}, "🔴", "Mohon bandingkan"),
        ({"verified_at": None}, "🟡", "Sedang dibaca kembali"),
        ({"verified_at": None, "error": "Unggahan tidak terlihat saat dibaca kembali."}, "🟡", "Mohon buka tautannya"),
        ({"state": State.UNCONFIRMED, "next_at": None}, "🟡", "Jangan mengunggah ulang"),
        ({"state": State.UNCONFIRMED, "next_at": NINE}, "🟡", "Belum perlu tindakan"),
        ({"state": State.SENDING}, "🟡", "Belum perlu tindakan"),
        ({"state": State.SCHEDULED, "error": "Sambungan terputus."}, "🟡", "dicoba lagi secara otomatis"),
        ({"state": State.SCHEDULED}, "🟡", ""),
        ({"state": State.FAILED, "error": "Token ditolak."}, "🔴", "tekan Coba lagi"),
        ({"state": State.MISSED}, "🔴", "pimpinan dapat menekan Coba lagi"),
    ],
    ids=str,
)
def test_amber_and_red_say_what_to_do(office: TestOffice, changes: dict[str, Any], light: str, says: str) -> None:
    delivery: Delivery = replace(published(office, NINE, NINE, NINE).deliveries[0], **changes)
    assert labels.light(delivery) == light
    assert labels.advice(delivery).startswith(says) or says in labels.advice(delivery)
    assert bool(labels.advice(delivery)) is bool(says)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("judul", "judul"),
        ("media[0].teks_alt", "gambar 1"),
        ("media[2]", "berkas 3"),
        ("tayang", "waktu tayang"),
        ("varian.x-contoh", "teks khusus x-contoh"),
    ],
)
def test_a_finding_says_its_place_in_words(field: str, words: str) -> None:
    assert labels.place(field) == words


async def test_the_draft_card_names_its_files_as_its_buttons_do(bot: Bot, sari: Phone) -> None:
    await sari.send(media=[{"photo": photo(), "caption": LAYANAN}, {"photo": photo("navy")}])
    text = await sari.card_text()
    assert "• Gambar 1: teks alternatif belum diisi\n• Gambar 2: teks alternatif belum diisi" in text
    assert "⚠️ Peringatan M01 (gambar 2): Teks alternatif belum ada." in text
    assert "foto-" not in text
    await sari.send(document=file(pdf(), "edaran.pdf", "application/pdf"), caption=LAYANAN)
    assert "• Dokumen 1 (edaran.pdf)" in await sari.card_text()


async def test_the_draft_card_sets_the_quote_apart_and_dots_large_numbers(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    text = await sari.card_text()
    assert f"\n\n{LAYANAN}\n\nKanal" in text
    assert "63/63.206" in text
    assert "63/4096" in text


async def test_ajukan_on_a_blocked_draft_is_one_sentence_because_the_card_explains(bot: Bot, sari: Phone) -> None:
    await sari.say("Rapat dibuka Senin, 22 November 2026.")
    answer = await sari.tap("Ajukan")
    assert answer["text"] == (
        "Konsep belum dapat diajukan. Mohon perbaiki dahulu temuan bertanda ⛔ pada kartu konsep: F01."
    )
    assert answer["show_alert"]


async def test_a_leader_is_greeted_as_one_who_decides_and_may_also_write(bot: Bot, sari: Phone, dewi: Phone) -> None:
    greeting = await dewi.last()
    assert greeting.index("Memberi persetujuan") < greeting.index("Menyusun konten")
    assert "persetujuannya diberikan oleh pimpinan lain" in greeting
    assert "persetujuan" not in await sari.last()


def test_every_kind_of_file_has_a_name_on_the_card(office: TestOffice) -> None:
    picture = office.picture()
    revision = office.draft(media=(picture,))
    with office.desk.store.reading() as tx:
        html = draft_card.compose(office.desk, standing(office.desk, tx, revision.post)).html
    assert "Gambar 1" in html
    assert picture.name not in html


async def test_an_account_that_is_shut_out_says_how_it_is_renewed_and_later_that_it_works_again(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    office.fault("x", "expired_token", times=1)
    office.approved(accounts=(X,))
    office.go()
    await bot.settle()
    (card,) = [text for text in await sari.texts() if text.startswith("Akses X @kpu_contohselatan bermasalah")]
    assert "tidak berlaku lagi" in card
    assert "1. " in card, "the platform's own steps"
    assert "tanpa menjalankan ulang layanan" in card
    for _ in range(3):  # its access works, it may publish again, and then it is believed
        office.go(timedelta(minutes=3))
        try_access_again(office.desk)
    await bot.settle()
    (back,) = [text for text in await sari.texts() if text.startswith("Akses X @kpu_contohselatan pulih")]
    assert "terbit dengan sendirinya" in back
    assert office.public() == ["x"]


async def test_an_attempt_that_was_given_up_and_is_public_after_all_is_urgent(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    post = office.approved(accounts=(X,)).post
    office.go()
    (delivery,) = office.deliveries(post).values()
    other = Receipt(remote_id="77", url="https://x.com/kpu_contohselatan/status/77")
    with office.desk.store.writing() as tx:
        reporting.contradicted(office.desk, tx, delivery, other, office.clock())
    await bot.settle()
    for phone in (sari, dewi):
        (card,) = [text for text in await phone.texts() if "mungkin terbit dua kali" in text]
        assert "https://x.com/kpu_contohselatan/status/77" in card
        assert f"Yang tercatat terbit: {delivery.url}" in card
        assert "Buka https://x.com/kpu_contohselatan dan hitung unggahannya" in card


async def test_cards_that_lead_to_publishing_say_that_a_freeze_holds_it(
    bot: Bot, dewi: Phone, office: TestOffice
) -> None:
    freeze(office.desk, office.person("sari"), OFFICE, "Ada konten bocor")
    office.submitted(accounts=(X,))
    await bot.settle()
    card = next(message for message in await dewi.heard() if "Setujui" in buttons(message))
    assert "❄️ Penerbitan satker ini dibekukan oleh Sari Contoh" in card["text"]
    answer = await dewi.tap("Setujui", on=card)
    assert "Pembekuan berlaku, jadi belum ada yang terbit" in answer["text"]
    office.go(timedelta(minutes=1))
    assert office.public() == []


@pytest.mark.parametrize("findings", [1, 8, 30])
def test_long_findings_push_neither_the_reason_nor_the_checklist_off_the_card(
    office: TestOffice, findings: int
) -> None:
    revision = office.submitted(media=(office.picture(),), reason="Alasan yang harus terbaca. " + "x" * 460)
    long = Finding(
        code="B07",
        severity=Severity.SARAN,
        override=Override.NONE,
        field="isi",
        message="Pesan temuan. " * 40,
        remedies=("Cara memperbaikinya. " * 20,),
    )
    with office.desk.store.reading() as tx:
        of = ballot(office.desk, tx, revision.post)
    full = replace(of, revision=replace(of.revision, findings=(long,) * findings))
    html = approval_card.compose(office.desk, full, office.person("dewi"), office.clock()).html
    text = visible_text(html)
    assert utf16_length(text) <= MESSAGE
    assert "<b>Temuan</b>" in html
    assert "Alasan yang harus terbaca." in text
    assert "☑ Gambar atau video tidak menampilkan atribut" in text
    assert f"sidik {revision.short_digest}" in text
