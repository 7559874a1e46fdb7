"""Reads config/bakohumas.toml and the secrets it points to, once; or stops with one clear sentence per mistake."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError

from bakohumas_bot.config.mistakes import nearest, sentence, sentences
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.config.tables import (
    AccountTable,
    ApprovalsTable,
    File,
    OfficeTable,
    PolicyTable,
    RecordTable,
    TelegramTable,
)
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.offices import Account, Directory, Office, Person
from bakohumas_bot.domain.policy import Requirement, Rule, Step
from bakohumas_bot.domain.quiet import Quiet
from bakohumas_bot.domain.reminders import Terms
from bakohumas_bot.domain.witness import Plan
from bakohumas_bot.errors import BadConfiguration
from bakohumas_bot.platforms.base import Platform, Settings
from bakohumas_bot.platforms.redaction import keep_out_of_sight
from bakohumas_bot.store.keyring import FILE as KEY_FILE
from bakohumas_bot.store.keyring import Keyring

FILE = "bakohumas.toml"
_PASSWORD = re.compile(r"://[^/]*:[^/]*@|[?&]password=")


@dataclass(frozen=True, kw_only=True)
class TelegramDesk:
    token: SecretStr
    api_url: str


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Everything the configuration says. `settings` and `telegram` are filled when secrets were asked for."""

    folder: Path
    directory: Directory
    database_url: str = field(repr=False)  # it may hold a password
    data_dir: Path
    public_url: str
    listen: str
    telegram: TelegramDesk | None
    settings: Mapping[str, Settings] = field(default_factory=dict)
    policies: tuple[Rule, ...] = ()
    witness: Plan | None = None
    reminders: tuple[Terms, ...] = ()
    keyring: Keyring = field(default_factory=Keyring, repr=False)
    knowledge: Knowledge = field(default_factory=Knowledge, repr=False)
    ocr: str = ""


def load(folder: Path, platforms: Mapping[str, Platform], *, secrets: bool) -> Configuration:
    """Raises `BadConfiguration` with every mistake at once. `secrets` False reads none: enough to check a draft.

    Relative paths count from `folder`.
    """
    raw = read(folder / FILE)
    reader = _Reader(folder=folder, platforms=platforms, secrets=secrets)
    configuration = reader.configuration(raw)
    elsewhere: list[str] = []
    knowledge = read_knowledge(folder, elsewhere)
    if reader.mistakes or elsewhere:
        raise BadConfiguration([*(f"{folder / FILE}: {mistake}" for mistake in reader.mistakes), *elsewhere])
    assert configuration is not None
    return replace(configuration, knowledge=knowledge)


def read(path: Path) -> dict[str, Any]:
    """The file as it stands, not yet judged."""
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
            file = File.model_validate(raw)
        except ValidationError as error:
            self.mistakes += sentences(error, "", File)
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
            policies=self._policies(file, offices),
            witness=_plan(file.record),
            reminders=self._reminders(file, offices),
            keyring=self._keyring(file),
            ocr=file.ocr.program,
        )

    def _policies(self, file: File, offices: dict[str, Office]) -> tuple[Rule, ...]:
        for table in file.policies:
            if table.office is not None:
                self._require_office("policies", table.office, offices)
        return tuple(_rule(table) for table in file.policies)

    def _reminders(self, file: File, offices: dict[str, Office]) -> tuple[Terms, ...]:
        for table in file.approvals:
            if table.office is not None:
                self._require_office("approvals", table.office, offices)
        return tuple(_terms(table) for table in file.approvals)

    def _people(self, file: File, offices: dict[str, Office]) -> dict[str, Person]:
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

    def _accounts(self, file: File, offices: dict[str, Office]) -> tuple[dict[str, Account], dict[str, Settings]]:
        accounts: dict[str, Account] = {}
        settings: dict[str, Settings] = {}
        self._unique("accounts", "id", [a.get("id") for a in file.accounts])
        for number, table in enumerate(file.accounts, start=1):
            where = f"accounts '{table.get('id', number)}'"
            try:
                given = AccountTable.model_validate(table)
            except ValidationError as error:
                self.mistakes += sentences(error, where, AccountTable)
                continue
            self._require_office(where, given.office, offices)
            platform = self.platforms.get(given.platform)
            if platform is None:
                self.mistakes.append(
                    f"{where}: platform '{given.platform}' tidak dikenal. {nearest(given.platform, self.platforms)}"
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
            problems = [e for e in error.errors() if enabled or e["type"] not in {"missing", "missing_keys"}]
            self.mistakes += [sentence(e, where, platform.settings) for e in problems]
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
        else:
            found = self._secret_file(where, self.folder / name)
        keep_out_of_sight(found)
        return found or "-"

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

    def _keyring(self, file: File) -> Keyring:
        """A key in a file is read anew at every use; one in the environment is what this process was started with."""
        key = file.secrets.key
        if key is None:
            path = self.folder / file.data.folder / KEY_FILE
            return Keyring(path=path, where=str(path), own=True)
        if key.startswith("file:") and key != "file:":
            path = self.folder / key.removeprefix("file:")
            return Keyring(path=path, where=str(path))
        return Keyring(given=self._secret("secrets, kunci 'key'", key, read=True), where=key)

    def _telegram(self, table: TelegramTable | None) -> TelegramDesk | None:
        if table is None:
            return None
        token = self._secret("telegram, kunci 'token'", table.token, read=self.secrets)
        return TelegramDesk(token=SecretStr(token), api_url=table.api_url)

    def _database_url(self, url: str) -> str:
        """An address with a password is a secret as a whole; without one it may stand in the TOML."""
        if url.startswith(("env:", "file:")):
            url = self._secret("database, kunci 'url'", url, read=True)
        elif _PASSWORD.search(url):
            self.mistakes.append(
                "database, kunci 'url': memuat kata sandi. Pindahkan seluruh alamat ke tempat rahasia, lalu gunakan "
                '"env:BAKOHUMAS_DATABASE_URL" atau "file:PATH".'
            )
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith(prefix + "/") and url != prefix + ":memory:":
            return prefix + str(self.folder / url.removeprefix(prefix))
        return url

    def _require_office(self, where: str, code: str, offices: Mapping[str, Office]) -> None:
        if code not in offices:
            self.mistakes.append(f"{where}: satker '{code}' tidak ada di [[offices]]. {nearest(code, offices)}")

    def _unique(self, table: str, key: str, values: list[Any]) -> None:
        for value in sorted({str(v) for v in values if values.count(v) > 1}):
            self.mistakes.append(f"{table}: {key} '{value}' dipakai lebih dari sekali.")


def _plan(table: RecordTable) -> Plan | None:
    if table.chat is None:
        return None
    hour, minute = re.split(r"[.:]", table.at)
    return Plan(chat=table.chat, at=time(int(hour), int(minute)))


def _rule(table: PolicyTable) -> Rule:
    asked = Requirement(
        steps=tuple(Step(roles=tuple(roles)) for roles in table.steps),
        ordered=table.ordered,
        urgent=table.urgent,
        why=table.why or "kebijakan satker pada konfigurasi",
    )
    return Rule(office=table.office, kinds=frozenset(table.kinds), traits=frozenset(table.traits), requirement=asked)


def _terms(table: ApprovalsTable) -> Terms:
    clocks = [time.fromisoformat(clock.replace(".", ":")) for clock in table.quiet]
    return Terms(
        office=table.office,
        before=tuple(timedelta(minutes=minutes) for minutes in table.remind_before_minutes),
        every=timedelta(hours=table.remind_every_hours),
        escalate_after=timedelta(minutes=table.escalate_after_minutes),
        expire_after=timedelta(hours=table.expire_after_hours),
        quiet=Quiet(begins=clocks[0], ends=clocks[1]) if clocks else None,
        digest_above=table.digest_above,
    )


def _office(table: OfficeTable) -> Office:
    return Office(
        code=table.code, name=table.name, zone=ZoneInfo(table.zone), city=table.city, hosts=tuple(table.hosts)
    )


def secret_keys(settings: type[Settings]) -> set[str]:
    """The keys of an account that must point to a secret instead of holding it."""
    return {name for name, info in settings.model_fields.items() if _is_secret(info.annotation)}


def _is_secret(annotation: Any) -> bool:
    return annotation is SecretStr or SecretStr in getattr(annotation, "__args__", ())
