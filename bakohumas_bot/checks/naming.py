"""Where a text names a person: by a title before the name, a degree behind it, or two names that no office bears."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

_PART = r"(?:[A-Z][a-z’']{1,20}(?:-[A-Z][a-z]{1,20})?|[A-Z]\.)"
_CAPITALS = r"[A-Z][A-Z’']{1,20}"
_NAME = rf"{_PART}(?:[ \u00a0]{_PART}){{0,4}}"
_SHOUTED = rf"{_CAPITALS}(?:[ \u00a0](?:{_CAPITALS}|[A-Z]\.)){{0,4}}"
_TITLED = re.compile(
    r"(?:(?<![\w/])(?:Bapak|Ibu|Pak|Bu|Bpk|Sdr|Sdri|Saudara|Saudari|Sdra|Tn|Ny|Nn|Almarhum|Almarhumah|Alm|Almh|H"
    r"|Hj|KH|Ust"
    r"|Ustaz|Ustad|Mbah|Nenek|Kakek|Mbak|Mas|Kak|Bang|Dr|dr|Ir|Drs|Dra|Prof|Pdt)\b(?!/)\.?,?[ \u00a0]{0,2}"
    r"|(?i:\b(?:a\.\s?n\.|an\.|atas\s{1,3}nama|bernama|berinisial|nama(?:\s{1,2}lengkap)?\s{0,10}:"
    r"|(?:suami|istri|ayah|anak|adik|kakak|tetangga)nya,?))\s{0,3})"
    rf"[*_]{{0,3}}(?P<name>(?:(?:H|Hj|Dr|dr|Ir|Drs|Dra|Prof|KH)\.[ \u00a0]?){{0,3}}(?:{_NAME}|{_SHOUTED}))"
)
_DEGREED = re.compile(
    rf"(?P<name>{_NAME}|{_SHOUTED}),[ \u00a0]?(?:[SM]\.[ ]?(?:[A-Z][A-Za-z]{{0,4}})\b\.?|(?:SH|SE|SP|ST|MH|MM|MSi"
    rf"|MPd|SPd|SSos|SIP|AMd)\b)"
)
_PLAIN = re.compile(rf"(?<![\w.])(?P<name>{_PART}(?:[ \u00a0]{_PART}){{1,4}})(?!\w)")
# Words that make a capitalised group an office, a place, a paper or an event, not a person.
_NO_NAME = frozenset(
    re.findall(
        r"\w+",
        """
        komisi pemilihan umum pemilu pilkada kpu kpud bawaslu panwaslu dkpp dpr dprd dpd mpr ppk pps kpps
        pantarlih ppid kabupaten kota provinsi kecamatan kelurahan desa dusun kampung nagari distrik negara
        republik indonesia kantor gedung hotel jalan rumah sakit dinas badan polres polda polsek polri kodim tni
        bupati wali walikota gubernur wakil presiden menteri camat lurah ketua anggota sekretaris sekretariat
        kepala subbagian subbag bagian divisi kasubbag komisioner direktur staf staff petugas operator panitia
        tim bapak ibu pak bu saudara yth yang rapat pleno rakor bimtek sosialisasi pendidikan daftar pemilih
        tetap sementara undang peraturan nomor tahun hari tanggal senin selasa rabu kamis jumat sabtu minggu
        januari februari maret april mei juni juli agustus september oktober november desember kartu tanda
        penduduk keluarga surat suara kotak bilik tempat pemungutan penghitungan rekapitulasi selamat terima
        kasih salam utara selatan timur barat tengah tenggara raya baru pusat kalimantan sumatera sumatra jawa
        sulawesi papua maluku nusa tenggara bali aceh riau jambi lampung banten yogyakarta jakarta bengkulu
        bangka belitung gorontalo partai koalisi calon pasangan paslon universitas institut sekolah sma smk smp
        sd mts man madrasah pesantren pondok masjid gereja pura vihara aula balai lapangan taman pasar bank
        pengadilan kejaksaan mahkamah kementerian majelis lembaga forum organisasi persatuan perkumpulan
        komunitas ikatan himpunan yayasan perusahaan pt cv televisi radio program jadwal tahapan agenda materi
        laporan keputusan pengumuman siaran pers berita acara nota kesepahaman informasi publik data media
        sosial website laman situs aplikasi sistem sirekap sidalih silon sipol siakba sakti penyandang
        disabilitas disabilitas perempuan lansia warga masyarakat rakyat pelajar siswa mahasiswa generasi islam
        kristen katolik hindu buddha konghucu muslim natal idulfitri iduladha nyepi waisak imlek ramadan paskah
        narahubung kontak hotline whatsapp telepon humas bakohumas pejabat pengelola dokumentasi layanan pusat
        call center hubungi silakan mohon untuk dengan dari pada dalam dan atau ini itu para kami kita semua
        setiap seluruh wib wita wit dr drs ir prof badan pusat statistik nasional daerah dukcapil kependudukan
        pencatatan sipil
        """,
    )
)
_OPENS_A_PLACE = frozenset(
    re.findall(
        r"\w+",
        """
        kabupaten kota provinsi kecamatan kelurahan desa dusun kampung nagari distrik kantor gedung hotel jalan
        rumah aula balai lapangan taman pasar bank masjid gereja pura sekolah sma smk smp sd mts man universitas
        institut pondok pesantren partai koalisi yayasan pt cv televisi radio polres polda polsek kodim utara
        selatan timur barat tengah tenggara raya kalimantan sumatera sumatra jawa sulawesi papua maluku nusa
        bali hari komunitas forum persatuan ikatan
        """,
    )
)
_WORD = re.compile(r"[^ \u00a0.]{1,60}")


@dataclass(frozen=True)
class Named:
    """`sure`: a title, a degree or a label says that it is a person."""

    start: int
    end: int
    sure: bool


def names(text: str, start: int = 0, end: int | None = None) -> tuple[Named, ...]:
    """Every person whose name stands wholly between `start` and `end`, in their order."""
    everybody = _everybody(text)
    since = bisect_left(everybody, start, key=lambda named: named.start)
    until = bisect_right(everybody, len(text) if end is None else end, lo=since, key=lambda named: named.end)
    return everybody[since:until]


@lru_cache(maxsize=16)
def _everybody(text: str) -> tuple[Named, ...]:
    """The surest reading of each place: what a title or a degree marks, then what is only built like a name."""
    found = [
        Named(*span, sure)
        for pattern, sure in ((_TITLED, True), (_DEGREED, True), (_PLAIN, False))
        for match in pattern.finditer(text)
        if (span := _person(text, match)) is not None
    ]
    everybody: list[Named] = []
    for named in sorted(found, key=lambda named: (named.start, not named.sure)):
        if not everybody or named.start >= everybody[-1].end:
            everybody.append(named)
        elif named.sure and not everybody[-1].sure:
            everybody[-1] = named
    return tuple(everybody)


def _person(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The words that can be a name: behind a title of office, never behind a word that opens the name of a place."""
    first = match.start("name")
    words = [(first + word.start(), first + word.end()) for word in _WORD.finditer(match["name"])]
    plain = match.re is _PLAIN
    kept: list[tuple[int, int]] = []
    for since, until in words:
        word = text[since:until].casefold()
        if word in _NO_NAME:
            if kept or word in _OPENS_A_PLACE or not plain:
                break
            continue
        kept.append((since, until))
    if not any(until - since > 1 for since, until in kept) or (plain and len(kept) == 1):
        return None
    return kept[0][0], kept[-1][1]
