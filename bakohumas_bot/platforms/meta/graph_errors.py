"""What Meta's error numbers mean for the call that got them: subcode first, then code, then the HTTP status.

Sources: developers.facebook.com/docs/graph-api/guides/error-handling and
.../instagram-platform/instagram-graph-api/reference/error-codes, read 2026-11-21.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, Outcome, RateLimited, Rejected, Unknown
from bakohumas_bot.platforms.http import Answer, redact


class Means(Enum):
    BLOCKED = auto()
    WAIT = auto()
    UNKNOWN = auto()
    AGAIN = auto()  # nothing was published, and the same post may be prepared and tried once more
    REJECTED = auto()


@dataclass(frozen=True)
class Verdict:
    means: Means
    says: str
    field: str | None = None
    wait: timedelta | None = None


_ACCESS = Verdict(Means.BLOCKED, "Akses Meta tidak berlaku lagi. Mohon hubungkan ulang akun.")
_PERMISSION = Verdict(Means.BLOCKED, "Izin aplikasi pada akun ini kurang. Mohon lengkapi izinnya.")
_LOCKED = Verdict(Means.BLOCKED, "Akun dibatasi oleh Meta. Mohon buka akun tersebut dan ikuti petunjuknya.")
_BUSY = Verdict(Means.WAIT, "Meta meminta menunggu.")
_QUOTA = Verdict(Means.WAIT, "Kuota unggahan hari ini habis.", wait=timedelta(hours=1))
_MAYBE = Verdict(Means.UNKNOWN, "Jawaban Meta tidak jelas.")
_RENEW = Verdict(Means.AGAIN, "Media di Meta perlu disiapkan ulang.", wait=timedelta(seconds=30))
_MEDIA_URL = Verdict(Means.AGAIN, "Meta tidak dapat mengambil media dari alamat kami.", wait=timedelta(minutes=1))
_REFUSED = Verdict(Means.REJECTED, "Meta menolak isi ini.")

SUBCODES: dict[int, Verdict] = {
    33: Verdict(Means.BLOCKED, "Akun atau unggahan itu tidak ada, atau izinnya kurang."),
    2207001: _MAYBE,
    2207003: _RENEW,
    2207004: Verdict(Means.REJECTED, "Gambar melebihi 8 MiB. Mohon perkecil gambar.", "media"),
    2207005: Verdict(Means.REJECTED, "Jenis gambar tidak didukung. Mohon gunakan JPEG.", "media"),
    2207006: _RENEW,
    2207008: _RENEW,
    2207009: Verdict(Means.REJECTED, "Perbandingan sisi gambar di luar 4:5 sampai 1,91:1.", "media"),
    2207010: Verdict(Means.REJECTED, "Keterangan terlalu panjang, atau tagar atau sebutan terlalu banyak.", "isi"),
    2207020: _RENEW,
    2207023: _REFUSED,
    2207026: Verdict(Means.REJECTED, "Format video tidak didukung. Mohon gunakan MP4 (H.264, AAC).", "media"),
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
    2: _MAYBE,
    3: _PERMISSION,
    4: _BUSY,
    9: _QUOTA,
    10: _PERMISSION,
    17: _BUSY,
    25: _LOCKED,
    32: _BUSY,
    102: _ACCESS,
    190: _ACCESS,
    341: _BUSY,
    368: _LOCKED,
    506: Verdict(Means.UNKNOWN, "Facebook menyatakan isi ini sudah pernah tayang."),
    613: _BUSY,
    80001: _BUSY,
    80002: _BUSY,
    1609005: Verdict(Means.REJECTED, "Tautan di dalam teks tidak dapat dibaca Facebook. Mohon periksa tautan.", "isi"),
}


def verdict(code: int | None, subcode: int | None) -> Verdict | None:
    if subcode in SUBCODES:
        return SUBCODES[subcode]
    if code is not None and 200 <= code <= 299:
        return _PERMISSION
    return CODES.get(code) if code is not None else None


def outcome_of(answer: Answer) -> Outcome:
    """What an answer without success means. Only what Meta's table or a plain refusal proves counts as not done."""
    error = error_in(answer)
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    found = verdict(code, subcode) or _by_status(answer.status, error)
    if answer.status >= 500 or (200 <= answer.status < 300):
        found = _MAYBE
    said = f"{found.says} ({words(answer)})"
    match found.means:
        case Means.BLOCKED:
            return AccountBlocked(detail=said)
        case Means.WAIT:
            return RateLimited(detail=said, wait=found.wait or _wait(answer))
        case Means.AGAIN:
            return NotSent(detail=said, wait=found.wait)
        case Means.REJECTED:
            return Rejected(code=str(subcode or code), detail=said, field=found.field)
    return Unknown(detail=said)


def _by_status(status: int, error: dict[str, Any]) -> Verdict:
    if status == 429:
        return _BUSY
    if status == 401:
        return _ACCESS
    if not error or error.get("is_transient") is True or _number(error.get("code")) is None:
        return _MAYBE
    return _REFUSED


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
    message = redact(str(error.get("message") or "tanpa keterangan"))[:200]
    return f"{message}, kode {numbers or '-'}, HTTP {answer.status}"


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wait(answer: Answer) -> timedelta:
    """The longest `estimated_time_to_regain_access` (minutes); asking earlier prolongs the throttling."""
    minutes = max(_regained(answer.headers.get("x-business-use-case-usage", "")), default=0)
    return timedelta(minutes=min(minutes, 24 * 60)) if minutes > 0 else timedelta(minutes=15)


def _regained(header: str) -> Iterator[int]:
    try:
        usage = json.loads(header)
    except ValueError:
        return
    for rows in usage.values() if isinstance(usage, dict) else ():
        for row in rows if isinstance(rows, list) else ():
            yield _number(row.get("estimated_time_to_regain_access")) or 0 if isinstance(row, dict) else 0
