"""A backup as it is read: by the places that its manifest implies, so that no file, however made, can do harm.

It is never unpacked: no name in it becomes a path, no link is followed, and nothing in it is compressed.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bakohumas_bot.errors import BadInput, Unavailable
from bakohumas_bot.store.archive import manifest as form
from bakohumas_bot.store.archive.manifest import NOT_A_BACKUP, Manifest, TablePart
from bakohumas_bot.store.archive.writing import BLOCK, CHUNK, END, exactly, header, room

_DAMAGED = (
    "Berkas cadangan ini rusak pada bagian {name}, sehingga tidak dipakai. Mohon salin ulang dari tempat asalnya, atau "
    "gunakan cadangan lain. Tidak ada yang dipulihkan."
)
_CUT = (
    "Panjang berkas cadangan ini {found} byte, seharusnya {wanted}: penyalinannya terputus atau berkasnya diubah. "
    "Mohon salin ulang dari tempat asalnya, atau gunakan cadangan lain. Tidak ada yang dipulihkan."
)
_SEAL_SIZE = 65


class Archive:
    """An open backup. Every way of reading a part compares it with what the manifest says, and raises `BadInput`."""

    def __init__(self, file: IO[bytes], data: bytes) -> None:
        self._file, self._data = file, data
        self.manifest: Manifest = form.read(data)
        self._at = int(self.manifest.taken_at.timestamp())
        self._media = room(len(data))
        self._tables: dict[str, int] = {}
        at = self._media + self.manifest.media.length
        for part in self.manifest.tables:
            self._tables[part.table] = at
            at += room(part.size)
        self._seal = at

    def require_whole(self) -> None:
        """Reads all of it once, before anything is done with any of it."""
        wanted = self._seal + room(_SEAL_SIZE) + len(END)
        found = os.fstat(self._file.fileno()).st_size
        if found != wanted:
            raise BadInput(_CUT.format(found=found, wanted=wanted))
        sealed = hashlib.sha256(self._data).hexdigest()
        with self._member(0, form.NAME, len(self._data), sealed):
            pass
        with self._member(self._seal, form.SEAL, _SEAL_SIZE) as stream:
            if stream.read() != sealed.encode() + b"\n":
                raise damaged(form.NAME)
        if self._file.read() != END:
            raise damaged(form.SEAL)
        for _, chunks in self.media():
            for _ in chunks:
                pass
        for part in self.manifest.tables:
            with self.rows(part):
                pass

    @contextmanager
    def rows(self, part: TablePart) -> Iterator[IO[bytes]]:
        with self._member(self._tables[part.table], part.name, part.size, part.sha256) as stream:
            yield stream

    def media(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The SHA-256 of each file, and its bytes, which end in `BadInput` if they are others."""
        names = hashlib.sha256()
        at, end, count = self._media, self._media + self.manifest.media.length, 0
        while at < end:
            self._file.seek(at)
            name, size = _described(self._file.read(BLOCK))
            sha256 = name.removeprefix("media/")
            if not form.is_sha256(sha256) or not 0 <= size <= end - at:
                raise damaged("media")
            yield sha256, self._chunks(at, f"media/{sha256}", size, sha256)
            names.update(sha256.encode())
            at, count = at + room(size), count + 1
        if (at, count, names.hexdigest()) != (end, self.manifest.media.files, self.manifest.media.sha256):
            raise damaged("media")

    def _chunks(self, at: int, name: str, size: int, sha256: str) -> Iterator[bytes]:
        with self._member(at, name, size, sha256) as stream:
            yield from exactly(stream.read, size)

    @contextmanager
    def _member(self, at: int, name: str, size: int, sha256: str | None = None) -> Iterator[IO[bytes]]:
        self._file.seek(at)
        if self._file.read(BLOCK) != header(name, size, self._at):
            raise damaged(name)
        within = _Within(self._file, size)
        with io.BufferedReader(within, CHUNK) as stream:
            yield stream
            while stream.read(CHUNK):
                pass
        padding = self._file.read(room(size) - BLOCK - size)
        if within.left or any(padding) or sha256 not in {None, within.digest.hexdigest()}:
            raise damaged(name)


class _Within(io.RawIOBase):
    """The next `left` bytes of a file and no more, hashed as they pass."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self.left, self.digest = file, size, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(min(self.left, len(buffer)))
        self.left -= len(data)
        self.digest.update(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def open_archive(source: Path) -> Iterator[Archive]:
    """Raises `BadInput` for what is no backup of ours, `Unavailable` when it cannot be read."""
    try:
        file = os.fdopen(os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")  # a pipe would keep us
    except OSError as error:
        raise Unavailable(f"Berkas cadangan {source} tidak dapat dibuka ({error.strerror}).") from error
    with file:
        try:
            yield Archive(file, _manifest_of(file))
        except OSError as error:
            raise Unavailable(f"Berkas cadangan {source} tidak dapat dibaca ({error.strerror}).") from error


def damaged(name: str) -> BadInput:
    return BadInput(_DAMAGED.format(name=name))


def _manifest_of(file: IO[bytes]) -> bytes:
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise BadInput(NOT_A_BACKUP)
    name, size = _described(file.read(BLOCK))
    if name != form.NAME or not 0 <= size <= form.LARGEST:
        raise BadInput(NOT_A_BACKUP)
    return file.read(size)


def _described(block: bytes) -> tuple[str, int]:
    """Name and size of an ordinary file; anything else in a tar (links, devices, long names) is none of ours."""
    try:
        info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.HeaderError, ValueError):
        return "", -1
    return (info.name, info.size) if info.type == tarfile.REGTYPE else ("", -1)
