"""A leader's PIN: known to nobody else, not even to the database, and locked after five wrong tries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from bakohumas_bot.domain.policy import Trait
from bakohumas_bot.errors import BadInput, DeskError, Refused
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.policy import outlook
from bakohumas_bot.store import posts
from joining import admin, events, told
from office import OFFICE, TestOffice
from postgres import on_both_databases

PIN, OTHER, WRONG = "481920", "730145", "999111"


def dewi_has(office: TestOffice, pin: str = PIN) -> None:
    pins.set_pin(office.desk, office.person("dewi"), pin)


def verify(office: TestOffice, pin: str) -> None:
    pins.verify(office.desk, office.person("dewi"), pin)


def wrong(office: TestOffice, times: int) -> None:
    for _ in range(times):
        with pytest.raises(DeskError):
            verify(office, WRONG)


@on_both_databases
def test_five_wrong_tries_in_a_row_lock_it_until_an_admin_unlocks(office: TestOffice) -> None:
    admin(office)
    dewi_has(office)
    wrong(office, 4)
    verify(office, PIN)  # in a row: the right one begins the count anew
    wrong(office, 4)
    with pytest.raises(Refused, match="terkunci"):
        verify(office, WRONG)
    with pytest.raises(Refused, match="terkunci"):
        verify(office, PIN)
    assert len(events(office, "pin.wrong")) == 9
    assert events(office, "pin.locked") == [(OFFICE, "dewi")]
    assert any("terkunci" in said for said in told(office, "dewi"))
    assert any("PIN Dewi Contoh terkunci" in said for said in told(office, "ani"))
    pins.unlock(office.desk, office.person("ani"), "dewi")
    verify(office, PIN)
    assert events(office, "pin.unlocked") == [(OFFICE, "ani")]


def test_a_wrong_try_says_how_many_are_left(office: TestOffice) -> None:
    dewi_has(office)
    with pytest.raises(BadInput, match="Sisa percobaan: 4"):
        verify(office, WRONG)


@on_both_databases
def test_guesses_side_by_side_are_five_at_most(office: TestOffice) -> None:
    dewi_has(office)

    def guess(number: int) -> str:
        try:
            verify(office, f"10203{number}")
        except DeskError as error:
            return type(error).__name__
        return "opened"

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(guess, range(8)))
    assert len(events(office, "pin.wrong")) == 5
    with pytest.raises(Refused):
        verify(office, PIN)


def test_the_database_holds_no_pin_and_two_alike_look_different(office: TestOffice) -> None:
    dewi_has(office)
    pins.set_pin(office.desk, office.person("budi"), PIN)
    with office.desk.store.reading() as tx:
        hashes = [row[0] for row in tx.execute(text("SELECT hash FROM pin"))]
        kept = str([tuple(row) for row in tx.execute(text("SELECT data FROM event"))])
    assert len(set(hashes)) == 2
    assert PIN not in "".join(hashes) + kept


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567890123", "48192a", "48 1920", "４８１９２０", "111111", "123456", "987654"]
)
def test_a_pin_that_is_short_or_easily_guessed_is_refused_without_repeating_it(office: TestOffice, pin: str) -> None:
    with pytest.raises(BadInput) as refusal:
        dewi_has(office, pin)
    assert not pin or pin not in str(refusal.value)
    assert not pins.has(office.desk, office.person("dewi"))


def test_a_new_pin_needs_the_old_one(office: TestOffice) -> None:
    dewi_has(office)
    dewi = office.person("dewi")
    with pytest.raises(BadInput, match="belum tepat"):
        pins.set_pin(office.desk, dewi, OTHER)
    pins.set_pin(office.desk, dewi, OTHER, old=PIN)
    verify(office, OTHER)


def test_an_admin_takes_a_forgotten_pin_away_and_never_their_own(office: TestOffice) -> None:
    ani = admin(office)
    dewi_has(office)
    wrong(office, 5)
    pins.set_pin(office.desk, ani, OTHER)
    for act in (pins.reset, pins.unlock):
        with pytest.raises(Refused, match="Hak sendiri"):
            act(office.desk, ani, "ani")
        with pytest.raises(Refused, match="hanya admin"):
            act(office.desk, office.person("budi"), "dewi")
    pins.reset(office.desk, ani, "dewi")
    assert not pins.has(office.desk, office.person("dewi"))
    with pytest.raises(Refused, match="belum menetapkan"):
        verify(office, PIN)
    dewi_has(office, OTHER)


@pytest.mark.parametrize(
    ("has_one", "traits", "urgent", "asked"),
    [
        (True, frozenset(), False, False),
        (True, frozenset({Trait.RESULTS}), False, True),
        (True, frozenset(), True, True),
        (True, None, False, True),
        (False, frozenset({Trait.HOAX}), True, False),
    ],
    ids=["an ordinary post", "a sensitive one", "an urgent one", "a sensitive act", "no pin"],
)
def test_the_pin_is_asked_for_where_it_matters(
    office: TestOffice, has_one: bool, traits: frozenset[Trait] | None, urgent: bool, asked: bool
) -> None:
    if has_one:
        dewi_has(office)
    revision = office.submitted()
    with office.desk.store.reading() as tx:
        seen = replace(outlook(office.desk, tx, posts.latest(tx, revision.post)), traits=traits or frozenset())
        about = None if traits is None else seen
        assert pins.wanted(tx, office.person("dewi"), about, urgent=urgent) is asked
