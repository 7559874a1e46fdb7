"""One process speaks with Telegram: the next one only when the first is gone, however it went."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import text

from bakohumas_bot.store.bots_turn import BotsTurn
from bakohumas_bot.store.database import open_store

_HOLDER = """
import sys
from bakohumas_bot.store.bots_turn import BotsTurn
from bakohumas_bot.store.database import open_store
turn = BotsTurn(open_store(sys.argv[1]))
print(turn.take(), flush=True)
sys.stdin.readline()
"""


def test_the_turn_is_one_process_s_at_a_time(database_url: str) -> None:
    one, two = open_store(database_url), open_store(database_url)
    first, second = BotsTurn(one), BotsTurn(two)
    assert (first.take(), first.held()) == (True, True)
    assert [second.take(), second.take()] == [False, False]
    first.release()
    assert second.take()
    assert not first.take()
    for turn, store in ((first, one), (second, two)):
        turn.release()
        store.close()


def test_whoever_is_killed_gives_the_turn_back(database_url: str) -> None:
    store = open_store(database_url)
    turn = BotsTurn(store)
    command = [sys.executable, "-c", _HOLDER, database_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not turn.take()
        holder.kill()
        holder.wait()
    while not turn.take():  # the server needs a moment to notice
        pass
    turn.release()
    store.close()


def test_a_turn_whose_session_the_server_ended_is_lost_and_can_be_taken_anew(database_url: str) -> None:
    store = open_store(database_url)
    turn = BotsTurn(store)
    assert turn.take()
    if store.engine.dialect.name == "postgresql":
        with store.writing() as tx:
            mine = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1650551657"
            assert tx.execute(text(mine)).scalar() is True
        assert not turn.held()
        turn.release()
        while not turn.take():  # the server needs a moment to let go
            pass
    assert turn.held()
    turn.release()
    store.close()
