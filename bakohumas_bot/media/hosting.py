"""Addresses under which our own web process shows a prepared file to a platform for a short while.

The token is random and says nothing about the file; what it stands for is looked up in the database. The signature
makes an address worthless after its hour, and guessing one pointless.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime

PATH = "media"
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "video/mp4": ".mp4", "application/pdf": ".pdf"}


def new_token() -> str:
    return secrets.token_urlsafe(24)


def address(base_url: str, *, token: str, mime: str, expires_at: datetime, key: bytes) -> str:
    """`base_url`/media/<token>/<expiry>/<signature>.jpg: ASCII only, as Instagram wants it."""
    expiry = str(int(expires_at.timestamp()))
    suffix = _SUFFIXES[mime]
    return f"{base_url.rstrip('/')}/{PATH}/{token}/{expiry}/{_signature(token, expiry, suffix, key)}{suffix}"


def check(token: str, expiry: str, signed: str, *, key: bytes, now: datetime) -> str | None:
    """The token, if these three parts of a path are an address that we made and that has not run out; else None."""
    signature, dot, suffix = signed.rpartition(".")
    if not all(part.isascii() for part in (token, expiry, signed)):
        return None
    genuine = hmac.compare_digest(signature, _signature(token, expiry, dot + suffix, key))
    if not genuine or not expiry.isdigit():
        return None
    return token if now.astimezone(UTC).timestamp() < int(expiry) else None


def _signature(token: str, expiry: str, suffix: str, key: bytes) -> str:
    message = f"{token}\n{expiry}\n{suffix}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, message, hashlib.sha256)).decode().rstrip("=")
