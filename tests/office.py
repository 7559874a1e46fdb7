"""A whole office on the sandbox for tests: real configuration, database and adapters, and a clock that obeys."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from bakohumas_bot.app import App, open_app
from bakohumas_bot.demo.stage import free_port
from bakohumas_bot.demo.training import write_configuration
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Kind, Revision, TextFormat
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import create, take_in
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.lifecycle.worker import work_off
from bakohumas_bot.sandbox import open_sandbox
from bakohumas_bot.sandbox.core import Fault, Sandbox
from bakohumas_bot.store import deliveries, queue

OFFICE = "64.69"
# A clarification with all that the rulebook wants of one.
HOAX = (
    "Klaim: pendaftaran pemilih dipungut biaya.\n\nStatus: HOAKS.\n\nFakta: pendaftaran pemilih tidak dipungut biaya. "
    "#TemanPemilih"
)
HOAX_SOURCE = ("Keputusan KPU Kabupaten Contoh Selatan Nomor 12 Tahun 2026",)
TELEGRAM, X, FACEBOOK, INSTAGRAM = (
    "telegram-contoh-selatan",
    "x-contoh-selatan",
    "fb-contoh-selatan",
    "ig-contoh-selatan",
)
TEXT = "#TemanPemilih, layanan informasi publik buka setiap hari kerja pukul 08.00 WITA."

# As unlike each other as the posts of a day: the rulebook asks about what is repeated.
TOPICS = (
    "#TemanPemilih, kantor kami menerima kunjungan belajar mahasiswa setiap hari kerja.",
    "Perpustakaan pemilu meminjamkan buku sejarah demokrasi kepada warga.",
    "Cek nama Bapak/Ibu pada daftar pemilih berkelanjutan di laman resmi kami.",
    "Gudang logistik dibersihkan bersama sebelum musim hujan tiba.",
    "Podcast kelima membahas suara penyandang disabilitas di bilik suara.",
    "Selamat ulang tahun ke-20 untuk kabupaten tercinta.",
    "Lomba menggambar kotak suara diikuti warga dari tujuh kelurahan.",
    "Pegawai sekretariat mengikuti pelatihan keamanan informasi.",
    "Turut berdukacita atas wafatnya mantan anggota sekretariat kami.",
    "Apel pagi membahas disiplin dan pelayanan yang ramah.",
)

_PEOPLE = """
[[offices]]
code = "64.69"
name = "KPU Kabupaten Contoh Selatan"
zone = "Asia/Makassar"
city = "Contoh Baru"
hosts = ["kab-contohselatan.kpu.go.id"]

[[people]]
id = "sari"
name = "Sari Contoh"
telegram_id = 1001
roles = [{ office = "64.69", role = "operator" }]

[[people]]
id = "rahmat"
name = "Rahmat Contoh"
telegram_id = 1004
roles = [{ office = "64.69", role = "operator" }]

[[people]]
id = "budi"
name = "Budi Contoh"
telegram_id = 1002
roles = [{ office = "64.69", role = "ketua_pelaksana" }, { office = "64.69", role = "operator" }]

[[people]]
id = "dewi"
name = "Dewi Contoh"
telegram_id = 1003
roles = [{ office = "64.69", role = "ketua" }]

[[people]]
id = "tono"
name = "Tono Contoh"
telegram_id = 1005
roles = [{ office = "64.69", role = "auditor" }]

[[approvals]]
quiet = []

[ocr]
program = ""
"""


def clarification(**changes: Any) -> dict[str, Any]:
    """What makes a post sensitive, for `submitted` and its like."""
    return {"text": HOAX, "kind": Kind.KLARIFIKASI_HOAKS, "sources": HOAX_SOURCE} | changes


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    wrong_by: timedelta = timedelta()
    asked: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> datetime:
        self.asked += 1
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by

    def jump(self, by: timedelta) -> None:
        """The clock on the wall alone: no time has passed."""
        with self._lock:
            self.at += by
            self.wrong_by += by

    def seconds(self) -> float:
        """As the steady clock counts them: this one never jumps."""
        with self._lock:
            return (self.at - self.wrong_by).timestamp()


@dataclass
class TestOffice:
    """`go(n)` moves the clock and lets the worker attend to all that is due, as often as something is."""

    __test__ = False
    app: App
    sandbox: Sandbox
    clock: Clock
    folder: Path

    @property
    def desk(self) -> Desk:
        return self.app.desk

    def person(self, id_: str) -> Person:
        return self.desk.person(id_)

    def content(self, text: str = TEXT, **changes: Any) -> Content:
        given: dict[str, Any] = {
            "office": OFFICE,
            "kind": Kind.PENGUMUMAN,
            "title": "Jam layanan informasi publik",
            "body": text,
            "format": TextFormat.PLAIN,
            "accounts": (TELEGRAM, X, FACEBOOK),
        }
        return Content(**(given | changes))

    def picture(self, colour: str = "maroon", alt: str = "Poster layanan informasi publik") -> Any:
        path = self.folder / f"{colour}.jpg"
        Image.new("RGB", (1200, 1200), colour).save(path, quality=90)
        return take_in(self.desk, path, path.name, alt)

    def draft(self, text: str = TEXT, person: str = "sari", **changes: Any) -> Revision:
        return create(self.desk, self.person(person), self.content(text, **changes))

    def submitted(self, text: str = TEXT, *, reason: str | None = None, **changes: Any) -> Revision:
        revision = self.draft(text, **changes)
        return submit(self.desk, self.person("sari"), revision.post, reason=reason)

    def approved(self, text: str = TEXT, *, reason: str | None = None, **changes: Any) -> Revision:
        revision = self.submitted(text, reason=reason, **changes)
        decide(self.desk, self.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)
        return revision

    def go(self, by: timedelta = timedelta()) -> None:
        self.clock.forward(by)
        work_off(self.desk)

    def claimed(self, worker: str = "w", ahead: timedelta = timedelta()) -> list[Delivery]:
        """What a worker of that name takes from the queue now."""
        with self.desk.store.writing() as tx:
            wanted = [queue.Wanted(platform=platform, limit=9) for platform in self.desk.specs]
            return [d for one in wanted for d in queue.claim(tx, one, worker=worker, now=self.clock(), ahead=ahead)]

    def deliveries(self, post: int) -> dict[str, Delivery]:
        with self.desk.store.reading() as tx:
            return {d.account: d for d in deliveries.of_post(tx, post)}

    def states(self, post: int) -> dict[str, str]:
        return {account: d.state.value for account, d in self.deliveries(post).items()}

    def public(self) -> list[str]:
        return [entry.platform for entry in self.sandbox.world.ledger if not entry.deleted]

    def fault(self, platform: str, mode: str, operation: str = "live", **more: Any) -> None:
        self.sandbox.world.faults.append(Fault(platform=platform, operation=operation, mode=mode, **more))


@contextmanager
def open_office(folder: Path, database: str | None = None) -> Iterator[TestOffice]:
    """With platforms of its own. All of it lies in `folder`, unless `database` is an address."""
    with open_sandbox() as sandbox, on_a_machine(folder, sandbox, Clock(), database) as opened:
        yield opened


@contextmanager
def on_a_machine(folder: Path, sandbox: Sandbox, clock: Clock, database: str | None = None) -> Iterator[TestOffice]:
    """The office's configuration on a machine of its own; the web process serves for Instagram."""
    from bakohumas_bot.web.site import WebServer, site

    web = f"127.0.0.1:{free_port()}"
    config = write_configuration(folder / "config", sandbox, web=web, people=_PEOPLE, database=database)
    app = open_app(config.parent, secrets=True, now=clock, steady=clock.seconds)
    server = WebServer(site(app.desk.store, app.desk.blobs, app.media_key, clock), web)
    thread = server.in_background()
    server.wait_until_ready()
    try:
        yield TestOffice(app=app, sandbox=sandbox, clock=clock, folder=folder)
    finally:
        server.stop()
        thread.join()
        app.close()
