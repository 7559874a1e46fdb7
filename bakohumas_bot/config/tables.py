"""The shape of bakohumas.toml: its tables, their keys and types."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.policy import Trait
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.platforms.base import Address


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


# What names of ours may be made of: they stand in commands, in files and in records.
Name = Annotated[str, StringConstraints(pattern=r"^[\w.@-]{1,64}$")]


class OfficeTable(Table):
    code: Name
    name: str = Field(min_length=1)
    zone: str
    city: str = Field(min_length=1)
    hosts: list[str] = []

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"zona waktu '{value}' tidak dikenal; gunakan Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura"
            ) from error
        return value


class RoleTable(Table):
    office: str
    role: Role


class PersonTable(Table):
    id: Name
    name: str = Field(min_length=1)
    # "at most 52 significant bits" (core.telegram.org/bots/api#user, 2026-11-21)
    telegram_id: int | None = Field(default=None, strict=True, ge=1, lt=2**52)
    roles: list[RoleTable] = []


class AccountTable(BaseModel):
    """The part that every account shares; the platform's own keys are judged by its `Settings`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Name
    office: str
    platform: str
    handle: str = Field(min_length=1)
    enabled: bool = Field(default=False, strict=True)
    lateness_minutes: int = Field(default=30, ge=1, le=1440, strict=True)
    shows_sources: bool = Field(default=False, strict=True)


class TelegramTable(Table):
    token: str
    api_url: Address = "https://api.telegram.org"


class WebTable(Table):
    public_url: Address | None = None
    listen: str = "127.0.0.1:8080"

    @field_validator("public_url", mode="before")
    @classmethod
    def _may_be_empty(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
            raise ValueError('harus berupa alamat dan port seperti "127.0.0.1:8080"')
        return value


class DatabaseTable(Table):
    url: str = "sqlite:///var/bakohumas.db"


class PolicyTable(Table):
    """Whose voices some kinds or traits of content need; the first table that fits decides."""

    office: str | None = None
    kinds: list[Kind] = []
    traits: list[Trait] = []
    steps: list[list[Role]] = Field(min_length=1, max_length=5)
    ordered: bool = Field(default=False, strict=True)
    urgent: bool = Field(default=True, strict=True)
    why: str = ""

    @field_validator("steps")
    @classmethod
    def _leaders_only(cls, value: list[list[Role]]) -> list[list[Role]]:
        for step in value:
            if not step or not set(step) <= set(LEADERS):
                raise ValueError("setiap langkah berisi ketua_pelaksana, ketua, atau pembina")
        return value


Minutes = Annotated[int, Field(ge=1, le=10_080, strict=True)]
Hours = Annotated[int, Field(ge=1, le=720, strict=True)]


class ApprovalsTable(Table):
    """How leaders are reminded, and when their phones rest; the first table that fits an office decides."""

    office: str | None = None
    remind_before_minutes: list[Minutes] = [120, 30]
    remind_every_hours: Hours = 4
    escalate_after_minutes: Minutes = 240
    expire_after_hours: Hours = 48
    quiet: list[str] = ["21.00", "06.00"]
    digest_above: int = Field(default=3, ge=1, le=100, strict=True)

    @field_validator("quiet")
    @classmethod
    def _from_and_until(cls, value: list[str]) -> list[str]:
        clocks = [re.fullmatch(r"([01][0-9]|2[0-3])[.:]([0-5][0-9])", clock) for clock in value]
        different = {clock.groups() for clock in clocks if clock}
        if value and (len(value), len(different)) != (2, 2):
            raise ValueError('berisi dua jam yang berbeda seperti ["21.00", "06.00"], atau [] bila tidak ada')
        return value


class RecordTable(Table):
    """Who hears the heads of the record every day, and at which hour of the first office."""

    chat: int | None = Field(default=None, strict=True, gt=-(2**52), lt=2**52)
    at: str = "18.00"

    @field_validator("at")
    @classmethod
    def _hour(cls, value: str) -> str:
        if not re.fullmatch(r"([01]?[0-9]|2[0-3])[.:][0-5][0-9]", value):
            raise ValueError('harus berupa jam seperti "18.00"')
        return value

    @field_validator("chat")
    @classmethod
    def _some_chat(cls, value: int | None) -> int | None:
        if value == 0:
            raise ValueError("harus berupa nomor obrolan Telegram, misalnya -1001234567890")
        return value


class DataTable(Table):
    folder: str = "var"


class OcrTable(Table):
    """The program that reads the words in pictures: a name on the PATH, or a path; "" for none."""

    program: str = "tesseract"


class SecretsTable(Table):
    """The key of sealed notes; without one it is a file in the data folder, made at its first use."""

    key: str | None = None


class File(Table):
    offices: list[OfficeTable] = Field(min_length=1)
    people: list[PersonTable] = []
    accounts: list[dict[str, Any]] = []
    policies: list[PolicyTable] = []
    approvals: list[ApprovalsTable] = []
    telegram: TelegramTable | None = None
    web: WebTable = WebTable()
    database: DatabaseTable = DatabaseTable()
    data: DataTable = DataTable()
    ocr: OcrTable = OcrTable()
    record: RecordTable = RecordTable()
    secrets: SecretsTable = SecretsTable()
