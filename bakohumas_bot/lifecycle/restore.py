"""Restore: a backup becomes the office again, and nothing that another machine has published goes out a second time.

The database is then an older moment. What was approved in it goes on, but whatever is not settled is looked up on its
platform before it may be sent; what only the old machine could finish (its messages, questions, uploads) is void.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from bakohumas_bot.domain.happenings import Restored
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.restore_news import Restoration, Share, tell
from bakohumas_bot.platforms.base import LANDMARKS
from bakohumas_bot.store import audit, door, handover, record, restorations
from bakohumas_bot.store.archive import rows, schema
from bakohumas_bot.store.archive.manifest import Manifest
from bakohumas_bot.store.archive.reading import Archive, open_archive
from bakohumas_bot.store.only_worker import only_worker

ACTOR = "restore"
CLOCKS_DIFFER = timedelta(minutes=5)


def restore(desk: Desk, source: Path) -> Restoration:
    """All of it in one transaction, or nothing.

    Raises `BadInput` for a file that is not whole and ours, `Refused` where somebody has worked already or the
    configuration is of other offices, and `Unavailable` when the machine says no.
    """
    now = desk.now()
    with open_archive(source) as archive, only_worker(desk.store.engine):
        _require_fit(desk, archive.manifest, now)
        with desk.store.reading() as tx:
            rows.require_empty(tx)
        archive.require_whole()
        for _, chunks in archive.media():  # under their hashes: harmless if the rest fails
            desk.blobs.put_stream(chunks)
        with desk.store.writing() as tx:
            handover.require_nobody_at_work(tx, now)
            rows.require_empty(tx)
            _load(tx, archive)
            return _go_on(desk, tx, archive.manifest, now)


def _require_fit(desk: Desk, manifest: Manifest, now: datetime) -> None:
    schema.require_known(manifest)
    if manifest.taken_at > now + CLOCKS_DIFFER:
        raise Refused(
            f"Jam mesin ini ({now:%Y-%m-%d %H:%M} UTC) mendahului waktu cadangan ({manifest.taken_at:%Y-%m-%d %H:%M} "
            "UTC). Mohon betulkan jamnya (NTP), lalu ulangi."
        )
    strange = [f"{name} ({code})" for code, name in manifest.offices.items() if code not in desk.directory.offices]
    if strange:
        raise Refused(
            f"Cadangan ini milik satker yang tidak ada di konfigurasi: {', '.join(strange[:5])}. Mohon salin "
            "konfigurasi dari mesin lama dahulu; konfigurasi tidak ikut dalam cadangan."
        )


def _load(tx: Session, archive: Archive) -> None:
    manifest = archive.manifest
    rows.require_every_table(manifest, schema.become(tx, manifest.schema))
    for part in manifest.tables:
        with archive.rows(part) as lines:
            rows.load(tx, part, lines)
    schema.become_newest(tx, manifest.schema)
    rows.count_on(tx)
    _, broken = audit.verify(tx)
    if broken:
        raise BadInput(
            f"Catatan audit di dalam cadangan ini rusak (satker {broken[0].office}, peristiwa {broken[0].number}). "
            "Tidak ada yang dipulihkan. Mohon simpan berkasnya sebagai bukti dan gunakan cadangan lain."
        )


def _go_on(desk: Desk, tx: Session, manifest: Manifest, now: datetime) -> Restoration:
    """What follows for the people and for each delivery, and every step of it in the record."""
    everybody = people.everyone(desk, tx, now)
    result = Restoration(
        manifest=manifest,
        serving=tuple(sorted(everybody.values(), key=lambda person: person.id)),
        offices={office: Share(**counts) for office, counts in handover.counts(tx).items()},
        unsent=handover.silence(tx),
        unhandled=handover.set_aside(tx, now),
        unserved=tuple(a for a in handover.accounts_in_use(tx) if not _serves(desk, a)),
    )
    for office, share in result.offices.items():
        said = asdict(share) | {"taken_at": manifest.taken_at.isoformat(), "app": manifest.app}
        record.append(tx, office=office, actor=ACTOR, kind="restored", now=now, **said)
    _look_first(desk, tx, manifest.taken_at, now)
    accounts = {*desk.directory.accounts, *handover.accounts(tx)}
    restorations.note(tx, sorted(accounts), taken_at=manifest.taken_at, now=now)
    desk.directory.know(everybody)  # also those who came by invitation hear of it
    tell(desk, tx, result, now)
    return result


def _look_first(desk: Desk, tx: Session, taken_at: datetime, now: datetime) -> None:
    for unsettled in handover.unsettled(tx):
        moves = [
            door.Move(
                delivery=delivery,
                happening=Restored(taken_at),
                now=now,
                spec=_spec(desk, delivery.platform),
                actor=ACTOR,
            )
            for delivery in unsettled
        ]
        for after in door.move_all(tx, moves):
            if isinstance(after, Exception):
                raise after
    handover.forget_attempts(tx, keep=LANDMARKS)


def _spec(desk: Desk, platform: str) -> PlatformSpec:
    if platform not in desk.specs:
        raise Refused(f"Versi ini belum mengenal platform {platform} di dalam cadangan. Mohon perbarui bakohumas-bot.")
    return desk.specs[platform]


def _serves(desk: Desk, account: str) -> bool:
    known = desk.directory.accounts.get(account)
    return known is not None and known.enabled
