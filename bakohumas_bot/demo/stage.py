"""Sets the stage: sandbox, configuration, and the running desk (bot, worker, web) in one process."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bakohumas_bot.app import App, clock, open_app
from bakohumas_bot.demo.phones import Phone
from bakohumas_bot.demo.training import write_configuration
from bakohumas_bot.lifecycle.desk import awake_or_not
from bakohumas_bot.sandbox import open_sandbox
from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.service import Parts


@dataclass(frozen=True, kw_only=True)
class Stage:
    app: App
    sandbox: Sandbox
    parts: Parts

    def phone(self, person: str) -> Phone:
        who = self.app.desk.person(person)
        assert who.telegram_id is not None
        return Phone(self.sandbox.url, who.telegram_id, who.name)


@contextmanager
def set_stage(
    folder: Path, now: Callable[[], datetime] = clock, steady: Callable[[], float] = awake_or_not
) -> Iterator[Stage]:
    """Everything runs on loopback addresses; all that is written lies in `folder`."""
    with open_sandbox() as sandbox:
        config = write_configuration(folder / "config", sandbox, web=f"127.0.0.1:{free_port()}")
        app = open_app(config.parent, secrets=True, now=now, steady=steady)
        parts = Parts(app, ("bot", "worker", "web"))
        parts.start()
        try:
            yield Stage(app=app, sandbox=sandbox, parts=parts)
        finally:
            parts.stop()
            app.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
