"""Sealed notes: what an account must remember and nobody may read, encrypted with a key outside the database."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import delete, select, text
from sqlmodel import Session, col

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.file_lock import file_lock
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.keyring import Keyring
from bakohumas_bot.store.people_tables import SealedNoteRow
from bakohumas_bot.store.refusals import said_plainly

_REKEYING = 0x62616B6B  # our name among PostgreSQL's advisory locks
_TURNS = 0x62616B6C


class Unopened(Unavailable):
    """A note that none of our keys opens: the key is another's, or somebody changed the row."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What may be shown of a note. `opens`: with one of our keys; `newest`: with the first of them."""

    account: str
    key: str
    written_at: datetime
    opens: bool
    newest: bool


@dataclass(frozen=True, kw_only=True)
class Rekeyed:
    rewritten: int
    unopened: tuple[str, ...]


def read(tx: Session, ring: Keyring, account: str, key: str) -> str | None:
    """Raises `Unopened`."""
    row = tx.get(SealedNoteRow, (account, key), populate_existing=True)
    return None if row is None else _opened(ring.opening(), row)


def write(tx: Session, ring: Keyring, account: str, key: str, value: str, *, now: datetime) -> None:
    """Not while the keys are being changed: a note sealed with a key that is just going would be lost."""
    _hold_keys(tx, "pg_advisory_xact_lock_shared")
    sealed = _seal(ring.sealing(), account, key, value)
    row = insert(tx, SealedNoteRow).values(account=account, key=key, value=sealed, written_at=now)
    tx.execute(
        row.on_conflict_do_update(
            index_elements=["account", "key"], set_={"value": row.excluded.value, "written_at": row.excluded.written_at}
        )
    )


def forget(tx: Session, account: str, key: str | None = None) -> int:
    """Answers how many there were."""
    mine = delete(SealedNoteRow).where(col(SealedNoteRow.account) == account)
    gone = tx.execute(mine if key is None else mine.where(col(SealedNoteRow.key) == key))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def notes(tx: Session, ring: Keyring) -> list[Note]:
    """Names and ages; never a value."""
    every = ring.opening()
    return [
        Note(
            account=row.account,
            key=row.key,
            written_at=row.written_at,
            opens=_opens(every, row),
            newest=_opens(every[:1], row),
        )
        for row in _all(tx)
    ]


def rekey(store: Store, ring: Keyring) -> Rekeyed:
    """Every note under a new key, and the old one gone. What a crash interrupts, the next call brings to its end.

    At every moment each note opens with a key that is on the disk: the new key is written before it is used, and the
    old one goes when no note needs it any more.
    """
    if len(ring.keys()) < 2:
        ring.add()
    with store.writing() as tx:
        _hold_keys(tx, "pg_advisory_xact_lock")
        unopened, rewritten = [], 0
        for row in _all(tx):
            try:
                value = _opened(ring.opening(), row)
            except Unopened:
                unopened.append(f"{row.account}/{row.key}")
            else:
                row.value = _seal(ring.sealing(), row.account, row.key, value)
                rewritten += 1
    if ring.own:
        ring.keep_newest()
    return Rekeyed(rewritten=rewritten, unopened=tuple(unopened))


class Turns:
    """One at a time per name, across threads and processes; the end of a process ends its turn.

    Threads of this process wait for each other; while another process has the turn the answer is no.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ours: dict[str, threading.Lock] = {}

    @contextmanager
    def take(self, name: str) -> Iterator[bool]:
        with self._ours.setdefault(name, threading.Lock()), self._among_processes(name) as ours:
            yield ours

    @contextmanager
    def _among_processes(self, name: str) -> Iterator[bool]:
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], signed=True)
        engine = self._store.engine
        if engine.dialect.name != "postgresql":
            with file_lock(engine, f"turn-{number & 0xFFFFFFFF:08x}") as ours:
                yield ours
            return
        with said_plainly(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
            key = {"room": _TURNS, "key": number}
            ours = bool(session.execute(text("SELECT pg_try_advisory_lock(:room, :key)"), key).scalar())
            try:
                yield ours
            finally:
                session.execute(text("SELECT pg_advisory_unlock_all()"))


def _all(tx: Session) -> list[SealedNoteRow]:
    query = select(SealedNoteRow).order_by(col(SealedNoteRow.account), col(SealedNoteRow.key))
    return list(tx.execute(query).scalars())


def _hold_keys(tx: Session, lock: str) -> None:
    """SQLite has one writer at a time anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text(f"SELECT {lock}(:key)"), {"key": _REKEYING})


def _seal(cipher: Fernet, account: str, key: str, value: str) -> str:
    """With whose note it is inside: a row copied to another account does not open there."""
    return cipher.encrypt(json.dumps([account, key, value]).encode()).decode()


def _opened(ciphers: Sequence[Fernet], row: SealedNoteRow) -> str:
    try:
        account, key, value = json.loads(_decrypted(ciphers, row.value))
    except (InvalidToken, ValueError):
        account = key = value = None
    if (account, key) != (row.account, row.key) or not isinstance(value, str):
        raise Unopened(
            f"Catatan rahasia kanal {row.account} tidak dapat dibuka dengan kunci yang ada. Mohon kembalikan berkas "
            f"kunci yang lama, atau lupakan catatan itu (bakohumas secrets forget {row.account}) lalu perbarui "
            "tokennya."
        )
    return value


def _decrypted(ciphers: Sequence[Fernet], value: str) -> bytes:
    if not ciphers:
        raise InvalidToken
    return MultiFernet(ciphers).decrypt(value.encode())


def _opens(ciphers: Sequence[Fernet], row: SealedNoteRow) -> bool:
    try:
        _opened(ciphers, row)
    except Unopened:
        return False
    return True
