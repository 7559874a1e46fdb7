"""The keys of sealed notes: outside the database and every backup, newest first, read anew each time they are used."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from bakohumas_bot.errors import BadConfiguration, Refused, Unavailable

FILE = "secrets.key"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
_BAD = (
    "{where}: bukan kunci yang dikenal. Kunci berupa 44 huruf, satu per baris, yang terbaru di atas. Buat dengan: "
    "openssl rand -base64 32 | tr '+/' '-_'."
)
_NOT_OURS = (
    "Kunci ini disimpan di luar jangkauan aplikasi ({where}), sehingga tidak dapat diganti dari sini. Mohon letakkan "
    "kunci baru di depan kunci lama (satu per baris, atau dipisah spasi), mulai ulang semua proses, lalu ulangi "
    "perintah ini. Kunci baru: openssl rand -base64 32 | tr '+/' '-_'."
)


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """Where the keys lie: in `path`, or already read from elsewhere as `given`. `own`: made and replaced by us."""

    path: Path | None = None
    given: str = ""
    where: str = "[secrets] key"
    own: bool = False

    def sealing(self) -> Fernet:
        """The newest key; our own file is made at its first use. Raises `BadConfiguration` or `Unavailable`."""
        if self.own and self.path is not None and not self.path.exists():
            self._create(self.path)
        return Fernet(self.keys()[0])

    def opening(self) -> list[Fernet]:
        """Every key, newest first; none where our own file is not there: an empty one would open nothing either."""
        return [Fernet(key) for key in self.keys()]

    def keys(self) -> tuple[str, ...]:
        if self.own and self.path is not None and not self.path.exists():
            return ()
        words = self._read().split()
        if not words or not all(map(_KEY.fullmatch, words)):
            raise BadConfiguration([_BAD.format(where=self.where)])
        return tuple(words)

    def open_to_others(self) -> bool:
        """May anybody but the service read the file?"""
        return bool(self.path and self.path.exists() and self.path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))

    def add(self) -> None:
        """A new key in front of the others, on the disk when this returns. Raises `Refused` where we may not write."""
        self._replace((Fernet.generate_key().decode(), *self.keys()))

    def keep_newest(self) -> None:
        self._replace(self.keys()[:1])

    def _read(self) -> str:
        if self.path is None:
            return self.given
        try:
            return self.path.read_text(encoding="utf-8")
        except ValueError:
            raise BadConfiguration([_BAD.format(where=self.where)]) from None
        except OSError as error:
            raise Unavailable(f"Berkas kunci {self.path} tidak dapat dibaca ({error.strerror}).") from error

    def _create(self, path: Path) -> None:
        """Whole or not at all, and once: another process that starts now must not seal with a key of its own."""
        try:
            fresh = _beside(path, [Fernet.generate_key().decode()])
            try:
                with suppress(FileExistsError):
                    os.link(fresh, path)
                _flush_folder(path.parent)
            finally:
                fresh.unlink()
        except OSError as error:
            raise Unavailable(f"Berkas kunci {path} tidak dapat dibuat ({error.strerror}).") from error

    def _replace(self, keys: Sequence[str]) -> None:
        if self.path is None or not self.own:
            raise Refused(_NOT_OURS.format(where=self.where))
        try:
            _beside(self.path, keys).replace(self.path)
            _flush_folder(self.path.parent)
        except OSError as error:
            raise Unavailable(f"Berkas kunci {self.path} tidak dapat ditulis ({error.strerror}).") from error


def _beside(path: Path, keys: Sequence[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _flush_folder(folder: Path) -> None:
    """A name is on the disk only when its folder is: without the key, what was sealed with it is lost."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
