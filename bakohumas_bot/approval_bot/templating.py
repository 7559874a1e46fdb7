"""Fills the templates: Indonesian text in Telegram's HTML, everything that people wrote escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.lengths import fitting, shortened
from bakohumas_bot.domain.times import long_time


def fill(template: str, **values: Any) -> str:
    """The finished text, never longer than one message may be."""
    return fitting(_templates().get_template(f"{template}.html").render(**values).strip())


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"long_time": long_time, "shortened": shortened}
    environment.globals |= {"labels": labels}
    return environment
