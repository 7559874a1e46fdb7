"""Commands to try the desk out and to set it up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, Chosen, print_deliveries, print_json
from bakohumas_bot.errors import Unavailable


def demo(
    keep: Annotated[
        Path | None, typer.Option(help="Simpan data demo di folder ini.", metavar="DIR", file_okay=False)
    ] = None,
) -> None:
    """Seluruh alur pada platform tiruan, diceritakan langkah demi langkah."""
    import tempfile

    from bakohumas_bot.app import set_up_logging

    _end_like_ctrl_c()
    with tempfile.TemporaryDirectory(prefix="bakohumas-demo-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        set_up_logging(file=folder / "demo.log")
        raise typer.Exit(0 if _tell_demo(folder) else 1)


def _tell_demo(folder: Path) -> bool:
    from rich.console import Console

    from bakohumas_bot.demo import story
    from bakohumas_bot.demo.phones import NoAnswer
    from bakohumas_bot.demo.stage import set_stage

    console = Console(highlight=False)
    with console.status("Menyiapkan platform tiruan dan meja kerja ...") as status, set_stage(folder) as stage:
        try:
            for scene in story.play(stage):
                console.print(f"[bold]{scene.who}[/bold] {scene.what}")
            for done, total in story.wait_for_publication(stage):
                status.update(f"Terbit dan dibaca kembali: {done} dari {total} penayangan ...")
        except NoAnswer as silence:
            console.print(f"[red]{silence}[/red]")
            return False
        print_deliveries(stage.app, story.standing(stage))
        wrong = story.shortcomings(stage)
    for one in wrong:
        console.print(f"[red]✗ {one}[/red]")
    if not wrong:
        console.print("[green]Semua penayangan terbit tepat satu kali dan telah dibaca kembali.[/green]")
    return not wrong


def init(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Menulis konfigurasi awal yang penuh penjelasan ke DIR."""
    from bakohumas_bot.example import write_example

    written = write_example(folder)
    typer.echo(f"Konfigurasi awal ditulis: {written}\nUbah isinya, lalu jalankan: bakohumas --config {folder} doctor")


def doctor(as_json: AsJson = False) -> None:
    """Memeriksa konfigurasi, basis data, token, jam, dan disk: apa yang salah dan cara memperbaikinya."""
    from bakohumas_bot.doctor import examine

    results = examine(Chosen.folder)
    if as_json:
        print_json([{"name": r.name, "ok": r.ok, "detail": r.detail} for r in results])
    else:
        for result in results:
            typer.echo(f"{'✓' if result.ok else '✗'} {result.name}: {result.detail}")
    raise typer.Exit(0 if all(r.ok for r in results) else 1)


def sandbox(
    port: Annotated[int, typer.Option(help="Port pada 127.0.0.1; 0: mana saja yang bebas.", min=0, max=65535)] = 8990,
    config: Annotated[
        Path | None, typer.Option("--init", help="Tulis konfigurasi latihan ke folder ini.", metavar="DIR")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Menjalankan platform tiruan untuk latihan, sampai dihentikan dengan Ctrl+C."""
    from bakohumas_bot.demo.training import sample_accounts, write_configuration
    from bakohumas_bot.sandbox import open_sandbox

    _end_like_ctrl_c()
    _require_free(port)
    world = open_sandbox(port)
    if config is not None:
        try:
            write_configuration(config, world, web="127.0.0.1:8991")
        except OSError as error:
            raise Unavailable(f"Folder {config} tidak dapat ditulis ({error.strerror}). Pilih folder lain.") from error
    accounts = sample_accounts(world)
    if as_json:
        telegram = world.platforms["telegram"].desk(f"{world.url}/telegram")
        print_json({"url": world.url, "accounts": accounts, "telegram": telegram})
    else:
        typer.echo(f"Platform tiruan berjalan di {world.url} (Ctrl+C untuk berhenti). Kanal contoh:")
        for account in accounts:
            typer.echo(f"  {account['id']:24} {account['platform']:18} api_url = {account['api_url']}")
        if config is not None:
            typer.echo(f"Konfigurasi latihan: {config}\nDi terminal lain: bakohumas --config {config} run")
    sys.stdout.flush()
    try:
        world.serve_forever()
    except KeyboardInterrupt:
        typer.echo("Berhenti.")


def _end_like_ctrl_c() -> None:
    """SIGTERM tidies up too."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _require_free(port: int) -> None:
    """The server's own complaint is in English and ends the process."""
    import socket

    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Unavailable(
            f"Port {port} sedang dipakai program lain. Mohon hentikan program itu, atau pilih --port lain."
        ) from error
