"""Wiring: configuration, store, platforms and clock become one desk; nothing else constructs them."""

from __future__ import annotations

import logging
import os
import secrets as random_numbers
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bakohumas_bot.config import Configuration, load
from bakohumas_bot.errors import BadConfiguration, Unavailable
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk, awake_or_not
from bakohumas_bot.lifecycle.media_host import StoredMediaHost
from bakohumas_bot.lifecycle.vault import StoredVault
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.ocr import Engine
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Adapter, Platform, Surroundings
from bakohumas_bot.platforms.http import tls
from bakohumas_bot.platforms.redaction import redact
from bakohumas_bot.store.database import open_store
from bakohumas_bot.store.freezes import FreezeWatch
from bakohumas_bot.store.sealed import Turns

QUIET = (
    "tweepy",
    "httpx",
    "httpcore",
    "instagrapi",
    "private_request",
    "public_request",
    "urllib3",
    "apscheduler",
    "alembic",
)


@dataclass(frozen=True, kw_only=True)
class App:
    """One running desk. `media_key` signs the addresses of hosted media."""

    configuration: Configuration
    desk: Desk
    media_key: bytes

    def close(self) -> None:
        self.desk.store.close()


def clock() -> datetime:
    """The one place that asks the machine for the time."""
    return datetime.now(UTC)


def open_app(
    folder: Path,
    *,
    secrets: bool,
    now: Callable[[], datetime] = clock,
    steady: Callable[[], float] = awake_or_not,
    platforms: Mapping[str, Platform] = PLATFORMS,
) -> App:
    """Raises `BadConfiguration` or `Unavailable`. `secrets` True opens the accounts, for those who publish."""
    configuration = load(folder, platforms, secrets=secrets)
    if secrets:
        tls()  # a certificate that cannot be read is told now, not at the hour of publishing
    store = open_store(configuration.database_url)
    key = _media_key(configuration.data_dir)
    host = StoredMediaHost(store, configuration.public_url, key, now)
    surroundings = Surroundings(now=now, sleep=_sleep, media_host=host, state_dir=configuration.data_dir)
    turns = Turns(store)

    def vault(account: str) -> StoredVault:
        return StoredVault(store=store, ring=configuration.keyring, turns=turns, account=account, now=now)

    adapters = _adapters(configuration, platforms, surroundings, vault) if secrets else {}
    desk = Desk(
        directory=configuration.directory,
        store=store,
        blobs=BlobStore(configuration.data_dir / "media"),
        specs={name: platform.spec for name, platform in platforms.items()},
        adapters=adapters,
        now=now,
        steady=steady,
        freeze_watch=FreezeWatch(store),
        policies=configuration.policies,
        reminders=configuration.reminders,
        knowledge=configuration.knowledge,
        engine=Engine(program=configuration.ocr),
        reopen=partial(_reopened, folder, platforms, surroundings, vault),
    )
    people.refresh(desk)
    return App(configuration=configuration, desk=desk, media_key=key)


def set_up_logging(level: int = logging.INFO, file: Path | None = None) -> None:
    """One line per act on standard error, or into `file`; no library may print a token."""
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Redacting(logging.Formatter):
    """Redacts the finished text, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _adapters(
    configuration: Configuration,
    platforms: Mapping[str, Platform],
    surroundings: Surroundings,
    vault: Callable[[str], StoredVault],
) -> dict[str, Adapter]:
    directory = configuration.directory
    opened: dict[str, Adapter] = {}
    for id_, settings in configuration.settings.items():
        account = directory.accounts[id_]
        if account.enabled:
            at_home = replace(surroundings, zone=directory.offices[account.office].zone, vault=vault(id_))
            opened[id_] = platforms[account.platform].open(account, settings, at_home)
    return opened


def _reopened(
    folder: Path,
    platforms: Mapping[str, Platform],
    surroundings: Surroundings,
    vault: Callable[[str], StoredVault],
    account: str,
) -> Adapter | None:
    """With the secret as it is on the disk now: a renewed token needs no restart. None while it cannot be read."""
    try:
        return _adapters(load(folder, platforms, secrets=True), platforms, surroundings, vault).get(account)
    except BadConfiguration as error:
        logging.getLogger("bakohumas.app").warning("the configuration cannot be read again: %s", error)
        return None


def _media_key(data_dir: Path) -> bytes:
    """Made at the first start, readable by the service alone."""
    path = data_dir / "media.key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _write_key(path)
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"Folder data {data_dir} tidak dapat ditulis ({error.strerror}).") from error


def _write_key(path: Path) -> None:
    """It appears whole or not at all: another process that starts now must not sign with half of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(random_numbers.token_bytes(32))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def _sleep(duration: timedelta) -> None:
    time.sleep(duration.total_seconds())
