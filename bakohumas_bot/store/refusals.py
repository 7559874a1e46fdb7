"""Why a database or a disk says no: one sentence with its remedy, and never the address, which may hold a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from bakohumas_bot.errors import Unavailable

BUSY = "Basis data sedang dipakai proses lain. Mohon coba lagi sebentar."
_READ_ONLY = "Basis data tidak dapat ditulis: disk atau berkasnya hanya-baca. Mohon periksa hak akses folder."
_SERVER_READ_ONLY = (
    "Basis data tidak dapat ditulis: server PostgreSQL hanya-baca. Mohon arahkan [database] url ke server utama."
)
_FULL = "Disk penuh. Mohon kosongkan ruang; tidak ada data yang hilang."
_BAD_DISK = "Disk menolak membaca atau menulis. Mohon periksa disk; tidak ada yang dikirim ulang."
_DAMAGED = "Berkas basis data rusak. Mohon pulihkan dari cadangan."
_NO_RIGHT = "Peran basis data tidak memiliki hak yang diperlukan. Mohon jadikan ia pemilik basis data: ALTER DATABASE."
_PASSWORD = "Server basis data menolak nama atau kata sandi. Mohon periksa alamat pada [database] url."  # noqa: S105
_ABSENT = "Basis data belum dibuat di server. Mohon buat dengan createdb, atau periksa namanya pada [database] url."
_CROWDED = "Server basis data kehabisan sambungan. Mohon naikkan max_connections, atau kurangi proses penayang."
_DOWN = "Server basis data tidak dapat dihubungi. Mohon periksa apakah PostgreSQL berjalan dan [database] url benar."
_STARTING = "Server basis data sedang dimulai atau dihentikan. Mohon coba lagi sebentar."
_CUT = "Sambungan ke server basis data terputus. Mohon coba lagi sebentar."
_OPTION = "Pilihan pada alamat [database] url tidak dikenal. Mohon periksa bagian setelah tanda tanya."

# https://www.postgresql.org/docs/15/errcodes-appendix.html (2026-11-21)
_CODES = {
    "25006": _SERVER_READ_ONLY,
    "25P03": _CUT,
    "28000": _PASSWORD,
    "28P01": _PASSWORD,
    "3D000": _ABSENT,
    "40001": BUSY,
    "40P01": BUSY,
    "42501": _NO_RIGHT,
    "53100": _FULL,
    "53200": "Server basis data kehabisan memori. Mohon periksa mesinnya.",
    "53300": _CROWDED,
    "55P03": BUSY,
    "57014": BUSY,
    "57P01": _STARTING,
    "57P02": _STARTING,
    "57P03": _STARTING,
    "58030": _BAD_DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}

# Words of SQLite, and of PostgreSQL where a connection fails before there is a code. The first that fits.
_WORDS = {
    "readonly": _READ_ONLY,
    "locked": BUSY,
    "disk is full": _FULL,
    "unable to open": "Basis data tidak dapat dibuka. Mohon periksa alamat [database] dan hak akses foldernya.",
    "malformed": _DAMAGED,
    "not a database": "Berkas itu bukan basis data bakohumas-bot.",
    "disk I/O": _BAD_DISK,
    "too many": _CROWDED,
    "remaining connection slots": _CROWDED,
    "password": _PASSWORD,
    "not permitted to log in": _PASSWORD,
    "no pg_hba.conf entry": _PASSWORD,
    "role ": _PASSWORD,
    "does not exist": _ABSENT,
    "starting up": _STARTING,
    "shutting down": _STARTING,
    "recovery mode": _STARTING,
    "certificate": "Sertifikat server basis data tidak dipercaya. Mohon periksa sslmode dan sslrootcert.",
    "connection option": _OPTION,
    "unexpectedly": _CUT,
    "connection is lost": _CUT,
    "connection is closed": _CUT,
    "connection": _DOWN,
    "resolve host": _DOWN,
}


@contextmanager
def said_plainly() -> Iterator[None]:
    """Raises `Unavailable` instead of what the database, its pool or the disk said. Our own mistakes pass."""
    try:
        yield
    except PoolExhausted as error:
        raise Unavailable(BUSY) from error
    except DBAPIError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise Unavailable(sentence) from error
    except OSError as error:
        raise Unavailable(f"Folder data tidak dapat dipakai: {error.strerror} ({error.filename}).") from error


def _sentence(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        known = _CODES.get(code)
        return known or (f"Basis data menolak (kode {code})." if isinstance(error, OperationalError) else None)
    said = str(error.orig)
    for words, sentence in _WORDS.items():
        if words in said:
            return sentence
    return f"Basis data menolak: {said.splitlines()[0]}" if isinstance(error, OperationalError) else None
