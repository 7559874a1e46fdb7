"""The real rendering of every account, shown in the chat: the prepared bytes and the exact text.

Accounts that get the same are shown once, under all their names.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from telegram import Bot, LinkPreviewOptions

from bakohumas_bot.approval_bot.lengths import CAPTION, MESSAGE, pieces, visible_text
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import AccountRow, account_row
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.domain.markup import plain_html
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.rendering import MediaKind, Rendered, RenderedMedia
from bakohumas_bot.lifecycle.check import rendering_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.platforms.telegram_channel.messages import WORD, alone, in_album

ALBUM = 10
# What a bot may upload, and what Telegram shows as a photo (core.telegram.org/bots/api#sendphoto, 2026-11-21).
UPLOAD_BYTES = 50_000_000
PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20


@dataclass(frozen=True, kw_only=True)
class Preview:
    accounts: tuple[AccountRow, ...]
    rendered: Rendered

    @property
    def html(self) -> str | None:
        """The formatted text where it is formatted and fits one message."""
        html = self.rendered.html
        return html if html and utf16_length(visible_text(html)) <= MESSAGE else None


def previews_of(desk: Desk, revision: Revision) -> list[Preview]:
    groups: dict[tuple[object, ...], list[Rendered]] = {}
    for rendered in rendering_of(desk, revision).values():
        groups.setdefault(_look(rendered), []).append(rendered)
    return [
        Preview(accounts=tuple(account_row(desk, revision.content, r) for r in same), rendered=same[0])
        for same in groups.values()
    ]


async def show(bot: Bot, chat_id: int, desk: Desk, preview: Preview) -> None:
    """The names and counters first; then exactly what the public will see."""
    rendered = preview.rendered
    alts = [item.alt for item in rendered.media if item.kind is MediaKind.IMAGE]
    heading = fill("preview", accounts=preview.accounts, title=rendered.title, alts=alts)
    await bot.send_message(chat_id, heading, parse_mode="HTML", link_preview_options=_NO_LINKS)
    media = [_showable(item) for item in rendered.media]
    for item in (m for m in media if m.size > UPLOAD_BYTES):
        await bot.send_message(chat_id, f"(Berkas {item.name} melebihi 50 MB, tidak dapat ditampilkan di Telegram.)")
    shown = [m for m in media if m.size <= UPLOAD_BYTES]
    as_caption = shown and utf16_length(rendered.text) <= CAPTION
    await _show_media(bot, chat_id, desk, shown, _caption(preview) if as_caption else {})
    if not as_caption:
        await _show_text(bot, chat_id, preview)


_NO_LINKS = LinkPreviewOptions(is_disabled=True)


def _look(rendered: Rendered) -> tuple[object, ...]:
    """What a reader sees: text, formatting if there is any, pictures with their descriptions."""
    formatting = rendered.html if rendered.html and rendered.html != plain_html(rendered.text) else None
    return rendered.title, rendered.text, formatting, tuple((m.sha256, m.alt) for m in rendered.media)


def _caption(preview: Preview) -> dict[str, str]:
    if preview.html:
        return {"caption": preview.html, "parse_mode": "HTML"}
    return {"caption": preview.rendered.text} if preview.rendered.text else {}


async def _show_text(bot: Bot, chat_id: int, preview: Preview) -> None:
    if preview.html:
        await bot.send_message(chat_id, preview.html, parse_mode="HTML", link_preview_options=_NO_LINKS)
        return
    for part in pieces(preview.rendered.text):
        await bot.send_message(chat_id, part, link_preview_options=_NO_LINKS)


async def _show_media(bot: Bot, chat_id: int, desk: Desk, media: list[RenderedMedia], caption: dict[str, str]) -> None:
    """Albums of pictures and videos together, of documents apart, as Telegram wants them."""
    seen = [m for m in media if m.kind is not MediaKind.DOCUMENT]
    documents = [m for m in media if m.kind is MediaKind.DOCUMENT]
    for together in (group[i : i + ALBUM] for group in (seen, documents) for i in range(0, len(group), ALBUM)):
        files = [(item, await asyncio.to_thread(desk.blobs.path(item.sha256).read_bytes)) for item in together]
        if len(files) == 1:
            item, data = files[0]
            await getattr(bot, f"send_{WORD[item.kind]}")(chat_id=chat_id, **alone(item, data), **caption)
        else:
            parts = [in_album(item, data, caption if i == 0 else {}) for i, (item, data) in enumerate(files)]
            await bot.send_media_group(chat_id, parts)
        caption = {}


def _showable(item: RenderedMedia) -> RenderedMedia:
    """A picture that Telegram would refuse as a photo is shown as a file: the same bytes."""
    width, height = item.width or 1, item.height or 1
    too_big = item.size > PHOTO_BYTES or width + height > PHOTO_SIDES
    too_long = max(width, height) > PHOTO_RATIO * min(width, height)
    fits = item.kind is not MediaKind.IMAGE or not (too_big or too_long)
    return item if fits else replace(item, kind=MediaKind.DOCUMENT)
