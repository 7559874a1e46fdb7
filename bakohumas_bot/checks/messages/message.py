"""What a finding says, and how it may be mended: sentences with gaps that the rule fills."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """Templates for `str.format`; the rule supplies the facts."""

    text: str
    remedies: tuple[str, ...] = ()


LEAVE_OUT = "Keluarkan kanal {account} dari konten ini."
