"""Makes prepared pictures readable on the public web for a while: unguessable, signed, removed after use."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.media import hosting
from bakohumas_bot.store import hosted
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.tables import HostedMediaRow

LIFE = timedelta(hours=2)  # longer than an upload may wait; Instagram needs it until the container is FINISHED


class StoredMediaHost:
    """`platforms.base.MediaHost`: rows in the database, bytes from the blob store, served by our own web process."""

    def __init__(self, store: Store, public_url: str, key: bytes, now: Callable[[], datetime]) -> None:
        self._store, self._public_url, self._key, self._now = store, public_url, key, now

    def publish(self, sha256: str, mime: str, *, delivery: str) -> str:
        """The address at which anyone may read the bytes until it expires. The same file keeps its address."""
        if not self._public_url:
            raise Unavailable(
                "Alamat publik belum diatur. Mohon isi [web] public_url agar Instagram dapat mengambil gambar."
            )
        now = self._now()
        with self._store.writing() as tx:
            row = hosted.held_for(tx, delivery, sha256, now + LIFE / 2)
            if row is None:
                row = HostedMediaRow(
                    token=secrets.token_urlsafe(24),
                    delivery_id=delivery,
                    sha256=sha256,
                    mime=mime,
                    expires_at=(now + LIFE).replace(microsecond=0),
                )
                hosted.put(tx, row)
        return hosting.address(self._public_url, token=row.token, mime=mime, expires_at=row.expires_at, key=self._key)

    def withdraw(self, delivery: str) -> None:
        with self._store.writing() as tx:
            hosted.withdraw(tx, delivery)
