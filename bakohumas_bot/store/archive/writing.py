"""A backup as it is written: it appears whole under its name, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bakohumas_bot.errors import Refused, Unavailable
from bakohumas_bot.store.archive import manifest as form
from bakohumas_bot.store.archive.manifest import Manifest

CHUNK = 1 << 20
BLOCK = tarfile.BLOCKSIZE
END = b"\0" * (2 * BLOCK)


@contextmanager
def appearing_whole(target: Path, *, overwrite: bool) -> Iterator[IO[bytes]]:
    """A file beside `target` that takes its name when all of it is on the disk; on any failure nothing is left.

    Raises `Refused` where there is a file already, and `Unavailable` when the disk says no.
    """
    _require_free(target, overwrite=overwrite)
    with _disk_speaks(target.parent):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            _require_free(target, overwrite=overwrite)
            Path(name).replace(target)
            _sync_folder(target.parent)
        finally:
            Path(name).unlink(missing_ok=True)


class Tar:
    """Plain members, one after the other; any tar can list them. `at` is the time that they all bear."""

    def __init__(self, out: IO[bytes], manifest: Manifest) -> None:
        self._out = out
        self._at = int(manifest.taken_at.timestamp())
        self._manifest = form.written(manifest)
        self.add(form.NAME, len(self._manifest), [self._manifest])

    def add(self, name: str, size: int, chunks: Iterable[bytes], sha256: str | None = None) -> None:
        """Raises `Unavailable` when `chunks` bring other bytes than were announced."""
        self._out.write(header(name, size, self._at))
        written, digest = 0, hashlib.sha256()
        for chunk in chunks:
            written += len(chunk)
            digest.update(chunk)
            self._out.write(chunk)
        if written != size or sha256 not in {None, digest.hexdigest()}:
            raise Unavailable(f"{name} berubah selagi dicadangkan. Mohon ulangi, dan periksa disk bila berulang.")
        self._out.write(b"\0" * (room(size) - BLOCK - size))

    def close(self) -> None:
        """With the seal of the manifest, without which nothing in the file is believed."""
        seal = hashlib.sha256(self._manifest).hexdigest().encode() + b"\n"
        self.add(form.SEAL, len(seal), [seal])
        self._out.write(END)


def header(name: str, size: int, at: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, at
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def room(size: int) -> int:
    """What a member of `size` bytes takes, its header and padding included."""
    return BLOCK + size + -size % BLOCK


def exactly(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """The next `size` bytes, or fewer where they end."""
    while size > 0 and (chunk := read(min(size, CHUNK))):
        size -= len(chunk)
        yield chunk


def _require_free(target: Path, *, overwrite: bool) -> None:
    if target.is_dir():
        raise Refused(f"{target} adalah folder. Mohon sebutkan juga nama berkasnya.")
    if not overwrite and (target.exists() or target.is_symlink()):
        raise Refused(
            f"Berkas {target} sudah ada. Mohon pilih nama lain, atau tambahkan --overwrite untuk menggantinya."
        )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_speaks(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        no_room = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        remedy = "Mohon kosongkan ruang atau pilih tempat lain." if no_room else "Mohon periksa foldernya."
        raise Unavailable(
            f"Cadangan tidak dapat ditulis di {folder} ({error.strerror or error}). {remedy} Tidak ada berkas setengah "
            "jadi yang ditinggalkan."
        ) from error
