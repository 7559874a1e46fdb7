"""The key that signs exported records: made at its first use, beside the database and never in it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bakohumas_bot.errors import Unavailable

FILE = "audit.key"


def private_key(folder: Path) -> Ed25519PrivateKey:
    path = folder / FILE
    try:
        if not path.exists():
            _write(path, Ed25519PrivateKey.generate().private_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except OSError as error:
        raise Unavailable(f"Kunci catatan {path} tidak dapat dipakai ({error.strerror}).") from error
    except ValueError:
        raise Unavailable(f"Kunci catatan {path} rusak. Mohon pulihkan berkas itu dari salinannya.") from None


def public_key(folder: Path) -> bytes:
    return private_key(folder).public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """As people compare it, on paper or by telephone: eight groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def same_fingerprint(public: bytes, told: str) -> bool:
    return fingerprint(public).replace(" ", "") == "".join(told.lower().split())


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _write(path: Path, key: bytes) -> None:
    """It appears whole or not at all, and of two that are made at once the first stays."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
