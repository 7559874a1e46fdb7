"""Every command; the only place that prints. Bodies import what they need, so that --help answers at once."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bakohumas_bot.errors import BadInput, DeskError

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.domain.delivery import Delivery

app = typer.Typer(
    name="bakohumas",
    help="Meja penerbitan Bakohumas: diperiksa, disetujui di Telegram, terbit satu kali, dapat dibuktikan.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
audit = typer.Typer(help="Catatan audit.", no_args_is_help=True)
app.add_typer(audit, name="audit")

AsPerson = Annotated[str, typer.Option("--as", help="Id orang yang bertindak ([[people]] di konfigurasi).")]
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON, tanpa yang lain.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Alasan tertulis.")]
PostId = Annotated[int, typer.Argument(metavar="POST", help="Nomor konten.")]
Now = Annotated[str | None, typer.Option("--now", help="Anggap sekarang pukul ini (ISO 8601).")]

_folder = Path("config")


@app.callback()
def _options(
    config: Annotated[
        Path, typer.Option("--config", envvar="BAKOHUMAS_CONFIG", help="Folder konfigurasi.", metavar="DIR")
    ] = Path("config"),
) -> None:
    global _folder  # noqa: PLW0603 - one process runs one command
    _folder = config


# --- Trying it out, setting it up ---


@app.command()
def demo(
    keep: Annotated[Path | None, typer.Option(help="Simpan data demo di folder ini.", metavar="DIR")] = None,
) -> None:
    """Seluruh alur pada platform tiruan, diceritakan langkah demi langkah."""
    import tempfile

    from bakohumas_bot.app import set_up_logging

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
        _print_deliveries(stage.app, story.standing(stage))
        wrong = story.shortcomings(stage)
    for one in wrong:
        console.print(f"[red]✗ {one}[/red]")
    if not wrong:
        console.print("[green]Semua penayangan terbit tepat satu kali dan telah dibaca kembali.[/green]")
    return not wrong


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR")]) -> None:
    """Menulis konfigurasi awal yang penuh penjelasan ke DIR."""
    from bakohumas_bot.example import write_example

    written = write_example(folder)
    typer.echo(f"Konfigurasi awal ditulis: {written}\nUbah isinya, lalu jalankan: bakohumas --config {folder} doctor")


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Memeriksa konfigurasi, basis data, token, jam, dan disk: apa yang salah dan cara memperbaikinya."""
    from bakohumas_bot.doctor import examine

    results = examine(_folder)
    if as_json:
        _print_json([{"name": r.name, "ok": r.ok, "detail": r.detail} for r in results])
    else:
        for result in results:
            typer.echo(f"{'✓' if result.ok else '✗'} {result.name}: {result.detail}")
    raise typer.Exit(0 if all(r.ok for r in results) else 1)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port pada 127.0.0.1.")] = 8990,
    config: Annotated[
        Path | None, typer.Option("--init", help="Tulis konfigurasi latihan ke folder ini.", metavar="DIR")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Menjalankan platform tiruan untuk latihan, sampai dihentikan dengan Ctrl+C."""
    from bakohumas_bot.demo.training import sample_accounts, write_configuration
    from bakohumas_bot.sandbox import open_sandbox

    world = open_sandbox(port)
    if config is not None:
        write_configuration(config, world, web="127.0.0.1:8991")
    accounts = sample_accounts(world)
    if as_json:
        telegram = world.platforms["telegram"].desk(f"{world.url}/telegram")
        _print_json({"url": world.url, "accounts": accounts, "telegram": telegram})
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


# --- A post's life ---


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")], as_json: AsJson = False, now: Now = None
) -> None:
    """Memeriksa berkas konten: temuan, letaknya, dan cara memperbaikinya."""
    import tempfile
    from dataclasses import replace

    from bakohumas_bot import answers, labels
    from bakohumas_bot.domain.findings import Severity
    from bakohumas_bot.lifecycle.check import check_content
    from bakohumas_bot.lifecycle.intake import content_of
    from bakohumas_bot.media.blobs import BlobStore

    at = _moment(now)
    found: list[tuple[Path, Any]] = []
    with _open_app() as opened, tempfile.TemporaryDirectory() as scratch:
        # A draft may be checked before its accounts are switched on, and leaves nothing behind.
        everything_on = opened.desk.directory.all_enabled()
        desk = replace(opened.desk, directory=everything_on, blobs=BlobStore(Path(scratch)))
        for file in files:
            content, _ = content_of(desk, file, at)
            found += [(file, finding) for finding in check_content(desk, content, at).findings]
    if as_json:
        _print_json({"findings": [answers.finding(f) | {"file": str(file)} for file, f in found]})
    elif not found:
        typer.echo("Tidak ditemukan masalah.")
    else:
        for file, f in found:
            typer.echo(f"{file.name}: {labels.SEVERITY[f.severity]} {f.code} ({f.field}): {f.message}")
            for remedy in f.remedies:
                typer.echo(f"    → {remedy}")
    raise typer.Exit(1 if any(f.severity is Severity.BLOK for _, f in found) else 0)


@app.command()
def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE")], as_: AsPerson, as_json: AsJson = False, reason: Reason = None
) -> None:
    """Mengajukan berkas konten untuk disetujui."""
    from bakohumas_bot.lifecycle.intake import submit_file

    with _open_app() as opened:
        revision = submit_file(opened.desk, opened.desk.person(as_), file, reason=reason)
    if as_json:
        _print_json({"post": revision.post, "revision": revision.number, "digest": revision.digest})
    else:
        typer.echo(
            f"Konten #{revision.post} versi {revision.number} (sidik {revision.short_digest}) telah diajukan "
            "dan menunggu persetujuan."
        )


@app.command()
def decide(  # noqa: PLR0917 - the command line's own order
    post: PostId,
    verdict: Annotated[str, typer.Argument(metavar="approve|revise|reject")],
    as_: AsPerson,
    digest: Annotated[str, typer.Option("--digest", help="Sidik konten yang dilihat, paling sedikit 8 karakter.")],
    reason: Reason = None,
    when: Annotated[str | None, typer.Option("--when", help="Waktu tayang baru bila waktu rencana lewat.")] = None,
    as_json: AsJson = False,
) -> None:
    """Menyetujui, mengembalikan, atau menolak satu versi konten."""
    from bakohumas_bot import answers, labels
    from bakohumas_bot.domain.approval import Verdict
    from bakohumas_bot.lifecycle.approve import decide as record_decision
    from bakohumas_bot.store import deliveries

    if verdict not in set(Verdict):
        raise BadInput(f"Keputusan '{verdict}' tidak dikenal. Pilihan: approve, revise, reject.")
    with _open_app() as opened:
        person = opened.desk.person(as_)
        at = _time_for(opened, post, when) if when else None
        decision = record_decision(
            opened.desk, person, post, Verdict(verdict), digest=digest, reason=reason, publish_at=at
        )
        with opened.desk.store.reading() as tx:
            planned = answers.deliveries_of(deliveries.of_post(tx, post))
    if as_json:
        _print_json(
            {
                "post": post,
                "revision": decision.revision,
                "verdict": decision.verdict.value,
                "due_at": answers.iso(decision.due_at),
                "deliveries": planned,
            }
        )
    else:
        typer.echo(f"Konten #{post} {labels.VERDICT[decision.verdict]} oleh {person.name}.")


@app.command()
def schedule(post: PostId, when: Annotated[str, typer.Argument(metavar="WHEN")], as_: AsPerson) -> None:
    """Menentukan waktu tayang."""
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.lifecycle.schedule import reschedule

    with _open_app() as opened:
        at = _time_for(opened, post, when)
        reschedule(opened.desk, opened.desk.person(as_), post, at)
        typer.echo(f"Konten #{post} dijadwalkan tayang {long_time(at, _zone_of(opened, post))}.")


@app.command()
def cancel(post: PostId, as_: AsPerson, reason: Reason = None) -> None:
    """Membatalkan penayangan yang belum terkirim."""
    from bakohumas_bot.lifecycle.schedule import cancel as cancel_post

    with _open_app() as opened:
        cancel_post(opened.desk, opened.desk.person(as_), post, reason)
    typer.echo(f"Konten #{post} dibatalkan. Yang sudah terbit (bila ada) tetap tayang.")


@app.command()
def retry(post: PostId, as_: AsPerson, reason: Reason = None) -> None:
    """Menayangkan kembali yang gagal atau terlewat."""
    from bakohumas_bot.lifecycle.schedule import retry as try_again

    with _open_app() as opened:
        try_again(opened.desk, opened.desk.person(as_), post, reason)
    typer.echo(f"Penayangan konten #{post} dicoba lagi sekarang.")


# --- Looking ---


@app.command()
def posts(as_json: AsJson = False) -> None:
    """Daftar konten, terbaru dahulu."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import posts as stored

    with _open_app() as opened, opened.desk.store.reading() as tx:
        rows = [answers.post(tx, row) for row in stored.all_posts(tx)]
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ["#", "Judul", "Status", "Versi", "Sidik"],
        [[str(r["post"]), r["title"], r["status"], str(r["revision"]), r["digest"][:8]] for r in rows],
    )


@app.command()
def deliveries(as_json: AsJson = False) -> None:
    """Daftar penayangan per kanal."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import deliveries as stored

    with _open_app() as opened:
        with opened.desk.store.reading() as tx:
            rows = stored.everything(tx)
        if as_json:
            _print_json(answers.deliveries_of(rows))
        else:
            _print_deliveries(opened, rows)


@app.command()
def show(post: PostId, as_json: AsJson = False) -> None:
    """Segala sesuatu tentang satu konten."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import posts as stored

    with _open_app() as opened, opened.desk.store.reading() as tx:
        whole = answers.whole_post(opened.desk, tx, stored.get(tx, post))
    if as_json:
        _print_json(whole)
        return
    typer.echo(f"Konten #{whole['post']}: {whole['title']}\nStatus: {whole['status']}, versi {whole['revision']}, ")
    typer.echo(f"sidik {whole['digest'][:8]}\n\n{whole['body']}\n")
    for row in whole["deliveries"]:
        typer.echo(f"  {row['account']:24} {row['state']:12} {row['url'] or row['error'] or ''}")
    typer.echo("\nRiwayat:")
    for event in whole["events"]:
        typer.echo(f"  {event['at']}  {event['actor']:12} {event['kind']}")


@app.command()
def preview(post: PostId, account: Annotated[str | None, typer.Option("--account", metavar="A")] = None) -> None:
    """Apa yang akan dilihat masyarakat di tiap kanal."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import posts as stored

    with _open_app() as opened, opened.desk.store.reading() as tx:
        shown = answers.previews(opened.desk, stored.latest(tx, post), account)
    if not shown:
        raise BadInput(f"Kanal '{account}' tidak dipilih untuk konten #{post}.")
    for one in shown:
        typer.echo(f"── {one['account']}  {one['label']} {one['length']}/{one['limit']}")
        typer.echo(one["text"])
        for media in one["media"]:
            size = f"{media['width']}×{media['height']}" if media["width"] else ""
            typer.echo(f"   [{media['kind']} {size}] {media['alt']}\n   {media['file']}")
        typer.echo("")


@app.command()
def measure(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    platform: Annotated[str, typer.Option("--platform", metavar="P")],
    as_json: AsJson = False,
) -> None:
    """Menghitung panjang teks sebagaimana platform menghitungnya."""
    from bakohumas_bot.domain.counting import measure as count
    from bakohumas_bot.platforms import PLATFORMS

    known = {p.spec.family: p.spec for p in reversed(PLATFORMS.values())} | {p: v.spec for p, v in PLATFORMS.items()}
    if platform not in known:
        raise BadInput(f"Platform '{platform}' tidak dikenal. Yang dikenal: {', '.join(sorted(known))}.")
    counted = count(text, known[platform])
    if as_json:
        _print_json({"length": counted.length, "limit": counted.limit, "unit": counted.unit})
    else:
        typer.echo(f"{known[platform].label} {counted.length}/{counted.limit}")


@audit.command("verify")
def audit_verify(as_json: AsJson = False) -> None:
    """Membuktikan bahwa catatan audit tidak diubah."""
    from bakohumas_bot.store import record

    with _open_app() as opened, opened.desk.store.reading() as tx:
        count, broken = record.verify(tx)
    what = {"changed": "diubah", "removed": "dihapus", "inserted": "disisipkan", "reordered": "diubah urutannya"}
    if as_json:
        _print_json(
            {"events": count, "broken": [{"office": b.office, "event": b.number, "what": b.what} for b in broken]}
        )
    elif not broken:
        typer.echo(f"Catatan audit utuh: {count} peristiwa diperiksa.")
    else:
        for b in broken:
            typer.echo(f"Catatan audit satker {b.office} rusak pada peristiwa {b.number}: {what[b.what]}.")
    raise typer.Exit(1 if broken else 0)


# --- Running ---


@app.command()
def run() -> None:
    """Bot, penjadwal, penayang, dan web dalam satu proses."""
    _serve("bot", "worker", "web")


@app.command()
def worker() -> None:
    """Hanya penjadwal dan penayang."""
    _serve("worker")


@app.command()
def bot() -> None:
    """Hanya bot Telegram."""
    _serve("bot")


@app.command()
def web() -> None:
    """Hanya proses web (media untuk Instagram)."""
    _serve("web")


def _serve(*parts: str) -> None:
    from bakohumas_bot.app import set_up_logging
    from bakohumas_bot.service import serve

    set_up_logging()
    with _open_app(secrets=True) as opened:
        serve(opened, parts)


# --- Shared by the commands ---


class _Opened:
    """Opens the desk for one command, and closes it."""

    def __init__(self, *, secrets: bool) -> None:
        self._secrets = secrets

    def __enter__(self) -> App:
        from bakohumas_bot.app import open_app

        self._app = open_app(_folder, secrets=self._secrets)
        return self._app

    def __exit__(self, *_: object) -> None:
        self._app.close()


def _open_app(*, secrets: bool = False) -> _Opened:
    return _Opened(secrets=secrets)


def _moment(now: str | None) -> datetime:
    if now is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(now)
    except ValueError:
        raise BadInput(f"--now '{now}' bukan waktu ISO 8601. Contoh: 2026-11-26T09:00:00+08:00.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _time_for(opened: App, post: int, words: str) -> datetime:
    from bakohumas_bot.domain.times import read_time

    return read_time(words, now=opened.desk.now(), zone=_zone_of(opened, post))


def _zone_of(opened: App, post: int) -> Any:
    from bakohumas_bot.store import posts as stored

    with opened.desk.store.reading() as tx:
        return opened.desk.office(stored.get(tx, post).office).zone


def _print_json(document: Any) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _print_table(head: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in head:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _print_deliveries(opened: App, rows: list[Delivery]) -> None:
    from bakohumas_bot import labels
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.store import posts as stored

    with opened.desk.store.reading() as tx:
        zones = {row.post: opened.desk.office(stored.get(tx, row.post).office).zone for row in rows}
    _print_table(
        ["#", "Kanal", "Keadaan", "Waktu tayang", "Tautan atau sebab"],
        [
            [
                str(r.post),
                r.account,
                f"{labels.light(r)} {labels.STATE[r.state]}",
                long_time(r.due_at, zones[r.post]),
                r.error or r.url or "",
            ]
            for r in rows
        ],
    )


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
