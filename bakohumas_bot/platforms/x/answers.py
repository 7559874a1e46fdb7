"""What X's refusals mean for the call that got them, and how long its headers say to stay away.

Sources: https://docs.x.com/x-api/fundamentals/rate-limits and .../response-codes-and-errors, read 2026-08-22; the day's
headers as X sends them beside the window's (plhery/node-twitter-api-v2 issues 495 and 553).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, Outcome, RateLimited, Rejected, Unknown
from bakohumas_bot.platforms.http import Answer, retry_after
from bakohumas_bot.platforms.redaction import redact

SOON = timedelta(seconds=5)
WINDOW = timedelta(minutes=15)  # X's usual one, where an answer names no end
LONGEST = timedelta(days=1)
# The window of this call, the user's day and the app's day: each with its own -limit, -remaining and -reset.
_COUNTS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")

RENEW = """
1. Masuk ke developer.x.com dengan akun resmi satker, lalu buka aplikasi satker.
2. Pada "Keys and tokens", buat ulang Access Token dan Access Token Secret (auth = oauth2: minta token pengguna baru).
3. Ganti access_token dan access_token_secret di tempat rahasia disimpan."""
PERMIT = """
1. Masuk ke x.com dengan akun ini. Apabila akun dikunci, ikuti petunjuk yang tampil.
2. Di developer.x.com, buka aplikasi satker, lalu pilih izin "Read and write".
3. Buat ulang Access Token dan Access Token Secret: izin baru hanya berlaku bagi token baru. Ganti keduanya."""
PAY = """
1. Masuk ke developer.x.com dengan akun resmi satker.
2. Isi saldo kredit atau naikkan batas pemakaian pada menu tagihan (Billing)."""


@dataclass(frozen=True, kw_only=True)
class MediaGone(NotSent):
    """X refused the post because it no longer knows its media: they are uploaded anew."""


def refusal(answer: Answer, now: datetime) -> Outcome:
    """What an answer other than 2xx means for the call that was made."""
    said = f"({redact(words(answer.body))[:120] or 'tanpa keterangan'}, HTTP {answer.status})"
    match answer.status:
        case 429 if _usage_cap(answer.body) == "monthly":
            return AccountBlocked(detail=f"Kuota bulanan API X habis. {said}{PAY}")
        case 429:
            return RateLimited(detail=f"X meminta menunggu. {said}", wait=wait(answer, now))
        case 401:
            return AccountBlocked(detail=f"Akses X kanal ini tidak berlaku lagi. {said}{RENEW}")
        case 402:
            return AccountBlocked(detail=f"Kredit API X habis. {said}{PAY}")
        case _ if answer.out_of_order or not words(answer.body):
            return Unknown(detail=f"Jawaban X tidak jelas. {said}", unreachable=answer.out_of_order)
    return _named(words(answer.body).casefold(), answer.status, said)


def _named(lower: str, status: int, said: str) -> Outcome:
    """A refusal that X explains in words alone."""
    if "duplicate content" in lower:  # HTTP 403 without a code: evidence that an earlier attempt landed
        return Unknown(detail=f"X menyatakan isi ini sudah pernah tayang. {said}")
    if "text is too long" in lower:
        return Rejected(code="too_long", detail=f"Teks melebihi batas X. Mohon dipersingkat. {said}", field="isi")
    if "media id" in lower or "media_id" in lower:
        return MediaGone(detail=f"X tidak mengenal lagi media ini, akan diunggah ulang. {said}", wait=SOON)
    if status == 403:
        return AccountBlocked(detail=f"X tidak mengizinkan akun atau aplikasi ini menerbitkan. {said}{PERMIT}")
    return Rejected(code=str(status), detail=f"X menolak isi ini. {said}", field=_field_named(lower))


def wait(answer: Answer, now: datetime) -> timedelta:
    """Until every count that is used up has begun anew. None used up: a cap of the day, or one nobody named."""
    ends = _used_up(answer.headers, now, unsaid="0")
    if ends:
        return max(ends)
    if _usage_cap(answer.body) == "daily":
        return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), UTC) - now
    return retry_after(answer.headers, now) or WINDOW


def rest(answer: Answer, now: datetime) -> timedelta | None:
    """After a post: how long X will take no other from this account, by its own count."""
    return max(_used_up(answer.headers, now), default=None)


def _used_up(headers: Mapping[str, str], now: datetime, unsaid: str = "") -> list[timedelta]:
    """How long every count that has nothing left still runs. `unsaid`: what a missing `-remaining` stands for."""
    spent = [count for count in _COUNTS if headers.get(f"{count}-remaining", unsaid) == "0"]
    resets = [headers.get(f"{count}-reset", "") for count in spent]
    return [_until(int(reset), now) for reset in resets if reset.isdecimal()]


def _until(reset: int, now: datetime) -> timedelta:
    """To the second; a moment that has passed by our clock is not asked about again at once."""
    left = datetime.fromtimestamp(min(reset, 10**11), UTC) - now
    return min(left, LONGEST) if left > timedelta() else SOON


def _usage_cap(body: dict[str, Any] | None) -> str | None:
    """The period of a cap on the plan, which no window of calls ends: "daily" or "monthly"."""
    capped = str((body or {}).get("type", "")).endswith("/usage-capped")
    return str((body or {}).get("period") or "monthly").casefold() if capped else None


def words(body: dict[str, Any] | None) -> str:
    """X's own words for an error: a problem object, a list of errors, or `{code, message}`."""
    said = [str(error.get("message") or error.get("detail") or "") for error in errors_in(body)]
    said += [str((body or {}).get(key) or "") for key in ("detail", "title", "message")]
    return "; ".join(dict.fromkeys(part for part in said if part))


def errors_in(body: dict[str, Any] | None) -> list[dict[str, Any]]:
    errors = (body or {}).get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _field_named(lower: str) -> str | None:
    """The front-matter key that an error speaks about, if it names one."""
    if "media" in lower:
        return "media"
    return "isi" if "text" in lower else None
