"""What checking costs: a long post with four pictures, and every rule alone on hostile text that grows tenfold."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bakohumas_bot.bench.burst.figures import Line
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.checks.rules import RULES, check
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.offices import Office
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.domain.seen import Seen
from bakohumas_bot.example import FOLDER
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.ocr import Engine
from bakohumas_bot.media.probe import probe
from bakohumas_bot.media.reading import see_all

LENGTH, PICTURES, BUDGET = 5_000, 4, 300
SHORT, LONG = 10_000, 100_000
TENFOLD, SLACK = 10.0, 1.8  # linear is 10; short times waver
FLOOR = 0.002  # seconds: below it a rule's time says nothing
_OFFICE = Office(
    code="64.69", name="KPU Kabupaten Contoh", zone=ZoneInfo("Asia/Makassar"), city="Contoh", hosts=("kpu.go.id",)
)
_NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_PARAGRAPH = (
    "KPU Kabupaten Contoh menggelar rapat koordinasi pada Senin, 23 November 2026 pukul 09.00 WITA di aula kantor. "
    "Ketua KPU, Dewi Contoh, mengatakan, “Data pemilih dimutakhirkan setiap tiga bulan sesuai Peraturan Komisi "
    "Pemilihan Umum Nomor 1 Tahun 2025.” Jumlah pemilih laki-laki 12.345 dan perempuan 12.655, total 25.000 pemilih. "
    "Informasi lengkap tersedia di https://kab-contoh.kpu.go.id atau telepon (0541) 123456. #TemanPemilih\n\n"
)
HOSTILE = (
    *("1", "1 ", "64.", "6469014101900001 ", "[", "[a", "{", "X", "Senin, ", "Senin, 6 April 2021 ", "#", "#1", "#a"),
    *("https://", "docs.google.com/", "Tertulis: ", "“", '"', "\n", "Rp", "a", "a ", "Aa ", "Aa. ", "!", "pukul 1"),
    *("Nomor 1 ", "UU 1/2020 ", "Pasal 1 ayat (1) ", "coblos partai ", "laki-laki 1 perempuan 2 ", "|1|", "@a", "08"),
    *("Jl. A No. ", "RT 1 RW 2 ", "nik ", "pilih nomor urut 1 ", "1.000 + ", "10% ", "kpu-go.id ", "s.d. ", "aaaa"),
)


@dataclass(frozen=True)
class Cost:
    rule: str
    unit: str
    short: float
    long: float

    @property
    def growth(self) -> float:
        return self.long / max(self.short, FLOOR)


def measure(tell: Callable[[str], None]) -> list[Line]:
    """Milliseconds on this machine, for single rules of its processor; only the growth is the same elsewhere.

    About six minutes.
    """
    mistakes: list[str] = []
    knowledge = read_knowledge(FOLDER, mistakes)
    assert not mistakes, mistakes
    lines = _whole(knowledge)
    costs = []
    for rule in RULES:
        worst = max((_cost(rule, unit, knowledge) for unit in HOSTILE), key=lambda cost: cost.long)
        costs.append(worst)
        tell(f"{rule.code} {worst.long * 1000:9.1f} ms on {LONG:,} characters of {worst.unit!r}: x{worst.growth:.1f}")
    steepest = max(costs, key=lambda cost: cost.growth)
    slowest = max(costs, key=lambda cost: cost.long)
    tell(f"steepest {steepest.rule} on {steepest.unit!r}, slowest {slowest.rule} on {slowest.unit!r}")
    return [
        *lines,
        Line(name="slowest rule, 100,000 hostile characters", value=slowest.long * 1000, unit="ms"),
        Line(
            name="steepest growth for ten times the text",
            value=steepest.growth,
            unit="",
            target=TENFOLD * SLACK,
            most=True,
        ),
    ]


def _whole(knowledge: Knowledge) -> list[Line]:
    body = (_PARAGRAPH * (LENGTH // len(_PARAGRAPH) + 1))[:LENGTH]
    with TemporaryDirectory(prefix="bakohumas-bench-") as name:
        folder = Path(name)
        blobs = BlobStore(folder / "blobs")
        media = tuple(_pictures(folder, blobs))
        engine = Engine(program="")
        first = _waited(lambda: see_all(media, blobs, engine))
        again = _waited(lambda: see_all(media, blobs, engine))
        checkup = _checkup(body, knowledge, media, see=lambda: see_all(media, blobs, engine))
        check(checkup)  # what is compiled at first use is compiled once
        rules = min(_waited(lambda: check(checkup)) for _ in range(5))
    return [
        Line(name="looking into four pictures, once", value=first * 1000, unit="ms"),
        Line(name="remembering what was seen", value=again * 1000, unit="ms"),
        Line(name="all rules on 5,000 characters", value=rules * 1000, unit="ms"),
        Line(name="all of it", value=(first + rules) * 1000, unit="ms", target=BUDGET, most=True),
    ]


def _pictures(folder: Path, blobs: BlobStore) -> Iterator[Media]:
    from PIL import Image, ImageDraw

    for number in range(PICTURES):
        path = folder / f"{number}.jpg"
        image = Image.linear_gradient("L").rotate(90 * number).resize((1600, 1200)).convert("RGB")
        draw = ImageDraw.Draw(image)
        for row in range(12):
            draw.rectangle((80, 80 + row * 90, 1500 - row * number, 130 + row * 90), fill=(160 - row * 8, 20, 30))
        image.save(path, quality=88)
        media = probe(path, path.name, alt="Suasana rapat koordinasi di aula kantor")
        blobs.put_file(path)
        yield media


def _cost(rule: Rule, unit: str, knowledge: Knowledge) -> Cost:
    def of(length: int) -> float:
        checkup = _checkup((unit * (length // len(unit) + 1))[:length], knowledge)
        return _seconds(lambda: sum(1 for _ in rule.check(checkup)))

    return Cost(rule.code, unit, of(SHORT), of(LONG))


def _checkup(
    body: str,
    knowledge: Knowledge,
    media: tuple[Media, ...] = (),
    see: Callable[[], Mapping[str, Seen]] = dict,
) -> Checkup:
    content = Content(
        office=_OFFICE.code,
        kind=Kind.BERITA,
        title="Rapat koordinasi",
        body=body,
        format=TextFormat.PLAIN,
        accounts=(),
        media=media,
    )
    return Checkup(
        content=content,
        rendered={},
        accounts={},
        specs={},
        office=_OFFICE,
        now=_NOW,
        knowledge=knowledge,
        seen=see(),
    )


def _waited(act: Callable[[], object]) -> float:
    """By the clock on the wall: pictures are looked into side by side."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _seconds(act: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    act()
    return time.process_time() - begun
