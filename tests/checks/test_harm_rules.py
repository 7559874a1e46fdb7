"""H01 to H03. The words are general or made up; slurs stand in no file of this project."""

from __future__ import annotations

import re

import pytest

from bakohumas_bot.checks.harm import H01, H02, H03
from bakohumas_bot.checks.rulebook import Rule
from bakohumas_bot.domain.findings import Override
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.lexicon import Allowed, Category, Degree, Entry, Form, Lexicon
from bakohumas_bot.domain.normalised import normalise
from bakohumas_bot.domain.posts import Kind
from sample_post import checkup


def severities(rule: Rule, body: str, **facts: object) -> list[str]:
    return [str(finding.severity) for finding in rule.check(checkup(body, **facts))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Usir orang Dayak dari kampung ini.", "blok"),
        ("Perempuan tidak boleh memimpin daerah ini.", "blok"),
        ("Orang Jawa tidak layak jadi pemimpin di sini.", "blok"),
        ("Jangan pilih pemimpin Kristen.", "blok"),
        ("Umat Hindu harus diusir.", "blok"),
        ("Kaum pendatang hanya bikin rusuh.", "blok"),
        ("U S I R orang Papua", "blok"),
        ("u5ir saja oraang Madura", "blok"),
        ("Warga Tionghoa itu benalu.", "blok"),
        ("Penyandang disabilitas tidak pantas menjadi ketua.", "blok"),
        ("Dia tidak boleh memimpin karena perempuan.", "blok"),
        ("Haram memilih pemimpin nonmuslim.", "blok"),
        ("Transmigran sebaiknya angkat kaki.", "blok"),
        ("Tolak pemimpin dari suku lain.", "blok"),
        ("Suku Contoh bukan manusia.", "blok"),
        ("Warga menirukan, “usir orang Batak”, saat berorasi.", "peringatan"),
        ("Sosialisasi dihadiri umat Hindu, Kristen, dan Islam.", None),
        ("Selamat Natal bagi umat Kristiani.", None),
        ("Setiap warga berhak memilih tanpa membedakan suku, agama, ras, dan golongan.", None),
        ("Peserta kampanye dilarang menghina agama, suku, ras, dan golongan lain.", None),
        ("Anggapan bahwa perempuan tidak boleh memimpin adalah keliru.", None),
        ("Tidak benar bahwa orang Jawa tidak layak dipilih.", None),
        ("Perempuan bukan manusia kelas dua.", None),
        ("Keterwakilan perempuan paling sedikit 30 persen.", None),
        ("KPU menyediakan formulir bagi penyandang disabilitas.", None),
        ("Upacara adat suku Dayak membuka kirab pemilu.", None),
        ("Pantarlih harus pergi dari rumah ke rumah, termasuk ke rumah orang Jawa.", None),
        ("Anggota TNI tidak boleh dipilih dan memilih.", None),
        ("Warga Bali yang belum berusia 17 tahun tidak boleh memilih.", None),
        ("Orang Bugis dikenal sebagai pelaut ulung.", None),
        ("Siapa bilang perempuan tidak bisa memimpin?", None),
        ("Petugas tidak boleh memimpin rapat sambil merokok.", None),
        ("Basmi nyamuk di lingkungan kantor.", None),
    ],
)
def test_a_group_and_what_shuts_it_out_together(text: str, expected: str | None) -> None:
    assert severities(H01, text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bunuh saja mereka.", "blok"),
        ("Ayo bantai semua pendukungnya", "blok"),
        ("Habisi komisioner itu.", "blok"),
        ("B.u.n.u.h saja dia", "blok"),
        ("Mari bakar kantor KPU malam ini.", "blok"),
        ("Mereka itu binatang.", "blok"),
        ("Orang seperti itu pantas mati.", "blok"),
        ("Awas, nyawamu jadi taruhan.", "blok"),
        ("Darah kalian halal.", "blok"),
        ("Petugasnya harus digantung.", "blok"),
        ("Kami akan habisi kalian.", "blok"),
        ("Siap-siap dibantai.", "blok"),
        ("Ganyang mereka semua!", "blok"),
        ("Penulis pesan menyatakan “bunuh saja petugasnya” di grup.", "peringatan"),
        ("Surat suara rusak harus dibakar sebelum hari pemungutan suara.", None),
        ("Logistik kelebihan dimusnahkan dengan cara dibakar.", None),
        ("Gantung spanduk di depan kantor.", None),
        ("Semangat petugas terus membakar jiwa kami.", None),
        ("Polisi menangani kasus pembunuhan itu.", None),
        ("Jangan bunuh mereka dengan hoaks.", None),
        ("Peringatan tragedi pembantaian 1965.", None),
        ("Cegah bunuh diri: hubungi layanan konseling.", None),
        ("Tembak target sasaran sosialisasi: pemilih pemula.", None),
        ("Warga bakar ikan bersama usai pemungutan suara.", None),
        ("Kami akan menghabisi sisa anggaran dengan efisien.", None),
        ("Mereka bukan manusia super, tetapi bekerja tanpa lelah.", None),
        ("Nyawa petugas adalah prioritas kami.", None),
        ("Waktu tinggal sedikit, habiskan materi ini.", None),
    ],
)
def test_threats_and_calls_to_violence(text: str, expected: str | None) -> None:
    assert severities(H02, text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dasar bodoh.", "blok"),
        ("Kalian memang dungu.", "blok"),
        ("Petugas itu tolol.", "blok"),
        ("Warga yang bodoh mudah ditipu.", "blok"),
        ("K4LIAN B0DOH", "blok"),
        ("Si Budi kurang ajar.", "blok"),
        ("Dasar tidak tahu malu.", "blok"),
        ("Pemilih seperti itu tidak punya otak.", "blok"),
        ("Jangan mau dibodohi hoaks.", None),
        ("Masyarakat tidak bodoh.", None),
        ("Pemilih bukan orang bodoh.", None),
        ("Jangan anggap pemilih bodoh.", None),
        ("Pembodohan publik harus dicegah.", None),
        ("Dasar hukum: UU Nomor 7 Tahun 2017.", None),
        ("Atas dasar itu, rapat ditunda.", None),
        ("Kami mohon maaf atas kekurangan ini.", None),
        ("Cerita rakyat Si Pandir yang bodoh dipentaskan.", None),
    ],
)
def test_rude_words_said_to_people(text: str, expected: str | None) -> None:
    assert severities(H03, text) == ([expected] if expected else [])


def test_nobody_lifts_a_threat_and_a_leader_may_lift_the_others() -> None:
    assert (H01.override, H02.override, H03.override) == (Override.CHAIR, Override.NEVER, Override.CHAIR)


def test_the_claim_of_a_clarification_may_be_repeated() -> None:
    text = "KLAIM\nBeredar pesan: bunuh saja petugas KPPS.\n\nFAKTA\nPesan itu tidak benar.\n\nSTATUS\nHoaks."
    assert severities(H02, text, kind=Kind.KLARIFIKASI_HOAKS) == []


def lexicon(**facts: object) -> Knowledge:
    entry = {
        "id": "x-1",
        "category": Category.SUKU,
        "form": Form.FRASA,
        "pattern": re.compile(r"\b(?:memang[ \n]zumbrek)\b"),
        "target": "contoh",
        "degree": Degree.BERAT,
    }
    targets = {"contoh": re.compile(r"\bkaum[ \n]kontohan\b")}
    return Knowledge(lexicon=Lexicon(entries=(Entry(**entry | facts),), targets=targets))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kaum kontohan memang zumbrek.", ["blok"]),
        ("KAUM KONTOHAN MEMANG ZUMBREK", ["blok"]),
        ("k a u m kontohan memaaang z-u-m-b-r-e-k", ["blok"]),
        ("Kaum kontohan mem4ng zumbr3k", ["blok"]),
        ("Memang zumbrek, kaum kontohan.", ["blok"]),
        ("Hujan memang zumbrek.", []),
        ("Kaum kontohan hadir. Hujan memang zumbrek.", []),
        ("Kata warga, “kaum kontohan memang zumbrek”.", []),
        ("Tidak benar kaum kontohan memang zumbrek.", []),
    ],
)
def test_the_offices_own_words_need_their_group(text: str, expected: list[str]) -> None:
    assert severities(H01, text, knowledge=lexicon()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yang masih percaya hoaks itu zumbrek semua.", ["blok"]),
        ("Beredar unggahan “petugas zumbrek semua”, itu hoaks.", []),
    ],
)
def test_a_word_of_abuse_beside_hoaks_is_no_denial(text: str, expected: list[str]) -> None:
    known = lexicon(category=Category.KASAR, target="", pattern=re.compile(r"\bzumbrek\b"))
    assert [str(finding.severity) for finding in H03.check(checkup(text, knowledge=known))] == expected


def test_an_entry_has_its_degree_its_contexts_and_its_days() -> None:
    word = {"category": Category.KASAR, "pattern": re.compile(r"\bzumbrek\b"), "target": None}
    assert severities(H03, "Ini zumbrek.", knowledge=lexicon(**word, degree=Degree.RINGAN)) == ["saran"]
    assert severities(H03, "Ini zumbrek.", knowledge=lexicon(**word, degree=Degree.SEDANG)) == ["peringatan"]
    assert severities(H03, "Toko Zumbrek Jaya.", knowledge=lexicon(**word)) == []
    only_quoted = frozenset({Allowed.KUTIPAN})
    assert severities(H03, "Toko Zumbrek Jaya.", knowledge=lexicon(**word, allowed=only_quoted)) == ["blok"]
    later = checkup().today.replace(year=2027)
    assert severities(H03, "Ini zumbrek.", knowledge=lexicon(**word, since=later)) == []


def test_the_place_of_a_disguised_word_is_the_place_in_the_text() -> None:
    text = "Pesan: B.u.n.u.h   saja mereka ya."
    (finding,) = H02.check(checkup(text))
    assert text[finding.start : finding.end] == "B.u.n.u.h   saja mereka"
    assert normalise("Maaaf 2026").text == "maf 2026"
