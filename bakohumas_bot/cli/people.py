"""Commands about people: who works here, who is let in, who left, who stands in for whom, and their PINs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bakohumas_bot.cli.shared import AsJson, AsPerson, Reason, open_desk, print_json, print_table, written
from bakohumas_bot.errors import BadInput, PinWanted

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.domain.offices import Person, Role
    from bakohumas_bot.lifecycle.pins import Confirmation

PersonId = Annotated[str, typer.Argument(metavar="ID", help="Id orangnya dari: bakohumas people list.")]
Office = Annotated[str, typer.Option("--office", metavar="KODE", help="Satker.")]
RoleName = Annotated[
    str, typer.Option("--role", metavar="PERAN", help="operator, ketua_pelaksana, ketua, pembina, auditor, atau admin.")
]
Number = Annotated[
    int, typer.Argument(metavar="NOMOR", help="Nomor dari: bakohumas people list.", min=1, max=2**63 - 1)
]
Choice = TypeVar("Choice", bound=StrEnum)
Done = TypeVar("Done")


def list_(as_json: AsJson = False) -> None:
    """Siapa bertugas, dengan peran apa, menggantikan siapa, dan siapa yang sudah berhenti."""
    from bakohumas_bot import people_list

    with open_desk() as opened:
        found = people_list.everything(opened.desk)
    if as_json:
        print_json(found)
        return
    print_table(["ID", "NAMA", "PERAN", "TELEGRAM", "PIN"], [_person_row(one) for one in found["people"]])
    for title, rows in (("Penugasan Plh. dan Plt.", found["deputies"]), ("Undangan terbuka", found["invitations"])):
        if rows:
            typer.echo(f"\n{title}")
        for one in rows:
            typer.echo(f"   {one['id']}. {one['said']}")


def _person_row(one: dict[str, Any]) -> list[str]:
    roles = "sudah tidak bertugas" if one["left"] else ", ".join(f"{r['role']} ({r['office']})" for r in one["roles"])
    return [one["id"], one["name"], roles or "belum ada", str(one["telegram_id"] or "belum"), one["pin"] or "-"]


def invite(  # noqa: PLR0917 - the command line's own order
    as_: AsPerson,
    office: Office,
    role: RoleName,
    person: Annotated[str, typer.Option("--id", metavar="ID", help="Id untuk orang itu, misalnya: rina.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAMA", help="Nama lengkap; tidak perlu bila sudah dikenal.")
    ] = None,
    hours: Annotated[int, typer.Option("--hours", metavar="N", help="Masa berlaku dalam jam.")] = 24,
) -> None:
    """Membuat undangan sekali pakai untuk satu orang dan satu peran."""
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.lifecycle import invitations

    with open_desk() as opened:
        invited = invitations.invite(
            opened.desk,
            opened.desk.person(as_),
            office=office,
            role=_role(role),
            person=person,
            name=name,
            hours=hours,
        )
        until = long_time(invited.expires_at, opened.desk.office(office).zone)
    typer.echo(f"Undangan {invited.id} untuk {invited.name}, berlaku satu kali sampai {until}.")
    typer.echo(f"Mohon sampaikan hanya kepada yang bersangkutan: kirim /start {invited.secret} kepada bot")


def withdraw(id_: Number, as_: AsPerson) -> None:
    """Menarik undangan yang belum dipakai."""
    from bakohumas_bot.lifecycle import invitations

    with open_desk() as opened:
        name = invitations.withdraw(opened.desk, opened.desk.person(as_), id_)
    typer.echo(f"Undangan {id_} untuk {name} ditarik.")


def leave(person: PersonId, as_: AsPerson, reason: Reason = None) -> None:
    """Mencatat bahwa seseorang tidak lagi bertugas: semua haknya berakhir seketika."""
    from bakohumas_bot.lifecycle import membership

    with open_desk() as opened:
        name = membership.leave(opened.desk, opened.desk.person(as_), person, reason or "")
    typer.echo(f"{name} tidak lagi bertugas. Semua haknya berakhir saat ini.")


def return_(person: PersonId, as_: AsPerson, reason: Reason = None) -> None:
    """Mencatat bahwa seseorang bertugas kembali; peran dari undangan diberikan lagi dengan undangan baru."""
    from bakohumas_bot.lifecycle import membership

    with open_desk() as opened:
        name = membership.come_back(opened.desk, opened.desk.person(as_), person, reason or "")
    typer.echo(f"{name} tercatat bertugas kembali.")


def role_end(person: PersonId, as_: AsPerson, office: Office, role: RoleName, reason: Reason = None) -> None:
    """Mengakhiri satu peran yang diberikan dengan undangan."""
    from bakohumas_bot.lifecycle import membership

    with open_desk() as opened:
        admin = opened.desk.person(as_)
        name = membership.end_role(opened.desk, admin, person, office=office, role=_role(role), reason=reason or "")
    typer.echo(f"Peran {role} {name} berakhir.")


def deputize(  # noqa: PLR0917 - the command line's own order
    as_: AsPerson,
    office: Office,
    role: RoleName,
    kind: Annotated[str, typer.Option("--kind", metavar="plh|plt", help="Pelaksana harian atau pelaksana tugas.")],
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Id yang menggantikan.")],
    principal: Annotated[str, typer.Option("--for", metavar="NAMA", help="Nama yang digantikan.", callback=written)],
    number: Annotated[str, typer.Option("--number", metavar="SK", help="Nomor keputusan.", callback=written)],
    first: Annotated[str, typer.Option("--from", metavar="TANGGAL", help="Hari pertama, misalnya 2026-12-01.")],
    last: Annotated[str, typer.Option("--until", metavar="TANGGAL", help="Hari terakhir, ikut berlaku.")],
) -> None:
    """Menunjuk Plh. atau Plt. untuk suatu masa, dengan nomor keputusannya."""
    from bakohumas_bot.domain.offices import DeputyKind
    from bakohumas_bot.lifecycle import deputies, people

    with open_desk() as opened:
        made = deputies.deputize(
            opened.desk,
            opened.desk.person(as_),
            office=office,
            role=_role(role),
            kind=_one_of(DeputyKind, kind, "--kind"),
            person=person,
            principal=principal,
            number=number,
            first=_day(first, "--from"),
            last=_day(last, "--until"),
        )
        name = people.name(opened.desk, person)
    typer.echo(f"Penugasan {made.id} dicatat: {name}, {people.in_place_of(made.deputy)}.")


def deputy_end(id_: Number, as_: AsPerson) -> None:
    """Mengakhiri penugasan Plh. atau Plt. sebelum waktunya."""
    from bakohumas_bot.lifecycle import deputies, people

    with open_desk() as opened:
        deputy = deputies.end(opened.desk, opened.desk.person(as_), id_)
        name = people.name(opened.desk, deputy.person)
    typer.echo(f"Penugasan {id_} ({name}) berakhir.")


def pin(
    act: Annotated[str, typer.Argument(metavar="set|reset|unlock", help="Menetapkan, menghapus, atau membuka kunci.")],
    as_: AsPerson,
    person: Annotated[str | None, typer.Argument(metavar="[ID]", help="Untuk reset dan unlock: id pemiliknya.")] = None,
) -> None:
    """PIN pimpinan: ditetapkan sendiri (dibaca dari masukan, tidak dari perintah); dihapus atau dibuka oleh admin."""
    from bakohumas_bot.lifecycle import pins

    if act not in {"set", "reset", "unlock"}:
        raise BadInput(f"'{act}' tidak dikenal. Pilihan: set, reset, unlock.")
    if (act == "set") != (person is None):
        raise BadInput("Id ditulis untuk reset dan unlock saja; set menetapkan PIN sendiri.")
    with open_desk() as opened:
        actor = opened.desk.person(as_)
        if person is None:
            _set_pin(opened, as_)
            return
        name = (pins.reset if act == "reset" else pins.unlock)(opened.desk, actor, person)
    typer.echo(f"PIN {name} dihapus." if act == "reset" else f"Kunci PIN {name} dibuka.")


def _set_pin(opened: App, id_: str) -> None:
    from bakohumas_bot.lifecycle import pins

    person = opened.desk.person(id_)
    old = ask_pin("PIN lama: ") if pins.has(opened.desk, person) else None
    pins.set_pin(opened.desk, person, ask_pin("PIN baru: "), old=old)
    typer.echo("PIN telah disimpan.")


def with_pin(opened: App, person: Person, act: Callable[[Confirmation | None], Done]) -> Done:
    """Does it, and asks for the PIN where the verb wants one."""
    from bakohumas_bot.lifecycle import pins

    try:
        return act(None)
    except PinWanted:
        return act(pins.verify(opened.desk, person, ask_pin("PIN: ")))


def ask_pin(prompt: str) -> str:
    """Unseen at a terminal, one line of a program's input otherwise; never a word of the command, which others see."""
    import getpass

    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().strip()


def _role(word: str) -> Role:
    from bakohumas_bot.domain.offices import Role

    return _one_of(Role, word, "--role")


def _one_of(choices: type[Choice], word: str, option: str) -> Choice:
    if word not in set(choices):
        raise BadInput(f"{option} '{word}' tidak dikenal. Pilihan: {', '.join(choices)}.")
    return choices(word)


def _day(words: str, option: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise BadInput(f"{option} '{words}' bukan tanggal. Contoh: 2026-12-01.") from None
