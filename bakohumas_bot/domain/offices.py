"""Who works here and where they publish: offices, people, their roles, and accounts on platforms."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Role(StrEnum):
    OPERATOR = "operator"
    KETUA_PELAKSANA = "ketua_pelaksana"
    KETUA = "ketua"
    PEMBINA = "pembina"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, kw_only=True)
class Office:
    """A *satker*. `hosts` are the official web hosts it may link to without a question."""

    code: str
    name: str
    zone: ZoneInfo
    city: str
    hosts: tuple[str, ...] = ()


class DeputyKind(StrEnum):
    PLH = "plh"  # while the holder is away
    PLT = "plt"  # while there is none


@dataclass(frozen=True, kw_only=True)
class Deputy:
    """`person` stands in for `principal` (a name) from `begins` until before `ends`, by the decision `number`."""

    office: str
    role: Role
    kind: DeputyKind
    person: str
    principal: str
    number: str
    begins: datetime
    ends: datetime

    def in_force(self, now: datetime) -> bool:
        return self.begins <= now < self.ends


@dataclass(frozen=True, kw_only=True)
class Person:
    """`roles` include those of `acting`: the deputyships that are in force."""

    id: str
    name: str
    telegram_id: int | None
    roles: frozenset[tuple[str, Role]]
    acting: tuple[Deputy, ...] = ()

    def roles_in(self, office: str) -> frozenset[Role]:
        return frozenset(role for where, role in self.roles if where == office)

    def has(self, office: str, *wanted: Role) -> bool:
        return any((office, role) in self.roles for role in wanted)

    @property
    def offices(self) -> tuple[str, ...]:
        return tuple(sorted({office for office, _ in self.roles}))


@dataclass(frozen=True, kw_only=True)
class Account:
    """The office's credentialed place on a platform. Secrets are not here: they live with the adapter."""

    id: str
    office: str
    platform: str
    handle: str
    enabled: bool
    lateness: timedelta = timedelta(minutes=30)
    shows_sources: bool = False

    def place(self, family: str) -> str:
        """What must never receive one post twice: the handle, whichever adapter serves it."""
        return f"{family}:{self.handle.lstrip('@').casefold()}"


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The offices, people and accounts that the configuration names."""

    offices: dict[str, Office]
    people: dict[str, Person]
    accounts: dict[str, Account]
    configured: dict[str, Person] = field(default_factory=dict, repr=False)  # as the file names them
    _by_telegram: dict[int, Person] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.configured.update(self.people if not self.configured else {})
        known = {p.telegram_id: p for p in self.people.values() if p.telegram_id is not None}
        self._by_telegram.update(known)

    def by_telegram(self, telegram_id: int) -> Person | None:
        return self._by_telegram.get(telegram_id)

    def know(self, people: dict[str, Person]) -> None:
        """From now on these people work here: somebody came by invitation, left, or became a deputy."""
        known = {p.telegram_id: p for p in people.values() if p.telegram_id is not None}
        object.__setattr__(self, "people", people)  # each in one step: other threads read on
        object.__setattr__(self, "_by_telegram", known)

    def accounts_of(self, office: str) -> list[Account]:
        return [a for a in self.accounts.values() if a.office == office and a.enabled]

    def all_enabled(self) -> Directory:
        """The same directory with every account switched on: to check a draft before an account goes live."""
        return replace(self, accounts={id_: replace(a, enabled=True) for id_, a in self.accounts.items()})

    def holders(self, office: str, *roles: Role) -> list[Person]:
        return [p for p in self.people.values() if p.has(office, *roles)]
