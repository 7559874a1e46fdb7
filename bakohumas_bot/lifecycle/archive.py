"""The archive: what the office has published or queued that bears on what is checked now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.domain.alike import Alike, Degree, Likeness
from bakohumas_bot.domain.fingerprints import figures_of, text_in, texts_of
from bakohumas_bot.domain.likeness import Wording, figure_key, kinship, picture_kinship, wording
from bakohumas_bot.domain.own import Own
from bakohumas_bot.domain.posts import Content, Kind
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import likenesses
from bakohumas_bot.store.likenesses import Showing, Standing

SPAN = timedelta(days=30)  # the rulebook's: what lies further apart is no repetition
MOST_OWN = 5


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Which post asks; None for one that is not stored yet. `looks` by the author's SHA-256.

    `submitted_at`: where it waits or is approved already. Whoever came after it was asked about it; it is not asked
    again about them, or two approved posts would stop each other.
    """

    moment: datetime
    looks: Mapping[str, int]
    post: int | None = None
    submitted_at: datetime | None = None


def alike(desk: Desk, content: Content, asking: Asking) -> tuple[Alike, ...]:
    """One indexed question where nothing is alike, two more where something is."""
    with desk.store.reading() as tx:
        others = likenesses.alike(tx, content, asking.looks, but=asking.post)
    texts = {field: wording(text_in(content, field)) for field in texts_of(content)} if others else {}
    ours = _Ours(content=content, texts=texts, asking=asking)
    found: list[Alike] = []
    for other in others:
        if _came_before(other, asking) and (near := _near(other.showings, asking)):
            found += [_alike(ours, other, near, one) for one in _likenesses(ours, other)]
    return tuple(found)


def own(desk: Desk, content: Content, post: int | None) -> tuple[Own, ...]:
    """What the office has published itself with a figure of the claim that a clarification answers, newest first."""
    if content.kind is not Kind.KLARIFIKASI_HOAKS:
        return ()
    disputed = {figure_key(figure): figure for figure in _disputed(content)}
    with desk.store.reading() as tx:
        published = likenesses.published_with(tx, content.office, disputed, but=post, most=MOST_OWN)
    found: list[Own] = []
    for other, shown, url in published:
        held = set(map(figure_key, figures_of(shown)))
        found += [
            Own(post=other, title=shown.title, url=url, figure=figure)
            for key, figure in disputed.items()
            if key in held
        ]
    return tuple(found)


def _disputed(content: Content) -> Iterable[str]:
    """The figures of the claim; every figure where the text does not show which is the claim."""
    every = figures_of(content)
    claimed = [figure for figure in every if _is_claimed(content, figure)]
    return claimed or every


def _is_claimed(content: Content, figure: str) -> bool:
    at = content.body.find(figure)
    return at >= 0 and told_as_wrong(content.kind, content.body, at)


def _came_before(other: Standing, asking: Asking) -> bool:
    if asking.submitted_at is None or asking.post is None:
        return True
    return (other.submitted_at, other.post) < (asking.submitted_at, asking.post)


def _near(showings: Collection[Showing], asking: Asking) -> dict[str, Showing]:
    """By account, where it is shown within the span.

    What has no hour yet comes near to every hour: its author is told so, but it stops nothing that was let through.
    """
    asks_anew = asking.submitted_at is None
    return {
        one.account: one for one in showings if (asks_anew if one.at is None else abs(one.at - asking.moment) <= SPAN)
    }


@dataclass(frozen=True, kw_only=True)
class _Ours:
    """What is checked, read once for all that it is compared with."""

    content: Content
    texts: Mapping[str, Wording]
    asking: Asking


@dataclass(frozen=True, kw_only=True)
class _Found:
    """One likeness; `among` are our accounts that it may concern."""

    likeness: Likeness
    degree: Degree
    field: str
    among: Collection[str]
    whole: bool = False


def _likenesses(ours: _Ours, other: Standing) -> Iterator[_Found]:
    files = _files(ours, other)
    all_there = len(files) == len(ours.content.media) == len(other.content.media)
    same_files = all_there and Degree.PATTERN not in files.values()
    theirs = [(wording(text_in(other.content, field)), to) for field, to in texts_of(other.content).items()]
    for field, accounts in texts_of(ours.content).items():
        text = ours.texts[field]
        kin = [(degree, to) for their, to in theirs if (degree := kinship(text, their))]
        if not kin:
            continue
        degree = min((how for how, _ in kin), key=_ORDER.index)
        whole = degree is Degree.SAME and same_files
        if whole or text.telling:
            among = {name for how, to in kin if how is degree for name in to if name in accounts}
            yield _Found(likeness=Likeness.TEXT, degree=degree, field=field, among=among, whole=whole)
    for field, degree in files.items():
        yield _Found(likeness=Likeness.PICTURE, degree=degree, field=field, among=ours.content.accounts)


_ORDER = tuple(Degree)


def _files(ours: _Ours, other: Standing) -> dict[str, Degree]:
    """How each of our files is found again in the other post, by its field."""
    theirs = {media.sha256 for media in other.content.media}
    found: dict[str, Degree] = {}
    for number, media in enumerate(ours.content.media):
        look = ours.asking.looks.get(media.sha256)
        if media.sha256 in theirs:
            found[f"media[{number}]"] = Degree.SAME
        elif look is not None:
            kin = [degree for one in other.looks if (degree := picture_kinship(look, one))]
            if kin:
                found[f"media[{number}]"] = min(kin, key=_ORDER.index)
    return found


def _alike(ours: _Ours, other: Standing, near: Mapping[str, Showing], found: _Found) -> Alike:
    shared = tuple(name for name in ours.content.accounts if name in found.among and name in near)
    showings = [near[name] for name in shared or near]
    moment = ours.asking.moment
    closest = min(showings, key=lambda one: abs(one.at - moment) if one.at else timedelta())
    return Alike(
        post=other.post,
        title=other.content.title,
        likeness=found.likeness,
        degree=found.degree,
        whole=found.whole,
        field=found.field,
        accounts=shared,
        at=closest.at,
        public=closest.public,
    )
