"""The sentences of every finding and its remedies, as people in an office read them; one file per file of rules."""

from __future__ import annotations

from bakohumas_bot.checks.messages import (
    clock,
    dates,
    duplicates,
    figures,
    form,
    harm,
    hashtags,
    hoaxes,
    language,
    links,
    media,
    neutrality,
    people,
    periods,
    personal,
    pictures,
    press_release,
    references,
    regions,
    sources,
    stages,
)
from bakohumas_bot.checks.messages.message import Message

_FAMILIES = (
    clock,
    dates,
    duplicates,
    figures,
    form,
    harm,
    hashtags,
    hoaxes,
    language,
    links,
    media,
    neutrality,
    people,
    periods,
    personal,
    pictures,
    press_release,
    references,
    regions,
    sources,
    stages,
)
MESSAGES: dict[str, Message] = {key: message for family in _FAMILIES for key, message in family.MESSAGES.items()}

__all__ = ["MESSAGES", "Message"]
