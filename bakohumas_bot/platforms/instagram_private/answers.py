"""What instagrapi's 92 exceptions mean for a delivery, by family; what is in no family is unknown.

A refusal counts only when its body is Instagram's JSON: the library takes the page of a proxy for one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import requests
from instagrapi import exceptions as said

from bakohumas_bot.domain.outcomes import AccountBlocked, NotLive, NotSent, RateLimited, Rejected, Unknown
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.instagram_private.client import NotUploaded
from bakohumas_bot.platforms.redaction import redact

PAUSE = timedelta(minutes=10)  # Instagram says "a few minutes" and never how many
TRANSCODING = timedelta(seconds=10)

_HELD = """
1. Buka aplikasi Instagram dengan akun ini dan selesaikan yang diminta.
2. Jalankan: bakohumas doctor
3. Apabila masih ditolak: bakohumas secrets forget AKUN, agar sistem masuk kembali satu kali."""
_WAIT_IT_OUT = """
1. Buka aplikasi Instagram dengan akun ini, baca pemberitahuannya, lalu tunggu sampai pembatasan berakhir.
2. Kurangi unggahan ke akun ini. Apabila mungkin, pakai platform instagram (resmi).
3. Jalankan: bakohumas doctor"""
_SIGN_IN = """
1. Periksa nama pengguna dan kata sandi dengan masuk ke aplikasi Instagram. Matikan verifikasi dua langkah.
2. Ganti username dan password kanal ini di tempat rahasia disimpan.
3. Jalankan: bakohumas secrets forget AKUN, agar kata sandi dicoba satu kali lagi."""
_BLOCKED: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((said.AccountSuspended,), "Akun ditangguhkan oleh Instagram.", _HELD),
    (
        (said.TwoFactorRequired,),
        "Akun memakai verifikasi dua langkah, yang tidak dapat dijawab oleh sistem ini.",
        _SIGN_IN,
    ),
    ((said.BadPassword, said.BadCredentials), "Nama pengguna atau kata sandi Instagram ditolak.", _SIGN_IN),
    (
        (said.ChallengeError, said.CaptchaChallengeRequired, said.RelatedProfileRequired),
        "Instagram meminta pembuktian pemilik akun.",
        _HELD,
    ),
    (
        (said.LoginRequired, said.ClientLoginRequired, said.ClientUnauthorizedError, said.ReloginAttemptExceeded),
        "Sesi Instagram telah berakhir.",
        _HELD,
    ),
    ((said.FeedbackRequired, said.SentryBlock), "Instagram membatasi tindakan akun ini.", _WAIT_IT_OUT),
    ((said.ProxyAddressIsBlocked,), "Instagram memblokir alamat jaringan ini.", _WAIT_IT_OUT),
    ((said.ClientNeedsUpgradeError,), "Instagram menolak versi pustaka instagrapi yang dipakai.", _WAIT_IT_OUT),
    ((said.ClientForbiddenError,), "Instagram menolak permintaan akun ini.", _HELD),
)
_BLOCKING_WORDS = (
    "checkpoint_required",
    "login_required",
    "user_has_logged_out",
    "inactive user",
    "challenge_required",
)
_SLOW_DOWN = (said.RateLimitError, said.ClientThrottledError, said.PleaseWaitFewMinutes)
_MEDIA = (said.VideoTooLongException, said.MediaUnavailable, said.InvalidMediaId)
_CONTENT = {  # a phrase of `message` -> field to mend, what to tell
    "aspect ratio": ("media", "Perbandingan sisi gambar tidak diterima Instagram."),
    "image is not supported": ("media", "Gambar tidak diterima Instagram. Mohon ganti berkasnya."),
    "caption": ("isi", "Teks tidak diterima Instagram. Mohon periksa panjang teks dan jumlah tagar."),
}
_NOT_A_REFUSAL = (said.ClientIncompleteReadError, said.ClientJSONDecodeError, said.ClientRequestTimeout)
_UPLOAD_AGAIN = "media_needs_reupload"
_STILL_TRANSCODING = "transcode not finished"


def outcome_of(error: Exception, response: requests.Response | None, now: datetime) -> NotLive | Unknown:
    """`response` is the last one of the session that raised `error`."""
    if isinstance(error, requests.RequestException):
        return http.transport_failure(error)
    if isinstance(error, said.ClientConnectionError):  # instagrapi keeps only the text of what it caught
        return http.transport_failure(error.__context__ or error)
    if isinstance(error, NotUploaded):
        response = error.response
    answer = http.answer_of(response) if response is not None else None
    if answer is None or answer.body is None or answer.status >= 500 or isinstance(error, _NOT_A_REFUSAL):
        detail = f"Instagram tidak memberi jawaban yang pasti ({_words(error)})."
        return Unknown(detail=detail, unreachable=answer is not None and answer.out_of_order)
    if isinstance(error, _SLOW_DOWN) or answer.status == 429:
        wait = http.retry_after(answer.headers, now) or PAUSE
        return RateLimited(detail="Instagram meminta menunggu beberapa menit.", wait=wait)
    return _refusal(error, str(answer.body.get("message", "")).casefold(), answer.status)


def _refusal(error: Exception, message: str, status: int) -> NotLive | Unknown:  # noqa: PLR0911 - one per family
    if _STILL_TRANSCODING in message:
        return NotSent(detail="Video masih diolah oleh Instagram.", wait=TRANSCODING)
    if _UPLOAD_AGAIN in message:
        return NotSent(detail="Media di Instagram sudah tidak berlaku dan akan diunggah ulang.")
    for family, sentence, steps in _BLOCKED:
        if isinstance(error, family):
            return AccountBlocked(detail=f"{sentence}{steps}")
    if any(word in message for word in _BLOCKING_WORDS) or status in {401, 403}:
        return AccountBlocked(detail=f"Instagram menahan akun ini.{_HELD}")
    for phrase, (field, sentence) in _CONTENT.items():
        if phrase in message and 400 <= status <= 499:
            return Rejected(code=phrase.replace(" ", "_"), detail=sentence, field=field)
    if isinstance(error, _MEDIA) or (isinstance(error, NotUploaded) and 400 <= status <= 499):
        detail = "Media tidak diterima Instagram. Mohon ganti berkasnya."
        return Rejected(code=type(error).__name__, detail=detail, field="media")
    return Unknown(detail=f"Instagram menjawab dengan cara yang belum dikenal ({_words(error)}).")


def lost_uploads(error: Exception) -> bool:
    return _UPLOAD_AGAIN in str(error).casefold()


def _words(error: Exception) -> str:
    return redact(f"{type(error).__name__}: {error}")[:200]
