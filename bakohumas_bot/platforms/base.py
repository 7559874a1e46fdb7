"""What every platform offers, and what it is given: the Protocols between the desk and an adapter."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import NotLive, Outcome, Sighting
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.rendering import Rendered


class Journal(Protocol):
    """The delivery's own memory in the database. `put` has committed when it returns.

    Whatever a server issues (media id, container id, upload session) is put here the moment it arrives, so that a
    restart goes on with it instead of uploading again. `account_*` remembers across deliveries of one account.
    """

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def forget(self, key: str) -> None: ...
    def account_get(self, key: str) -> str | None: ...
    def account_put(self, key: str, value: str) -> None: ...


# Where reading an account back begins: true of every attempt. All else in a journal belongs to one attempt, and where
# an office was restored from a backup, perhaps not to the last one.
LANDMARKS = ("after", "looked_until")


class MediaHost(Protocol):
    """Makes bytes readable on the public web for a while, for platforms that fetch pictures themselves."""

    def publish(self, sha256: str, mime: str, *, delivery: str) -> str: ...
    def withdraw(self, delivery: str) -> None: ...


class Vault(Protocol):
    """What the account must remember and nobody may read: sealed at rest. `put` has committed when it returns.

    `get` raises `Stopped` for what cannot be opened. `turn` is had by one at a time, across threads and processes:
    False while another process has it.
    """

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def forget(self, key: str) -> None: ...
    def turn(self) -> AbstractContextManager[bool]: ...


class Memory:
    """A vault for as long as this process lives: for whoever only looks at a configuration."""

    def __init__(self) -> None:
        self._notes: dict[str, str] = {}
        self._lock = threading.RLock()

    def get(self, key: str) -> str | None:
        return self._notes.get(key)

    def put(self, key: str, value: str) -> None:
        self._notes[key] = value

    def forget(self, key: str) -> None:
        self._notes.pop(key, None)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        with self._lock:
            yield True


class Stopped(Exception):  # noqa: N818 - not an error: the outcome says what follows
    """Raised by `prepare` when it cannot go on; nothing is public."""

    def __init__(self, outcome: NotLive) -> None:
        self.outcome = outcome
        super().__init__(repr(outcome))


@dataclass(frozen=True, kw_only=True)
class Job:
    """One delivery as an adapter sees it. `blob(sha256)` is the path of the verified bytes."""

    delivery: str
    rendered: Rendered
    journal: Journal
    blob: Callable[[str], Path]


class Adapter(Protocol):
    """One account on one platform. Called from worker threads; one account is never used by two at once."""

    def prepare(self, job: Job) -> None:
        """Upload and create hidden objects; repeatable. Journals every server-issued id. Raises `Stopped`."""

    def go_live(self, job: Job) -> Outcome:
        """The single call that makes it public: made once, retried by nobody. Never raises for the wire's faults."""

    def find(self, job: Job, since: datetime) -> Sighting:
        """Read the platform back. With a `remote_id` in the journal that post is read; else the account is searched.

        `since` is when the first attempt began. Reading may be repeated freely.
        """

    def withdraw(self, job: Job) -> None:
        """Remove what `prepare` left lying hidden (best effort), after publication or cancellation."""

    def check_access(self) -> str:
        """Prove that the credentials work; answers the name the platform knows the account by. Raises `Stopped`."""


def _reachable(address: str) -> str:
    """A host, and maybe a path under which a proxy keeps this platform; every call goes below it."""
    parts = urlsplit(address.strip())
    whole = parts.scheme in {"http", "https"} and parts.hostname
    if not whole or "@" in parts.netloc or parts.query or parts.fragment or re.search(r"\s", parts.geturl()):
        raise ValueError('harus berupa alamat lengkap seperti "https://api.contoh.go.id" tanpa nama pengguna atau "?"')
    return parts.geturl().rstrip("/")


Address = Annotated[str, AfterValidator(_reachable)]


class Settings(BaseModel):
    """The platform's own keys of an `[[accounts]]` table. Unknown keys are mistakes; secrets are `SecretStr`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    api_url: Address


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the house lends to an adapter. `now` is the clock; `sleep` waits between polls of one upload.

    `vault` is the account's own.
    """

    now: Callable[[], datetime]
    sleep: Callable[[timedelta], None]
    media_host: MediaHost | None
    state_dir: Path
    zone: Any = None
    vault: Vault = field(default_factory=Memory)


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One line of the registry: facts, the shape of the account's settings, and how to open an account.

    `open` must be cheap: heavy libraries are imported at the first call. `setup` is what `doctor` and `init` tell the
    person who connects the account (Indonesian).
    """

    spec: PlatformSpec
    settings: type[Settings]
    open: Callable[[Account, Any, Surroundings], Adapter]
    setup: str
