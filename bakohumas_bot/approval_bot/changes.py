"""What changed since the version that leaders were shown last: text word by word, pictures paired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.lengths import visible_text
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.domain.differences import Fate, Piece, Pieces, changed, difference, shortened
from bakohumas_bot.domain.posts import Content, Media, Revision
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.media.side_by_side import Pair

SIGNS = {Fate.KEPT: Markup("{}"), Fate.REMOVED: Markup("<s>{}</s>"), Fate.ADDED: Markup("<b><u>{}</u></b>")}
AROUND = 60
MOST = 1400  # letters of all changes together on a card; beyond it they come as messages of their own
LONGEST = 3500  # of one change in a message: Telegram's 4096, with its heading
EMPTY = "(kosong)"


@dataclass(frozen=True, kw_only=True)
class Change:
    """`what` changed, in the card's words, and the pieces of it."""

    what: str
    pieces: Pieces

    @property
    def html(self) -> Markup:
        return _marked(shortened(self.pieces, AROUND))

    @property
    def length(self) -> int:
        return utf16_length(self.what) + utf16_length(visible_text(str(self.html)))


def changes(desk: Desk, before: Revision, after: Revision) -> list[Change]:
    """Nothing where only what leaders do not decide about is different."""
    old, new = before.content, after.content
    return [one for one in _all(desk, old, new) if changed(one.pieces)]


def fit_a_card(found: list[Change]) -> bool:
    return sum(one.length for one in found) <= MOST


def messages(found: list[Change]) -> Iterator[tuple[str, Markup]]:
    """Each change with its heading, in as many parts as Telegram's limit asks; every part is marked on its own."""
    for change in found:
        parts = list(_parts(shortened(change.pieces, AROUND)))
        for number, part in enumerate(parts, start=1):
            what = change.what if len(parts) == 1 else f"{change.what} ({number}/{len(parts)})"
            yield what, _marked(part)


def _parts(pieces: Pieces) -> Iterator[Pieces]:
    room, part = LONGEST, list[Piece]()
    for piece in pieces:
        rest = piece.text
        while rest:
            if not room:
                yield tuple(part)
                room, part = LONGEST, []
            head, rest = _head(rest, room)
            part.append(Piece(fate=piece.fate, text=head))
            room = max(0, room - utf16_length(head)) if not rest else 0
    if part:
        yield tuple(part)


def _head(text: str, room: int) -> tuple[str, str]:
    """As much as fits, counted generously: two units for every letter beyond the first plane."""
    if utf16_length(text) <= room:
        return text, ""
    head = text[: max(1, room // 2)]
    return head, text[len(head) :]


def _all(desk: Desk, old: Content, new: Content) -> Iterator[Change]:
    zone = desk.office(new.office).zone
    yield _text("Judul", old.title, new.title)
    yield _text("Isi", old.body, new.body)
    yield from _variants(desk, old, new)
    yield _set("Kanal", old.accounts, new.accounts, lambda id_: name_of(desk, id_))
    yield _value("Waktu tayang", *(long_time(c.publish_at, zone) if c.publish_at else _AT_ONCE for c in (old, new)))
    yield _value("Berlaku sampai", *(long_time(c.expires_at, zone) if c.expires_at else EMPTY for c in (old, new)))
    yield _value("Jenis", labels.KIND[old.kind], labels.KIND[new.kind])
    yield _set("Sumber", old.sources, new.sources, str)
    yield from _media(old, new)


_AT_ONCE = "segera setelah disetujui"


def _variants(desk: Desk, old: Content, new: Content) -> Iterator[Change]:
    """An account with a text of its own is compared with what it would have shown before."""
    for account in sorted(dict(old.variants).keys() | dict(new.variants).keys()):
        yield _text(f"Teks khusus {name_of(desk, account)}", old.text_for(account), new.text_for(account))


def _media(old: Content, new: Content) -> Iterator[Change]:
    for number in range(max(len(old.media), len(new.media))):
        before, after = _at(old.media, number), _at(new.media, number)
        some = after or before
        assert some is not None
        name = f"{labels.MEDIA[some.kind]} {number + 1}"
        if before and after and before.sha256 != after.sha256:
            pictures = before.kind is after.kind is MediaKind.IMAGE
            yield Change(what=name, pieces=(Piece(fate=Fate.ADDED, text=_REPLACED[pictures]),))
        elif not (before and after):
            fate = Fate.ADDED if after else Fate.REMOVED
            yield Change(what=name, pieces=(Piece(fate=fate, text=some.name),))
        if before and after:
            yield _text(f"Teks alternatif {name.lower()}", before.alt, after.alt)


_REPLACED = {True: "diganti, lihat gambar di atas", False: "diganti"}


def pairs(desk: Desk, before: Revision, after: Revision) -> list[Pair]:
    """The pictures that are no longer the same bytes, as the author gave them."""
    old, new = before.content.media, after.content.media
    found = []
    for number in range(max(len(old), len(new))):
        one, other = _at(old, number), _at(new, number)
        kinds = {media.kind for media in (one, other) if media}
        if MediaKind.IMAGE in kinds and (one and one.sha256) != (other and other.sha256):
            name = f"gambar {number + 1}"
            found.append(Pair(name=name, before=_path(desk, one), after=_path(desk, other)))
    return found


def _path(desk: Desk, media: Media | None) -> Path | None:
    return desk.blobs.path(media.sha256) if media else None


def _at(media: tuple[Media, ...], number: int) -> Media | None:
    return media[number] if number < len(media) else None


def _text(what: str, before: str, after: str) -> Change:
    return Change(what=what, pieces=difference(before, after))


def _value(what: str, before: str, after: str) -> Change:
    """Shown whole: half an hour of the day is no hour."""
    if before == after:
        return Change(what=what, pieces=())
    return Change(what=what, pieces=(Piece(fate=Fate.REMOVED, text=before), Piece(fate=Fate.ADDED, text=f" {after}")))


def _set(what: str, before: tuple[str, ...], after: tuple[str, ...], name: Callable[[str], str]) -> Change:
    gone = [Piece(fate=Fate.REMOVED, text=name(one)) for one in before if one not in after]
    come = [Piece(fate=Fate.ADDED, text=name(one)) for one in after if one not in before]
    between = Piece(fate=Fate.KEPT, text=", ")
    pieces = [piece for one in (*gone, *come) for piece in (between, one)][1:]
    return Change(what=what, pieces=tuple(pieces))


def _marked(pieces: Pieces) -> Markup:
    """A line break that was put in or taken out is shown as a sign: nobody sees a struck-out space."""
    return Markup("").join(SIGNS[piece.fate].format(_seen(piece)) for piece in pieces)


def _seen(piece: Piece) -> Markup:
    text = piece.text
    if piece.fate is not Fate.KEPT and not text.strip():
        text = text.replace("\n", "¶\n").replace(" ", "␣")
    return escape(text)
