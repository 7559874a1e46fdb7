"""What goes out on an account: one pure function, used by the preview and by the sender."""

from __future__ import annotations

from collections.abc import Mapping

from bakohumas_bot.domain import markup
from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Content, Kind, TextFormat
from bakohumas_bot.domain.rendering import Rendered, RenderedMedia


def render(
    content: Content, account: Account, spec: PlatformSpec, prepared: tuple[RenderedMedia, ...] = ()
) -> Rendered:
    """The text with its title and sources where the account shows them, and the prepared media in order."""
    written = content.text_for(account.id)
    if content.format is TextFormat.MARKDOWN:
        # Where links are shown as links, what is counted and compared is the text without their targets.
        text = markup.telegram_text(written) if spec.formats_text else markup.plain(written)
        html = markup.telegram_html(written)
    else:
        text, html = written.strip(), markup.plain_html(written.strip())
    heading, closing = _heading(content, account), _closing(content, account)
    if heading:
        text, html = f"{heading}\n\n{text}", f"<b>{markup.plain_html(heading)}</b>\n\n{html}"
    if closing:
        text, html = f"{text}\n\n{closing}", f"{html}\n\n{markup.plain_html(closing)}"
    return Rendered(
        account=account.id,
        platform=account.platform,
        handle=account.handle,
        title=content.title if spec.has_title else "",
        text=text,
        html=html if spec.formats_text else None,
        media=prepared,
    )


def render_all(
    content: Content,
    accounts: Mapping[str, Account],
    specs: Mapping[str, PlatformSpec],
    prepared: Mapping[str, tuple[RenderedMedia, ...]],
) -> dict[str, Rendered]:
    """Every chosen account that the configuration still knows."""
    return {
        id_: render(content, accounts[id_], specs[accounts[id_].platform], prepared.get(id_, ()))
        for id_ in content.accounts
        if id_ in accounts
    }


def _heading(content: Content, account: Account) -> str:
    """A press release opens with its title, unless the account has a text of its own."""
    own_text = account.id in dict(content.variants)
    return content.title if content.kind is Kind.SIARAN_PERS and not own_text else ""


def _closing(content: Content, account: Account) -> str:
    return "Sumber: " + "; ".join(content.sources) if account.shows_sources and content.sources else ""
