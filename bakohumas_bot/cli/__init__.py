"""Every command; the only place that prints. Bodies import what they need, so that --help answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bakohumas_bot.cli import looking, posting, running, trying
from bakohumas_bot.cli.shared import Chosen
from bakohumas_bot.errors import DeskError

app = typer.Typer(
    name="bakohumas",
    help="Meja penerbitan Bakohumas: diperiksa, disetujui di Telegram, terbit satu kali, dapat dibuktikan.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit = typer.Typer(help="Catatan audit.", no_args_is_help=True)

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
    posting.retry,
    looking.posts,
    looking.deliveries,
    looking.show,
    looking.preview,
    looking.measure,
    running.run,
    running.worker,
    running.bot,
    running.web,
)
for command in COMMANDS:
    app.command()(command)
audit.command("verify")(looking.audit_verify)
app.add_typer(audit, name="audit")


@app.callback()
def _options(
    config: Annotated[
        Path, typer.Option("--config", envvar="BAKOHUMAS_CONFIG", help="Folder konfigurasi.", metavar="DIR")
    ] = Path("config"),
) -> None:
    Chosen.folder = config


def main() -> NoReturn:
    """The console script: every refusal is one sentence and an exit code, never a traceback."""
    # Typer keeps its parser to itself; this is the parent of all its complaints about usage.
    wrong_use: type[Exception] = typer.BadParameter.__mro__[1]
    try:
        sys.exit(app(args=_config_first(sys.argv[1:] or ["--help"]), standalone_mode=False) or 0)
    except DeskError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except wrong_use as error:
        typer.echo(f"{_usage(error)} Bantuan: bakohumas --help", err=True)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)


def _usage(error: Any) -> str:
    """The parser's English, in the words of the office."""
    said = str(error)
    quoted = said[said.find("'") :].strip(". ") if "'" in said else ""
    if said.startswith("No such command"):
        return f"Perintah {quoted} tidak dikenal."
    if said.startswith("No such option"):
        return f"Opsi {getattr(error, 'option_name', quoted)} tidak dikenal."
    if getattr(error, "param", None) is not None:
        return f"{error.param.name} belum diisi atau keliru."
    return f"Perintah belum lengkap atau keliru ({said})."


def _config_first(words: list[str]) -> list[str]:
    """`--config DIR` is understood before the command and after it."""
    for number, word in enumerate(words[:-1]):
        if word == "--config":
            return [word, words[number + 1], *words[:number], *words[number + 2 :]]
    moved = [word for word in words if word.startswith("--config=")]
    return moved + [word for word in words if word not in moved]
