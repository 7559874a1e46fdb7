"""Files kept under the SHA-256 of their bytes: written once, whole or not at all, readable by nobody else."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bakohumas_bot.errors import Unavailable

_CHUNK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


class BlobStore:
    """A folder of blobs. Putting the same bytes twice keeps one file; a blob is never changed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put_file(self, source: Path) -> str:
        """Copy a file in, however large, and answer its SHA-256."""
        with _disk_speaks(), source.open("rb") as file:
            return self._put(iter(lambda: file.read(_CHUNK), b""))

    def put_bytes(self, data: bytes) -> str:
        return self._put([data])

    def put_stream(self, chunks: Iterable[bytes]) -> str:
        """What `chunks` brings; nothing is kept of it when they fail half way."""
        return self._put(chunks)

    def path(self, sha256: str) -> Path:
        """Where the bytes lie. Raises `Unavailable` if they are not there."""
        path = self._place(sha256)
        if not path.is_file():
            raise Unavailable(
                f"Berkas dengan sidik {sha256[:8]} tidak ditemukan di penyimpanan. "
                "Mohon lampirkan kembali berkas tersebut, atau pulihkan cadangan penyimpanan."
            )
        return path

    def has(self, sha256: str, size: int) -> bool:
        path = self._place(sha256)
        return path.is_file() and path.stat().st_size == size

    def verify(self, sha256: str) -> Path:
        """The path of bytes that were just read and hash to their name. Raises `Unavailable` if they do not."""
        path = self.path(sha256)
        with _disk_speaks():
            found = _hash(path)
        if found != sha256:
            raise Unavailable(
                f"Berkas dengan sidik {sha256[:8]} telah berubah atau rusak di penyimpanan, sehingga tidak digunakan. "
                "Mohon lampirkan kembali berkas tersebut, atau pulihkan cadangan penyimpanan."
            )
        return path

    def note(self, key: str, facts: dict[str, Any]) -> None:
        """Remember something beside the blobs; losing it costs only work."""
        self._put([json.dumps(facts, sort_keys=True).encode()], self._note(key))

    def noted(self, key: str) -> dict[str, Any] | None:
        try:
            facts: dict[str, Any] = json.loads(self._note(key).read_bytes())
        except (OSError, ValueError):
            return None
        return facts

    def _note(self, key: str) -> Path:
        return self.root / "notes" / f"{key}.json"

    def _place(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256

    def _put(self, chunks: Iterable[bytes], place: Path | None = None) -> str:
        with _disk_speaks():
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.root, prefix=".incoming-")  # mkstemp opens with 0600
            try:
                digest = _write(handle, chunks)
                self._keep(Path(name), place or self._place(digest))
            finally:
                Path(name).unlink(missing_ok=True)
        return digest

    def _keep(self, incoming: Path, place: Path) -> None:
        """Bytes that are already there are replaced by themselves: that also mends a file damaged on disk."""
        place.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.replace(place)
        _sync_folder(place.parent)
        _sync_folder(self.root)


def _write(handle: int, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as out:
        for chunk in chunks:
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_speaks() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"Berkas tidak dapat disimpan atau dibaca dari penyimpanan ({error.strerror or error}). "
            "Mohon periksa ruang kosong dan izin tulis folder data; kiriman Bapak/Ibu dapat diulang setelahnya."
        ) from error
