"""One function says what goes out, and its two forms never say different things."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit
from bakohumas_bot.domain.posts import Content, Kind, TextFormat
from bakohumas_bot.domain.render import render

ACCOUNT = Account(id="a", office="1", platform="p", handle="@a", enabled=True, shows_sources=True)
BODY = "**Silakan** baca [laman PPID](https://kpu.go.id/ppid).\n\n> Kami terbuka & siap."


def spec(*, formats_text: bool) -> PlatformSpec:
    return PlatformSpec(
        name="p", family="p", label="P", unit=TextUnit.UTF16, text_limit=4096, formats_text=formats_text
    )


def content(
    kind: Kind = Kind.BERITA, form: TextFormat = TextFormat.MARKDOWN, variants: tuple[tuple[str, str], ...] = ()
) -> Content:
    return Content(
        office="1",
        kind=kind,
        title="Judul <1>",
        body=BODY,
        format=form,
        accounts=("a",),
        sources=("UU 14/2008",),
        variants=variants,
    )


def test_a_platform_without_formatting_shows_where_a_link_leads() -> None:
    rendered = render(content(), ACCOUNT, spec(formats_text=False))
    assert rendered.text == (
        "Silakan baca laman PPID (https://kpu.go.id/ppid).\n\n“Kami terbuka & siap.”\n\nSumber: UU 14/2008"
    )
    assert rendered.html is None


@pytest.mark.parametrize("kind", [Kind.BERITA, Kind.SIARAN_PERS])
@pytest.mark.parametrize("form", list(TextFormat))
def test_what_is_counted_and_compared_is_what_the_reader_of_the_html_reads(kind: Kind, form: TextFormat) -> None:
    rendered = render(content(kind, form), ACCOUNT, spec(formats_text=True))
    assert rendered.html is not None
    assert unescape(re.sub("<[^>]*>", "", rendered.html)) == rendered.text


def test_a_press_release_opens_with_its_title_unless_the_account_has_its_own_text() -> None:
    release = content(Kind.SIARAN_PERS)
    assert render(release, ACCOUNT, spec(formats_text=True)).text.startswith("Judul <1>\n\n")
    own = content(Kind.SIARAN_PERS, variants=(("a", "Ringkas"),))
    assert render(own, ACCOUNT, spec(formats_text=True)).text == "Ringkas\n\nSumber: UU 14/2008"
