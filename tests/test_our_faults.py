"""The list of deliberate faults keeps up with the code: every text it takes away is there, and every test it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bakohumas_bot.platforms import PLATFORMS
from deliberate_faults import ROOT, function_of
from our_faults import FAULTS, Edit, Fault

EDITS = [pytest.param(edit, id=f"{fault.name}-{n}") for fault in FAULTS for n, edit in enumerate(fault.edits)]
TESTS = sorted({test for fault in FAULTS for test in fault.red})
_CELL = re.compile(r"test_faults\.py::\w+\[(.*)-(\w+)\]")


@pytest.mark.parametrize("edit", EDITS)
def test_what_a_fault_takes_away_stands_there_once_and_leaves_python_behind(edit: Edit) -> None:
    source = (ROOT / edit.file).read_text(encoding="utf-8")
    assert source.count(edit.right) == 1
    assert edit.wrong != edit.right
    ast.parse(source.replace(edit.right, edit.wrong))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_names_the_tests_that_must_notice_it(fault: Fault) -> None:
    assert fault.red


@pytest.mark.parametrize("test", TESTS)
def test_every_named_test_exists(test: str) -> None:
    file, function = function_of(test)
    source = Path(ROOT / file).read_text(encoding="utf-8")
    assert function in {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    if found := _CELL.search(test):
        assert f'"{found[1]}": Fault(' in source
        assert found[2] in PLATFORMS
