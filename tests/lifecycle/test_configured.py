"""Who changes the configuration leaves a trace: which keys, never what they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bakohumas_bot.config import FILE
from bakohumas_bot.config.traits import traits
from bakohumas_bot.lifecycle.configured import KIND, note_configuration
from bakohumas_bot.store import audit
from office import OFFICE, TestOffice


def start(office: TestOffice) -> list[dict[str, Any]]:
    """As `run` does; what the record has heard of configurations since."""
    note_configuration(office.desk, traits(office.folder / "config"))
    with office.desk.store.reading() as tx:
        return [json.loads(row.data) for row in audit.rows(tx) if row.kind == KIND]


def change(office: TestOffice, before: str, after: str) -> None:
    path: Path = office.folder / "config" / FILE
    said = path.read_text(encoding="utf-8")
    assert before in said
    path.write_text(said.replace(before, after, 1), encoding="utf-8")


def test_the_first_start_is_noted_and_the_same_configuration_never_again(office: TestOffice) -> None:
    (first,) = start(office)
    assert first["changed"] == []
    assert start(office) == [first]


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('name = "Dewi Contoh"', 'name = "Dewi Baru"', "people.dewi.name"),
        ('role = "ketua_pelaksana"', 'role = "ketua"', "people.budi.roles"),
        ('city = "Contoh Baru"', 'city = "Contoh Lama"', f"offices.{OFFICE}.city"),
    ],
)
def test_a_change_names_its_key_and_not_what_it_holds(office: TestOffice, before: str, after: str, key: str) -> None:
    start(office)
    change(office, before, after)
    _, second = start(office)
    assert second["changed"] == [key]
    assert "Baru" not in json.dumps(second)
    assert "Dewi" not in json.dumps(second)


def test_another_offices_people_are_not_this_offices_change(office: TestOffice) -> None:
    start(office)
    path = office.folder / "config" / FILE
    with path.open("a", encoding="utf-8") as file:
        file.write('\n[[people]]\nid = "lain"\nname = "Orang Lain"\nroles = [{ office = "64", role = "operator" }]\n')
    assert len(start(office)) == 1
