"""When an Instagram account whose daily number of posts is reached may publish again."""

from __future__ import annotations

from datetime import datetime, timedelta

from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.platforms.meta.graph import Graph, when

SOON = timedelta(seconds=5)
_LISTED = "100"  # Meta names 50 and 100 as the quota; `config` of the account decides


def frees(graph: Graph, user: str, now: datetime) -> timedelta | None:
    """How long until the oldest post that counts is a day old. None: Instagram did not say.

    content_publishing_limit names the number and the period, but no moment (its reference page, read 2026-11-21).
    """
    try:
        limit = graph.read(f"{user}/content_publishing_limit", fields="config,quota_usage")
        listed = graph.read(f"{user}/media", fields="timestamp", limit=_LISTED)
        config = limit["data"][0]["config"]
        total, period = int(config["quota_total"]), timedelta(seconds=int(config["quota_duration"]))
        posted = sorted((when(post["timestamp"]) for post in listed["data"]), reverse=True)
    except (Stopped, LookupError, TypeError, ValueError):
        return None
    counting = [moment for moment in posted if now - moment < period][:total]
    return max(counting[-1] + period - now, SOON) if counting else None
