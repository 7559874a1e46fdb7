"""Several processes on one database: the bot, the worker and a command beside each other."""

from __future__ import annotations

import subprocess
import sys

from bakohumas_bot.store import audit
from bakohumas_bot.store.database import open_store

_WRITER = """
import sys
from datetime import UTC, datetime
from bakohumas_bot.store import record
from bakohumas_bot.store.database import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    with store.writing() as tx:
        record.append(tx, office="64.69", actor=sys.argv[2], kind="draft.created", now=datetime.now(UTC), post=number)
store.close()
"""


def writers(url: str, *names: str) -> list[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _WRITER, url]
    return [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for name in names
    ]


def test_processes_that_write_at_once_leave_one_whole_chain(bare_database_url: str) -> None:
    """They create the tables at once, too."""
    running = writers(bare_database_url, "bot", "worker", "perintah")
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.communicate("go\n")
    assert [process.returncode for process in running] == [0, 0, 0]
    store = open_store(bare_database_url)
    with store.reading() as tx:
        assert audit.verify(tx) == (300, [])
    store.close()
