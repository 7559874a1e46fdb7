"""N01 to N07 and N10: nobody who stands for election is favoured or harmed, and ordinary news is let through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot.checks.neutrality import N01, N02, N03, N04, N05, N06, N07, N10
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.participants import Participant, ParticipantKind, Participants
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.seen import Seen
from knowledge_of_2024 import CAMPAIGN, LOCAL_CAMPAIGN, SHIPPED, TODAY
from sample_post import checkup, found, media

PAIRS = tuple(
    Participant(
        contest="pemilihan-2024",
        name=name,
        kind=ParticipantKind.PAIR,
        number=number,
        people=tuple(name.split(" dan ")),
        posts=("Bupati Contoh Selatan",) if number == 1 else (),
        accounts=(f"pasangan{number}",),
        hashtags=(f"bersama{number}",),
        slogans=("Contoh Bangkit",) if number == 1 else (),
        begins=date(2024, 9, 22),
        ends=date(2024, 12, 16),
    )
    for number, name in enumerate(("Budi Teladan dan Ani Teladan", "Joko Teladan dan Rina Teladan"), start=1)
)
WITH_PAIRS = replace(SHIPPED, participants=Participants(all=(*SHIPPED.participants.all, *PAIRS)))
ALL_PARTIES = tuple(SHIPPED.participants.standing("pemilu-2024", CAMPAIGN.date(), "64.69"))


def said(rule: Any, body: str, now: datetime = TODAY, knowledge: Knowledge = SHIPPED, **facts: Any) -> list[str]:
    return found(rule, body, now=now, knowledge=knowledge, **facts)


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Ayo coblos paslon nomor urut 2 pada 27 November 2024.", "coblos paslon nomor urut 2"),
        ("Jangan lupa pilih nomor 1 ya, Sobat Pemilih.", "pilih nomor 1"),
        ("Mari menangkan pasangan calon nomor urut 3 demi perubahan.", "menangkan pasangan calon nomor urut 3"),
        ("Dukung terus Partai Golkar di daerah kita.", "Dukung terus Partai Golkar"),
        ("Jangan pilih Partai Gerindra pada Pemilu nanti.", "pilih Partai Gerindra"),
        ("Berikan suara Anda kepada PDI Perjuangan.", "Berikan suara Anda kepada PDI Perjuangan"),
        ("Saatnya memilih NasDem untuk perubahan.", "memilih NasDem"),
        ("Paslon nomor urut 2 layak dipilih.", "Paslon nomor urut 2 layak dipilih"),
        ("Satukan suara untuk calon bupati Budi Santoso.", "Satukan suara untuk calon bupati Budi Santoso"),
        ("Coblos 02 demi Contoh Selatan yang maju.", "Coblos 02"),
        ("Kami mendukung sepenuhnya paslon nomor urut 1.", "mendukung sepenuhnya paslon nomor urut 1"),
        ("Jangan dukung partai nomor urut 4.", "dukung partai nomor urut 4"),
        ("Coblos nomor 2 untuk perubahan daerah kita.", "Coblos nomor 2"),
        ("Ingat, nomor dua yang kita coblos.", "nomor dua yang kita coblos"),
        ("Warga diajak mendukung dan memenangkan Partai Golkar.", "memenangkan Partai Golkar"),
        ("**Coblos** **paslon nomor urut 2**", "Coblos** **paslon nomor urut 2"),
        ("Ayo\nmenangkan Gerindra di sini", "menangkan Gerindra"),
        ("Partai Perindo wajib menang di sini.", "Partai Perindo wajib menang"),
        ("Dukung penuh calon nomor urut tiga, Bapak Joko.", "Dukung penuh calon nomor urut tiga"),
        ("Yuk, ajak keluarga memilih paslon nomor urut satu.", "memilih paslon nomor urut satu"),
    ],
)
def test_an_appeal_is_stopped_at_any_time_of_the_year(sentence: str, marked: str) -> None:
    (finding,) = N01.check(checkup(sentence, now=TODAY, knowledge=SHIPPED))
    assert (finding.severity, finding.override) == (Severity.BLOK, Override.NEVER)
    assert sentence[finding.start : finding.end] == marked


@pytest.mark.parametrize(
    "sentence",
    [
        "Ayo gunakan hak pilih pada 27 November 2024.",
        "Simulasi mencoblos bersama pemilih pemula di SMA 1.",
        "Cara mencoblos: buka surat suara, coblos satu kali pada nomor, nama, atau foto paslon.",
        "Jangan golput, satu suara menentukan masa depan.",
        "Pilih nomor 2 pada menu layanan WhatsApp PPID.",
        "Partai Golkar mendukung penyelenggaraan Pemilu damai.",
        "KPU menetapkan paslon nomor urut 2 sebagai pasangan terpilih.",
        "Petugas KPPS dilarang mengarahkan pemilih untuk memilih paslon nomor urut 1.",
        "Ketua DPC Partai Demokrat mendukung kegiatan sosialisasi pendidikan pemilih.",
        "Gabungan partai yang mendukung pasangan calon menyerahkan dokumen B.1-KWK.",
        "Debat publik pertama diikuti paslon nomor urut 1, 2, dan 3.",
        "Dukung Pemilu damai, ujar Ketua DPD Partai NasDem.",
        "Cek data pemilih di laman resmi, pilih nomor 1 untuk mencari berdasarkan NIK.",
        "Nomor urut 3 pada daftar hadir diisi oleh Bawaslu.",
        "Ayo datang ke TPS, gunakan hak pilih Anda. Partai politik peserta Pemilu berjumlah 18.",
        "Kode etik: KPU tidak mendukung Partai Golkar atau partai mana pun.",
        "Surat suara dicoblos pada nomor urut 1 atau nomor urut 2 sesuai pilihan.",
        "Surat suara sah apabila dicoblos pada kolom nomor urut 1 pasangan calon.",
    ],
)
def test_education_about_voting_is_no_appeal(sentence: str) -> None:
    assert said(N01, sentence) == []


def test_one_tap_turns_an_appeal_into_a_neutral_one() -> None:
    (finding,) = N01.check(checkup("Ayo coblos paslon nomor urut 2 besok.", knowledge=SHIPPED))
    assert [repair.text for repair in finding.repairs] == ["gunakan hak pilih"]
    (against,) = N01.check(checkup("Jangan pilih Partai Gerindra.", knowledge=SHIPPED))
    assert against.repairs == (), "it would call people away from the vote"


def test_the_claim_of_a_clarification_may_quote_an_appeal() -> None:
    body = 'KLAIM\nBeredar pesan "coblos paslon nomor urut 2 dapat sembako".\n\nFAKTA\nPesan itu bukan dari KPU.'
    assert said(N01, body, kind=Kind.KLARIFIKASI_HOAKS) == []
    assert said(N01, body.replace("KLAIM\n", "Kabar. ").partition("FAKTA")[0]) != []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("KPU menerima kunjungan pengurus Partai Golkar di kantor.", ["peringatan Partai Golkar"]),
        ("KPU menghadiri HUT Partai Amanat Nasional.", ["peringatan Partai Amanat Nasional"]),
        ("Mengenal DPC PKB dan DPD PAN.", ["peringatan PKB"]),
        ("KPU menetapkan PAW anggota DPRD dari Partai Buruh.", ["saran Partai Buruh"]),
        ("Perolehan kursi DPRD 2024: Golkar 5 kursi, Gerindra 4 kursi.", ["saran Golkar"]),
        ("Mengenal paslon nomor urut 2.", ["peringatan paslon nomor urut 2"]),
        ("Profil paslon nomor urut 1 dan paslon nomor urut 2.", ["saran paslon nomor urut 1"]),
        ("Debat diikuti calon bupati Budi Santoso.", ["saran calon bupati Budi Santoso"]),
        ("Penandatanganan PKS dengan perguruan tinggi di Gelora Bung Karno.", []),
        ("Pembayaran PBB dan PKB di Samsat; rapat dengan PAN-RB.", []),
        ("KPU bersama PT Garuda Indonesia menandatangani PKS.", []),
        ("Aliansi Buruh Migran mendapat sosialisasi Pemilu luar negeri.", []),
        ("Partai politik wajib memutakhirkan data Sipol setiap semester.", []),
        ("Tahapan pencalonan bupati dan wakil bupati dimulai.", []),
        ("Pilkada diikuti 2 pasangan calon.", []),
        ("Pasangan Calon Gubernur dan Wakil Gubernur Kalimantan Timur mendaftar.", []),
    ],
)
def test_whoever_is_named(sentence: str, expected: list[str]) -> None:
    assert said(N02, sentence) == expected


def test_the_complete_list_of_parties_is_no_reason_to_worry() -> None:
    names = "\n".join(f"{party.number}. {party.name}" for party in ALL_PARTIES)
    assert said(N02, names, now=CAMPAIGN) == ["saran Partai Kebangkitan Bangsa"]
    assert said(N03, names, now=CAMPAIGN) == []
    short = "PKB, Gerindra, PDI Perjuangan, Golkar, NasDem, Buruh, Gelora, PKS, PKN, Hanura, Garuda, PAN, PBB, Demokrat"
    assert said(N03, f"Peserta Pemilu: {short}, PSI, Perindo, PPP, dan Ummat.", now=CAMPAIGN) == []


def test_in_aceh_the_local_parties_belong_to_the_list() -> None:
    assert [p.number for p in SHIPPED.participants.standing("pemilu-2024", CAMPAIGN.date(), "11.01")] == list(
        range(1, 25)
    )


@pytest.mark.parametrize(
    ("sentence", "now", "expected"),
    [
        ("Yuk kenali peserta Pemilu: Golkar, PDIP, dan Gerindra.", CAMPAIGN, ["blok Golkar"]),
        ("Yuk kenali peserta Pemilu: Golkar, PDIP, dan Gerindra.", TODAY, ["peringatan Golkar"]),
        ("Kenali paslon nomor urut 1 dan paslon nomor urut 3.", LOCAL_CAMPAIGN, ["blok paslon nomor urut 1"]),
        ("Profil paslon nomor urut 2, paslon nomor urut 1.", LOCAL_CAMPAIGN, ["blok paslon nomor urut 1"]),
        ("Profil paslon nomor urut 1, paslon nomor urut 2, dan paslon nomor urut 3.", LOCAL_CAMPAIGN, []),
        (
            "Pasangan calon nomor urut 3 tampil pertama, disusul paslon nomor urut 1 dan 2.",
            TODAY,
            ["peringatan Pasangan calon nomor urut 3"],
        ),
        ("KPU menerima LADK dari Partai Golkar dan Partai Buruh.", CAMPAIGN, []),
        ("Rapat dihadiri perwakilan Partai Golkar dan PKS.", TODAY, ["saran Partai Golkar"]),
        ("KPU menetapkan paslon nomor urut 2 sebagai calon terpilih.", LOCAL_CAMPAIGN, []),
    ],
)
def test_all_participants_or_none(sentence: str, now: datetime, expected: list[str]) -> None:
    assert said(N03, sentence, now=now) == expected


def test_a_list_not_in_the_order_of_the_numbers() -> None:
    names = "\n".join(p.name for p in sorted(ALL_PARTIES, key=lambda party: party.name))
    assert said(N03, names, now=CAMPAIGN) == ["blok Partai Buruh"]
    assert said(N03, names) == ["saran Partai Buruh"]


def test_one_channel_that_lacks_a_pair_is_found_there() -> None:
    """So it happened in 2020: the last of several pairs stayed on one platform."""
    body = "Profil: paslon nomor urut 1, paslon nomor urut 2, dan paslon nomor urut 3."
    post = checkup(body, now=LOCAL_CAMPAIGN, knowledge=SHIPPED, variants=(("x", "Profil paslon nomor urut 3."),))
    assert [(f.severity, f.field) for f in N03.check(post)] == [(Severity.BLOK, "varian.x")]


def test_the_offices_own_pairs_are_known_by_name_and_number() -> None:
    both = "Kenali calon: 1. Budi Teladan dan Ani Teladan 2. Joko Teladan dan Rina Teladan"
    assert said(N03, both, now=LOCAL_CAMPAIGN, knowledge=WITH_PAIRS) == []
    alone = said(N03, "Kenali Joko Teladan lebih dekat.", now=LOCAL_CAMPAIGN, knowledge=WITH_PAIRS)
    assert alone == ["blok Joko Teladan"]
    assert said(N02, "Kenali Joko Teladan lebih dekat.", now=TODAY, knowledge=WITH_PAIRS) == [], "that vote is over"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Partai Golkar terbukti gagal memperjuangkan rakyat.", ["peringatan terbukti"]),
        ("Partai Perindo hebat.", ["peringatan hebat"]),
        ("Calon bupati Budi Santoso adalah putra terbaik daerah yang amanah.", ["peringatan amanah"]),
        ("Bawaslu menyatakan Partai Buruh terbukti melakukan pelanggaran.", ["saran terbukti"]),
        ("Pelayanan terbaik kami untuk Partai Golkar dan seluruh peserta Pemilu.", []),
        ("Partai Demokrat gagal memenuhi syarat administrasi.", []),
        ("Pemilu yang jujur dan adil. Partai Golkar hadir.", []),
        ("Terima kasih, KPU terbaik se-Indonesia.", []),
    ],
)
def test_words_that_judge(sentence: str, expected: list[str]) -> None:
    assert said(N04, sentence) == expected
    stricter = [one.replace("peringatan", "blok") for one in expected]
    assert said(N04, sentence, now=CAMPAIGN) == stricter


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Foto bersama dengan salam dua jari.", ["peringatan salam dua jari"]),
        ("Peserta kompak mengacungkan jempol.", ["peringatan mengacungkan jempol"]),
        ("ASN dilarang berpose dua jari saat berfoto, demi netralitas.", []),
        ("Penertiban alat peraga dan bendera partai politik oleh Bawaslu.", []),
        ("Peserta mencelupkan jari ke tinta setelah mencoblos.", []),
        ("Dua jari pemilih bertinta.", []),
    ],
)
def test_marks_of_a_side(sentence: str, expected: list[str]) -> None:
    assert said(N05, sentence) == expected


def test_what_a_picture_is_said_to_show_is_judged_in_a_contest() -> None:
    picture = media(alt="Warga mengenakan kaus paslon nomor urut 2")
    (finding,) = N05.check(checkup(attached=(picture,), now=LOCAL_CAMPAIGN, knowledge=SHIPPED))
    assert (finding.severity, finding.field) == (Severity.BLOK, "media[0].teks_alt")
    (slogan,) = N05.check(checkup("Bersama, Contoh Bangkit.", now=LOCAL_CAMPAIGN, knowledge=WITH_PAIRS))
    assert slogan.severity is Severity.BLOK


@pytest.mark.parametrize(
    ("taken", "caption", "now", "expected"),
    [
        (CAMPAIGN - timedelta(days=40), "Suasana rapat", CAMPAIGN, [Severity.PERINGATAN]),
        (CAMPAIGN - timedelta(days=40), "Suasana rapat (dok. 2023)", CAMPAIGN, []),
        (CAMPAIGN - timedelta(days=3), "Suasana rapat", CAMPAIGN, []),
        (None, "Suasana rapat", CAMPAIGN, [Severity.SARAN]),
        (CAMPAIGN - timedelta(days=40), "Suasana rapat", TODAY, []),
    ],
)
def test_an_old_photo_in_a_contest_says_that_it_is_old(
    taken: datetime | None, caption: str, now: datetime, expected: list[Severity]
) -> None:
    picture = media("rakor.jpg", alt=caption)
    post = checkup(attached=(picture,), now=now, knowledge=SHIPPED, seen={"rakor.jpg": Seen(taken_at=taken)})
    assert [finding.severity for finding in N06.check(post)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bupati Contoh Selatan membuka rakor.", ["peringatan Bupati Contoh Selatan"]),
        ("KPU menerima surat Bupati Contoh Selatan tentang hibah.", ["saran Bupati Contoh Selatan"]),
        ("Bupati Contoh Utara membuka rakor.", []),
        ("Bupati Budi Teladan menyerahkan bantuan.", ["peringatan Bupati Budi Teladan"]),
        ("Ani Teladan mengikuti pengundian.", []),
        ("Debat calon Bupati Contoh Selatan digelar Senin.", []),
        ("Pemilihan Bupati Contoh Selatan berlangsung tertib.", []),
    ],
)
def test_an_incumbent_who_stands_again(sentence: str, expected: list[str]) -> None:
    assert said(N07, sentence, now=LOCAL_CAMPAIGN, knowledge=WITH_PAIRS) == expected
    assert said(N07, sentence, now=TODAY, knowledge=WITH_PAIRS) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Terima kasih @golkar.indonesia atas kehadirannya.", ["peringatan @golkar.indonesia"]),
        ("Hadir pula @pasangan1 di aula.", ["blok @pasangan1"]),
        ("Debat publik diikuti @pasangan1 dan @pasangan2.", ["saran @pasangan1", "saran @pasangan2"]),
        ("Semangat #bersama2", ["blok #bersama2"]),
        ("Pantau terus #Coblos02.", ["peringatan #Coblos02"]),
        ("#GantiPresiden ramai dibahas.", ["peringatan #GantiPresiden"]),
        ("Ikuti @kpu_ri dan @bawaslu_ri untuk info Pemilu.", []),
        ("#Coblos27November #PemiluDamai #TemanPemilih #PilihCerdas", []),
        ("Kirim ke humas@golkar.or.id", []),
    ],
)
def test_accounts_and_hashtags_of_a_side(sentence: str, expected: list[str]) -> None:
    in_contest = "pasangan" in sentence or "bersama" in sentence
    now, knowledge = (LOCAL_CAMPAIGN, WITH_PAIRS) if in_contest else (TODAY, SHIPPED)
    assert said(N10, sentence, now=now, knowledge=knowledge) == expected
