"""A file is kept under its hash, whole or not at all, and one that changed is never used."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.media.blobs import BlobStore


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "data" / "media")


def all_files(blobs: BlobStore) -> list[Path]:
    return [path for path in blobs.root.rglob("*") if path.is_file()]


def test_bytes_come_back_under_their_hash(blobs: BlobStore) -> None:
    sha256 = blobs.put_bytes(b"isi")
    assert sha256 == hashlib.sha256(b"isi").hexdigest()
    assert blobs.path(sha256).read_bytes() == b"isi"
    assert blobs.verify(sha256) == blobs.path(sha256)


def test_a_large_file_is_copied_whole(blobs: BlobStore, tmp_path: Path) -> None:
    source = tmp_path / "besar"
    source.write_bytes(os.urandom(3_000_001))
    sha256 = blobs.put_file(source)
    assert blobs.path(sha256).read_bytes() == source.read_bytes()
    assert source.exists()


def test_the_same_bytes_are_kept_once_and_nothing_is_left_over(blobs: BlobStore) -> None:
    assert blobs.put_bytes(b"isi") == blobs.put_bytes(b"isi")
    assert len(all_files(blobs)) == 1


def test_only_the_owner_may_read(blobs: BlobStore) -> None:
    path = blobs.path(blobs.put_bytes(b"isi"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_blob_that_changed_is_not_used(blobs: BlobStore) -> None:
    sha256 = blobs.put_bytes(b"isi")
    blobs.path(sha256).write_bytes(b"isi lain")
    with pytest.raises(Unavailable, match="rusak"):
        blobs.verify(sha256)


def test_putting_the_bytes_again_mends_a_damaged_blob(blobs: BlobStore) -> None:
    sha256 = blobs.put_bytes(b"isi")
    blobs.path(sha256).write_bytes(b"xxx")
    blobs.put_bytes(b"isi")
    assert blobs.verify(sha256).read_bytes() == b"isi"


def test_a_missing_blob_is_said_in_one_sentence(blobs: BlobStore) -> None:
    with pytest.raises(Unavailable, match="tidak ditemukan di penyimpanan"):
        blobs.path("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "0" * 65, "A" * 64])
def test_only_a_hash_names_a_blob(blobs: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.path(name)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_copy_that_breaks_off_leaves_nothing(blobs: BlobStore) -> None:
    with pytest.raises(Unavailable, match="tidak dapat disimpan"):
        blobs.put_file(Path("/proc/self/mem"))
    assert all_files(blobs) == []


def test_a_stream_that_breaks_off_leaves_nothing(blobs: BlobStore) -> None:
    def broken() -> Iterator[bytes]:
        yield b"separuh"
        raise EOFError

    with pytest.raises(EOFError):
        blobs.put_stream(broken())
    assert all_files(blobs) == []
    assert blobs.verify(blobs.put_stream([b"sep", b"aruh"])).read_bytes() == b"separuh"


def test_a_disk_that_takes_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file stands where the folder should be")
    with pytest.raises(Unavailable, match="ruang kosong dan izin tulis"):
        BlobStore(tmp_path / "media").put_bytes(b"isi")


def test_a_note_is_remembered_and_a_broken_one_forgotten(blobs: BlobStore) -> None:
    assert blobs.noted("kunci") is None
    blobs.note("kunci", {"size": 3})
    assert BlobStore(blobs.root).noted("kunci") == {"size": 3}
    (blobs.root / "notes" / "kunci.json").write_bytes(b"{")
    assert blobs.noted("kunci") is None
