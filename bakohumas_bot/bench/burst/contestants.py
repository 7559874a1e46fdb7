"""Processes of the burst, spoken to line by line: the platforms, the real worker, and the bare loop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

PATIENCE = 600.0


class Contestant:
    """`python -m MODULE ...`: it prints one JSON document per line and reads words from us."""

    def __init__(self, module: str, *words: object) -> None:
        given = [str(word) for word in words]
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", module, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def hear(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended without a word")
        return json.loads(line)

    def tell(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()

    def cpu(self) -> float:
        """Seconds of processor time so far, of the process and its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100


def say(document: Any) -> None:
    """For the contestant itself."""
    print(json.dumps(document), flush=True)  # noqa: T201


def heard() -> str:
    """The next word; empty when whoever started us has gone."""
    return sys.stdin.readline().strip()
