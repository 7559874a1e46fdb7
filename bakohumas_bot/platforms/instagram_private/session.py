"""One login per account, kept in a file: the password is tried once, and never again until a person asks for it.

The file holds the session in clear, readable for its owner only: encrypting stored tokens comes with the key store.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked
from bakohumas_bot.platforms.base import Stopped

_TRIED = {"login": "tried"}


@dataclass(frozen=True)
class SessionFile:
    path: Path

    def load(self) -> dict[str, Any] | None:
        """The kept session; None before the first login. Raises `Stopped` when a login has failed before."""
        try:
            kept = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            kept = _TRIED
        if kept == _TRIED or not isinstance(kept, dict):
            raise Stopped(
                AccountBlocked(
                    detail="Masuk ke Instagram pernah gagal dan tidak dicoba lagi, agar akun tidak terkunci. "
                    "Mohon periksa kata sandi dan aplikasi Instagram, "
                    f"lalu hapus berkas {self.path.name} untuk mencoba sekali lagi."
                )
            )
        return kept

    def note_attempt(self) -> None:
        self.save(_TRIED)

    def save(self, settings: dict[str, Any]) -> None:
        """Whole or not at all, also where two uploads of one account end at the same moment."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)  # mode 0600
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(settings, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
