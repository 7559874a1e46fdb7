"""What one account keeps sealed in the database: tokens that a platform changes, a session that a login gave."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent
from bakohumas_bot.errors import BadConfiguration, Unavailable
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.store import sealed
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.keyring import Keyring


@dataclass(frozen=True, kw_only=True)
class StoredVault:
    """`platforms.base.Vault` for one account: what cannot be opened blocks it, and says how that is mended."""

    store: Store
    ring: Keyring
    turns: sealed.Turns
    account: str
    now: Callable[[], datetime]

    def get(self, key: str) -> str | None:
        try:
            with self.store.reading() as tx:
                return sealed.read(tx, self.ring, self.account, key)
        except (sealed.Unopened, BadConfiguration) as error:
            raise Stopped(AccountBlocked(detail=str(error))) from None
        except Unavailable as error:
            raise Stopped(NotSent(detail=str(error))) from None

    def put(self, key: str, value: str) -> None:
        try:
            with self.store.writing() as tx:
                sealed.write(tx, self.ring, self.account, key, value, now=self.now())
        except BadConfiguration as error:
            raise Unavailable(str(error)) from None

    def forget(self, key: str) -> None:
        with self.store.writing() as tx:
            sealed.forget(tx, self.account, key)

    def turn(self) -> AbstractContextManager[bool]:
        return self.turns.take(self.account)
