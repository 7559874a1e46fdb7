"""The desk: everything the verbs need, put together once by `app.py` and handed to each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.domain.offices import Account, Directory, Office, Person
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.errors import Refused
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.platforms.base import Adapter
from bakohumas_bot.store.database import Store


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`adapters` holds the enabled accounts only; `now` is the one clock."""

    directory: Directory
    store: Store
    blobs: BlobStore
    specs: Mapping[str, PlatformSpec]
    adapters: Mapping[str, Adapter]
    now: Callable[[], datetime]

    def person(self, id_: str) -> Person:
        """Raises `Refused` for a stranger: the same words whether or not the post exists."""
        person = self.directory.people.get(id_)
        if person is None:
            raise Refused(f"Orang dengan id '{id_}' tidak terdaftar di konfigurasi ([[people]]).")
        return person

    def office(self, code: str) -> Office:
        return self.directory.offices[code]

    def account(self, id_: str) -> Account:
        return self.directory.accounts[id_]

    def spec_of(self, account: str) -> PlatformSpec:
        return self.specs[self.directory.accounts[account].platform]
