"""A whole office for a rehearsal: far end, database, people who approve, and workers in processes of their own."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PIL import Image

from bakohumas_bot.app import App
from bakohumas_bot.bench.far_end import FarEnd, open_far_end
from bakohumas_bot.bench.pace import Tempo
from bakohumas_bot.bench.worker import open_rehearsal
from bakohumas_bot.demo.stage import free_port
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.posts import Content, Kind, Media, Revision, TextFormat
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import create, take_in
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import deliveries

TEXT = "#TemanPemilih, pengumuman nomor {number}: layanan informasi publik buka setiap hari kerja pukul 08.00 WITA."
T = TypeVar("T")
STUBBORN = 60.0
AUTHOR, LEADER = "sari", "dewi"
NEEDS_A_PICTURE = {"instagram", "instagram_private"}


@dataclass(kw_only=True)
class Rehearsal:
    """`words` of a post name its number, by which its entries in the ledger are known."""

    app: App
    far_end: FarEnd
    tempo: Tempo
    folder: Path
    numbers: dict[int, int] = field(default_factory=dict)  # post -> the number in its text
    _picture: Media | None = None

    @property
    def config(self) -> Path:
        return self.far_end.config

    def approved(self, *, due_in: timedelta = timedelta(), accounts: Sequence[str] | None = None) -> int:
        """One post through the real verbs, with a picture where an account asks for one. Answers its number."""
        desk, number = self.app.desk, len(self.numbers) + 1
        accounts = tuple(accounts or self.far_end.places)
        pictured = any(desk.account(name).platform in NEEDS_A_PICTURE for name in accounts)
        content = Content(
            office=desk.account(accounts[0]).office,
            kind=Kind.PENGUMUMAN,
            title="Jam layanan informasi publik",
            body=TEXT.format(number=number),
            format=TextFormat.PLAIN,
            accounts=accounts,
            media=(self._poster(),) if pictured else (),
        )
        draft = persistently(lambda: create(desk, desk.person(AUTHOR), content))
        self.numbers[draft.post] = number
        persistently(lambda: submit(desk, desk.person(AUTHOR), draft.post, reason="Latihan"))
        persistently(lambda: self._yes_to(draft, due_in))
        return number

    def _yes_to(self, draft: Revision, due_in: timedelta) -> None:
        desk = self.app.desk
        due = desk.now() + due_in
        decide(desk, desk.person(LEADER), draft.post, Verdict.APPROVE, digest=draft.digest, publish_at=due)

    def deliveries(self) -> list[Delivery]:
        """Every one of them."""

        def read() -> list[Delivery]:
            with self.app.desk.store.reading() as tx:
                return deliveries.everything(tx, limit=10**6)

        return persistently(read)

    def unsettled(self) -> int:
        return sum(not delivery.at_rest for delivery in self.deliveries())

    def states(self) -> Counter[str]:
        return Counter(delivery.state.value for delivery in self.deliveries())

    def _poster(self) -> Media:
        if self._picture is None:
            path = self.folder / "poster.jpg"
            Image.new("RGB", (1080, 1080), "maroon").save(path, quality=90)
            self._picture = take_in(self.app.desk, path, path.name, "Poster layanan informasi publik")
        return self._picture


@contextmanager
def open_stage(folder: Path, tempo: Tempo, database: str | None = None) -> Iterator[Rehearsal]:
    """All of it lies in `folder`, unless `database` is an address. Our web process serves pictures to Instagram."""
    from bakohumas_bot.web.site import WebServer, site

    web = f"127.0.0.1:{free_port()}"
    with open_far_end(folder, web=web, database=database) as far_end:
        app = open_rehearsal(far_end.config, tempo, now=lambda: datetime.now(UTC))
        server = WebServer(site(app.desk.store, app.desk.blobs, app.media_key, app.desk.now), web)
        thread = server.in_background()
        server.wait_until_ready()
        try:
            _sign_in(app)
            yield Rehearsal(app=app, far_end=far_end, tempo=tempo, folder=folder)
        finally:
            server.stop()
            thread.join()
            app.close()


def _sign_in(app: App) -> None:
    """The private interface of Instagram takes a password once; the workers share that session."""
    for name, account in app.desk.directory.accounts.items():
        if account.platform == "instagram_private":
            app.desk.adapters[name].check_access()


def persistently(act: Callable[[], T]) -> T:
    """As a person who is told that the database is busy: again, a moment later."""
    deadline = time.monotonic() + STUBBORN
    while True:
        try:
            return act()
        except Unavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def until(happened: Callable[[], object], patience: float, look: float = 0.1) -> bool:
    """Looks often; False when it has not happened within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(look)
    return True
