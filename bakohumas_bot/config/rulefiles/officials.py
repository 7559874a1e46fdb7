"""Reads rules/officials.toml: the office's own officials, with title and term."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from bakohumas_bot.domain.officials import Official, Officials

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pejabat(_Table):
    nama: Word
    jabatan: Word
    gelar: str = ""
    pelaksana: Literal["", "Plh.", "Plt."] = ""
    mulai: date = date.min
    selesai: date = date.max


class OfficialsFile(_Table):
    pejabat: list[Pejabat] = []


def build(file: OfficialsFile) -> Officials:
    """Raises `ValueError` where a term ends before it begins."""
    for row in file.pejabat:
        if row.selesai < row.mulai:
            raise ValueError(f"pejabat '{row.nama}': 'selesai' lebih awal daripada 'mulai'. Periksa kedua tanggalnya.")
    return Officials(
        all=tuple(
            Official(
                name=row.nama,
                title=row.jabatan,
                degrees=row.gelar,
                acting=row.pelaksana,
                begins=row.mulai,
                ends=row.selesai,
            )
            for row in file.pejabat
        )
    )
