"""The author's card: everything a draft says of itself, and a button for every field."""

from __future__ import annotations

from collections.abc import Callable

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows, in_rows, short_name
from bakohumas_bot.approval_bot.lengths import shortened
from bakohumas_bot.approval_bot.sentences import BUTTONS, MENUS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, account_rows, found, name_of
from bakohumas_bot.domain.lifting import may_be_lifted, obstacles
from bakohumas_bot.domain.posts import Kind, Media
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.status import Stage
from bakohumas_bot.lifecycle.desk import Desk

EXCERPT = 280
MOST_REPAIRS = 12  # buttons under one card; the rest comes when these are mended
EDITABLE = frozenset({Stage.DRAFT, Stage.BLOCKED, Stage.RETURNED})
WITHDRAWABLE = frozenset({Stage.WAITING, Stage.SCHEDULED, Stage.HELD})
OPEN = EDITABLE | WITHDRAWABLE


def compose(desk: Desk, post: Standing, menu: str = "main") -> Composed:
    content = post.content
    html = fill(
        "draft",
        revision=post.revision,
        content=content,
        office=post.office,
        several_offices=len(desk.directory.offices) > 1,
        due_at=due_at(post),
        status=labels.status(post.status),
        accounts=account_rows(desk, post.revision),
        media=[_listed(number, item) for number, item in enumerate(content.media, start=1)],
        excerpt=shortened(content.body, EXCERPT),
        findings=found(desk, post.revision),
        note=MENUS[menu],
        frozen=post.frozen if post.status.stage in WITHDRAWABLE else "",
    )
    return Composed(html=html, rows=_rows(desk, post, menu))


def _listed(number: int, item: Media) -> dict[str, object]:
    """A phone's pictures are called as on their buttons; a document keeps the name that its sender knows."""
    name = f"{labels.MEDIA[item.kind]} {number}"
    shown = f"{name} ({item.name})" if item.kind is MediaKind.DOCUMENT else name
    return {"name": shown, "alt": item.alt, "described": item.kind is MediaKind.IMAGE}


def due_at(post: Standing) -> object:
    """The approved time where there is one, else the wished one."""
    if post.decision is not None and post.decision.due_at is not None:
        return post.decision.due_at
    return post.content.publish_at


def _rows(desk: Desk, post: Standing, menu: str) -> Rows:
    return _MENUS[menu](desk, post) if post.status.stage in OPEN else ()


def _main(desk: Desk, post: Standing) -> Rows:
    """What was submitted or scheduled is not changed by a slip of the finger."""
    if post.status.stage in WITHDRAWABLE:
        return ((_button("preview"), _button("edit"), _button("withdraw")),)
    return _fields(desk, post)


def _fields(_: Desk, post: Standing) -> Rows:
    pictures = any(m.kind is MediaKind.IMAGE for m in post.content.media)
    unchanged = [("back",)] if post.status.stage in WITHDRAWABLE else []
    rows = (
        ("title", "kinds", "accounts"),
        ("body", *(["variants"] if post.content.accounts else [])),
        (*(["alts"] if pictures else []), "times", "source"),
        ("file", *(["unfile"] if post.content.media else [])),
        *([help_] if (help_ := _help(post)) else []),
        ("preview", "submit", "withdraw"),
        *unchanged,
    )
    return tuple(tuple(_button(verb) for verb in row) for row in rows)


def _help(post: Standing) -> tuple[str, ...]:
    """What may be done about the findings besides editing: one tap that mends, and somebody's leave."""
    if post.status.stage in WITHDRAWABLE:
        return ()
    revision = post.revision
    mends = ["mending"] if any(finding.repairs for finding in revision.findings) else []
    lifts = ["ask_lift"] if any(map(may_be_lifted, obstacles(revision.findings, revision.lifts))) else []
    return (*mends, *lifts)


def _mending(_: Desk, post: Standing) -> Rows:
    """Numbers in the card's own findings: the card is bound to its version, so they cannot mean anything else."""
    buttons = [
        Button(label=f"{finding.code}: {repair.label}", verb="mend", argument=f"{finding.code}.{number}.{which}")
        for number, finding in enumerate(post.revision.findings)
        for which, repair in enumerate(finding.repairs)
    ]
    return (*in_rows(buttons[:MOST_REPAIRS], 1), (_button("back"),))


def _kinds(_: Desk, post: Standing) -> Rows:
    buttons = [
        Button(label=_ticked(labels.KIND[kind], chosen=kind is post.content.kind), verb="kind", argument=kind)
        for kind in Kind
    ]
    return (*in_rows(buttons, 2), (_button("back"),))


def _accounts(desk: Desk, post: Standing) -> Rows:
    chosen = post.content.accounts
    offered = {account.id for account in desk.directory.accounts_of(post.content.office)} | set(chosen)
    buttons = [
        Button(
            label=_ticked(name_of(desk, id_), chosen=id_ in chosen, otherwise="○"),
            verb="account",
            argument=short_name(id_),
        )
        for id_ in sorted(offered)
    ]
    return (*in_rows(buttons, 1), (_button("finish"),))


def _variants(desk: Desk, post: Standing) -> Rows:
    own = dict(post.content.variants)
    buttons = [
        Button(label=_ticked(name_of(desk, id_), chosen=id_ in own), verb="variant", argument=short_name(id_))
        for id_ in post.content.accounts
    ]
    return (*in_rows(buttons, 1), (_button("back"),))


def _pictures(_: Desk, post: Standing) -> Rows:
    buttons = [
        Button(label=_ticked(f"{labels.MEDIA[m.kind]} {number}", chosen=bool(m.alt)), verb="alt", argument=str(number))
        for number, m in enumerate(post.content.media, start=1)
        if m.kind is MediaKind.IMAGE
    ]
    return (*in_rows(buttons, 3), (_button("back"),))


def _ticked(label: str, *, chosen: bool, otherwise: str = "") -> str:
    mark = "✓" if chosen else otherwise
    return f"{mark} {label}" if mark else label


def _files(post: Standing) -> tuple[Button, ...]:
    pictures = any(m.kind is MediaKind.IMAGE for m in post.content.media)
    verbs = ("file", *(["unfile"] if post.content.media else []), *(["alts"] if pictures else []))
    return tuple(_button(verb) for verb in verbs)


def _named(label: str, verb: str) -> Button:
    return Button(label=BUTTONS[label], verb=verb)


def _button(verb: str) -> Button:
    return Button(label=BUTTONS[verb], verb=verb)


_MENUS: dict[str, Callable[[Desk, Standing], Rows]] = {
    "main": _main,
    "edit": _fields,
    "kinds": _kinds,
    "mending": _mending,
    "accounts": _accounts,
    "variants": _variants,
    "alts": _pictures,
    "times": lambda _desk, _post: ((_button("at_once"), _button("time")), (_button("back"),)),
    "fix_body": lambda _desk, _post: ((_named("fix_body", "body"),), (_button("back"),)),
    "fix_title": lambda _desk, _post: ((_named("fix_title", "title"),), (_button("back"),)),
    "fix_source": lambda _desk, _post: ((_named("fix_source", "source"),), (_button("back"),)),
    "fix_media": lambda _desk, post: (_files(post), (_button("back"),)),
    "withdraw": lambda _desk, _post: ((_button("cancel"), _button("back")),),
}
