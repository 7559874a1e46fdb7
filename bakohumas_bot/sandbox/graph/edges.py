"""What one edge of Graph is: who answers it, what it takes, and what it looks at before it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.parameters import Parameters
from bakohumas_bot.sandbox.graph.state import State


@dataclass(frozen=True, kw_only=True)
class Edge:
    """`look` runs before the state is locked: it fetches and decodes files into `call.taken`."""

    answer: Callable[[State, Call], dict[str, Any]]
    takes: Parameters
    look: Callable[[State, Call], None] = lambda _state, _call: None
