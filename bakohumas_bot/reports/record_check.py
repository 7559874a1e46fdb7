"""Proves an exported record on any machine, without a database: signature, files, and every link of the chains."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

from bakohumas_bot.errors import BadInput
from bakohumas_bot.reports import signing
from bakohumas_bot.reports.record_file import EVENTS, KEY, LINKS, MANIFEST, PDF, SIGNATURE, manifest_of

_SMALL = 1_000_000  # bytes of a manifest or a signature
_LONGEST = 16_000_000  # bytes of one line; longer ones are no events
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Checked:
    events: int
    fingerprint: str
    manifest: dict[str, Any]
    wrong: tuple[str, ...]


def check(file: Path, expected: str | None = None) -> Checked:
    """`expected`: the fingerprint that the office told. Raises `BadInput` where this is no exported record at all."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _check(archive, expected)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadInput(f"{file} bukan ekspor catatan audit yang utuh ({type(error).__name__}).") from error


def _check(archive: zipfile.ZipFile, expected: str | None) -> Checked:
    wrong: list[str] = []
    spelled, public = _small(archive, MANIFEST), bytes.fromhex(_small(archive, KEY).decode())
    if not signing.is_signed(public, bytes.fromhex(_small(archive, SIGNATURE).decode()), spelled):
        wrong.append("Tanda tangan tidak cocok dengan manifest.json: manifest diubah, atau kuncinya kunci lain.")
    if expected is not None and not signing.same_fingerprint(public, expected):
        wrong.append(f"Ditandatangani dengan kunci lain: {signing.fingerprint(public)}.")
    manifest = manifest_of(spelled)
    strange = sorted(set(archive.namelist()) - {MANIFEST, KEY, SIGNATURE, *manifest["files"]})
    wrong += [f"Berkas {name!r} tidak termasuk ekspor ini." for name in strange]
    if len(set(archive.namelist())) != len(archive.namelist()):
        wrong.append("Ada dua berkas dengan nama yang sama.")
    for name, meant in {EVENTS: "peristiwa", LINKS: "rantai", PDF: "PDF"}.items():
        if _sha256(archive, name) != manifest["files"][name]:
            wrong.append(f"{name} ({meant}) bukan yang ditandatangani.")
    count, faults = _chains(archive, manifest)
    return Checked(
        events=count, fingerprint=signing.fingerprint(public), manifest=manifest, wrong=tuple(wrong + faults)
    )


def _chains(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> tuple[int, list[str]]:
    faults: list[str] = []
    ends: dict[str, tuple[int, str]] = {}
    number = 0
    with archive.open(EVENTS) as events, archive.open(LINKS) as links:
        for number, (line, link) in enumerate(zip_longest(_lines(events), _lines(links)), start=1):
            try:
                fault = _fault(line, link, ends, manifest)
            except _OutOfStep as error:  # from here on nothing stands beside its own link
                return number, [*faults, f"Baris {number}: {error}."]
            if fault and len(faults) < _MOST:
                faults.append(f"Baris {number}: {fault}.")
    for code, office in manifest["offices"].items():
        if office["last"] != ends.get(code, (0, ""))[0]:
            faults.append(f"Satker {code}: ujung catatan hilang, seharusnya sampai peristiwa {office['last']}.")
    if number != manifest["events"]:
        faults.append(f"Berisi {number} peristiwa, seharusnya {manifest['events']}.")
    return number, faults


class _OutOfStep(Exception):  # noqa: N818
    """A line does not belong to the link beside it."""


def _fault(
    line: bytes | None, link: bytes | None, ends: dict[str, tuple[int, str]], manifest: dict[str, Any]
) -> str | None:
    """What is wrong with one event, seen from its link and from the event before."""
    if line is None:
        raise _OutOfStep(f"peristiwa hilang ({(link or b'').decode()[:60]})")
    try:
        said = json.loads(line)
        office, number, previous = said["office"], said["number"], said["previous"]
        before = ends.get(office)
        first = manifest["offices"][office]
    except (ValueError, KeyError, TypeError):
        return "bukan peristiwa"
    hash_ = hashlib.sha256(line).hexdigest()
    ends[office] = (number, hash_)
    if link is None:
        raise _OutOfStep(f"peristiwa {number} tidak ada pada rantai yang ditandatangani")
    if link.decode() == f"{office} {number} {hash_}":
        return _unlinked(number, previous, before, first)
    told_office, told_number, _ = link.decode().split(" ")
    if (told_office, int(told_number)) == (office, number):
        return f"peristiwa {number} satker {office} diubah"
    raise _OutOfStep(
        f"seharusnya peristiwa {told_number} satker {told_office}, tertulis peristiwa {number} satker {office}: ada "
        "yang hilang, disisipkan, atau tertukar"
    )


def _unlinked(number: int, previous: str, before: tuple[int, str] | None, first: dict[str, Any]) -> str | None:
    """Neighbours must hold each other; a cut-out of one post has gaps, which its signed links name."""
    if before is None:
        fits = (number, previous) == (first["first"], first["before"])
        return None if fits else f"peristiwa {number} tidak menyambung pada awal kutipan"
    if number <= before[0]:
        return f"peristiwa {number} tidak menurut urutan"
    if number == before[0] + 1 and previous != before[1]:
        return f"peristiwa {number} tidak menyambung pada peristiwa {before[0]}"
    return None


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_LONGEST):
        yield line.removesuffix(b"\n")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        found = file.read(_SMALL + 1)
    if len(found) > _SMALL:
        raise ValueError(name)
    return found.strip()


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
