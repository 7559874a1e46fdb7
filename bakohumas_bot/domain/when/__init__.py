"""When, as people write it: words to parts, parts to days and hours, those to moments. Pure; a doubt always asks."""

from __future__ import annotations

from bakohumas_bot.domain.when.answering import Answer, answer, means_at_once, read_time

__all__ = ["Answer", "answer", "means_at_once", "read_time"]
