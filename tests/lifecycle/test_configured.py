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

OTHER_OFFICE = """
[[offices]]
code = "64"
name = "KPU Provinsi Contoh"
zone = "Asia/Makassar"
city = "Contoh"
"""


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


def write(office: TestOffice, name: str, text: str) -> None:
    path: Path = office.folder / "config" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("rules/contacts.toml", '[[telepon]]\nnomor = "0812-3456-7890"\nnama = "Layanan"\n', "telepon"),
        ("calendar/stages.toml", '[[tahapan]]\nkode = "pemilihan-2030.persiapan"\n', "tahapan"),
    ],
)
def test_a_changed_rule_file_is_a_changed_configuration(office: TestOffice, name: str, text: str, key: str) -> None:
    start(office)
    write(office, name, text)
    _, second = start(office)
    assert second["changed"] == [f"{name}.{key}"]
    assert "0812" not in json.dumps(second)
    write(office, name, "")
    assert start(office)[-1]["changed"] == [f"{name}.{key}"], "also when it is taken away"


def test_a_rule_of_one_office_is_no_change_of_another(office: TestOffice) -> None:
    path = office.folder / "config" / FILE
    path.write_text(path.read_text(encoding="utf-8") + OTHER_OFFICE, encoding="utf-8")
    assert len(start(office)) == 2
    write(office, "rules/contacts.toml", f'[[telepon]]\nnomor = "0812-3456-7890"\noffice = "{OFFICE}"\n')
    before, other, after = start(office)
    assert [before["changed"], other["changed"]] == [[], []]
    assert after["changed"] == ["rules/contacts.toml.telepon"]
