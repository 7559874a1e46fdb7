"""Commands that move a post through its life."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bakohumas_bot.cli.people import with_pin
from bakohumas_bot.cli.shared import (
    AsJson,
    AsPerson,
    Now,
    PostId,
    Reason,
    moment,
    open_desk,
    print_halts,
    print_json,
    time_for,
    zone_of,
)
from bakohumas_bot.errors import BadInput, Refused

FIELDS = ("isi", "judul", "media", "waktu", "kanal", "sumber")


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")], as_json: AsJson = False, now: Now = None
) -> None:
    """Memeriksa berkas konten: temuan, letaknya, dan cara memperbaikinya."""
    import tempfile
    from dataclasses import replace

    from bakohumas_bot import answers, labels
    from bakohumas_bot.domain.findings import Override, Severity
    from bakohumas_bot.lifecycle.check import check_content
    from bakohumas_bot.lifecycle.intake import content_of
    from bakohumas_bot.media.blobs import BlobStore

    at = moment(now)
    found: list[tuple[Path, Any]] = []
    unreadable: list[str] = []
    with open_desk() as opened, tempfile.TemporaryDirectory() as scratch:
        # A draft may be checked before its accounts are switched on, and leaves nothing behind.
        everything_on = opened.desk.directory.all_enabled()
        desk = replace(opened.desk, directory=everything_on, blobs=BlobStore(Path(scratch)))
        for file in files:
            try:
                content, _ = content_of(desk, file, at)
            except BadInput as error:  # the other files are still looked at
                unreadable += str(error).splitlines()
                continue
            found += [(file, finding) for finding in check_content(desk, content, at).findings]
    if as_json:
        document = {"findings": [answers.finding(f) | {"file": str(file)} for file, f in found]}
        print_json(document | ({"error": "\n".join(unreadable)} if unreadable else {}))
    elif not found and not unreadable:
        typer.echo("Tidak ditemukan masalah.")
    else:
        for file, f in found:
            typer.echo(f"{file.name}: {labels.SEVERITY[f.severity]} {f.code} ({f.field}): {f.message}")
            for remedy in f.remedies:
                typer.echo(f"    → {remedy}")
            if f.override is not Override.NONE:
                typer.echo(f"    {labels.OVERRIDE[f.override]}")
    for sentence in unreadable:
        typer.echo(sentence, err=True)
    blocked = any(f.severity is Severity.BLOK for _, f in found)
    raise typer.Exit(2 if unreadable else 1 if blocked else 0)


def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE")], as_: AsPerson, as_json: AsJson = False, reason: Reason = None
) -> None:
    """Mengajukan berkas konten untuk disetujui."""
    from bakohumas_bot.lifecycle.intake import submit_file

    with open_desk() as opened:
        revision = submit_file(opened.desk, opened.desk.person(as_), file, reason=reason)
    if as_json:
        print_json({"post": revision.post, "revision": revision.number, "digest": revision.digest})
    else:
        typer.echo(
            f"Konten #{revision.post} versi {revision.number} (sidik {revision.short_digest}) telah diajukan "
            "dan menunggu persetujuan."
        )


def decide(  # noqa: PLR0917 - the command line's own order
    post: PostId,
    verdict: Annotated[str, typer.Argument(metavar="approve|revise|reject")],
    as_: AsPerson,
    digest: Annotated[str, typer.Option("--digest", help="Sidik konten yang dilihat, paling sedikit 8 karakter.")],
    reason: Reason = None,
    revision: Annotated[
        int | None, typer.Option("--revision", help="Versi yang dilihat, bila ingin dipastikan.")
    ] = None,
    when: Annotated[str | None, typer.Option("--when", help="Waktu tayang baru bila waktu rencana lewat.")] = None,
    urgent: Annotated[
        bool, typer.Option("--urgent", help="Terbit dengan satu suara; dikonfirmasi yang lain kemudian. Perlu alasan.")
    ] = False,
    field: Annotated[
        str | None,
        typer.Option("--field", help="Bagian yang perlu diperbaiki: isi, judul, media, waktu, kanal, sumber."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Menyetujui, mengembalikan, atau menolak satu versi konten."""
    from bakohumas_bot import answers, labels
    from bakohumas_bot.domain.approval import Verdict
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.lifecycle.approve import MIN_DIGEST
    from bakohumas_bot.lifecycle.approve import decide as record_decision
    from bakohumas_bot.store import deliveries
    from bakohumas_bot.store import posts as stored

    if verdict not in set(Verdict):
        raise BadInput(f"Keputusan '{verdict}' tidak dikenal. Pilihan: approve, revise, reject.")
    if field is not None and field not in FIELDS:
        raise BadInput(f"Bagian '{field}' tidak dikenal. Pilihan: {', '.join(FIELDS)}.")
    with open_desk() as opened:
        person = opened.desk.person(as_)
        if len(digest) < MIN_DIGEST:
            raise Refused(f"Sidik terlalu pendek: tuliskan paling sedikit {MIN_DIGEST} karakter pertamanya.")
        at = time_for(opened, post, when) if when else None
        decision = with_pin(
            opened,
            person,
            lambda yes: record_decision(
                opened.desk,
                person,
                post,
                Verdict(verdict),
                digest=digest,
                revision=revision,
                reason=reason,
                publish_at=at,
                urgent=urgent,
                field=field,
                confirmed=yes,
            ),
        )
        due = long_time(decision.due_at, zone_of(opened, post)) if decision.due_at else ""
        with opened.desk.store.reading() as tx:
            planned = answers.deliveries_of(deliveries.of_post(tx, post))
            standing = answers.policy(opened.desk, tx, stored.get(tx, post))
    if as_json:
        print_json(
            {
                "post": post,
                "revision": decision.revision,
                "verdict": decision.verdict.value,
                "due_at": answers.iso(decision.due_at),
                "deliveries": planned,
                "waiting_for": standing["waiting_for"],
            }
        )
    else:
        said = f" Dijadwalkan tayang {due}." if due and standing["public"] else ""
        waits = ", dan ".join(step["roles_in_words"] for step in standing["waiting_for"])
        said += f" Masih menunggu {waits}." if waits else ""
        typer.echo(f"Konten #{post} {labels.VERDICT[decision.verdict]} oleh {person.name}.{said}")


def schedule(post: PostId, when: Annotated[str, typer.Argument(metavar="WHEN")], as_: AsPerson) -> None:
    """Menentukan waktu tayang."""
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.lifecycle.schedule import reschedule

    with open_desk() as opened:
        at = time_for(opened, post, when)
        person = opened.desk.person(as_)
        moved = with_pin(opened, person, lambda yes: reschedule(opened.desk, person, post, at, confirmed=yes))
        said = long_time(at, zone_of(opened, post))
        print_halts(opened)
    if moved:
        typer.echo(f"Konten #{post} dijadwalkan tayang {said}.")
    else:
        typer.echo(f"Waktu tayang konsep #{post}: {said}. Konsep ini masih perlu diajukan dan disetujui.")


def cancel(post: PostId, as_: AsPerson, reason: Reason = None) -> None:
    """Membatalkan penayangan yang belum terkirim."""
    from bakohumas_bot.lifecycle.schedule import cancel as cancel_post

    with open_desk() as opened:
        cancel_post(opened.desk, opened.desk.person(as_), post, reason)
    typer.echo(f"Konten #{post} dibatalkan. Yang sudah terbit (bila ada) tetap tayang.")


def hold(post: PostId, as_: AsPerson, reason: Reason = None) -> None:
    """Menunda penayangan yang sudah disetujui."""
    from bakohumas_bot.lifecycle.hold import hold as hold_post

    with open_desk() as opened:
        hold_post(opened.desk, opened.desk.person(as_), post, reason or "")
    typer.echo(f"Konten #{post} ditunda dan tidak terbit sampai dilanjutkan (bakohumas release).")


def release(
    post: PostId,
    as_: AsPerson,
    when: Annotated[str | None, typer.Option("--when", help="Waktu tayang baru bila waktu lama sudah lewat.")] = None,
) -> None:
    """Melanjutkan penayangan yang ditunda."""
    from bakohumas_bot.lifecycle.hold import release as let_go

    with open_desk() as opened:
        at = time_for(opened, post, when) if when else None
        person = opened.desk.person(as_)
        with_pin(opened, person, lambda yes: let_go(opened.desk, person, post, at, confirmed=yes))
        print_halts(opened)
    typer.echo(f"Penayangan konten #{post} dilanjutkan.")


def retry(post: PostId, as_: AsPerson, reason: Reason = None) -> None:
    """Menayangkan kembali yang gagal atau terlewat."""
    from bakohumas_bot.lifecycle.schedule import retry as try_again

    with open_desk() as opened:
        try_again(opened.desk, opened.desk.person(as_), post, reason)
        print_halts(opened)
    typer.echo(f"Penayangan konten #{post} dicoba lagi sekarang.")


def override(post: PostId, code: Annotated[str, typer.Argument(metavar="CODE")], as_: AsPerson, reason: Reason) -> None:
    """Mengizinkan satu temuan blok yang boleh dilangkahi, dengan alasan."""
    from bakohumas_bot.lifecycle.override import override as lift

    with open_desk() as opened:
        person = opened.desk.person(as_)
        given = with_pin(
            opened, person, lambda yes: lift(opened.desk, person, post, code.upper(), reason or "", confirmed=yes)
        )
    typer.echo(
        f"Temuan {given.code} pada konten #{post} diizinkan oleh {person.name} ({len(given.spots)} tempat). "
        "Konsep tetap perlu diajukan dan disetujui."
    )
