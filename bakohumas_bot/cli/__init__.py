"""Every command; the only place that prints. Bodies import what they need, so that --help answers at once."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bakohumas_bot.cli import (
    auditing,
    benches,
    keeping,
    looking,
    measuring,
    people,
    planning,
    policy,
    posting,
    ruling,
    running,
    sealing,
    stopping,
    surviving,
    trying,
    wording,
)
from bakohumas_bot.cli.shared import Chosen, print_json
from bakohumas_bot.errors import DeskError, Refused

app = typer.Typer(
    name="bakohumas",
    cls=wording.Group,
    help="Meja penerbitan Bakohumas: diperiksa, disetujui di Telegram, terbit satu kali, dapat dibuktikan.",
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit = typer.Typer(cls=wording.Group, help="Catatan audit.")
who = typer.Typer(cls=wording.Group, help="Siapa bertugas: undangan, berhenti, Plh. dan Plt., PIN.")
secrets = typer.Typer(cls=wording.Group, help="Catatan rahasia yang tersimpan tersandi.")
policies = typer.Typer(cls=wording.Group, help="Aturan persetujuan: siapa yang harus memutuskan, dan mengapa.")
bench = typer.Typer(cls=wording.Group, help="Pengukuran dan uji ketahanan pada platform tiruan.")

COMMANDS = (
    trying.demo,
    trying.init,
    trying.doctor,
    trying.sandbox,
    posting.check,
    posting.submit,
    posting.decide,
    posting.schedule,
    posting.cancel,
    posting.hold,
    posting.release,
    posting.retry,
    posting.override,
    ruling.rules,
    stopping.freeze,
    stopping.unfreeze,
    stopping.resolve,
    looking.posts,
    looking.deliveries,
    looking.show,
    looking.preview,
    looking.measure,
    planning.when,
    running.run,
    running.worker,
    running.bot,
    running.web,
    keeping.backup,
    keeping.restore,
)
PEOPLE = (
    ("list", people.list_),
    ("invite", people.invite),
    ("withdraw", people.withdraw),
    ("leave", people.leave),
    ("return", people.return_),
    ("role-end", people.role_end),
    ("deputize", people.deputize),
    ("deputy-end", people.deputy_end),
    ("pin", people.pin),
)
BENCHES = (
    benches.histories,
    measuring.burst,
    measuring.queue,
    measuring.start,
    measuring.likeness,
    measuring.rulebook,
    measuring.audit,
    surviving.crash,
    surviving.pauses,
    surviving.syscalls,
    surviving.readback,
)
for command in COMMANDS:
    app.command(cls=wording.Command)(command)
for name, command in auditing.COMMANDS.items():
    audit.command(name, cls=wording.Command)(command)
app.add_typer(audit, name="audit")
policies.command("explain", cls=wording.Command)(policy.explain)
policies.command("list", cls=wording.Command)(policy.list_)
app.add_typer(policies, name="policy")
for name, act in PEOPLE:
    who.command(name, cls=wording.Command)(act)
app.add_typer(who, name="people")
for name, kept in sealing.COMMANDS.items():
    secrets.command(name, cls=wording.Command)(kept)
app.add_typer(secrets, name="secrets")
for command in BENCHES:
    bench.command(cls=wording.Command)(command)
app.add_typer(bench, name="bench")


@app.callback()
def _options(
    config: Annotated[
        Path, typer.Option("--config", envvar="BAKOHUMAS_CONFIG", help="Folder konfigurasi.", metavar="DIR")
    ] = Path("config"),
) -> None:
    Chosen.folder = config


def main() -> NoReturn:
    """The console script: every refusal is one sentence and an exit code, never a traceback."""
    words = sys.argv[1:] or ["--help"]
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as we live
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a letter that a terminal lacks ends no command
    try:
        code = app(args=_config_first(words), standalone_mode=False) or 0
        sys.stdout.flush()
    except DeskError as error:
        post = error.post if isinstance(error, Refused) else None
        code = _refuse(str(error), error.exit_code, words, **({"post": post} if post else {}))
    except wording.WrongUse as error:
        code = _refuse(wording.complaint(error), 2, words)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except Exception as error:  # noqa: BLE001 - a fault of our own, kept whole in a file for whoever mends it
        code = _refuse(_fault(error), 2, words)
    _leave(code)


def _refuse(sentence: str, code: int, words: list[str], **more: int) -> int:
    """The sentence for people; for programs that asked for JSON also as the one document."""
    with suppress(OSError):
        if "--json" in words:
            print_json({"error": sentence, **more})
        typer.echo(sentence, err=True)
    return code


def _fault(error: Exception) -> str:
    import tempfile
    import traceback

    from bakohumas_bot.platforms.redaction import redact

    if isinstance(error, OSError) and error.filename is None and error.errno in {errno.ENOSPC, errno.EIO, errno.EBADF}:
        return f"Keluaran tidak dapat ditulis ({error.strerror}). Mohon periksa tujuan keluarannya."
    said = "Terjadi gangguan di dalam aplikasi; tidak ada yang hilang."
    with suppress(OSError), tempfile.NamedTemporaryFile("w", prefix="bakohumas-", suffix=".txt", delete=False) as file:
        file.write(redact("".join(traceback.format_exception(error))))
        return f"{said} Mohon kirim berkas {file.name} kepada pengembang."
    return f"{said} Mohon laporkan kepada pengembang: {type(error).__name__}."


def _leave(code: int) -> NoReturn:
    """What cannot be written to a reader that is gone or to a full disk is not tried again at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def _config_first(words: list[str]) -> list[str]:
    """`--config DIR` is understood before the command and after it."""
    if "--config" in words:
        at = words.index("--config")
        return [*words[at : at + 2], *words[:at], *words[at + 2 :]]
    moved = [word for word in words if word.startswith("--config=")]
    return moved + [word for word in words if word not in moved]
