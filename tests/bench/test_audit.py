"""The bench of the record builds real chains, and notices when one does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bakohumas_bot.bench import audit as bench
from bakohumas_bot.store import audit
from bakohumas_bot.store.database import open_store


def test_its_figures_are_of_a_record_that_holds() -> None:
    told: list[str] = []
    figures = {line.name: line for line in bench.measure("sqlite", 1200, told.append)}
    assert figures["audit verify"].target == pytest.approx(0.036)
    assert all(line.value > 0 for line in figures.values())
    assert "1200 events of 20 offices" in told[0]


def test_a_record_that_does_not_hold_gives_no_figure(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'meja.db'}")
    bench.fill(store, 240)
    with store.writing() as tx:
        assert audit.verify(tx) == (240, [])
        tx.execute(text("DROP TRIGGER event_no_update"))
        tx.execute(text("UPDATE event SET actor = 'lain' WHERE id = 7"))
    with pytest.raises(RuntimeError, match="1 faults"):
        bench._proven(store, 240)
    store.close()
