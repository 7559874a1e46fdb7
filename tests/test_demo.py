"""What a newcomer sees first: the whole main job on the sandbox, from a phone to the public."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "from bakohumas_bot.cli import main; main()"


def test_the_demo_publishes_everything_once_and_reads_it_back(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, "demo"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200"},
        timeout=110,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Semua penayangan terbit tepat satu kali dan telah dibaca kembali." in said.stdout
    assert said.stdout.count("🟢") == 12
    assert "Traceback" not in said.stderr
