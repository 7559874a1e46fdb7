"""What a new post starts with."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bakohumas_bot.domain.defaults import accounts_for, kind_for, title_from
from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit
from bakohumas_bot.domain.posts import Kind, Media
from bakohumas_bot.domain.rendering import MediaKind


def spec(name: str, family: str = "", **facts: object) -> PlatformSpec:
    known: dict[str, object] = {"name": name, "family": family or name, "label": name} | facts
    return PlatformSpec(unit=TextUnit.CODEPOINTS, text_limit=100, **known)  # type: ignore[arg-type]


SPECS = {
    "x": spec("x", max_images=4, max_videos=1),
    "telegram_channel": spec("telegram_channel", max_images=10, max_videos=10, max_documents=10, mixes=True),
    "instagram": spec("instagram", needs_media=True, max_images=10, max_videos=1),
    "instagram_private": spec("instagram_private", "instagram", needs_media=True, max_images=10, max_videos=1),
}


@dataclass
class Office:
    """Accounts in the order of the configuration, written as `platform` or `platform:@handle`."""

    written: list[str]

    @property
    def accounts(self) -> list[Account]:
        parts = [(name, *entry.partition(":")[::2]) for entry in self.written for name in [entry]]
        return [Account(id=i, office="1", platform=p, handle=h or "@kpu", enabled=True) for i, p, h in parts]


def media(*kinds: MediaKind) -> list[Media]:
    return [Media(sha256=str(i), name="a", kind=kind, mime="", size=1) for i, kind in enumerate(kinds)]


IMAGE, VIDEO, DOCUMENT = MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.DOCUMENT


@pytest.mark.parametrize(
    ("accounts", "files", "chosen"),
    [
        (["x", "telegram_channel", "instagram"], [], ["x", "telegram_channel"]),
        (["x", "telegram_channel", "instagram"], [IMAGE], ["x", "telegram_channel", "instagram"]),
        (["x", "telegram_channel"], [IMAGE] * 5, ["telegram_channel"]),
        (["x", "telegram_channel"], [IMAGE, VIDEO], ["telegram_channel"]),
        (["x", "telegram_channel"], [DOCUMENT], ["telegram_channel"]),
        (["instagram_private", "instagram"], [IMAGE], ["instagram"]),
        (["instagram", "instagram_private"], [IMAGE], ["instagram"]),
        (["instagram_private"], [IMAGE], ["instagram_private"]),
        (["instagram", "instagram_private:@lain"], [IMAGE], ["instagram", "instagram_private:@lain"]),
    ],
)
def test_every_account_that_can_carry_it_is_chosen_and_one_adapter_for_each_handle(
    accounts: list[str], files: list[MediaKind], chosen: list[str]
) -> None:
    assert list(accounts_for(Office(accounts).accounts, SPECS, media(*files))) == chosen


@pytest.mark.parametrize(
    ("files", "kind"),
    [([], Kind.PENGUMUMAN), ([IMAGE], Kind.FOTO), ([IMAGE, VIDEO], Kind.VIDEO), ([DOCUMENT], Kind.PENGUMUMAN)],
)
def test_the_kind_follows_the_files(files: list[MediaKind], kind: Kind) -> None:
    assert kind_for(media(*files)) is kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rapat koordinasi\nIsi.", "Rapat koordinasi"),
        ("\n\n  Rapat koordinasi  \n", "Rapat koordinasi"),
        ("", "Tanpa judul"),
        ("Layanan informasi publik " * 6, ("Layanan informasi publik " * 6)[:74].rstrip() + "…"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_the_title_is_the_first_line_cut_at_a_word(text: str, title: str) -> None:
    assert title_from(text) == title
    assert len(title_from(text)) <= 80
