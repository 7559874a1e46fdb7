"""Reads calendar/stages.toml: the stages of elections, each with the regulation that fixes it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bakohumas_bot.domain.calendar import (
    Basis,
    Calendar,
    ElectionKind,
    ElectionStage,
    StageRule,
    StageStatus,
    StageZone,
)
from bakohumas_bot.domain.posts import Kind

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dasar(_Table):
    jenis: Word
    nomor: Word
    tahun: int = Field(ge=1945, le=2200)


class Tahapan(_Table):
    kode: Word
    jenis: ElectionKind
    kontestasi: Word
    nama: Word
    mulai: date
    selesai: date
    zona: StageZone = StageZone.OFFICE
    dasar: Dasar
    status: StageStatus
    versi: int = Field(default=1, ge=1)
    sebutan: list[Word] = []
    aturan_aktif: list[StageRule] = []
    aturan_sampai: Word | None = None
    konten_dilarang: list[Kind] = []
    konten_wajib: list[Word] = []
    catatan: str = ""


class StagesFile(_Table):
    tahapan: list[Tahapan] = []


def build(file: StagesFile) -> Calendar:
    """Raises `ValueError` where a stage ends before it begins, or its rules hold until a stage that is not there."""
    last = {(row.kode, row.versi): row for row in file.tahapan}
    newest = {code: row for (code, _), row in sorted(last.items(), key=lambda item: item[0][1])}
    return Calendar(stages=tuple(_stage(row, newest) for row in last.values()))


def _stage(row: Tahapan, newest: dict[str, Tahapan]) -> ElectionStage:
    if row.selesai < row.mulai:
        raise ValueError(f"tahapan '{row.kode}': 'selesai' lebih awal daripada 'mulai'. Periksa kedua tanggalnya.")
    if row.aturan_sampai is not None and row.aturan_sampai not in newest:
        raise ValueError(
            f"tahapan '{row.kode}': aturan_sampai '{row.aturan_sampai}' bukan kode tahapan. Tulis kode yang ada."
        )
    return ElectionStage(
        code=row.kode,
        kind=row.jenis,
        contest=row.kontestasi,
        name=row.nama,
        begins=row.mulai,
        ends=row.selesai,
        zone=row.zona,
        basis=Basis(kind=row.dasar.jenis, number=row.dasar.nomor, year=row.dasar.tahun),
        rules=frozenset(row.aturan_aktif),
        rules_until=newest[row.aturan_sampai].selesai if row.aturan_sampai else None,
        status=row.status,
        version=row.versi,
        called=tuple(row.sebutan),
        banned=frozenset(kind.value for kind in row.konten_dilarang),
        required=tuple(row.konten_wajib),
        note=row.catatan,
    )
