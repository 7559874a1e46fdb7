"""Whole histories end as promised; and each guard of the house, switched off, is missed by the judge."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bakohumas_bot.bench.histories import running
from bakohumas_bot.bench.histories.judge import Tally, Verdict
from bakohumas_bot.bench.histories.setting import ALL_ON, NAMES, ODDS, Guards, Odds
from bakohumas_bot.cli import app

# Stopped often and answered seldom, among others who take over: what a wrong proof of death needs.
DROWSY = replace(ODDS, clock_jump=0.0, restore=0.0, alone=0.0, sleep=0.03, late_commit=0.1, never_arrived=0.1)
SLEEPY = replace(DROWSY, crash=0.0, sleep=0.2, late_commit=0.0, never_arrived=ODDS.never_arrived, lagging_read=0.0)


def without(*guards: str) -> Guards:
    return replace(ALL_ON, **dict.fromkeys(guards, False))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", [0, 10_000])
def test_of_ten_thousand_histories_none_is_public_twice_lost_or_stuck(first: int) -> None:
    tally = running.total(running.tallies(10_000, seed=first))
    assert tally.wrong == 0, f"bakohumas bench histories --one {tally.failing[0]}: {tally.verdicts}"
    assert tally.verdicts[Verdict.ONCE] > 0.95 * tally.deliveries
    assert 0 < tally.asked < 0.1 * tally.deliveries


@pytest.mark.parametrize(
    ("guards", "odds", "verdict"),
    [
        (("intent",), ODDS, Verdict.DUPLICATE),
        (("compare_and_set",), ODDS, Verdict.DUPLICATE),
        (("read_back",), ODDS, Verdict.DUPLICATE),
        (("waiting",), ODDS, Verdict.DUPLICATE),
        (("later_looks",), ODDS, Verdict.DUPLICATE),
        (("proof_of_death",), DROWSY, Verdict.DUPLICATE),
        (("restored_looks",), ODDS, Verdict.DUPLICATE),
        (("digest",), ODDS, Verdict.UNAPPROVED),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else "",
)
def test_what_a_guard_prevents_is_seen_without_it(guards: tuple[str, ...], odds: Odds, verdict: Verdict) -> None:
    parts = running.tallies(2000, guards=without(*guards), odds=odds)
    assert any(part.verdicts[verdict] for part in parts), "two thousand histories, and nothing was noticed"


def test_without_the_last_look_before_the_call_a_sleeper_doubles_what_a_person_denied() -> None:
    """The send guard and the worker's doubt about its own lease cover each other: only without both it shows."""
    awake, asleep, heeded = (
        running.total(running.tallies(200, guards=guards, odds=SLEEPY)).verdicts[Verdict.PERSONS_WORD]
        for guards in (
            without("sleepers_heed"),
            without("sleepers_heed", "send_guard", "own_doubt"),
            without("send_guard", "own_doubt"),
        )
    )
    assert asleep > 5 * awake + 5
    assert heeded == 0, "while a sender sleeps, nobody's word is taken for its absence"


def test_every_guard_that_can_be_switched_off_is_switched_off_above() -> None:
    (mark,) = test_what_a_guard_prevents_is_seen_without_it.pytestmark
    tried = {guard for guards, _, _ in mark.args[1] for guard in guards} | {"send_guard", "own_doubt", "sleepers_heed"}
    assert tried == set(NAMES)


def test_one_seed_is_one_history() -> None:
    """Told or not, alone or among others, over how many processes: a seed replays the same."""
    told: list[list[str]] = [[], []]
    rows = [running.one(7, lines.append) for lines in told]
    assert told[0] == told[1]
    assert any("Intent: scheduled -> sending" in line for line in told[0])
    alone = Tally()
    alone.count(7, rows[0])
    assert [alone] == list(running.tallies(1, seed=7)) == list(running.tallies(1, seed=7, processes=2))


def test_the_command_prints_the_figures_and_says_how_to_replay() -> None:
    """Without a guard it ends with 1 and the command that tells the first bad history; a million needs patience."""
    few = ("bench", "histories", "--count", "50", "--processes", "1")
    green = CliRunner().invoke(app, [*few, "--json"])
    assert (green.exit_code, json.loads(green.stdout)["deliveries"]) == (0, 50 * running.DELIVERIES)
    red = CliRunner().invoke(app, [*few, "--without", "read_back"])
    assert red.exit_code == 1
    replay = red.stdout.partition("replay: bakohumas ")[2].split()
    one = CliRunner().invoke(app, replay)
    assert one.exit_code == 1
    assert re.search(r"^✗ d\d\d .*: duplicates", one.stdout, re.MULTILINE)
    assert CliRunner().invoke(app, replay[:-2]).exit_code == 0
