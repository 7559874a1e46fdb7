"""Telegram as the office's desk: handlers parse, call one verb of `lifecycle`, and answer. No rules live here.

poller    Telegram -> inbox     every update is on our disk before its offset is confirmed
handling  inbox -> lifecycle    each update once, albums whole; what is to be said goes into the outbox
postman   outbox -> Telegram    composed from the database at the moment of sending
"""

from __future__ import annotations

from bakohumas_bot.approval_bot.running import run, run_bot

__all__ = ["run", "run_bot"]
