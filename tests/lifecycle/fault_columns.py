"""The columns of a table of faults: every platform that an office may publish on, one account of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.platforms import PLATFORMS
from office import TestOffice


@dataclass(frozen=True, kw_only=True)
class Column:
    """`room` is the pretend platform behind it."""

    account: str
    platform: str
    room: str

    @property
    def proves_absence(self) -> bool:
        return PLATFORMS[self.platform].spec.proves_absence

    @property
    def needs_media(self) -> bool:
        return PLATFORMS[self.platform].spec.needs_media


EVERY = {
    column.platform: column
    for column in (
        Column(account="telegram-contoh-selatan", platform="telegram_channel", room="telegram"),
        Column(account="x-contoh-selatan", platform="x", room="x"),
        Column(account="fb-contoh-selatan", platform="facebook_page", room="graph"),
        Column(account="ig-contoh-selatan", platform="instagram", room="graph"),
        Column(account="ig-lama-contoh-selatan", platform="instagram_private", room="instagram"),
    )
}


@dataclass
class At:
    """One office that publishes one post on one account."""

    office: TestOffice
    column: Column
    post: int = 0

    def __post_init__(self) -> None:
        if self.column.platform == "instagram_private":
            self._switch_on()

    def _switch_on(self) -> None:
        """The unofficial way is off in every configuration that we write."""
        account = self.column.account
        self.rewrite(lambda table: table.replace("enabled = false", "enabled = true"))
        accounts = self.office.desk.directory.accounts
        accounts[account] = replace(accounts[account], enabled=True)
        self.open_anew()

    def rewrite(self, change: Any) -> None:
        """The account's table of the configuration, as a person would edit it."""
        path = self.office.folder / "config" / "bakohumas.toml"
        tables = path.read_text(encoding="utf-8").split("\n\n")
        mine = f'id = "{self.column.account}"'
        path.write_text("\n\n".join(change(t) if mine in t else t for t in tables), encoding="utf-8")

    def open_anew(self) -> None:
        adapter = self.office.desk.reopen(self.column.account)
        assert adapter is not None
        self.office.desk.adapters[self.column.account] = adapter

    def approve(self, **changes: Any) -> None:
        media: Any = {"media": (self.office.picture(),), "kind": Kind.FOTO} if self.column.needs_media else {}
        self.post = self.office.approved(accounts=(self.column.account,), **media | changes).post

    @property
    def state(self) -> str:
        return self.office.states(self.post)[self.column.account]

    def public(self) -> int:
        """How often it stands before the public, by the platforms' own books."""
        return len(self.office.public())

    def live_calls(self) -> int:
        pretend = self.office.sandbox.platforms[self.column.room]
        calls = self.office.sandbox.world.calls
        named = [(key.removeprefix(f"{self.column.room} "), n) for key, n in calls.items()]
        return sum(n for name, n in named if pretend.is_live(name))
