"""One tap makes the shorter version that an account needs: whole sentences, with the link and the tags."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bakohumas_bot.checks.form import X01
from bakohumas_bot.checks.shortening import shortened
from bakohumas_bot.domain.counting import measure
from bakohumas_bot.domain.mending import mend
from sample_post import SPECS, checkup

LONG = (
    "#TemanPemilih, KPU Kabupaten Contoh Selatan membuka posko layanan pindah memilih mulai Senin. Posko buka hari "
    "kerja pukul 08.00 sampai 16.00 WITA di kantor kecamatan. Warga cukup membawa KTP-el dan mengisi formulir yang "
    "tersedia di meja layanan. Petugas kami siap membantu sampai selesai.\n\nSelengkapnya: "
    "https://kab-contohselatan.kpu.go.id/pindah-memilih\n\n#KPUMelayani"
)


def fits(limit: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= limit


@pytest.mark.parametrize("limit", [180, 220, 280, 330])
def test_no_sentence_is_cut_and_link_and_tags_stay(limit: int) -> None:
    made = shortened(LONG, fits(limit))
    assert made is not None
    assert len(made) <= limit
    kept = made.partition("\n\n")[0]
    assert LONG.startswith(kept)
    assert kept.endswith(".")
    assert "https://kab-contohselatan.kpu.go.id/pindah-memilih" in made
    assert made.count("#KPUMelayani") == made.count("#TemanPemilih") == 1


def test_where_not_even_one_sentence_fits_nothing_is_offered() -> None:
    assert shortened(LONG, fits(100)) is None


def test_what_fits_as_it_is_needs_no_shorter_version() -> None:
    assert shortened("Kantor buka.", fits(100)) is None


def test_the_tap_gives_that_account_its_own_text_and_no_other() -> None:
    post = checkup(LONG, on=("x", "facebook_page"))
    (finding,) = X01.check(post)
    (repair,) = finding.repairs
    after = mend(post.content, finding, repair)
    assert after.body == LONG
    assert [account for account, _ in after.variants] == ["x"]
    assert measure(after.text_for("x"), SPECS["x"]).fits
    assert list(X01.check(checkup(LONG, on=("x", "facebook_page"), variants=after.variants))) == []


def test_an_own_text_that_is_too_long_is_replaced_by_the_shorter_one() -> None:
    post = checkup("Isi.", on=("x",), variants=(("x", LONG),))
    (finding,) = X01.check(post)
    after = mend(post.content, finding, finding.repairs[0])
    assert len(after.variants) == 1
    assert measure(after.text_for("x"), SPECS["x"]).fits
