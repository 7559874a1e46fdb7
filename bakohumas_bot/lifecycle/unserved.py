"""Stands for an account that was removed or switched off after approval: nothing leaves, and people are told."""

from __future__ import annotations

from datetime import datetime

from bakohumas_bot.domain.outcomes import AccountBlocked, CannotTell, Outcome, Sighting
from bakohumas_bot.platforms.base import Job, Stopped


class Unserved:
    """Its deliveries wait until the lateness limit and then ask, as after any outage."""

    _REASON = "Kanal ini tidak aktif lagi di konfigurasi. Aktifkan kembali, atau batalkan penayangannya."

    def prepare(self, job: Job) -> None:  # noqa: ARG002
        raise Stopped(AccountBlocked(detail=self._REASON))

    def go_live(self, job: Job) -> Outcome:  # noqa: ARG002
        return AccountBlocked(detail=self._REASON)

    def find(self, job: Job, since: datetime) -> Sighting:  # noqa: ARG002
        return CannotTell(detail=self._REASON)

    def withdraw(self, job: Job) -> None:
        """Nothing can be reached."""

    def check_access(self) -> str:
        raise Stopped(AccountBlocked(detail=self._REASON))
