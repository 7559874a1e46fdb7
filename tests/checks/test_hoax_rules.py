"""H04 to H07: chain messages, claims that are often wrong, and clarifications."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.hoaxes import H04, H05, H06, H07
from bakohumas_bot.checks.rulebook import Rule
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.own import Own, figures
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.seen import Seen
from sample_post import checkup, media

SOURCE = ("PKPU Nomor 25 Tahun 2023",)


def severities(rule: Rule, body: str, **facts: object) -> list[str]:
    return [str(finding.severity) for finding in rule.check(checkup(body, **facts))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Viralkan! Ada kecurangan di TPS.",
        "Sebarkan ke semua grup sebelum dihapus, data pemilih bocor.",
        "AWAS!! Sebarkan pesan ini, surat suara palsu beredar di pasar.",
        "GAWAT. Server penghitungan diretas. Share sebanyak-banyaknya.",
        "Info A1 dari orang dalam: jadwal akan diundur. Sebarkan.",
        "Katanya pemilu ditunda, tolong teruskan pesan ini ke keluarga.",
        "Bagikan ke seluruh kontak Anda, jangan sampai terlambat.",
        "DATA PEMILIH DIJUAL BEBAS DI INTERNET, SEBARKAN AGAR SEMUA TAHU SEKARANG JUGA!!!",
        "Ini bukan hoaks, viralkan agar semua tahu.",
        "Kirim ke 10 orang sebelum dihapus.",
        "Dapat info dari grup, honor KPPS dipotong. Share ya.",
        "Jangan berhenti di Anda, teruskan pesan ini ke grup keluarga.",
    ],
)
def test_a_chain_message_is_a_warning(text: str) -> None:
    assert severities(H04, text) == ["peringatan"]


@pytest.mark.parametrize(
    "text",
    [
        "Yuk, cek nama Bapak/Ibu di cekdptonline.kpu.go.id dan bagikan informasi ini kepada keluarga.",
        "Sebarkan informasi yang benar. Cek dulu di laman resmi kpu.go.id.",
        "Ciri-ciri hoaks: judul provokatif, ajakan sebarkan dan viralkan, tanpa tanggal dan sumber.",
        'Kenali hoaks! Pesan yang meminta "viralkan ke semua grup" patut dicurigai.',
        "Jangan sebarkan pesan yang belum jelas sumbernya.",
        "Saring sebelum sharing.",
        "Mohon tidak menyebarkan pesan tersebut.",
        "Mari sebarkan semangat persatuan di bulan Ramadan.",
        "Rapat membahas penyebaran informasi pemilu.",
        "KPU menyebarluaskan jadwal kampanye sesuai Keputusan KPU.",
        "Waspada penipuan: ada pesan meminta sebarkan tautan pendaftaran KPPS.",
        "SELAMAT HARI PAHLAWAN. TERIMA KASIH PARA PEJUANG DEMOKRASI INDONESIA.",
        "Segera daftar sebagai KPPS sebelum Jumat, 27 November 2026.",
        "Bantu kami sebarkan pengumuman seleksi PPS yang dibuka 1 Desember 2026, lihat kab-contohselatan.kpu.go.id.",
        "Video ini menjadi viral dan ditonton 2.000 kali.",
        "Dapat pesan “sebarkan ke 10 grup”? Tarik napas dulu, cek di laman resmi.",
    ],
)
def test_honest_calls_and_lessons_about_hoaxes_are_left_alone(text: str) -> None:
    assert severities(H04, text) == []


CLAIMS = [
    "TPS dibuka pukul 07.00 sampai 15.00 waktu setempat.",
    "Pemungutan suara berlangsung hingga pukul 13.00.",
    "Pemilih tidak perlu membawa KTP-el saat memilih di TPS.",
    "Cukup membawa KTP untuk mencoblos.",
    "Untuk memilih, pemilih wajib membawa formulir C6.",
    "Surat suara sah jika dicoblos satu kali pada kolom.",
    "Apabila dicoblos dua kali, surat suara tidak sah.",
    "Surat suara di Kecamatan Contoh sudah tercoblos.",
    "Hasil Sirekap adalah hasil resmi.",
    "Sirekap tidak dapat mengubah hasil penghitungan manual.",
    "Server KPU diretas semalam.",
    "Datang ke TPS boleh tanpa undangan.",
    "TPS tutup jam 12.00 siang.",
    "Hasil resmi pemilu ditentukan oleh Sirekap.",
    "Pemenang Pilkada ditetapkan berdasarkan data Sirekap.",
    "Memilih di TPS cukup tanpa identitas apa pun.",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_what_is_often_wrong_is_asked_for_its_source(text: str) -> None:
    assert severities(H05, text) == ["peringatan"]
    assert severities(H05, text, sources=SOURCE) == []
    assert severities(H05, text + " (Pasal 46 PKPU 25/2023)") == []
    assert severities(H05, text, kind=Kind.KLARIFIKASI_HOAKS) == []


@pytest.mark.parametrize(
    "text",
    [
        "KPU menggelar bimbingan teknis Sirekap bagi KPPS.",
        "Simulasi pemungutan suara digelar di halaman kantor pukul 08.00 WITA.",
        "Kantor layanan dibuka pukul 08.00 WITA.",
        "Bawa KTP-el saat mengambil dokumen di kantor.",
        "Surat suara tiba di gudang KPU.",
        "Petugas menyortir dan melipat surat suara.",
        "Bolehkah memilih tanpa KTP di TPS?",
        "Kabar bahwa server KPU diretas tidak benar.",
        "Tidak benar bahwa surat suara sudah tercoblos.",
        "Perekaman KTP-el bagi pemula dilayani Dukcapil.",
        "Rapat evaluasi Sirekap diikuti seluruh PPK.",
        "Sirekap tidak menentukan hasil; hasil ditetapkan lewat rekapitulasi berjenjang.",
        "Hasil pemilu diumumkan melalui laman resmi, bukan Sirekap.",
        "Ajak keluarga datang ke TPS dan gunakan hak pilih.",
        "Monitoring TPS dilakukan oleh Ketua KPU.",
    ],
)
def test_no_claim_no_question(text: str) -> None:
    assert severities(H05, text) == []


FULL = "KLAIM\nBeredar pesan bahwa pemilu ditunda.\n\nFAKTA\nJadwal tidak berubah.\n\nSTATUS\nHoaks."


def clarified(text: str, **facts: object) -> list[tuple[str, str]]:
    facts = {"kind": Kind.KLARIFIKASI_HOAKS, "sources": SOURCE, **facts}
    return [(str(f.severity), f.message) for f in H06.check(checkup(text, **facts))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        "[HOAKS] Pemilu ditunda.\n\nPenjelasan: Beredar pesan pemilu ditunda. Faktanya, jadwal tetap.",
        "Beredar video surat suara tercoblos. Faktanya, video itu dari tahun 2019. Kategori: disinformasi.",
        "HOAKS: Mengecek DPT harus membayar.\nFAKTA: Gratis.",
        "Narasi yang beredar: TPS buka malam.\n\nYang benar, TPS dibuka pagi. Narasi itu keliru.",
        "Klaim: ada KTP ganda.\nFakta: tidak ada.\nStatus: tidak benar.",
        "**KLAIM:** pemilu ditunda\n\n**FAKTA:** tidak ditunda\n\n**STATUS:** HOAKS",
    ],
)
def test_a_whole_clarification_in_any_of_the_usual_forms(text: str) -> None:
    assert clarified(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Beredar pesan bahwa pemilu ditunda. Itu hoaks.", "FAKTA"),
        ("Faktanya, pemilu tidak ditunda.", "KLAIM, STATUS"),
        ("Beredar pesan pemilu ditunda. Faktanya, jadwal tetap.", "STATUS"),
        ("Mohon masyarakat tetap tenang.", "KLAIM, FAKTA, STATUS"),
    ],
)
def test_what_is_missing_is_named(text: str, missing: str) -> None:
    ((severity, message),) = clarified(text)
    assert severity == "blok"
    assert message.endswith(f": {missing}.")


def test_a_clarification_needs_its_source() -> None:
    ((severity, message),) = clarified(FULL, sources=())
    assert (severity, message.endswith(": sumber.")) == ("blok", True)
    assert clarified(FULL + "\n\nSumber: Keputusan KPU Nomor 5 Tahun 2026", sources=()) == []


def test_every_channel_gets_the_fact_and_not_only_the_claim() -> None:
    ((severity, _),) = clarified(FULL, variants=(("x", "[HOAKS] Pemilu ditunda."),))
    assert severity == "blok"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FULL.replace("ditunda.", "ditunda: https://contoh.example/berita/1", 1), ["blok"]),
        (FULL.replace("ditunda.", "ditunda (https://www.facebook.com/groups/1/posts/2).", 1), ["blok"]),
        (FULL.replace("berubah.", "berubah: https://kab-contohselatan.kpu.go.id/jadwal.", 1), []),
        (FULL.replace("berubah.", "berubah: https://contoh.example/cek.", 1), []),
        (FULL.replace("ditunda.", "ditunda: https://turnbackhoax.id/2026/1", 1), []),
        (FULL.replace("ditunda.", "ditunda (hxxps://contoh[.]example/1).", 1), []),
    ],
)
def test_no_live_link_leads_to_the_hoax(text: str, expected: list[str]) -> None:
    assert [severity for severity, _ in clarified(text)] == expected


def test_a_picture_without_a_stamp_is_a_hint() -> None:
    shown = {"rakor.jpg": Seen(text="Pemilu ditunda sampai tahun depan, kata pesan ini")}
    assert [s for s, _ in clarified(FULL, attached=(media(),), seen=shown)] == ["saran"]
    stamped = {"rakor.jpg": Seen(text="HOAKS Pemilu ditunda sampai tahun depan, kata pesan ini")}
    assert clarified(FULL, attached=(media(),), seen=stamped) == []


def test_only_a_clarification_is_asked_for_its_parts() -> None:
    assert severities(H06, "Rapat berjalan lancar.") == []


OWN = Own(post=12, title="Rekapitulasi DPT", url="https://kab-contohselatan.kpu.go.id/dpt-2026", figure="103.245")
DISPUTED = "KLAIM\nBeredar angka 103.245 pemilih.\n\nFAKTA\nAngka itu tidak benar.\n\nSTATUS\nHoaks."


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((), ["blok"]),
        (("Laman resmi KPU",), ["blok"]),
        (("#120",), ["blok"]),
        (("https://kab-contohselatan.kpu.go.id/dpt-2026-lama",), ["blok"]),
        (("#12",), []),
        (("Sudah dicocokkan dengan #12 dan Keputusan KPU",), []),
        (("https://kab-contohselatan.kpu.go.id/dpt-2026",), []),
        (("kab-contohselatan.kpu.go.id/dpt-2026/",), []),
    ],
)
def test_an_own_publication_with_the_figure_must_be_named_first(sources: tuple[str, ...], expected: list[str]) -> None:
    facts = {"kind": Kind.KLARIFIKASI_HOAKS, "own": (OWN,), "sources": sources}
    assert severities(H07, DISPUTED, **facts) == expected


def test_the_disputed_figure_is_marked_and_the_publication_named() -> None:
    (finding,) = H07.check(checkup(DISPUTED, kind=Kind.KLARIFIKASI_HOAKS, own=(OWN,)))
    assert DISPUTED[finding.start : finding.end] == "103.245"
    assert (finding.override, "#12" in finding.message) == (Override.NEVER, True)
    assert severities(H07, DISPUTED, own=(OWN,)) == []
    assert severities(H07, DISPUTED, kind=Kind.KLARIFIKASI_HOAKS) == []


def test_the_figures_worth_looking_up() -> None:
    text = "Pada 2024 tercatat 1.234 pemilih, 12,5 persen, 45% hadir pukul 08.00–13.00, Nomor 12/HM.03, dan 552 TPS."
    assert figures(text) == ("1.234", "12,5", "45", "552")


@pytest.mark.parametrize(
    ("rule", "severity", "override"),
    [
        (H04, Severity.PERINGATAN, Override.NONE),
        (H05, Severity.PERINGATAN, Override.NONE),
        (H06, Severity.BLOK, Override.CHAIR),
        (H07, Severity.BLOK, Override.NEVER),
    ],
)
def test_each_rule_is_as_grave_as_the_rulebook_says(rule: Rule, severity: Severity, override: Override) -> None:
    assert (rule.severity, rule.override) == (severity, override)
