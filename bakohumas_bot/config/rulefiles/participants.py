"""Reads rules/participants.toml: who stands for election, with number, names and the time for which that is so."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bakohumas_bot.domain.participants import Participant, ParticipantKind, Participants

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Peserta(_Table):
    kontestasi: Word
    nama: Word
    jenis: ParticipantKind = ParticipantKind.PARTY
    nomor: int | None = Field(default=None, ge=1, le=999)
    sebutan: list[Word] = []
    singkatan: list[Word] = []
    calon: list[Word] = []
    jabatan: list[Word] = []
    akun: list[Word] = []
    tagar: list[Word] = []
    slogan: list[Word] = []
    wilayah: str = ""
    mulai: date = date.min
    selesai: date = date.max


class ParticipantsFile(_Table):
    peserta: list[Peserta] = []


def build(file: ParticipantsFile) -> Participants:
    """A later line of the same election and name takes the earlier one's place.

    Raises `ValueError` where two of one election and region have the same number.
    """
    rows = {(row.kontestasi, row.nama.casefold()): row for row in file.peserta}
    seen: dict[tuple[str, str, str, int], str] = {}
    for row in rows.values():
        if row.selesai < row.mulai:
            raise ValueError(f"peserta '{row.nama}': 'selesai' lebih awal daripada 'mulai'. Periksa kedua tanggalnya.")
        if row.nomor is not None:
            other = seen.setdefault((row.kontestasi, row.jenis, row.wilayah, row.nomor), row.nama)
            if other != row.nama:
                raise ValueError(
                    f"peserta '{row.nama}': nomor {row.nomor} sudah dipakai '{other}'. Periksa nomor urutnya."
                )
    return Participants(all=tuple(_participant(row) for row in rows.values()))


def _participant(row: Peserta) -> Participant:
    return Participant(
        contest=row.kontestasi,
        name=row.nama,
        kind=row.jenis,
        number=row.nomor,
        clear=tuple(row.sebutan),
        short=tuple(row.singkatan),
        people=tuple(row.calon),
        posts=tuple(row.jabatan),
        accounts=tuple(account.lstrip("@").casefold() for account in row.akun),
        hashtags=tuple(tag.lstrip("#").casefold() for tag in row.tagar),
        slogans=tuple(row.slogan),
        area=row.wilayah,
        begins=row.mulai,
        ends=row.selesai,
    )
