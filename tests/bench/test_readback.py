"""After a kill, what became public unanswered is found: the short version of `bakohumas bench readback`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bakohumas_bot.bench.readback import readback

pytestmark = pytest.mark.timeout(300)


def test_sixty_four_that_became_public_are_all_found_again(tmp_path: Path) -> None:
    """How fast is a figure of the benchmark; here it is enough that a reading back finds each of them."""
    assert len(readback(tmp_path, rounds=0).waits) == 64
