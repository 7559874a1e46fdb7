"""A code in a picture is read, whichever way it lies; where there is none, none is found."""

from __future__ import annotations

import pytest
from PIL import Image

from bakohumas_bot.media.codes import LONGEST, codes_in
from files import code, photograph, scene

LINK = "https://s.id/formulir-pemilih"


def page(*codes: Image.Image) -> Image.Image:
    sheet = Image.new("L", (1080, 1350), 245)
    for number, drawn in enumerate(codes):
        sheet.paste(drawn, (80, 60 + 420 * number))
    return sheet


def test_codes_are_told_once_each_from_the_top() -> None:
    assert codes_in(page(code(LINK), code("Aula kantor"), code(LINK))) == (LINK, "Aula kantor")


@pytest.mark.parametrize("degrees", [90, 180, 270, 7])
def test_a_turned_code_is_read(degrees: int) -> None:
    assert codes_in(page(code(LINK)).rotate(degrees, expand=True, fillcolor=245)) == (LINK,)


def test_a_code_in_a_phones_large_photograph_is_read() -> None:
    shot = scene(1, (4000, 3000)).convert("L")
    shot.paste(code(LINK, scale=24), (2200, 1500))
    assert codes_in(shot) == (LINK,)


def test_a_light_code_on_dark_ground_is_read() -> None:
    assert codes_in(page(code(LINK)).point(lambda grey: 255 - grey)) == (LINK,)


@pytest.mark.parametrize("number", range(4))
def test_a_picture_without_a_code_has_none(number: int) -> None:
    assert codes_in(scene(number).convert("L")) == ()
    assert codes_in(photograph(number).convert("L")) == ()


def test_a_code_says_no_more_than_it_may() -> None:
    assert codes_in(page(code("a" * 2_500, scale=4))) == ("a" * LONGEST,)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (2, 2)])
def test_a_sliver_of_a_picture_is_no_error(size: tuple[int, int]) -> None:
    assert codes_in(Image.new("L", size)) == ()
