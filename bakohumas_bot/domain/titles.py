"""How alike two titles of regulations are, as a reader sees it: abbreviations, small words and word order aside."""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = {
    "pemilu": "pemilihan umum",
    "pemilukada": "pemilihan gubernur bupati walikota",
    "pilkada": "pemilihan gubernur bupati walikota",
    "pilpres": "pemilihan umum presiden wakil",
    "kpu": "komisi pemilihan umum",
    "kip": "keterbukaan informasi publik",
    "ite": "informasi transaksi elektronik",
    "pdp": "pelindungan data pribadi",
    "perlindungan": "pelindungan",
    "pdpb": "pemutakhiran data pemilih berkelanjutan",
    "asn": "aparatur sipil negara",
    "ham": "hak asasi manusia",
    "pns": "pegawai negeri sipil",
    "parmas": "partisipasi masyarakat",
    "parpol": "partai politik",
    "adminduk": "administrasi kependudukan",
    "kuhp": "kitab hukum pidana",
    "dpr": "dewan perwakilan rakyat",
    "dprd": "dewan perwakilan rakyat daerah",
    "dpd": "dewan perwakilan daerah",
    "dapil": "daerah pemilihan",
    "ppid": "informasi publik",
}
_PHRASES = (("wali kota", "walikota"), ("ad hoc", "adhoc"), ("pemilihan kepala daerah", "pilkada"))
_SMALL_WORDS = """
dan atau di dalam atas tentang yang serta untuk menjadi dengan pada nomor tahun ke oleh bagi dari undang peraturan
perppu pemerintah pengganti penetapan perubahan kedua ketiga keempat kelima uu no republik indonesia ri
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_WORDS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def title_words(title: str) -> tuple[str, ...]:
    """The words that tell one title from another, in order."""
    text = " ".join(title.casefold().split())
    for written, meant in _PHRASES:
        text = text.replace(written, meant)
    spelled = " ".join(_SAME.get(word, word) for word in _WORDS.findall(text))
    return tuple(word for word in spelled.split() if word not in _SMALL)


def likeness(given: str, known: str) -> float:
    """1 where one holds all words of the other: a title may be cut short, and a sentence may run on behind it."""
    whole = set(title_words(known))
    start = set(title_words(given)[: len(title_words(known)) + 3])
    return len(start & whole) / min(len(start), len(whole)) if start and whole else 0.0


def same_title(given: str, known: str) -> bool:
    return set(title_words(given)) == set(title_words(known)) != set()
