"""Loopback servers that speak each platform's wire format, for training and for tests.

They follow the platforms' official descriptions and import none of our adapters, so that they can disagree with them.
"""

from __future__ import annotations

from typing import Any

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.graph.platform import Graph
from bakohumas_bot.sandbox.instagram_private.platform import InstagramPrivate
from bakohumas_bot.sandbox.telegram.platform import Telegram
from bakohumas_bot.sandbox.x.platform import X

SANDBOXES: dict[str, type[Any]] = {
    "telegram": Telegram,
    "x": X,
    "graph": Graph,
    "instagram": InstagramPrivate,
}


def open_sandbox(port: int = 0, accounts: int = 1) -> Sandbox:
    """Every pretend platform on one loopback port (0: any free one), each with so many `accounts`."""
    return Sandbox(SANDBOXES, port, accounts)
