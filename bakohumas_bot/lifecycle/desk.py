"""The desk: everything the verbs need, put together once by `app.py` and handed to each of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime

from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.offices import Account, Directory, Office, Person
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.policy import Rule
from bakohumas_bot.domain.reminders import Terms, terms_for
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approved import Remembered
from bakohumas_bot.lifecycle.circuits import Circuits
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.ocr import Engine
from bakohumas_bot.platforms.base import Adapter
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.freezes import FreezeWatch

# The clock that also runs while the machine sleeps: a sender that wakes late must know it.
awake_or_not: Callable[[], float] = (
    (lambda: time.clock_gettime(time.CLOCK_BOOTTIME)) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`adapters` holds the enabled accounts only; `now` is the one clock.

    `reopen` opens an account anew, with its secret as it is now; `closing` is set when the process is to end. `steady`
    counts seconds and never jumps. `engine` reads the words in pictures.
    """

    directory: Directory
    store: Store
    blobs: BlobStore
    specs: Mapping[str, PlatformSpec]
    adapters: MutableMapping[str, Adapter]
    now: Callable[[], datetime]
    freeze_watch: FreezeWatch
    policies: tuple[Rule, ...] = ()
    reminders: tuple[Terms, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    engine: Engine = field(default_factory=Engine)
    reopen: Callable[[str], Adapter | None] = lambda _: None
    steady: Callable[[], float] = awake_or_not
    remembered: Remembered = field(default_factory=Remembered)
    circuits: Circuits = field(default_factory=Circuits)
    closing: threading.Event = field(default_factory=threading.Event)

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

    def terms(self, office: str) -> Terms:
        """How this office is reminded, and when its phones rest."""
        return terms_for(self.reminders, office)
