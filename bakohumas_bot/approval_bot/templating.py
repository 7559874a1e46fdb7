"""Fills the templates: Indonesian text in Telegram's HTML, everything that people wrote escaped."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.lengths import fits, fitting, shortened
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.times import long_time

NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_FINDINGS = (8, 5, 3, 1)  # in full, the gravest first: fewer where what stands below them would be cut off


def fill(template: str, **values: Any) -> str:
    """The finished text, never longer than one message may be."""
    html = ""
    for most in MOST_FINDINGS if "findings" in values else MOST_FINDINGS[:1]:
        html = written(template, **values, most_findings=most)
        if fits(html):
            break
    return fitting(html)


def written(template: str, **values: Any) -> str:
    """The same, however long it comes out."""
    return _templates().get_template(f"{template}.html").render(**values).strip()


def unbroken_time(at: datetime, zone: ZoneInfo) -> str:
    """The hour and its zone stay on one line of the phone."""
    return _unbroken(long_time(at, zone))


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Only the hour, where the day is said already."""
    return _unbroken(f"pukul {at.astimezone(zone):%H.%M} {zone_label(at, zone)}")


def _unbroken(time: str) -> str:
    return NO_BREAK.join(time.rsplit(" ", 1))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"long_time": unbroken_time, "shortened": shortened}
    environment.globals |= {"labels": labels, "most_findings": MOST_FINDINGS[0]}
    return environment
