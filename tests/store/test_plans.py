"""A million past rows must not slow the looks that are taken all the time: each is found by a partial index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.event import listen

from bakohumas_bot.store import deliveries, inbox, outbox, queue
from bakohumas_bot.store.database import Store

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=10)


def test_every_look_at_what_waits_is_found_by_a_partial_index(store: Store) -> None:
    """The plans of the very statements that run, parameters and all."""
    said: list[tuple[str, object]] = []
    listen(store.engine, "before_cursor_execute", lambda *about: said.append(about[2:4]))
    on_server = store.engine.dialect.name == "postgresql"
    with store.writing() as tx:
        if on_server:  # these tables are too small for it to care
            tx.execute(text("SET LOCAL enable_seqscan = off"))
        queue.heads(tx, ["x"], AHEAD)
        queue.claim(tx, queue.Wanted(platform="x", limit=9), worker="w", now=NOW, ahead=AHEAD)
        deliveries.in_flight(tx)
        deliveries.to_tidy(tx)
        outbox.waiting(tx, NOW)
        inbox.ready(tx, NOW)
        explain = "EXPLAIN" if on_server else "EXPLAIN QUERY PLAN"
        plans = [
            " ".join(str(step) for step in tx.connection().exec_driver_sql(f"{explain} {statement}", values))
            for statement, values in list(said)
            if "SELECT" in statement
        ]
    indexes = (
        "delivery_waiting",
        "delivery_waiting",
        "delivery_unseen",
        "delivery_sending",
        "delivery_untidy",
        "outbox_waiting",
        "update_unhandled",
    )
    assert [index for index, plan in zip(indexes, plans, strict=True) if index not in plan] == []
