"""One place wires the desk: each account gets its own office's surroundings, and keys appear whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bakohumas_bot.app import _media_key
from office import INSTAGRAM, TestOffice


def test_an_account_lives_in_the_zone_of_its_office(office: TestOffice) -> None:
    """The unofficial Instagram tells its phone's zone; WITA must not look like Greenwich."""
    around = office.desk.adapters[INSTAGRAM]._around  # type: ignore[attr-defined]
    assert around.zone == office.desk.office("64.69").zone


def test_processes_that_start_together_sign_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        keys = set(starting.map(_media_key, [tmp_path / "var"] * 8))
    assert [len(key) for key in keys] == [32]
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["media.key"]
    assert (tmp_path / "var" / "media.key").stat().st_mode & 0o077 == 0
