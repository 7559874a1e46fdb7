"""Commands that only look."""

from __future__ import annotations

from typing import Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, PostId, open_desk, print_deliveries, print_halts, print_json, print_table
from bakohumas_bot.errors import BadInput


def posts(as_json: AsJson = False) -> None:
    """Daftar konten, terbaru dahulu."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import freezes
    from bakohumas_bot.store import posts as stored

    with open_desk() as opened:
        with opened.desk.store.reading() as tx:
            frozen = freezes.in_force(tx)
            rows = [answers.post(tx, row) | {"frozen": row.office in frozen} for row in stored.all_posts(tx)]
        if as_json:
            print_json(rows)
            return
        print_halts(opened)
    print_table(
        ["#", "Judul", "Status", "Versi", "Sidik"],
        [[str(r["post"]), r["title"], r["status"], str(r["revision"]), r["digest"][:8]] for r in rows],
    )


def deliveries(as_json: AsJson = False) -> None:
    """Daftar penayangan per kanal."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import deliveries as stored

    with open_desk() as opened:
        with opened.desk.store.reading() as tx:
            rows = stored.everything(tx)
            halted = answers.halted(tx, rows, opened.desk.now())
        if as_json:
            print_json(halted)
        else:
            print_halts(opened)
            print_deliveries(opened, rows)


def show(post: PostId, as_json: AsJson = False) -> None:
    """Segala sesuatu tentang satu konten."""
    from datetime import datetime

    from bakohumas_bot import answers, labels
    from bakohumas_bot.domain.delivery import State
    from bakohumas_bot.domain.status import Stage
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.store import posts as stored

    with open_desk() as opened, opened.desk.store.reading() as tx:
        whole = answers.whole_post(opened.desk, tx, stored.get(tx, post))
        zone = opened.desk.office(whole["office"]).zone
    if as_json:
        print_json(whole)
        return
    typer.echo(f"Konten #{whole['post']}: {whole['title']}")
    typer.echo(
        f"Status: {whole['status']}, versi {whole['revision']}, sidik {whole['digest'][:8]}\n\n{whole['body']}\n"
    )
    if whole["reason"]:
        typer.echo(f"Catatan pengaju: {whole['reason']}")
    for lift in whole["lifts"]:
        typer.echo(f"Temuan {lift['code']} diizinkan {lift['name']}: {lift['reason']}")
    for decision in whole["decisions"]:
        at = long_time(datetime.fromisoformat(decision["decided_at"]), zone)
        typer.echo(f"{answers.voice_in_words(decision)}, {at}")
    if whole["waiting_for"]:
        typer.echo(f"Menunggu {', dan '.join(step['roles_in_words'] for step in whole['waiting_for'])}.")
    for remark in whole["talk"]:
        typer.echo(f"Tanya {remark['asker_name']}: {remark['question']}")
        said = f"Jawab {remark['answerer_name']}: {remark['answer']}" if remark["answer"] else "Belum dijawab."
        typer.echo(f"  {said}")
    if held := whole["held"]:
        typer.echo(f"Ditunda oleh {held['by']}: {held['reason']}")
    for row in whole["deliveries"]:
        state = labels.STAGE[Stage.HELD] if row["held"] else labels.STATE[State(row["state"])]
        typer.echo(f"  {row['account']:24} {state:20} {row['error'] or row['url'] or ''}")
    typer.echo("\nRiwayat:")
    accounts = {row["id"]: row["account"] for row in whole["deliveries"]}
    for event in whole["events"]:
        at = long_time(datetime.fromisoformat(event["at"]), zone)
        said = labels.EVENT.get(event["kind"], event["kind"])
        typer.echo(f"  {at:40} {event['actor']:12} {said:34} {accounts.get(event['delivery'], '')}".rstrip())


def preview(post: PostId, account: Annotated[str | None, typer.Option("--account", metavar="A")] = None) -> None:
    """Apa yang akan dilihat masyarakat di tiap kanal."""
    from bakohumas_bot import answers
    from bakohumas_bot.store import posts as stored

    with open_desk() as opened, opened.desk.store.reading() as tx:
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
        print_json({"length": counted.length, "limit": counted.limit, "unit": counted.unit})
    else:
        typer.echo(f"{known[platform].label} {counted.length}/{counted.limit}")
