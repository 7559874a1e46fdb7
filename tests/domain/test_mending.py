"""One tap mends exactly what was marked, in whichever field it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.mending import mend
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.domain.rendering import MediaKind

WRONG, RIGHT = "Senin, 6 April 2021", "Selasa, 6 April 2021"
TEXT = f"Rapat digelar {WRONG} di aula."
PICTURE = Media(sha256="0" * 64, name="a.jpg", kind=MediaKind.IMAGE, mime="image/jpeg", size=1, alt=TEXT)
CONTENT = Content(
    office="64.69",
    kind=Kind.BERITA,
    title=TEXT,
    body=TEXT,
    format=TextFormat.PLAIN,
    accounts=("x",),
    media=(PICTURE,),
    variants=(("x", TEXT),),
    sources=("Surat undangan", TEXT),
)


def finding(
    field: str, start: int | None = TEXT.index(WRONG), end: int | None = TEXT.index(WRONG) + len(WRONG)
) -> Finding:
    return Finding(
        code="F01",
        severity=Severity.BLOK,
        override=Override.CHAIR,
        field=field,
        start=start,
        end=end,
        message="Hari tidak sesuai.",
    )


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("judul", lambda c: c.title),
        ("varian.x", lambda c: dict(c.variants)["x"]),
        ("sumber[1]", lambda c: c.sources[1]),
        ("media[0].teks_alt", lambda c: c.media[0].alt),
    ],
)
def test_only_the_marked_words_of_the_marked_field_change(field: str, read: object) -> None:
    after = mend(CONTENT, finding(field), Repair(label=RIGHT, text=RIGHT))
    assert callable(read)
    assert read(after) == f"Rapat digelar {RIGHT} di aula."
    assert (
        sum(WRONG in str(part) for part in (after.title, after.body, after.variants, after.sources, after.media)) == 4
    )


def test_a_title_that_only_opens_the_text_is_mended_with_it() -> None:
    after = mend(CONTENT, finding("isi"), Repair(label=RIGHT, text=RIGHT))
    assert after.title == after.body == f"Rapat digelar {RIGHT} di aula."


def test_a_title_that_somebody_wrote_stays() -> None:
    named = replace(CONTENT, title="Rapat koordinasi")
    assert mend(named, finding("isi"), Repair(label=RIGHT, text=RIGHT)).title == "Rapat koordinasi"


@pytest.mark.parametrize("field", ["media[0].tulisan", "kanal", "sumber[7]", "varian.fb"])
def test_what_nobody_can_edit_there_stays_as_it_is(field: str) -> None:
    assert mend(CONTENT, finding(field), Repair(label=RIGHT, text=RIGHT)) == CONTENT


@pytest.mark.parametrize(("start", "end"), [(None, None), (0, 10_000)])
def test_a_place_that_is_not_there_changes_nothing(start: int | None, end: int | None) -> None:
    assert mend(CONTENT, finding("isi", start, end), Repair(label=RIGHT, text=RIGHT)) == CONTENT
