"""Breaks our own code on purpose, one guard at a time, in a copy, and sees the named tests turn red: `make faults`.

    python tests/deliberate_faults.py            every fault
    python tests/deliberate_faults.py guard      those whose name holds the word

Nothing is changed in place. A text that is no longer found, or a test that stays green, ends it with exit code 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

from our_faults import FAULTS, Edit, Fault

ROOT = Path(__file__).parents[1]
LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "var", "pictures", "*.png")


class StillGreen(Exception):  # noqa: N818 - what the script is there to find
    """A test that should have failed, or a fault that cannot be put in."""


def main(words: Iterable[str]) -> int:
    chosen = [fault for fault in FAULTS if not words or any(word in fault.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="bakohumas-faults-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_BEHIND, symlinks=True)
        if red := failing(copy, {test for fault in chosen for test in fault.red}):
            tell("red without any fault:", *sorted(red))
            return 1
        told = [_turns_red(copy, fault) for fault in chosen]
        return int(not all(told))


def _turns_red(copy: Path, fault: Fault) -> bool:
    kept = {edit.file: (copy / edit.file).read_text(encoding="utf-8") for edit in fault.edits}
    try:
        for edit in fault.edits:
            put_in(copy, edit)
        red = failing(copy, set(fault.red))
    except StillGreen as trouble:
        tell(f"NOT TRIED  {fault.name}", str(trouble))
        return False
    finally:
        for file, text in kept.items():
            (copy / file).write_text(text, encoding="utf-8")
    green = set(fault.red) - red
    tell(f"{len(red)}/{len(fault.red)} red  {fault.name}", *(f"STILL GREEN: {test}" for test in green))
    return not green


def tell(first: str, *rest: str) -> None:
    print("\n    ".join((first, *rest)), flush=True)  # noqa: T201 - a script that is run by hand


def put_in(copy: Path, edit: Edit) -> None:
    """Raises `StillGreen` when the text is not there exactly once: the code has moved on, and this list has not."""
    text = (copy / edit.file).read_text(encoding="utf-8")
    if text.count(edit.right) != 1:
        raise StillGreen(f"{edit.file} holds {text.count(edit.right)} times: {edit.right!r}")
    (copy / edit.file).write_text(text.replace(edit.right, edit.wrong), encoding="utf-8")


def failing(copy: Path, tests: set[str]) -> set[str]:
    """Which of these fail there. Raises `StillGreen` when one cannot be run at all."""
    report = copy / "report.xml"
    words = [sys.executable, "-m", "pytest", *sorted(tests), "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*words, f"--junitxml={report}", "-o", "junit_family=xunit1"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise StillGreen(done.stdout[-3000:] + done.stderr[-3000:])
    ran = {f"{case.get('file')}::{case.get('name')}": case for case in ET.parse(report).iter("testcase")}
    if missing := {test for test in tests if test not in ran}:
        raise StillGreen(f"not run: {sorted(missing)}; there are {sorted(ran)}")
    return {test for test in tests if {part.tag for part in ran[test]} & {"failure", "error"}}


def function_of(test: str) -> tuple[str, str]:
    """The file and the function of a pytest id."""
    file, _, name = test.partition("::")
    return file, re.sub(r"\[.*", "", name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
