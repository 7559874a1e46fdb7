"""The one event loop of the process, for a library that only speaks async: worker threads hand it their calls."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

T = TypeVar("T")

_starting = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def run(call: Coroutine[Any, Any, T], *, within: timedelta) -> T:
    """The call's answer. Past `within` it is cancelled and TimeoutError raised: what was sent may have arrived."""
    future = asyncio.run_coroutine_threadsafe(call, _running())
    try:
        return future.result(within.total_seconds())
    finally:
        future.cancel()  # nothing goes on behind the back of a caller that has given up; no effect once done


def _running() -> asyncio.AbstractEventLoop:
    global _loop  # noqa: PLW0603 - one per process is the point
    with _starting:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="event-loop", daemon=True).start()
        return _loop
