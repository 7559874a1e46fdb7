"""What `bakohumas doctor` looks at: each finding says what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bakohumas_bot.app import App, open_app
from bakohumas_bot.doctor import far_ends, machine, publishing, sealing, witnessed
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.domain.approval import APPROVERS
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.errors import BadConfiguration, DeskError

__all__ = ["Result", "examine"]


def examine(folder: Path) -> list[Result]:
    """Everything that can be looked at from here; a broken configuration ends the examination early."""
    try:
        app = open_app(folder, secrets=True)
    except BadConfiguration as error:
        return [Result(name="Konfigurasi", ok=False, detail=mistake) for mistake in error.mistakes]
    except DeskError as error:
        return [Result(name="Basis data", ok=False, detail=str(error))]
    try:
        return list(_all(app))
    finally:
        app.close()


def _all(app: App) -> Iterator[Result]:
    yield Result(name="Konfigurasi", ok=True, detail=f"{app.configuration.folder} terbaca.")
    yield from _people(app)
    yield from machine.look(app)
    yield from witnessed.look(app)
    yield from sealing.look(app)
    yield from publishing.look(app)
    yield from far_ends.look(app)


def _people(app: App) -> Iterator[Result]:
    directory = app.desk.directory
    for office in directory.offices.values():
        leaders = directory.holders(office.code, *APPROVERS)
        operators = directory.holders(office.code, Role.OPERATOR)
        if leaders and operators:
            detail = f"{len(operators)} operator, {len(leaders)} penyetuju."
        else:
            detail = "Perlu paling sedikit satu operator dan satu ketua_pelaksana atau ketua di [[people]]."
        yield Result(name=f"Petugas {office.name}", ok=bool(leaders and operators), detail=detail)
