"""What the rules of spelling, register, terms and abbreviations say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "B01": Message(
        "Ejaan baku untuk “{written}” adalah “{right}”.",
        (
            "Ubah menjadi “{right}”.",
            "Bila bagian dari nama resmi, biarkan dan daftarkan pada rules/spelling.toml (nama).",
        ),
    ),
    "B02": Message(
        "Kata “{word}” terlalu santai untuk tulisan lembaga.",
        ("Ganti dengan kata baku yang tetap ramah.",),
    ),
    "B02.panjang": Message(
        "Huruf pada “{word}” ditulis berulang.",
        ("Tuliskan sekali saja.",),
    ),
    "B02.kapital": Message(
        "Sebanyak {share} persen huruf pada teks ini kapital, sehingga terbaca seperti berteriak.",
        ("Gunakan huruf kapital hanya di awal kalimat, pada nama, dan pada judul pendek.",),
    ),
    "B02.seru": Message(
        "Terdapat {count} tanda seru.",
        ("Gunakan tanda titik, atau sisakan satu tanda seru.",),
    ),
    "B03.kpud": Message(
        "Sebutan “{written}” tidak lagi dipakai. Nama lembaga adalah KPU Provinsi, KPU Kabupaten, atau KPU Kota.",
        ("Tulis KPU diikuti nama daerahnya.",),
    ),
    "B03.rezim": Message(
        "Sebutan “{written}” mencampur Pemilu dan Pemilihan. Pemilu memilih Presiden, DPR, DPD, dan DPRD; Pemilihan "
        "memilih kepala daerah.",
        ("Ubah menjadi “{right}”.",),
    ),
    "B03.coblos": Message(
        "Kata “{written}” adalah ragam lisan. Siaran pers memakai istilah pemungutan suara atau memberikan suara.",
        ("Ubah menjadi “{right}”.",),
    ),
    "B05": Message(
        "Singkatan {word} belum dipanjangkan.",
        ("Tulis kepanjangannya pada penyebutan pertama, diikuti ({word}).",),
    ),
    "B05.varian": Message(
        "Singkatan yang sama ditulis dengan dua cara: {other} dan {word}.",
        ("Gunakan satu cara penulisan, lalu tulis kepanjangannya pada penyebutan pertama.",),
    ),
}
