"""Commands about the policy: whose voices a post still needs and why, and the rules in force."""

from __future__ import annotations

from typing import Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, PostId, open_desk, print_json, print_table
from bakohumas_bot.errors import BadInput

Office = Annotated[str | None, typer.Option("--office", metavar="KODE", help="Satker; tanpa ini semua satker.")]


def explain(post: PostId, as_json: AsJson = False) -> None:
    """Siapa yang masih harus memutuskan satu konten, dan mengapa."""
    from datetime import datetime

    from bakohumas_bot import answers
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.store import posts as stored

    with open_desk() as opened, opened.desk.store.reading() as tx:
        found = answers.policy(opened.desk, tx, stored.get(tx, post))
        zone = opened.desk.office(found["office"]).zone
    if as_json:
        print_json(found)
        return
    typer.echo(f"Konten #{post}: {found['title']} ({found['status']})")
    typer.echo(f"Aturan: {found['why']}.")
    if found["traits"]:
        typer.echo(f"Isi peka: {', '.join(found['traits'])}.")
    for one in found["decisions"]:
        at = long_time(datetime.fromisoformat(one["decided_at"]), zone)
        typer.echo(f"  {answers.voice_in_words(one)}, {at}")
    for step in found["waiting_for"]:
        names = ", ".join(step["names"]) or "belum ada yang dapat; mohon admin menambahkan orang"
        turn = "Menunggu" if step["now"] else "Setelah itu"
        typer.echo(f"{turn}: {step['roles_in_words']} ({names})")
    if not found["waiting_for"]:
        typer.echo("Tidak ada keputusan yang masih ditunggu.")
    if found["hands"]:
        typer.echo(f"Tidak dapat menyetujui karena ikut menyusun atau mengajukan: {', '.join(found['hands'])}.")
    if found["may_be_urgent"]:
        typer.echo("Bila mendesak, satu suara cukup untuk tayang, lalu dikonfirmasi oleh yang lain.")


def list_(office: Office = None, as_json: AsJson = False) -> None:
    """Aturan persetujuan yang berlaku: yang pertama cocok menentukan."""
    from bakohumas_bot import answers
    from bakohumas_bot.domain.policy import DEFAULTS

    with open_desk() as opened:
        offices = list(opened.desk.directory.offices)
        if office is not None and office not in offices:
            raise BadInput(f"Satker '{office}' tidak ada di konfigurasi. Yang ada: {', '.join(offices)}.")
        own = [rule for rule in opened.desk.policies if office is None or rule.office in {None, office}]
        rows = [answers.rule(rule, default=False) for rule in own]
        rows += [answers.rule(rule, default=True) for rule in DEFAULTS]
    if as_json:
        print_json(rows)
        return
    order = {True: ", berurutan", False: ""}
    print_table(
        ["Satker", "Untuk", "Suara", "Mendesak", "Sebab"],
        [
            [
                row["office"] or "semua",
                row["for_in_words"],
                row["steps_in_words"] + order[row["ordered"]],
                "boleh" if row["urgent"] else "tidak",
                row["why"],
            ]
            for row in rows
        ],
    )
