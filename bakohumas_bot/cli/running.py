"""Commands that run until they are stopped."""

from __future__ import annotations

from bakohumas_bot.cli.shared import open_desk


def run() -> None:
    """Bot, penjadwal, penayang, dan web dalam satu proses."""
    _serve("bot", "worker", "web")


def worker() -> None:
    """Hanya penjadwal dan penayang."""
    _serve("worker")


def bot() -> None:
    """Hanya bot Telegram."""
    _serve("bot")


def web() -> None:
    """Hanya proses web (media untuk Instagram)."""
    _serve("web")


def _serve(*parts: str) -> None:
    from bakohumas_bot.app import set_up_logging
    from bakohumas_bot.config.traits import traits
    from bakohumas_bot.lifecycle.configured import note_configuration
    from bakohumas_bot.service import serve

    set_up_logging()
    with open_desk(secrets=True) as opened:
        note_configuration(opened.desk, traits(opened.configuration.folder))
        serve(opened, parts)
