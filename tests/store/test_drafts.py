"""A content file becomes a draft, or a list of sentences that say where it is wrong and how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bakohumas_bot.domain.offices import Account, Directory, Office, Person, Role
from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.errors import BadInput
from bakohumas_bot.store.drafts import DraftFile, read_content_file

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=WITA)

SPECS = {
    name: PlatformSpec(name=name, family=family, label=name, unit=TextUnit.CODEPOINTS, text_limit=1000)
    for name, family in (
        ("telegram_channel", "telegram"),
        ("x", "x"),
        ("facebook_page", "facebook"),
        ("instagram", "instagram"),
        ("instagram_private", "instagram"),
    )
}


def account(id_: str, platform: str, *, office: str = "64.69", enabled: bool = True, handle: str = "kpu") -> Account:
    return Account(id=id_, office=office, platform=platform, handle=handle, enabled=enabled)


def office(code: str) -> Office:
    return Office(code=code, name=f"KPU Kabupaten Contoh {code}", zone=WITA, city="Contoh Baru")


def person(id_: str, code: str) -> Person:
    return Person(id=id_, name=id_, telegram_id=None, roles=frozenset({(code, Role.OPERATOR)}))


ACCOUNTS = [
    account("tg-contoh", "telegram_channel"),
    account("x-contoh", "x", handle="@KPU_Contoh"),
    account("x-ppid", "x", handle="@ppid_contoh"),
    account("fb-contoh", "facebook_page", enabled=False),
    account("ig-lama", "instagram_private", handle="@kpu_contoh"),
    account("ig-contoh", "instagram", handle="kpu_contoh"),
    account("x-lain", "x", office="64.70"),
]


def directory(*codes: str) -> Directory:
    return Directory(
        offices={code: office(code) for code in codes},
        people={"sari": person("sari", "64.69"), "budi": person("budi", "64.70")},
        accounts={one.id: one for one in ACCOUNTS},
    )


ONE_OFFICE, TWO_OFFICES = directory("64.69"), directory("64.69", "64.70")

GOOD = {"judul": "Jam layanan", "jenis": "pengumuman", "kanal": "[telegram, x]"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "rakor.jpg").write_bytes(b"jpeg")
    (tmp_path / "rahasia.jpg").write_bytes(b"jpeg")
    return inbox


def write(folder: Path, body: str = "Isi lengkap.", **keys: str | None) -> Path:
    matter = "\n".join(f"{key}: {value}" for key, value in (GOOD | keys).items() if value is not None)
    path = folder / "pos.md"
    path.write_text(f"---\n{matter}\n---\n{body}\n", encoding="utf-8")
    return path


def read(path: Path, known: Directory = ONE_OFFICE) -> DraftFile:
    return read_content_file(path, known, SPECS, NOW)


def refusal(path: Path, known: Directory = ONE_OFFICE) -> str:
    with pytest.raises(BadInput) as refused:
        read(path, known)
    sentence = str(refused.value)
    assert all(line.startswith("pos.md") for line in sentence.splitlines())
    assert "!" not in sentence
    return sentence


def test_a_whole_content_file_is_read(folder: Path) -> None:
    path = write(
        folder,
        body="Isi **lengkap**,\n\ndua alinea.",
        satker='"64.69"',
        jenis="siaran_pers",
        tayang="besok 09.00 WITA",
        berlaku_sampai="2026-12-01 17.00 WIT",
        sumber="[Keputusan KPU Nomor 542 Tahun 2021]",
        media="\n  - berkas: rakor.jpg\n    teks_alt: Peserta rapat duduk melingkar",
        varian="\n  x: Teks ringkas\n  tg-contoh: |\n    Baris satu\n\n    Baris dua",
        penyusun="sari",
    )
    draft = read(path)
    assert (draft.office, draft.kind, draft.title) == ("64.69", Kind.SIARAN_PERS, "Jam layanan")
    assert draft.body == "Isi **lengkap**,\n\ndua alinea."
    assert draft.accounts == ("tg-contoh", "x-contoh", "x-ppid")
    assert draft.variants == (
        ("tg-contoh", "Baris satu\n\nBaris dua"),
        ("x-contoh", "Teks ringkas"),
        ("x-ppid", "Teks ringkas"),
    )
    assert draft.publish_at == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert draft.expires_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert draft.sources == ("Keputusan KPU Nomor 542 Tahun 2021",)
    (media,) = draft.media
    assert (media.path, media.name) == (folder / "rakor.jpg", "rakor.jpg")
    assert media.alt == "Peserta rapat duduk melingkar"
    assert draft.author == "sari"


def test_what_is_left_out_has_a_sensible_meaning(folder: Path) -> None:
    draft = read(write(folder))
    assert draft.office == "64.69"
    assert (draft.publish_at, draft.expires_at, draft.author) == (None, None, None)
    assert (draft.media, draft.variants, draft.sources) == ((), (), ())


@pytest.mark.parametrize(
    ("kanal", "accounts"),
    [
        ("[telegram]", ("tg-contoh",)),
        ("[Telegram, telegram_channel, tg-contoh]", ("tg-contoh",)),
        ("[x]", ("x-contoh", "x-ppid")),
        ("[x-ppid]", ("x-ppid",)),
        ("[instagram]", ("ig-contoh",)),
        ("[instagram_private]", ("ig-lama",)),
    ],
)
def test_a_platform_means_the_offices_enabled_account_there(
    folder: Path, kanal: str, accounts: tuple[str, ...]
) -> None:
    assert read(write(folder, kanal=kanal)).accounts == accounts


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"judul": None}, "judul: belum ada"),
        ({"judul": '""'}, "judul: harus berupa satu teks"),
        ({"judul": '"\\u200b\\u2060"'}, "judul: harus berupa satu teks"),
        ({"judul": "[a, b]"}, "judul: harus berupa satu teks"),
        ({"judul": "a" * 301}, "judul: terlalu panjang"),
        ({"jenis": None}, "jenis: belum ada. Pilihan: berita"),
        ({"jenis": "siaran_perss"}, "jenis: 'siaran_perss' tidak dikenal. Mungkin maksud Bapak/Ibu: siaran_pers."),
        ({"jenis": "zzz"}, "jenis: 'zzz' tidak dikenal. Pilihan: berita, foto"),
        ({"juduls": "x"}, "kunci 'juduls' tidak dikenal. Mungkin maksud Bapak/Ibu: judul."),
        ({"kanal": None}, "kanal: belum ada"),
        ({"kanal": "telegram, x"}, "kanal: harus berupa daftar. Contoh: kanal: [telegram, x, facebook]"),
        ({"kanal": "[telegrm]"}, "'telegrm' tidak dikenal. Mungkin maksud Bapak/Ibu: telegram."),
        ({"kanal": "[telegrm, x]", "varian": "{telegrm: teks, x: teks}"}, "kanal: 'telegrm' tidak dikenal"),
        ({"kanal": "[facebook]"}, "belum mengaktifkan kanal facebook"),
        ({"kanal": "[fb-contoh]"}, "'fb-contoh' belum diaktifkan"),
        ({"kanal": "[x-lain]"}, "'x-lain' milik satker 64.70, bukan 64.69"),
        ({"kanal": "[instagram, ig-lama]"}, "ig-contoh dan ig-lama menuju akun yang sama"),
        ({"satker": '"99"'}, "satker: '99' tidak dikenal"),
        ({"penyusun": "sarii"}, "penyusun: 'sarii' tidak terdaftar. Mungkin maksud Bapak/Ibu: sari."),
        ({"penyusun": "budi"}, "penyusun: 'budi' tidak bertugas di KPU Kabupaten Contoh 64.69"),
        ({"tayang": "hari ini 10.00"}, "tayang: Waktu tersebut sudah lewat: Kamis, 19 November 2026 10.00 WITA"),
        ({"tayang": "31 Juni 2027 09.00"}, "tayang: Tanggal 31 Juni 2027 tidak ada"),
        ({"tayang": "Selasa, 23 November 2026 09.00"}, "tayang: Hari tidak sesuai dengan tanggal"),
        ({"tayang": "kapan saja"}, "tayang: Waktu “kapan saja” belum dapat dipahami"),
        ({"tayang": "[besok 09.00]"}, "tayang: harus berupa satu teks"),
        ({"berlaku_sampai": "hari ini 10.00"}, "berlaku_sampai: Waktu tersebut sudah lewat"),
        ({"tayang": "lusa 09.00", "berlaku_sampai": "besok 09.00"}, "berlaku_sampai: harus setelah waktu tayang"),
        ({"sumber": "UU 14/2008"}, "sumber: harus berupa daftar"),
        ({"varian": "[x]"}, "varian: harus berupa pasangan"),
        ({"varian": "{instagram: teks}"}, "varian.instagram: bukan kanal yang dipilih"),
        ({"varian": "{x: [a]}"}, "varian.x: harus berupa teks"),
        ({"media": "rakor.jpg"}, "media: harus berupa daftar"),
        ({"media": "[{teks_alt: a}]"}, "media[0]: berkas belum disebutkan"),
        ({"media": "[{berkas: rakor.jpg, alt: a}]"}, "media[0]: kunci 'alt' tidak dikenal"),
        ({"media": "[{berkas: rakor.jpg, teks_alt: [a]}]"}, "media[0]: teks_alt harus berupa teks"),
        ({"media": "[{berkas: tidak-ada.jpg}]"}, "media[0]: berkas 'tidak-ada.jpg' tidak ditemukan"),
        ({"media": "[{berkas: .}]"}, "media[0]: '.' bukan berkas"),
        ({"media": "[{berkas: ../rahasia.jpg}]"}, "media[0]: berkas '../rahasia.jpg' berada di luar folder"),
        ({"media": "[{berkas: /etc/hostname}]"}, "berada di luar folder"),
        ({"media": "[{berkas: rakor.jpg/../../rahasia.jpg}]"}, "media[0]: berkas"),
    ],
)
def test_each_mistake_is_named_with_file_key_and_remedy(folder: Path, keys: dict[str, Any], says: str) -> None:
    sentence = refusal(write(folder, **keys))
    assert says in sentence
    assert len(sentence.splitlines()) == 1


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    path = write(folder, body="", judul=None, jenis="kabar", tayang="31 Juni 2027 09.00", media="[{berkas: a.jpg}]")
    assert len(refusal(path).splitlines()) == 5


def test_a_link_that_leads_out_of_the_folder_is_refused_and_one_inside_is_not(folder: Path) -> None:
    (folder / "keluar.jpg").symlink_to(folder.parent / "rahasia.jpg")
    (folder / "dalam.jpg").symlink_to(folder / "rakor.jpg")
    (folder / "putar.jpg").symlink_to(folder / "putar.jpg")
    assert "di luar folder" in refusal(write(folder, media="[{berkas: keluar.jpg}]"))
    assert "tidak ditemukan" in refusal(write(folder, media="[{berkas: putar.jpg}]"))
    assert read(write(folder, media="[{berkas: dalam.jpg}]")).media[0].path == folder / "rakor.jpg"


def test_with_several_offices_the_file_must_say_which(folder: Path) -> None:
    assert "satker: belum ada, padahal ada beberapa satker. Pilihan: 64.69, 64.70." in refusal(
        write(folder), TWO_OFFICES
    )
    assert read(write(folder, satker="64.70", kanal="[x]"), TWO_OFFICES).accounts == ("x-lain",)


def test_an_accounts_own_text_wins_over_its_platforms(folder: Path) -> None:
    draft = read(write(folder, kanal="[instagram]", varian="{ig-contoh: khusus, instagram: umum}"))
    assert draft.variants == (("ig-contoh", "khusus"),)


def test_the_words_for_now_mean_as_soon_as_approved(folder: Path) -> None:
    assert read(write(folder, tayang="sekarang")).publish_at is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "keterangan di awal berkas tidak ditemukan"),
        ("Isi tanpa keterangan", "keterangan di awal berkas tidak ditemukan"),
        ("---\njudul: a\nIsi tanpa penutup", "baris --- penutup keterangan tidak ditemukan"),
        ("---\njudul: [a\n---\nIsi", "tidak terbaca"),
        ("---\njudul: a: b\n---\nIsi", "tidak terbaca pada baris 2"),
        ("---\n- a\n---\nIsi", "bukan pasangan kunci dan nilai"),
        ("---\n\n---\nIsi", "bukan pasangan kunci dan nilai"),
        ("---\njudul: a\njudul: b\n---\nIsi", "Kunci judul tertulis dua kali"),
        ("---\njudul: &a b\njenis: *a\n---\nIsi", "Tanda & dan * di awal nilai tidak dipakai"),
        ("---\njudul: " + "[" * 5000 + "\n---\nIsi", "Susunannya terlalu dalam"),
        ("---\n? [a]\n: b\n---\nIsi", "Kunci harus berupa satu kata"),
        ("---\njudul: a\x00b\n---\nIsi", "baris 2 memuat karakter kendali"),
        ("---\njudul: a\n---\nIsi \x1b[31m", "baris 4 memuat karakter kendali yang tidak terlihat"),
        ('---\njudul: "\\ud83d\\ude00"\n---\nIsi', "tidak terbaca pada baris 2. Tulis hurufnya langsung"),
        ('---\njudul: "a\\e[31m"\n---\nIsi', "Tulis hurufnya langsung"),
        ("---\njudul: !!python/object/apply:os.system [ls]\n---\nIsi", "judul: harus berupa satu teks"),
        ("---\njudul: a\n---\n" + "a" * 70_000, "berkas terlalu besar (68 KB, batas 64 KB)"),
    ],
)
def test_broken_front_matter_is_one_clear_sentence(folder: Path, text: str, says: str) -> None:
    path = folder / "pos.md"
    path.write_text(text, encoding="utf-8")
    assert says in refusal(path)


@pytest.mark.parametrize("body", ["", "  \t", "\u200b\u200d\ufeff", "\u00a0\u3000"])
def test_a_body_in_which_nothing_can_be_read_is_empty(folder: Path, body: str) -> None:
    assert "isi masih kosong" in refusal(write(folder, body=body))


def test_the_line_ends_of_old_machines_are_line_ends(folder: Path) -> None:
    path = write(folder, body="Satu\nDua")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    assert read(path).body == "Satu\nDua"


def test_what_is_no_readable_text_file_is_refused(folder: Path) -> None:
    path = folder / "pos.md"
    assert "tidak dapat dibuka" in refusal(path)
    path.write_bytes("---\njudul: é\n---\nIsi".encode("latin-1"))
    assert "bukan teks UTF-8" in refusal(path)
    path.unlink()
    path.mkdir()
    assert "bukan berkas" in refusal(path)


def test_numbers_and_dates_stay_what_was_typed(folder: Path) -> None:
    text = "---\r\njudul: 2024\r\njenis: Siaran Pers\r\nkanal: [x-ppid]\r\nsatker: 64.69\r\n"
    (folder / "pos.md").write_bytes(("\ufeff" + text + "tayang: 2026-11-26 09:00:00\r\n---\r\nSatu\r\nDua").encode())
    draft = read(folder / "pos.md")
    assert (draft.title, draft.office, draft.kind, draft.body) == ("2024", "64.69", Kind.SIARAN_PERS, "Satu\nDua")
    assert draft.publish_at == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
