"""The commands about people: what they print, whom they refuse, and that a PIN never stands in a command."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from bakohumas_bot.domain.offices import Role
from bakohumas_bot.lifecycle import people, pins
from bakohumas_bot.lifecycle.freeze import freeze, lift
from bakohumas_bot.lifecycle.hold import hold
from bakohumas_bot.lifecycle.invitations import accept, invite
from commanding import Run, Said, command_line
from joining import admin
from office import OFFICE, TestOffice, X, clarification

ANI = """
[[people]]
id = "ani"
name = "Ani Contoh"
telegram_id = 1101
roles = [{ office = "64.69", role = "admin" }]
"""
PIN = "481920"


@pytest.fixture
def run(office: TestOffice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Ani is admin. `typed` is what somebody would type, line by line."""
    file = next((office.folder / "config").glob("*.toml"))
    file.write_text(file.read_text(encoding="utf-8") + ANI, encoding="utf-8")

    line = command_line(monkeypatch, capsys)

    def call(*words: object, typed: str = "", group: bool = True) -> Said:
        return line("--config", office.folder / "config", *(["people"] if group else []), *words, typed=typed)

    return call


def invited(run: Run) -> str:
    said = run("invite", "--as", "ani", "--office", OFFICE, "--role", "ketua", "--id", "rina", "--name", "Rina Contoh")
    found = re.search(r"kirim /start (\S+) kepada bot", said.out)
    assert (said.code, found is not None) == (0, True), said.err
    assert found is not None
    return found[1]


def listed(run: Run, id_: str) -> Any:
    return next(one for one in run("list", "--json").json["people"] if one["id"] == id_)


def test_an_invitation_from_the_command_line_is_accepted_by_the_running_bot(run: Run, office: TestOffice) -> None:
    secret = invited(run)
    assert [one["person"] for one in run("list", "--json").json["invitations"]] == ["rina"]
    admin(office)
    assert accept(office.desk, secret, 2001) is not None
    assert listed(run, "rina") == {
        "id": "rina",
        "name": "Rina Contoh",
        "telegram_id": 2001,
        "left": False,
        "roles": [{"office": OFFICE, "role": "ketua", "deputy": False}],
        "pin": None,
    }


def test_an_invitation_that_was_withdrawn_lets_nobody_in(run: Run, office: TestOffice) -> None:
    secret = invited(run)
    assert run("withdraw", "1", "--as", "ani").code == 0
    assert run("withdraw", "1", "--as", "ani").code == 1
    admin(office)
    assert accept(office.desk, secret, 2001) is None


def test_who_left_is_listed_as_gone_and_known_to_the_other_process(run: Run, office: TestOffice) -> None:
    assert run("leave", "dewi", "--as", "ani", "--reason", "Pensiun").code == 0
    assert listed(run, "dewi")["left"] is True
    assert "sudah tidak bertugas" in run("list").out
    people.refresh(office.desk)
    assert office.desk.directory.by_telegram(1003) is None
    assert run("return", "dewi", "--as", "ani").code == 0
    assert listed(run, "dewi")["left"] is False


def test_a_deputy_is_listed_with_whole_days(run: Run, office: TestOffice) -> None:
    today = office.clock().astimezone(office.desk.office(OFFICE).zone).date()
    tomorrow = today + timedelta(days=1)
    said = run(*deputize(today, tomorrow))
    assert said.code == 0, said.err
    assert "Rahmat Contoh, Plh. ketua, menggantikan Dewi Contoh (SK 12/2026)" in said.out
    one = run("list", "--json").json["deputies"][0]
    assert (one["from"], one["until"], one["for"]) == (today.isoformat(), tomorrow.isoformat(), "Dewi Contoh")
    assert {"office": OFFICE, "role": "ketua", "deputy": True} in listed(run, "rahmat")["roles"]
    assert "SK 12/2026" in run("list").out
    assert run("deputy-end", "1", "--as", "ani").code == 0
    assert run("list", "--json").json["deputies"] == []


def deputize(first: date, last: date) -> list[str]:
    return [
        *("deputize", "--as", "ani", "--office", OFFICE, "--role", "ketua", "--kind", "plh", "--person", "rahmat"),
        *("--for", "Dewi Contoh", "--number", "SK 12/2026", "--from", first.isoformat(), "--until", last.isoformat()),
    ]


def test_a_pin_is_typed_not_given_and_an_admin_unlocks_it(run: Run, office: TestOffice) -> None:
    assert run("pin", "set", "--as", "dewi", typed=f"{PIN}\n").code == 0
    pins.verify(office.desk, office.person("dewi"), PIN)
    wrong = run("pin", "set", "--as", "dewi", typed="999111\n730145\n")
    assert (wrong.code, "belum tepat" in wrong.err) == (2, True)
    assert run("pin", "set", "--as", "dewi", typed=f"{PIN}\n730145\n").code == 0
    for _ in range(5):
        last = run("pin", "set", "--as", "dewi", typed="999111\n111222\n")
    assert (last.code, "terkunci" in last.err) == (1, True)
    assert listed(run, "dewi")["pin"] == "terkunci"
    assert run("pin", "unlock", "dewi", "--as", "ani").code == 0
    assert run("pin", "reset", "dewi", "--as", "ani").code == 0
    assert listed(run, "dewi")["pin"] is None


def test_lifting_a_freeze_from_the_command_line_asks_for_the_pin(run: Run, office: TestOffice) -> None:
    pins.set_pin(office.desk, office.person("dewi"), PIN)
    freeze(office.desk, office.person("sari"), OFFICE, "Ada yang keliru.")
    lift(office.desk, office.person("sari"), OFFICE, "Sudah diperbaiki.")
    refused = run("unfreeze", "--as", "dewi", "--reason", "Ya", typed="999111\n", group=False)
    assert (refused.code, "belum tepat" in refused.err) == (2, True)
    assert run("unfreeze", "--as", "dewi", "--reason", "Ya", typed=f"{PIN}\n", group=False).code == 0


@pytest.mark.parametrize(("sensitive", "typed", "code"), [(True, "", 2), (True, f"{PIN}\n", 0), (False, "", 0)])
def test_approving_what_is_sensitive_from_the_command_line_asks_for_the_pin(
    run: Run, office: TestOffice, sensitive: bool, typed: str, code: int
) -> None:
    pins.set_pin(office.desk, office.person("dewi"), PIN)
    if sensitive:
        accept(office.desk, _pembina(office), 2001)
    revision = office.submitted(accounts=(X,), **(clarification() if sensitive else {}))
    words = ("decide", revision.post, "approve", "--as", "dewi", "--digest", revision.digest)
    said = run(*words, typed=typed, group=False)
    assert said.code == code, said.err


@pytest.mark.parametrize("words", [("release",), ("schedule",)])
def test_what_was_held_goes_on_from_the_command_line_with_the_pin(
    run: Run, office: TestOffice, words: tuple[str, ...]
) -> None:
    at = office.clock() + timedelta(hours=2)
    post = office.approved(accounts=(X,), publish_at=at).post
    hold(office.desk, office.person("budi"), post, "Menunggu data.")
    pins.set_pin(office.desk, office.person("dewi"), PIN)
    said = (*words, post, *((at.isoformat(),) if "schedule" in words else ()), "--as", "dewi")
    assert run(*said, typed="999111\n", group=False).code == 2
    assert office.deliveries(post)[X].held
    assert run(*said, typed=f"{PIN}\n", group=False).code == 0
    assert not office.deliveries(post)[X].held


def _pembina(office: TestOffice) -> str:
    by = admin(office)
    return invite(office.desk, by, office=OFFICE, role=Role.PEMBINA, person="rina", name="Rina Contoh").secret


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["leave", "dewi", "--as", "ani"], 2, "alasan"),
        (["leave", "ani", "--as", "ani", "--reason", "x"], 1, "Hak sendiri"),
        (["leave", "dewi", "--as", "sari", "--reason", "x"], 1, "hanya admin"),
        (["role-end", "dewi", "--as", "ani", "--office", OFFICE, "--role", "ketua"], 1, "konfigurasi"),
        (["role-end", "dewi", "--as", "ani", "--office", OFFICE, "--role", "raja"], 2, "Pilihan: operator"),
        (["return", "dewi", "--as", "ani"], 1, "tercatat"),
        (["withdraw", "9", "--as", "ani"], 1, "tidak ditemukan"),
        (["pin", "set", "dewi", "--as", "ani"], 2, "set menetapkan PIN sendiri"),
        (["pin", "unlock", "--as", "ani"], 2, "set menetapkan PIN sendiri"),
        (["pin", "hapus", "dewi", "--as", "ani"], 2, "Pilihan: set, reset, unlock"),
        (["deputy-end", "9", "--as", "ani"], 1, "tidak ditemukan"),
        ([*deputize(date(2026, 1, 2), date(2026, 1, 3))[:-1], "besok"], 2, "bukan tanggal"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else None,
)
def test_every_refusal_is_one_sentence(run: Run, words: list[str], code: int, says: str) -> None:
    said = run(*words)
    assert (said.code, says in said.err) == (code, True), said.err
    assert said.err.count("\n") == 1
