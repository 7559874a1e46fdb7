"""An author's Markdown as readers get it: plain text for most platforms, Telegram's HTML where formatting is shown.

Both come from one list of spans, so that they cannot say different things: `telegram_text` is by construction what a
reader of `telegram_html` reads. HTML in the source is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

# 50 levels of quotations and lists; the parser leaves out what lies deeper.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "maxNesting": 50})
# No strikethrough: plain text would lose it and say the opposite.
# A link is shown as its author wrote it and encoded only for the browser.
_MARKDOWN.normalizeLink = lambda url: url  # type: ignore[method-assign]

_STYLES = {"strong_open": "b", "em_open": "i"}
# Telegram turns only these into links and drops others in silence (core.telegram.org/bots/api#html-style, 2026-11-21).
_LINKABLE = re.compile(r"(?i)(https?|tg)://\S+$")
_RULE = "———"
_QUOTATION_MARKS = ("“", '"', "‘", "'", "«", "„")


@dataclass(frozen=True)
class _Span:
    """A piece of text under Telegram's tags, outermost first. What is not `everywhere` only plain text carries."""

    text: str
    tags: tuple[str, ...] = ()
    everywhere: bool = True


@dataclass
class _Block:
    token: Token
    children: list[_Block] = field(default_factory=list)


def plain(markdown: str) -> str:
    """Without formatting: a link's target stands in brackets behind its text, a quotation in quotation marks."""
    return "".join(span.text for span in _spans(markdown))


def telegram_html(markdown: str) -> str:
    """In the tags that Telegram knows, and nothing else."""
    return _html(span for span in _spans(markdown) if span.everywhere)


def telegram_text(markdown: str) -> str:
    """What a reader of `telegram_html(markdown)` reads, to the letter."""
    return "".join(span.text for span in _spans(markdown) if span.everywhere)


def plain_html(text: str) -> str:
    """Plain text as Telegram's HTML: shown to the letter."""
    return escape(text, quote=False)


def _html(spans: Iterable[_Span]) -> str:
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for span in [*spans, _Span("")]:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, span.tags, strict=False)))
        out += [f"</{tag.split()[0]}>" for tag in reversed(opened[shared:])]
        out += [f"<{tag}>" for tag in span.tags[shared:]]
        out.append(plain_html(span.text))
        opened = span.tags
    return "".join(out)


def _spans(markdown: str) -> list[_Span]:
    return _stacked(_tree(_MARKDOWN.parse(markdown)), ())


def _tree(tokens: list[Token]) -> list[_Block]:
    root: list[_Block] = []
    levels = [root]
    for token in tokens:
        if token.nesting < 0:
            levels.pop()
            continue
        block = _Block(token)
        levels[-1].append(block)
        if token.nesting > 0:
            levels.append(block.children)
    return root


def _stacked(blocks: list[_Block], tags: tuple[str, ...], gap: str = "\n\n") -> list[_Span]:
    """The blocks one below the other, with `gap` between those that say something."""
    out: list[_Span] = []
    for block in blocks:
        spans = _block(block, tags)
        if spans and out:
            out.append(_Span(gap, _quoted_in(tags)))
        out += spans
    return out


def _block(block: _Block, tags: tuple[str, ...]) -> list[_Span]:
    match block.token.type:
        case "heading_open":
            return _stacked(block.children, (*tags, "b"))
        case "blockquote_open":
            return _quotation(block, tags)
        case "bullet_list_open" | "ordered_list_open":
            return _list(block, tags)
        case "inline":
            return _inline(block.token.children or [], tags)
        case "fence" | "code_block" | "hr":
            return _filled(_verbatim(block.token, _quoted_in(tags)))
        case _:
            return _stacked(block.children, tags)


def _verbatim(token: Token, tags: tuple[str, ...]) -> _Span:
    return _Span(_RULE, tags) if token.type == "hr" else _Span(token.content.rstrip("\n"), (*tags, "pre"))


def _quotation(block: _Block, tags: tuple[str, ...]) -> list[_Span]:
    """Telegram marks a quotation at the margin and nests none; plain text needs quotation marks."""
    inner = _stacked(block.children, tags if "blockquote" in tags else (*tags, "blockquote"))
    if not inner or inner[0].text.startswith(_QUOTATION_MARKS):
        return inner
    return [_Span("“", tags, everywhere=False), *inner, _Span("”", tags, everywhere=False)]


def _list(block: _Block, tags: tuple[str, ...]) -> list[_Span]:
    first = block.token.attrGet("start")
    number = int(1 if first is None else first) if block.token.type == "ordered_list_open" else None
    tight = any(part.token.hidden for item in block.children for part in item.children)
    gap = "\n" if tight else "\n\n"
    out: list[_Span] = []
    for count, item in enumerate(block.children):
        marker = "• " if number is None else f"{number + count}. "
        inner = _stacked(item.children, tags, gap)
        out.append(_Span((gap if count else "") + marker, _quoted_in(tags)))
        out += [replace(span, text=_indented(span.text, len(marker))) for span in inner]
    return out


def _indented(text: str, width: int) -> str:
    """Lines after the first begin under the text behind the marker; empty ones stay empty."""
    return re.sub(r"\n(?!\n)", "\n" + " " * width, text)


def _inline(tokens: list[Token], tags: tuple[str, ...]) -> list[_Span]:
    out: list[_Span] = []
    outer: list[tuple[str, ...]] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.nesting > 0:
            outer.append(tags)
            if token.type == "link_open":
                links.append((str(token.attrGet("href") or ""), len(out)))
                tags = (*tags, *_anchor(links[-1][0]))
            elif _STYLES[token.type] not in tags:
                tags = (*tags, _STYLES[token.type])
        elif token.nesting < 0:
            tags = outer.pop()
            if token.type == "link_close":
                target, since = links.pop()
                out += _target(target, "".join(span.text for span in out[since:]), tags)
        else:
            out += _filled(_piece(token, tags))
    return out


def _piece(token: Token, tags: tuple[str, ...]) -> _Span:
    match token.type:
        case "softbreak" | "hardbreak":
            return _Span("\n", tags)
        case "code_inline":
            return _Span(token.content, _code(tags))
        case _:
            return _Span(token.content, tags)


def _code(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Telegram lets code stand in a quotation, but in no other style; inside a link the link wins."""
    return tags if any(tag.startswith("a ") for tag in tags) else (*_quoted_in(tags), "code")


def _quoted_in(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for tag in tags if tag == "blockquote")


def _anchor(target: str) -> tuple[str, ...]:
    return (f'a href="{escape(normalizeLink(target))}"',) if _LINKABLE.match(target) else ()


def _target(target: str, label: str, tags: tuple[str, ...]) -> list[_Span]:
    """The link's address behind its text, unless the text is the address already."""
    target = target.removeprefix("mailto:")
    if not target or _bare(target) == _bare(label):
        return []
    if not label:
        return [_Span(target, (*tags, *_anchor(target)))]
    return [_Span(f" ({target})", tags, everywhere=not _LINKABLE.match(target))]


def _bare(address: str) -> str:
    return re.sub(r"^https?://", "", address.strip(), flags=re.IGNORECASE).rstrip("/").casefold()


def _filled(span: _Span) -> list[_Span]:
    return [span] if span.text else []
