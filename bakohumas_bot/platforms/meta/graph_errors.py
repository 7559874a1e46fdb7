"""What Meta's error numbers mean for the call that got them: subcode first, then code, then the HTTP status.

Sources: developers.facebook.com/docs/graph-api/guides/error-handling and
.../instagram-platform/instagram-graph-api/reference/error-codes, read 2026-11-21.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, Outcome, RateLimited, Rejected, Unknown
from bakohumas_bot.platforms.http import Answer
from bakohumas_bot.platforms.meta import graph_limits
from bakohumas_bot.platforms.meta.graph_limits import UseCase
from bakohumas_bot.platforms.meta.graph_steps import Steps, steps_for
from bakohumas_bot.platforms.redaction import redact


class Means(Enum):
    BLOCKED = auto()
    WAIT = auto()
    QUOTA = auto()  # the day's number of posts is reached
    UNKNOWN = auto()
    DOWN = auto()  # unknown, and Meta says that its service is
    AGAIN = auto()  # nothing was published, and the same post may be prepared and tried once more
    REJECTED = auto()


@dataclass(frozen=True)
class Verdict:
    means: Means
    says: str
    field: str | None = None
    wait: timedelta | None = None
    steps: Steps | None = None


@dataclass(frozen=True, kw_only=True)
class QuotaSpent(RateLimited):
    """No more posts today; the moment at which one becomes free is known to the account's own list alone."""


def _renewed(says: str) -> Verdict:
    return Verdict(Means.BLOCKED, says, steps=Steps.RENEW)


_ACCESS = _renewed("Akses Meta kanal ini tidak berlaku lagi.")
_PERMISSION = Verdict(Means.BLOCKED, "Izin aplikasi pada akun ini kurang.", steps=Steps.PERMIT)
_LOCKED = Verdict(Means.BLOCKED, "Akun dibatasi oleh Meta.", steps=Steps.UNLOCK)
_BUSY = Verdict(Means.WAIT, "Meta meminta menunggu.")
_QUOTA = Verdict(Means.QUOTA, "Kuota unggahan hari ini habis.", wait=timedelta(hours=1))
_MAYBE = Verdict(Means.UNKNOWN, "Jawaban Meta tidak jelas.")
_DOWN = Verdict(Means.DOWN, "Layanan Meta sedang terganggu.")
_THERE = Verdict(Means.UNKNOWN, "Facebook menyatakan isi ini sudah pernah tayang.")
_RENEW = Verdict(Means.AGAIN, "Media di Meta perlu disiapkan ulang.", wait=timedelta(seconds=30))
_MEDIA_URL = Verdict(Means.AGAIN, "Meta tidak dapat mengambil media dari alamat kami.", wait=timedelta(minutes=1))
_REFUSED = Verdict(Means.REJECTED, "Meta menolak isi ini.")
_PICTURE = Verdict(Means.REJECTED, "Gambar tidak dapat dibaca Meta. Mohon ganti berkasnya.", "media")
_FILM = Verdict(Means.REJECTED, "Format video tidak didukung. Mohon gunakan MP4 (H.264, AAC).", "media")
_SIZE = Verdict(Means.REJECTED, "Gambar melebihi 8 MiB. Mohon perkecil gambar.", "media")
_FORMAT = Verdict(Means.REJECTED, "Jenis gambar tidak didukung. Mohon gunakan JPEG.", "media")
_RATIO = Verdict(Means.REJECTED, "Perbandingan sisi gambar di luar 4:5 sampai 1,91:1.", "media")
_WORDS = Verdict(Means.REJECTED, "Keterangan terlalu panjang, atau tagar atau sebutan terlalu banyak.", "isi")

SUBCODES: dict[int, Verdict] = {
    33: Verdict(Means.BLOCKED, "Akun atau unggahan itu tidak ada, atau izinnya kurang.", steps=Steps.PERMIT),
    458: _renewed("Aplikasi satker telah dicabut dari akun."),
    459: Verdict(Means.BLOCKED, "Facebook meminta pemeriksaan akun.", steps=Steps.UNLOCK),
    460: _renewed("Kata sandi akun berubah, sehingga akses Meta gugur."),
    463: _renewed("Masa berlaku akses Meta telah habis."),
    464: Verdict(Means.BLOCKED, "Akun Facebook belum dikonfirmasi.", steps=Steps.UNLOCK),
    467: _renewed("Akses Meta telah dicabut."),
    492: _renewed("Akses Meta tidak sah lagi."),
    1363024: _FILM,
    1366046: _PICTURE,
    1366051: _THERE,  # these photos are in a post already: that of an earlier attempt
    2207001: _MAYBE,
    2207003: _RENEW,
    2207004: _SIZE,
    2207005: _FORMAT,
    2207006: _RENEW,
    2207008: _RENEW,
    2207009: _RATIO,
    2207010: _WORDS,
    2207020: _RENEW,
    2207023: Verdict(Means.REJECTED, "Jenis media tidak dikenal Instagram.", "media"),
    2207026: _FILM,
    2207027: Verdict(Means.AGAIN, "Media di Meta belum selesai diolah.", wait=timedelta(seconds=30)),
    2207028: Verdict(Means.REJECTED, "Album harus berisi 2 sampai 10 gambar.", "media"),
    2207032: _RENEW,
    2207040: Verdict(Means.REJECTED, "Sebutan akun (@) lebih dari 20.", "isi"),
    2207042: _QUOTA,
    2207050: _LOCKED,
    2207051: Verdict(Means.UNKNOWN, "Instagram menahan tindakan ini; unggahan dapat saja sudah tayang."),
    2207052: _MEDIA_URL,
    2207053: _RENEW,
    2207057: _REFUSED,
}

CODES: dict[int, Verdict] = {
    -2: _MAYBE,
    -1: _MAYBE,
    1: _MAYBE,
    2: _DOWN,
    3: _PERMISSION,
    4: _BUSY,
    9: _QUOTA,
    10: _PERMISSION,
    17: _BUSY,
    25: _LOCKED,
    32: _BUSY,
    102: _ACCESS,
    104: _ACCESS,
    190: _ACCESS,
    197: Verdict(Means.REJECTED, "Konten kosong. Mohon lengkapi isi.", "isi"),
    324: Verdict(Means.REJECTED, "Berkas media tidak diterima Facebook. Mohon ganti berkasnya.", "media"),
    341: _BUSY,
    352: _FILM,
    368: _LOCKED,
    506: _THERE,
    613: _BUSY,
    80001: _BUSY,
    80002: _BUSY,
    36000: _SIZE,
    36001: _FORMAT,
    36003: _RATIO,
    36004: _WORDS,
    1609005: Verdict(Means.REJECTED, "Tautan di dalam teks tidak dapat dibaca Facebook. Mohon periksa tautan.", "isi"),
}


def verdict(code: int | None, subcode: int | None) -> Verdict | None:
    if subcode in SUBCODES:
        return SUBCODES[subcode]
    if code is not None and 200 <= code <= 299:
        return _PERMISSION
    return CODES.get(code) if code is not None else None


def outcome_of(answer: Answer, use_case: UseCase, now: datetime) -> Outcome:
    """What an answer without success means. Only what Meta's table or a plain refusal proves counts as not done."""
    error = error_in(answer)
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    found = verdict(code, subcode) or _by_status(answer.status, error)
    if answer.status >= 500 or (200 <= answer.status < 300):
        found = _MAYBE
    said = f"{found.says} ({words(answer)})"
    match found.means:
        case Means.BLOCKED:
            return AccountBlocked(detail=said + (steps_for(found.steps, use_case) if found.steps else ""))
        case Means.WAIT:
            return RateLimited(detail=said, wait=graph_limits.wait(answer.headers, use_case, now))
        case Means.QUOTA:
            return QuotaSpent(detail=said, wait=found.wait or graph_limits.UNSTATED)
        case Means.AGAIN:
            return NotSent(detail=said, wait=found.wait)
        case Means.REJECTED:
            return Rejected(code=str(subcode or code), detail=said, field=found.field or _field_named(error))
    return Unknown(detail=said, unreachable=answer.out_of_order or found.means is Means.DOWN)


def _by_status(status: int, error: dict[str, Any]) -> Verdict:
    if status == 429:
        return _BUSY
    if status == 401:
        return _ACCESS
    if not error or error.get("is_transient") is True or _number(error.get("code")) is None:
        return _MAYBE
    return _REFUSED


_PARAMETERS = {  # a word of the message -> the front-matter key behind it
    "attached_media": "media",
    "media_type": "media",
    "photo": "media",
    "image": "media",
    "video": "media",
    "source": "media",
    "alt_text": "media",
    "caption": "isi",
    "message": "isi",
    "link": "isi",
}


def _field_named(error: dict[str, Any]) -> str | None:
    """(#100) is said of every parameter; its name stands in the sentence alone."""
    said = str(error.get("message") or "").casefold()
    return next((field for word, field in _PARAMETERS.items() if word in said), None)


def error_in(answer: Answer) -> dict[str, Any]:
    error = (answer.body or {}).get("error")
    return error if isinstance(error, dict) else {}


def is_missing(answer: Answer) -> bool:
    """Graph's way to say that an object does not exist (or is hidden from this token)."""
    error = error_in(answer)
    return (_number(error.get("code")), _number(error.get("error_subcode"))) == (100, 33)


def words(answer: Answer) -> str:
    """Meta's own words, with the numbers to look up."""
    error = error_in(answer)
    numbers = "/".join(str(error[key]) for key in ("code", "error_subcode") if error.get(key) is not None)
    message = redact(str(error.get("message") or "tanpa keterangan"))[:120]
    return f"{message}, kode {numbers or '-'}, HTTP {answer.status}"


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
