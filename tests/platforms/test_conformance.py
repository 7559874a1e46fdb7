"""Every platform of the registry, and a pretend one, keeps the same promises: published once, told truly, found."""

from __future__ import annotations

import pytest

import proving
from proving import FAULTS, Bench, shapes, simplest
from provisions import EVERY

NAMES = sorted(EVERY)
CARRIED = [(name, shape) for name in NAMES for shape in shapes(EVERY[name].spec)]
UPLOADED = [(name, shape) for name, shape in CARRIED if shape != "text"]


@pytest.mark.parametrize(("name", "shape"), CARRIED)
def test_what_a_platform_can_carry_is_published_once_and_found_again(name: str, shape: str, bench: Bench) -> None:
    proving.publishes_once_and_finds_it(bench, shape)


@pytest.mark.parametrize("mode", FAULTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_live_call_that_fails_is_named_rightly_and_never_made_twice(name: str, mode: str, bench: Bench) -> None:
    proving.survives(bench, mode)


@pytest.mark.parametrize(("name", "shape"), UPLOADED)
def test_a_restart_does_not_upload_again(name: str, shape: str, bench: Bench) -> None:
    proving.uploads_once(bench, shape)


@pytest.mark.parametrize("mode", ["drop_before", "error_before", "html_after", "garbage_after", "expired_token"])
@pytest.mark.parametrize("name", NAMES)
def test_a_failure_while_preparing_leaves_nothing_public(name: str, mode: str, bench: Bench) -> None:
    uploaded = [shape for shape in shapes(EVERY[name].spec) if shape != "text"]
    proving.stops_before_anything_is_public(bench, mode, uploaded[0])


@pytest.mark.parametrize("mode", ["drop_before", "error_before", "html_after", "garbage_after", "expired_token"])
@pytest.mark.parametrize("name", NAMES)
def test_a_failed_reading_is_no_proof_of_anything(name: str, mode: str, bench: Bench) -> None:
    proving.cannot_tell_when_reading_fails(bench, mode)


@pytest.mark.parametrize("name", NAMES)
def test_an_expired_key_is_noticed_before_the_hour(name: str, bench: Bench) -> None:
    proving.knows_whether_it_may_in(bench)


@pytest.mark.parametrize("name", NAMES)
def test_whoever_connects_an_account_is_told_how(name: str) -> None:
    assert len(EVERY[name].setup.split()) >= 5
    assert simplest(EVERY[name].spec)
