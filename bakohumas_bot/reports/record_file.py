"""An exported record: the events as they were hashed, a PDF for people, a manifest of both, and a signature over it."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import BadInput, Unavailable
from bakohumas_bot.lifecycle import witness
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.reports import signing
from bakohumas_bot.reports.record_pdf import Told, write_pdf
from bakohumas_bot.store import audit, posts, record, witnesses
from bakohumas_bot.store.audit import GENESIS, Row

FORMAT = "bakohumas-audit-1"
EVENTS, LINKS, PDF, MANIFEST, KEY, SIGNATURE = (
    "events.jsonl",
    "links.txt",
    "catatan.pdf",
    "manifest.json",
    "public.key",
    "manifest.sig",
)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """One post; or a time from (including) until (excluding); of one office or of all."""

    post: int | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    office: str | None = None


@dataclass(frozen=True, kw_only=True)
class Exported:
    events: int
    manifest: dict[str, Any]
    fingerprint: str


def export(
    desk: Desk, selection: Selection, target: Path, folder: Path, *, by: str, overwrite: bool = False
) -> Exported:
    """Writes it whole or not at all; the record says who took what, and the heads that it names are witnessed."""
    if target.exists() and not overwrite:
        raise BadInput(f"Berkas {target} sudah ada. Pilih nama lain, atau tambahkan --overwrite.")
    key = signing.private_key(folder)
    now = desk.now()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".audit-") as scratch, desk.store.reading() as tx:
            manifest = _gather(desk, tx, selection, Path(scratch), now)
            manifest["key"] = signing.fingerprint(key.public_key().public_bytes_raw())
            spelled = canonical(manifest)
            (Path(scratch) / MANIFEST).write_bytes(spelled)
            (Path(scratch) / KEY).write_text(key.public_key().public_bytes_raw().hex() + "\n", encoding="ascii")
            (Path(scratch) / SIGNATURE).write_text(key.sign(spelled).hex() + "\n", encoding="ascii")
            _pack(Path(scratch), target)
    except OSError as error:
        raise Unavailable(f"Berkas {target} tidak dapat ditulis ({error.strerror}).") from error
    _bear_witness(desk, manifest, folder, now)
    _write_down(desk, manifest, selection, by=by)
    return Exported(events=manifest["events"], manifest=manifest, fingerprint=manifest["key"])


def _gather(desk: Desk, tx: Session, selection: Selection, scratch: Path, now: datetime) -> dict[str, Any]:
    offices: dict[str, dict[str, Any]] = {}
    ends = audit.heads(tx)
    touched: dict[int, None] = {}
    count = 0
    with (scratch / EVENTS).open("wb") as events, (scratch / LINKS).open("w", encoding="utf-8") as links:
        for row in _chosen(tx, selection):
            events.write(audit.said(row) + b"\n")
            links.write(f"{row.office} {row.number} {row.hash}\n")
            _note_range(offices.setdefault(row.office, {}), row)
            if row.post is not None:
                touched[row.post] = None
            count += 1
    if not count:
        raise BadInput("Tidak ada peristiwa pada pilihan itu, sehingga tidak ada yang diekspor.")
    for code, office in offices.items():
        number, hash_ = ends.get(code, (0, GENESIS))
        known = desk.directory.offices.get(code)
        office["head"] = {"number": number, "hash": hash_}
        office["name"], office["zone"] = (known.name, known.zone.key) if known else (code, "UTC")
    told = Told(
        desk=desk,
        offices=offices,
        rows=_chosen(tx, selection),
        revisions=[revision for post in sorted(touched) for revision in _revisions(tx, post)],
        made_at=now,
        events_sha256=_sha256(scratch / EVENTS),
    )
    write_pdf(scratch / PDF, told)
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "software": version("bakohumas-bot"),
        "selection": {
            "post": selection.post,
            "from": selection.begins.isoformat() if selection.begins else None,
            "until": selection.ends.isoformat() if selection.ends else None,
            "office": selection.office,
        },
        "events": count,
        "offices": offices,
        "files": {name: _sha256(scratch / name) for name in (EVENTS, LINKS, PDF)},
    }


def _revisions(tx: Session, post: int) -> list[Revision]:
    newest = posts.latest(tx, post)
    return [*(posts.revision(tx, post, number) for number in range(1, newest.number)), newest]


def _chosen(tx: Session, selection: Selection) -> Iterator[Row]:
    """By the event's own hour: clocks may step back, so a cut by time need not be one piece of the chain."""
    where = ""
    values: dict[str, Any] = {}
    if selection.office is not None:
        where, values = "WHERE office = :office", {"office": selection.office}
    if selection.post is not None:
        where = f"{where} AND post = :post" if where else "WHERE post = :post"
        values = values | {"post": selection.post}
    for row in audit.rows(tx, where, values):
        if _within(row, selection):
            yield row


def _within(row: Row, selection: Selection) -> bool:
    if selection.begins is None and selection.ends is None:
        return True
    at = datetime.fromisoformat(row.at)
    return (selection.begins is None or at >= selection.begins) and (selection.ends is None or at < selection.ends)


def _note_range(office: dict[str, Any], row: Row) -> None:
    """`before` is the link that the first event hangs on: with it a cut-out is proven in itself."""
    if not office:
        office |= {"first": row.number, "before": row.previous, "events": 0}
    office |= {"last": row.number, "end": row.hash, "events": office["events"] + 1}


def _pack(scratch: Path, target: Path) -> None:
    whole = scratch / "whole"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (MANIFEST, SIGNATURE, KEY, EVENTS, LINKS, PDF):
            archive.write(scratch / name, name)
    whole.chmod(0o600)
    whole.replace(target)


def _bear_witness(desk: Desk, manifest: dict[str, Any], folder: Path, now: datetime) -> None:
    heads = [
        witnesses.Head(office=code, number=office["head"]["number"], hash=office["head"]["hash"])
        for code, office in manifest["offices"].items()
    ]
    with desk.store.writing() as tx:
        witnesses.note(tx, heads, at=now)
    witness.keep(folder, heads, now)


def _write_down(desk: Desk, manifest: dict[str, Any], selection: Selection, *, by: str) -> None:
    """In the chain of every office whose events left the house."""
    period = {"begins": selection.begins, "ends": selection.ends}
    what = {name: at.isoformat() if at else None for name, at in period.items()}
    digest = hashlib.sha256(canonical(manifest)).hexdigest()
    with desk.store.writing() as tx:
        record.append_all(
            tx,
            [
                record.Event(
                    office=office,
                    actor=by,
                    kind="exported",
                    at=desk.now(),
                    post=selection.post,
                    data={"digest": digest, "events": manifest["events"], **what},
                )
                for office in sorted(manifest["offices"])
            ],
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest_of(spelled: bytes) -> dict[str, Any]:
    found = json.loads(spelled)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError("not one of ours")
    return found
