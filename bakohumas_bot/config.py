"""Reads config/bakohumas.toml and the secrets it points to, once; or stops with one clear sentence per mistake."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, field_validator

from bakohumas_bot.domain.offices import Account, Directory, Office, Person, Role
from bakohumas_bot.errors import BadConfiguration
from bakohumas_bot.platforms.base import Address, Platform, Settings

FILE = "bakohumas.toml"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


# What names of ours may be made of: they stand in commands, in files and in records.
Name = Annotated[str, StringConstraints(pattern=r"^[\w.@-]{1,64}$")]


class _Office(_Table):
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


class _PersonRole(_Table):
    office: str
    role: Role


class _Person(_Table):
    id: Name
    name: str = Field(min_length=1)
    # "at most 52 significant bits" (core.telegram.org/bots/api#user, 2026-11-21)
    telegram_id: int | None = Field(default=None, strict=True, ge=1, lt=2**52)
    roles: list[_PersonRole] = []


class _Account(BaseModel):
    """The part that every account shares; the platform's own keys are judged by its `Settings`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Name
    office: str
    platform: str
    handle: str = Field(min_length=1)
    enabled: bool = Field(default=False, strict=True)
    lateness_minutes: int = Field(default=30, ge=1, le=1440, strict=True)
    shows_sources: bool = Field(default=False, strict=True)


class _Telegram(_Table):
    token: str
    api_url: Address = "https://api.telegram.org"


class _Web(_Table):
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


class _Database(_Table):
    url: str = "sqlite:///var/bakohumas.db"


class _Data(_Table):
    folder: str = "var"


class _File(_Table):
    offices: list[_Office] = Field(min_length=1)
    people: list[_Person] = []
    accounts: list[dict[str, Any]] = []
    telegram: _Telegram | None = None
    web: _Web = _Web()
    database: _Database = _Database()
    data: _Data = _Data()


@dataclass(frozen=True, kw_only=True)
class TelegramDesk:
    token: SecretStr
    api_url: str


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Everything the configuration says. `settings` and `telegram` are filled when secrets were asked for."""

    folder: Path
    directory: Directory
    database_url: str
    data_dir: Path
    public_url: str
    listen: str
    telegram: TelegramDesk | None
    settings: Mapping[str, Settings] = field(default_factory=dict)


def load(folder: Path, platforms: Mapping[str, Platform], *, secrets: bool) -> Configuration:
    """Raises `BadConfiguration` with every mistake at once. `secrets` False reads none: enough to check a draft.

    Relative paths count from `folder`.
    """
    raw = _read(folder / FILE)
    reader = _Reader(folder=folder, platforms=platforms, secrets=secrets)
    configuration = reader.configuration(raw)
    if reader.mistakes:
        raise BadConfiguration([f"{folder / FILE}: {mistake}" for mistake in reader.mistakes])
    assert configuration is not None
    return configuration


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadConfiguration(
            [f"{path}: berkas konfigurasi tidak ditemukan. Buat dengan: bakohumas init {path.parent}"]
        ) from None
    except OSError as error:
        raise BadConfiguration([f"{path}: tidak dapat dibaca ({error.strerror}). Periksa hak aksesnya."]) from error
    except UnicodeDecodeError as error:
        raise BadConfiguration([f"{path}: bukan teks UTF-8. Simpan ulang dengan penyandian UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration([f"{path}: penulisan TOML keliru ({error})."]) from error
    except RecursionError as error:
        raise BadConfiguration([f"{path}: kurung bersarang terlalu dalam."]) from error


class _Reader:
    """Collects every mistake instead of stopping at the first."""

    def __init__(self, *, folder: Path, platforms: Mapping[str, Platform], secrets: bool) -> None:
        self.folder, self.platforms, self.secrets = folder, platforms, secrets
        self.mistakes: list[str] = []

    def configuration(self, raw: dict[str, Any]) -> Configuration | None:
        try:
            file = _File.model_validate(raw)
        except ValidationError as error:
            self.mistakes += _sentences(error, "", _File)
            return None
        self._unique("offices", "code", [o.code for o in file.offices])
        offices = {o.code: _office(o) for o in file.offices}
        people = self._people(file, offices)
        accounts, settings = self._accounts(file, offices)
        return Configuration(
            folder=self.folder,
            directory=Directory(offices=offices, people=people, accounts=accounts),
            database_url=self._database_url(file.database.url),
            data_dir=self.folder / file.data.folder,
            public_url=file.web.public_url or "",
            listen=file.web.listen,
            telegram=self._telegram(file.telegram),
            settings=settings,
        )

    def _people(self, file: _File, offices: dict[str, Office]) -> dict[str, Person]:
        self._unique("people", "id", [p.id for p in file.people])
        self._unique("people", "telegram_id", [p.telegram_id for p in file.people if p.telegram_id is not None])
        for person in file.people:
            for role in person.roles:
                self._require_office(f"people '{person.id}'", role.office, offices)
        return {
            p.id: Person(
                id=p.id,
                name=p.name,
                telegram_id=p.telegram_id,
                roles=frozenset((r.office, r.role) for r in p.roles),
            )
            for p in file.people
        }

    def _accounts(self, file: _File, offices: dict[str, Office]) -> tuple[dict[str, Account], dict[str, Settings]]:
        accounts: dict[str, Account] = {}
        settings: dict[str, Settings] = {}
        self._unique("accounts", "id", [a.get("id") for a in file.accounts])
        for number, table in enumerate(file.accounts, start=1):
            where = f"accounts '{table.get('id', number)}'"
            try:
                given = _Account.model_validate(table)
            except ValidationError as error:
                self.mistakes += _sentences(error, where, _Account)
                continue
            self._require_office(where, given.office, offices)
            platform = self.platforms.get(given.platform)
            if platform is None:
                self.mistakes.append(
                    f"{where}: platform '{given.platform}' tidak dikenal. {_nearest(given.platform, self.platforms)}"
                )
                continue
            accounts[given.id] = Account(
                id=given.id,
                office=given.office,
                platform=given.platform,
                handle=given.handle,
                enabled=given.enabled,
                lateness=timedelta(minutes=given.lateness_minutes),
                shows_sources=given.shows_sources,
            )
            own = self._settings(where, dict(given.model_extra or {}), platform, enabled=given.enabled)
            if own is not None:
                settings[given.id] = own
        return accounts, settings

    def _settings(self, where: str, own: dict[str, Any], platform: Platform, *, enabled: bool) -> Settings | None:
        """The platform's own keys; a disabled account needs no secrets yet, but its keys must be known ones."""
        for key in secret_keys(platform.settings) & own.keys():
            own[key] = self._secret(f"{where}, kunci '{key}'", own[key], read=self.secrets and enabled)
        try:
            return platform.settings.model_validate(own)
        except ValidationError as error:
            problems = [e for e in error.errors() if enabled or e["type"] != "missing"]
            self.mistakes += [_sentence(e, where, platform.settings) for e in problems]
            return None

    def _secret(self, where: str, value: Any, *, read: bool) -> Any:
        """`env:NAME` or `file:PATH`; a secret written into the TOML itself is a mistake."""
        kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
        if kind not in {"env", "file"} or not name:
            self.mistakes.append(
                f'{where}: rahasia tidak boleh ditulis langsung. Gunakan "env:NAMA_VARIABEL" atau "file:PATH".'
            )
            return "-"
        if not read:
            return "-"
        if kind == "env":
            found = os.environ.get(name, "").strip()
            if not found:
                self.mistakes.append(f"{where}: variabel lingkungan {name} belum diisi.")
            return found or "-"
        return self._secret_file(where, self.folder / name)

    def _secret_file(self, where: str, path: Path) -> str:
        try:
            found = path.read_text(encoding="utf-8-sig").strip()
        except OSError as error:
            self.mistakes.append(f"{where}: berkas rahasia {path} tidak dapat dibaca ({error.strerror}).")
        except ValueError:
            self.mistakes.append(f"{where}: berkas rahasia {path} bukan teks UTF-8. Tulis ulang rahasianya.")
        else:
            if found:
                return found
            self.mistakes.append(f"{where}: berkas rahasia {path} masih kosong.")
        return "-"

    def _telegram(self, table: _Telegram | None) -> TelegramDesk | None:
        if table is None:
            return None
        token = self._secret("telegram, kunci 'token'", table.token, read=self.secrets)
        return TelegramDesk(token=SecretStr(token), api_url=table.api_url)

    def _database_url(self, url: str) -> str:
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith(prefix + "/") and url != prefix + ":memory:":
            return prefix + str(self.folder / url.removeprefix(prefix))
        return url

    def _require_office(self, where: str, code: str, offices: Mapping[str, Office]) -> None:
        if code not in offices:
            self.mistakes.append(f"{where}: satker '{code}' tidak ada di [[offices]]. {_nearest(code, offices)}")

    def _unique(self, table: str, key: str, values: list[Any]) -> None:
        for value in sorted({str(v) for v in values if values.count(v) > 1}):
            self.mistakes.append(f"{table}: {key} '{value}' dipakai lebih dari sekali.")


def _office(table: _Office) -> Office:
    return Office(
        code=table.code, name=table.name, zone=ZoneInfo(table.zone), city=table.city, hosts=tuple(table.hosts)
    )


def secret_keys(settings: type[Settings]) -> set[str]:
    """The keys of an account that must point to a secret instead of holding it."""
    return {name for name, info in settings.model_fields.items() if _is_secret(info.annotation)}


def _is_secret(annotation: Any) -> bool:
    return annotation is SecretStr or SecretStr in getattr(annotation, "__args__", ())


def _nearest(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"Mungkin maksudnya '{close[0]}'." if close else f"Yang dikenal: {', '.join(names)}."


def _sentences(error: ValidationError, where: str, model: type[BaseModel]) -> list[str]:
    return [_sentence(e, where, model) for e in error.errors()]


def _sentence(error: Any, where: str, model: type[BaseModel]) -> str:
    """One mistake in Indonesian, with its place and how to mend it."""
    place = ", ".join(filter(None, [where, _place(error["loc"])]))
    match error["type"]:
        case "missing" | "string_too_short":
            return f"{place}: wajib diisi."
        case "extra_forbidden":
            return f"{place}: kunci ini tidak dikenal. {_nearest(str(error['loc'][-1]), _keys_at(model, error['loc']))}"
        case "value_error":
            return f"{place}: {str(error['msg']).removeprefix('Value error, ')}."
        case "string_pattern_mismatch":
            return f"{place}: nilai '{error['input']}' tidak berbentuk seperti yang diminta. Lihat contoh konfigurasi."
        case "enum" | "literal_error":
            choices = str(error["ctx"]["expected"]).replace(" or ", " atau ")
            return f"{place}: nilai '{error['input']}' tidak dikenal. Pilihan: {choices}."
        case _:
            wanted = _WANTED.get(str(error["type"]).split("_")[0], "nilai yang sesuai")
            return f"{place}: seharusnya {wanted}, bukan {_shown(error['input'])}."


def _shown(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else said[:60] + "…"


_WANTED = {
    "string": "teks dalam tanda kutip",
    "int": "bilangan bulat tanpa tanda kutip",
    "bool": "true atau false tanpa tanda kutip",
    "list": "daftar dalam kurung siku",
    "model": "sebuah tabel",
    "dict": "sebuah tabel",
    "greater": "bilangan yang lebih besar",
    "less": "bilangan yang lebih kecil",
    "too": "berisi paling sedikit satu",
}


def _place(loc: tuple[int | str, ...]) -> str:
    names = [f"ke-{part + 1}" if isinstance(part, int) else f"'{part}'" for part in loc]
    return " ".join(names)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at `loc` knows."""
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        annotation: Any = model.model_fields[part].annotation if part in model.model_fields else None
        inner = [a for a in (annotation, *getattr(annotation, "__args__", ())) if isinstance(a, type)]
        models = [a for a in inner if issubclass(a, BaseModel)]
        if models:
            model = models[0]
    return list(model.model_fields)
