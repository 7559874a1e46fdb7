"""What family L says of links."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "L01": Message(
        "{what} menyerupai laman resmi KPU, tetapi bukan: {link}",
        ("Gunakan alamat resminya: {right}", "Bila alamat itu disalin dari kiriman orang lain, mohon jangan dibuka."),
    ),
    "L01.diperingatkan": Message(
        "Alamat tiruan {link} masih dapat diketuk, walaupun teks ini memperingatkannya.",
        ("Tulis {harmless} agar tidak menjadi tautan.",),
    ),
    "L01.mirip": Message(
        "{what} memakai nama KPU, tetapi tidak berada di bawah kpu.go.id: {link}",
        (
            "Gunakan laman resmi, misalnya https://{official}.",
            "Bila {host} memang milik kantor, daftarkan pada “hosts” satker atau tuliskan alasannya.",
        ),
    ),
    "L01.lain": Message(
        "{what} bukan laman resmi: {link}",
        (
            "Tautkan laman resmi yang memuat informasi yang sama, misalnya pada https://{official}.",
            "Bila {host} memang dimaksud, misalnya media mitra, tuliskan alasannya.",
        ),
    ),
    "L02": Message(
        "{what} memakai pemendek, sehingga tujuannya tidak terlihat: {link}",
        (
            "Tulis alamat tujuannya secara lengkap.",
            "Bila terlalu panjang, buat halaman pengalihan pada https://{official}.",
        ),
    ),
    "L02.data": Message(
        "{what} memakai pemendek di dekat permintaan mengisi data, sehingga tujuannya tidak terlihat: {link}",
        (
            "Tulis alamat lengkap formulirnya pada laman resmi.",
            "Bila terlalu panjang, buat halaman pengalihan pada https://{official}.",
        ),
    ),
    "L03": Message(
        "{what} mengarah ke dokumen awan yang mungkin dapat dibuka umum: {link}",
        (
            "Unggah dokumen ke laman resmi, lalu tautkan laman itu.",
            "Bila tetap diperlukan, dua orang membuka tautan ini tanpa masuk akun dan memastikan isinya.",
        ),
    ),
    "L03.formulir": Message(
        "{what} mengarah ke formulir isian: {link}. Pastikan ini formulir yang dimaksud, bukan lembar jawabannya.",
        ("Buka tautan tanpa masuk akun, lalu periksa isinya.", "Gunakan formulir pada laman resmi."),
    ),
    "L04": Message(
        "Alamat salah tulis pada “{link}”, sehingga tidak dapat dibuka.",
        ("Tulis “{right}”, lalu coba buka alamatnya.",),
    ),
    "L04.http": Message(
        "{what} belum memakai https: {link}",
        ("Coba buka {right}, lalu gunakan alamat itu.",),
    ),
    "L04.dalam": Message(
        "{what} hanya dapat dibuka dari jaringan kantor: {link}",
        ("Gunakan alamat laman yang dapat dibuka dari luar kantor.",),
    ),
}
