"""One login per account, kept sealed: the password is tried once, and never again until a person asks for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked
from bakohumas_bot.platforms.base import Stopped, Vault
from bakohumas_bot.platforms.redaction import keep_out_of_sight

NOTE = "session"
_TRIED = {"login": "tried"}
_FAILED = (
    "Masuk ke Instagram pernah gagal dan tidak dicoba lagi, agar akun tidak terkunci. Mohon periksa kata sandi dan "
    "aplikasi Instagram, lalu jalankan bakohumas secrets forget {account} untuk mencoba sekali lagi."
)
_UNREADABLE = "Berkas sesi Instagram {name} tidak dapat dibaca atau dipindahkan. Mohon periksa atau hapus berkas itu."


@dataclass(frozen=True, kw_only=True)
class Session:
    """`file`: where a person, or an older version of ours, may have left a session in clear. It is taken in once."""

    account: str
    vault: Vault
    file: Path | None = None

    def load(self) -> dict[str, Any] | None:
        """The kept session; None before the first login. Raises `Stopped` when a login has failed before."""
        self._take_in()
        noted = self.vault.get(NOTE)
        if noted is None:
            return None
        kept: dict[str, Any] = json.loads(noted)
        if kept == _TRIED:
            raise Stopped(AccountBlocked(detail=_FAILED.format(account=self.account)))
        keep_out_of_sight(*_tokens(kept))
        return kept

    def note_attempt(self) -> None:
        self.save(_TRIED)

    def save(self, settings: dict[str, Any]) -> None:
        """Whole or not at all, also where two uploads of one account end at the same moment."""
        keep_out_of_sight(*_tokens(settings))
        self.vault.put(NOTE, json.dumps(settings))

    def _take_in(self) -> None:
        """What lies in clear is newer than what is sealed: somebody put it there. Sealed first, then removed."""
        if self.file is None:
            return
        try:
            found = json.loads(self.file.read_bytes())
            if not isinstance(found, dict):
                raise ValueError("no session")  # noqa: TRY301, TRY004 - as unreadable as no JSON
            self.save(found)
            self.file.unlink(missing_ok=True)
        except FileNotFoundError:
            return
        except (ValueError, OSError):
            raise Stopped(AccountBlocked(detail=_UNREADABLE.format(name=self.file.name))) from None


def _tokens(session: dict[str, Any]) -> list[str]:
    held = [session.get("authorization_data"), session.get("cookies")]
    every = [value for part in held if isinstance(part, dict) for value in part.values()]
    return [value for value in every if isinstance(value, str) and not value.isdecimal()]
