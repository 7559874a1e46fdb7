"""`bakohumas when`: what the desk understands, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from bakohumas_bot import cli
from office import TestOffice

NOW = ("--now", "2026-11-19T10:30:00+08:00")  # Kamis
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(office: TestOffice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bakohumas", "--config", str(office.folder / "config"), "when", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


@pytest.mark.parametrize(
    ("text", "code", "document"),
    [
        ("besok jam 9 pagi", 0, {"at": "2026-11-20T09:00:00+08:00", "ask": False, "options": []}),
        (
            "Minggu jam 8",
            0,
            {
                "at": "2026-11-22T08:00:00+08:00",
                "ask": True,
                "options": ["2026-11-22T08:00:00+08:00", "2026-11-22T20:00:00+08:00"],
            },
        ),
        (
            "Selasa, 23 November 2026 pukul 09.00",
            0,
            {
                "at": None,
                "ask": True,
                "options": ["2026-11-23T09:00:00+08:00", "2026-11-24T09:00:00+08:00"],
            },
        ),
        ("kemarin", 1, {"at": None, "ask": False, "options": []}),
        ("kapan-kapan", 2, {"at": None, "ask": False, "options": []}),
    ],
)
def test_programs_get_one_document_whatever_was_understood(
    run: Run, text: str, code: int, document: dict[str, Any]
) -> None:
    ended, out, _ = run(text, "--office", "64.69", *NOW, "--json")
    found = json.loads(out)
    assert found.pop("reason")
    assert (ended, found) == (code, document)


def test_people_read_the_moment_with_weekday_and_zone(run: Run) -> None:
    ended, out, err = run("besok jam 9 pagi", "--office", "64.69", *NOW)
    assert (ended, err) == (0, "")
    assert out == "Apakah waktu berikut sudah benar: Jumat, 20 November 2026 09.00 WITA?\n"


def test_people_read_why_not(run: Run) -> None:
    ended, out, err = run("kemarin", "--office", "64.69", *NOW)
    assert (ended, out) == (1, "")
    assert "Waktu tersebut sudah lewat: Rabu, 18 November 2026." in err


def test_an_unknown_office_is_named_beside_those_that_are_known(run: Run) -> None:
    ended, _, err = run("besok", "--office", "00.00")
    assert ended == 2
    assert "64.69" in err
