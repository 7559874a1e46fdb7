"""Words are read where Tesseract is installed; where it is missing, hangs or breaks, that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from bakohumas_bot.media import ocr
from bakohumas_bot.media.lettering import contrast, smallest_text
from bakohumas_bot.media.ocr import PAGE, SPARSE, Engine, Line, NoEngineError, TooHardError, words_of
from files import needs_ocr, poster, scene

WORDS = ("Pemilih dapat memeriksa", "datanya secara mandiri dan gratis", "melalui laman resmi kami")


def program(folder: Path, says: str) -> Engine:
    """A program of that name and kind, written for the occasion; it speaks Indonesian."""
    path = folder / "pembaca"
    path.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo ind && exit\n{says}\n', encoding="utf-8")
    path.chmod(0o700)
    return Engine(program=str(path))


def lines(path: Path) -> tuple[Line, ...]:
    with Image.open(path) as image:
        return Engine().read(image, PAGE, SPARSE)


@needs_ocr
def test_a_poster_is_read_line_by_line(tmp_path: Path) -> None:
    assert words_of(lines(poster(tmp_path / "p.png", *WORDS))).splitlines() == list(WORDS)


@needs_ocr
@pytest.mark.parametrize(
    ("size", "canvas", "quality"), [(22, (540, 675), 40), (40, (1080, 1350), 25), (120, (4000, 3000), 90)]
)
def test_small_poor_and_large_pictures_are_read_too(
    size: int, canvas: tuple[int, int], quality: int, tmp_path: Path
) -> None:
    path = poster(tmp_path / "p.jpg", "NIK 6469014101900001", *WORDS, size=size, canvas=canvas, quality=quality)
    assert words_of(lines(path)).splitlines() == ["NIK 6469014101900001", *WORDS]


@needs_ocr
def test_light_letters_on_a_dark_bar_are_read(tmp_path: Path) -> None:
    path = poster(tmp_path / "p.png", *WORDS, ink=(255, 255, 255), ground=(123, 17, 19))
    assert words_of(lines(path)).splitlines() == list(WORDS)


@needs_ocr
@pytest.mark.parametrize("number", range(3))
def test_forms_are_not_words(number: int) -> None:
    assert len(words_of(Engine().read(scene(number), PAGE, SPARSE))) < 12


@needs_ocr
@pytest.mark.parametrize("size", [14, 20, 27, 32, 48])
def test_the_size_of_letters_is_measured(size: int, tmp_path: Path) -> None:
    found = smallest_text(lines(poster(tmp_path / "p.png", *WORDS, size=size)), 1080)
    assert found == pytest.approx(size / 1080, rel=0.12)


@needs_ocr
def test_a_small_footing_does_not_count(tmp_path: Path) -> None:
    path = poster(tmp_path / "p.png", *WORDS, size=48)
    poster(tmp_path / "foot.png", "sumber data kami", size=14, canvas=(1080, 1350))
    with Image.open(path) as page, Image.open(tmp_path / "foot.png") as foot:
        page.paste(foot.crop((0, 60, 1080, 120)), (0, 1250))
        read = Engine().read(page, PAGE, SPARSE)
    assert "sumber data kami" in words_of(read)
    assert (smallest_text(read, 1080) or 0) > 0.04


@needs_ocr
@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((0x76, 0x76, 0x76), (255, 255, 255), 4.54),
        ((255, 255, 255), (240, 130, 30), 2.62),
        ((200, 200, 200), (255, 255, 255), 1.67),
    ],
)
def test_contrast_is_counted_as_wcag_does(
    ink: tuple[int, int, int], ground: tuple[int, int, int], ratio: float, tmp_path: Path
) -> None:
    path = poster(tmp_path / "p.png", *WORDS, size=44, ink=ink, ground=ground)
    with Image.open(path) as image:
        assert contrast(image, lines(path)) == pytest.approx(ratio, rel=0.1)


@pytest.mark.parametrize("name", ["", "tidak-ada-di-sini", "/tidak/ada/tesseract"])
def test_a_missing_program_is_no_engine(name: str) -> None:
    assert not Engine(program=name).ready
    with pytest.raises(NoEngineError):
        Engine(program=name).read(scene(1), PAGE)


def test_a_program_without_indonesian_is_no_engine(tmp_path: Path) -> None:
    path = tmp_path / "pembaca"
    path.write_text("#!/bin/sh\necho eng\n", encoding="utf-8")
    path.chmod(0o700)
    assert not Engine(program=str(path)).ready


def test_an_engine_that_comes_later_is_found(tmp_path: Path) -> None:
    engine = Engine(program=str(tmp_path / "pembaca"))
    assert not engine.ready
    program(tmp_path, "exit 0")
    assert engine.ready


def test_a_program_that_breaks_is_too_hard(tmp_path: Path) -> None:
    with pytest.raises(TooHardError):
        program(tmp_path, "exit 3").read(scene(1), PAGE)


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = program(tmp_path, "exec sleep 600")
    assert engine.ready
    monkeypatch.setattr(ocr, "SECONDS", 0.2)
    with pytest.raises(TooHardError):
        engine.read(scene(1), PAGE)


@pytest.mark.parametrize("table", ["", "\t\t\n5\t1", "5\t" * 11 + "\n", "bukan tabel", "\x00\xff"])
def test_nonsense_is_no_word(table: str, tmp_path: Path) -> None:
    (tmp_path / "table").write_text(table, encoding="utf-8")
    assert program(tmp_path, f"cat {tmp_path / 'table'}").read(scene(1), PAGE) == ()


def test_the_program_inherits_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKOHUMAS_X_CONSUMER_KEY", "rahasia")
    program(tmp_path, f"env > {tmp_path / 'seen'}").read(scene(1), PAGE)
    assert "rahasia" not in (tmp_path / "seen").read_text(encoding="utf-8")
