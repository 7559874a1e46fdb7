"""What every test may ask for: an office on the sandbox whose pretend platforms noticed no departure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from office import TestOffice, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    """Fails at the end when an adapter departed from a platform's official description."""
    with open_office(tmp_path) as opened:
        yield opened
        assert opened.sandbox.world.violations == []
