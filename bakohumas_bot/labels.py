"""Every Indonesian word for a state, a stage, a decision, a severity, a role or a kind of content."""

from __future__ import annotations

from collections.abc import Sequence

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.findings import Status as RuleStatus
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.policy import Step, Trait
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.status import Stage, Status

STATE = {
    State.SCHEDULED: "terjadwal",
    State.SENDING: "sedang diterbitkan",
    State.UNCONFIRMED: "perlu dicek",
    State.PUBLISHED: "terbit",
    State.MISSED: "terlewat",
    State.FAILED: "gagal",
    State.CANCELLED: "dibatalkan",
    State.TAKEN_DOWN: "diturunkan",
}

STAGE = {
    Stage.DRAFT: "konsep",
    Stage.BLOCKED: "konsep, perlu diperbaiki",
    Stage.WAITING: "menunggu persetujuan",
    Stage.RETURNED: "dikembalikan untuk diperbaiki",
    Stage.REJECTED: "ditolak",
    Stage.SCHEDULED: "terjadwal",
    Stage.PUBLISHING: "sedang diterbitkan",
    Stage.PUBLISHED: "terbit",
    Stage.PARTLY: "terbit sebagian",
    Stage.FAILED: "gagal terbit",
    Stage.HELD: "ditunda",
    Stage.ASKS: "menunggu keputusan petugas",
    Stage.CANCELLED: "dibatalkan",
}

TRAIT = {
    Trait.HOAX: "klarifikasi hoaks",
    Trait.PARTICIPANT: "menyebut peserta atau calon",
    Trait.RESULTS: "memuat angka hasil",
}

VERDICT = {Verdict.APPROVE: "disetujui", Verdict.REVISE: "dikembalikan untuk diperbaiki", Verdict.REJECT: "ditolak"}

# The record's own words (`record.append`), as a reader of the history meets them.
EVENT = {
    "draft.created": "konsep dibuat",
    "draft.revised": "konsep diubah",
    "submitted": "diajukan",
    **{f"decision.{verdict}": said for verdict, said in VERDICT.items()},
    "override.asked": "izin atas temuan dimohon",
    "overridden": "temuan diizinkan",
    "cancelled": "dibatalkan",
    "retried": "dicoba lagi",
    "held": "ditahan pimpinan",
    "released": "dilanjutkan pimpinan",
    "asked": "ditanyakan pimpinan",
    "answered": "dijawab",
    "delivery.putoff": "ditahan",
    "login": "memakai bot",
    "people.invited": "undangan dibuat",
    "people.uninvited": "undangan ditarik",
    "people.joined": "undangan diterima",
    "people.left": "tidak lagi bertugas",
    "people.returned": "bertugas kembali",
    "people.role_ended": "peran berakhir",
    "people.deputized": "pelaksana tugas ditunjuk",
    "people.deputy_ended": "penugasan pelaksana diakhiri",
    "pin.set": "PIN ditetapkan",
    "pin.wrong": "PIN salah",
    "pin.locked": "PIN terkunci",
    "pin.unlocked": "kunci PIN dibuka",
    "pin.reset": "PIN dihapus",
    "frozen": "penerbitan dibekukan",
    "unfreeze.asked": "pencabutan pembekuan diminta",
    "unfrozen": "pembekuan dicabut",
    "account.works": "kanal bekerja kembali",
    "exported": "catatan diekspor",
    "restored": "dipulihkan dari cadangan",
    "configuration": "konfigurasi diubah",
    "delivery.planned": "dijadwalkan",
    "delivery.intent": "mulai dikirim",
    "delivery.published": "terbit",
    "delivery.notsent": "belum terkirim",
    "delivery.ratelimited": "diminta menunggu oleh platform",
    "delivery.rejected": "ditolak platform",
    "delivery.accountblocked": "kanal perlu izin ulang",
    "delivery.unknown": "jawaban tidak diterima, perlu dicek",
    "delivery.interrupted": "pengiriman terputus, perlu dicek",
    "delivery.found": "ditemukan sudah terbit",
    "delivery.absent": "dipastikan belum terbit",
    "delivery.cannottell": "belum dapat dipastikan",
    "delivery.personsaw": "dipastikan petugas",
    "delivery.lateanswer": "jawaban platform datang terlambat",
    "delivery.contradicted": "ternyata tayang, mungkin dua kali",
    "delivery.verified": "dibaca kembali",
    "delivery.toolate": "terlewat",
    "delivery.nottheapproved": "tidak sama dengan yang disetujui",
    "delivery.withdrawn": "ditarik sebelum dikirim",
    "delivery.moved": "waktu tayang diubah",
    "delivery.triedagain": "dijadwalkan kembali",
    "delivery.restored": "dipulihkan dari cadangan, dicari dahulu di kanal",
}

SEVERITY = {Severity.BLOK: "Blok", Severity.PERINGATAN: "Peringatan", Severity.SARAN: "Saran"}

OVERRIDE = {
    Override.NEVER: "Tidak dapat diizinkan; perlu diperbaiki.",
    Override.CHAIR: "Dapat diizinkan pimpinan yang berwenang, dengan alasan.",
    Override.SECOND: "Dapat diizinkan orang kedua yang ikut memeriksa, dengan alasan.",
    Override.NONE: "",
}

MAY_LIFT = {Override.NEVER: "tidak", Override.CHAIR: "pimpinan", Override.SECOND: "orang kedua", Override.NONE: "–"}

RULE_STATUS = {
    RuleStatus.AUTOMATIC: "otomatis",
    RuleStatus.TICKED: "dipastikan penyetuju",
    RuleStatus.AFTERWARDS: "setelah terbit",
}

ROLE = {
    Role.OPERATOR: "operator",
    Role.KETUA_PELAKSANA: "ketua pelaksana",
    Role.KETUA: "ketua",
    Role.PEMBINA: "pembina",
    Role.AUDITOR: "auditor",
    Role.ADMIN: "admin",
}

KIND = {
    Kind.BERITA: "Berita",
    Kind.FOTO: "Foto",
    Kind.MEME: "Meme",
    Kind.INFOGRAFIS: "Infografis",
    Kind.VIDEO: "Video",
    Kind.PODCAST: "Podcast",
    Kind.IKLAN: "Iklan",
    Kind.FILM: "Film",
    Kind.SLIDE: "Slide presentasi",
    Kind.SIARAN_PERS: "Siaran pers",
    Kind.PENGUMUMAN: "Pengumuman",
    Kind.KLARIFIKASI_HOAKS: "Klarifikasi hoaks",
    Kind.RALAT: "Ralat",
    Kind.INFORMASI_LAYANAN: "Informasi layanan",
    Kind.UCAPAN: "Ucapan",
    Kind.PERINGATAN_HARI_BESAR: "Peringatan hari besar",
    Kind.REPOST: "Unggah ulang",
    Kind.PROMOSI_LIVE: "Promosi siaran langsung",
}

MEDIA = {MediaKind.IMAGE: "Gambar", MediaKind.VIDEO: "Video", MediaKind.DOCUMENT: "Dokumen"}

PLACE = {
    "judul": "judul",
    "isi": "isi",
    "sumber": "sumber",
    "kanal": "kanal",
    "media": "berkas",
    "varian": "teks khusus",
    "tayang": "waktu tayang",
    "teks_alt": "teks alternatif",
}


def place(field: str) -> str:
    """Where a finding lies, in the words of the card: `media[0].teks_alt` is "gambar 1", as on its button."""
    outer, _, inner = field.partition(".")
    name, _, number = outer.partition("[")
    if number and inner == "teks_alt":
        return f"gambar {int(number.rstrip(']')) + 1}"
    whole = f"{PLACE.get(name, name)} {int(number.rstrip(']')) + 1}" if number else PLACE.get(name, name)
    if not inner:
        return whole
    return f"{PLACE[inner]} {whole}" if inner in PLACE else f"{whole} {inner}"


def status(value: Status) -> str:
    """The post's status as a person asks for it, e.g. "terbit di 3 dari 4 kanal"."""
    if value.stage is Stage.HELD and value.published:
        return f"{STAGE[Stage.HELD]}, terbit di {value.published} dari {value.total} kanal"
    if value.stage in {Stage.PUBLISHED, Stage.PARTLY} or (value.published and value.total):
        return f"terbit di {value.published} dari {value.total} kanal"
    return STAGE[value.stage]


def light(delivery: Delivery) -> str:
    """Green, amber or red: at one look, may a person rest? Public but not (yet) seen again is amber."""
    if delivery.state is State.PUBLISHED:
        if delivery.verified_at is None:
            return "🟡"
        return "🔴" if delivery.error else "🟢"
    if delivery.state in {State.FAILED, State.MISSED, State.CANCELLED, State.TAKEN_DOWN}:
        return "🔴"
    return "🟡"


def state(delivery: Delivery) -> str:
    """The state, and whether what is public was seen again, or what is scheduled is held by a leader."""
    if delivery.held:
        return STAGE[Stage.HELD]
    if delivery.state is State.PUBLISHED and delivery.verified_at and delivery.error is None:
        return f"{STATE[State.PUBLISHED]}, sudah dibaca kembali"
    return STATE[delivery.state]


_ADVICE = {
    State.SCHEDULED: "Akan dicoba lagi secara otomatis. Belum perlu tindakan.",
    State.SENDING: "Sedang diterbitkan. Belum perlu tindakan.",
    State.UNCONFIRMED: "Jawaban platform belum jelas dan sedang diperiksa. Belum perlu tindakan.",
    State.FAILED: "Setelah penyebabnya diatasi, tekan Coba lagi.",
    State.MISSED: "Waktunya terlewat, jadi tidak diterbitkan. Bila masih layak, pimpinan dapat menekan Coba lagi.",
}


def advice(delivery: Delivery) -> str:
    """One sentence for whoever sees amber or red: what it means and what to do. Green needs none."""
    if delivery.state is State.PUBLISHED:
        return _after_publication(delivery)
    if delivery.state is State.UNCONFIRMED and delivery.asks:
        return "Mohon buka kanal itu, lalu jawab pada kartu Perlu dicek. Jangan mengunggah ulang sebelum dilihat."
    if delivery.held:
        return "Ditunda pimpinan. Terbit setelah dilanjutkan."
    if delivery.state is State.SCHEDULED and delivery.error is None:
        return ""
    return _ADVICE.get(delivery.state, "")


def _after_publication(delivery: Delivery) -> str:
    if delivery.verified_at:
        return "Mohon bandingkan dengan yang disetujui, lalu perbaiki langsung di kanal itu." if delivery.error else ""
    if delivery.error:
        return "Mohon buka tautannya dan pastikan unggahan sudah tampil."
    return "Sedang dibaca kembali. Belum perlu tindakan."


def voices(steps: Sequence[Step]) -> str:
    """Whose yes is asked: `ketua pelaksana atau ketua, dan pembina`."""
    return ", dan ".join(" atau ".join(ROLE[role] for role in step.roles) for step in steps)
