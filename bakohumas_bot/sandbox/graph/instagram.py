"""An Instagram account on the pretend Graph: containers published, media read, listed and deleted, the daily quota."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.sandbox.core import Entry
from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.containers import status_of
from bakohumas_bot.sandbox.graph.edges import Edge
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.page import seen
from bakohumas_bot.sandbox.graph.parameters import INSTAGRAM, INSTAGRAM_PUBLISH, MEDIA, MEDIA_EDIT, PAGING
from bakohumas_bot.sandbox.graph.reading import chosen, listed
from bakohumas_bot.sandbox.graph.show import show_instagram, show_media
from bakohumas_bot.sandbox.graph.state import DAY, Container, Instagram, Media, State

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def read_account(state: State, call: Call) -> dict[str, Any]:
    account = state.get(call.node, Instagram)
    return chosen(show_instagram(account, len(_public(state, account))), "ig", call.text("fields") or "id")


def publish_container(state: State, call: Call) -> dict[str, Any]:
    owner = state.get(call.node, Instagram)
    container = state.nodes.get(str(call.params.get("creation_id", "")))
    if not isinstance(container, Container) or container.owner is not owner:
        raise GraphError("container_gone", departure="creation_id names no container of this account")
    _refuse_unready(container, status_of(state, container))
    if _used(state, owner) >= state.settings.quota:
        raise GraphError("quota")
    media = _new_media(state, container)
    container.media = media
    media.entry = state.world.publish(_entry(media))
    return {"id": media.id}


def _refuse_unready(container: Container, status: str) -> None:
    if container.child:
        raise GraphError("not_ready", departure="a carousel item is published with its carousel only")
    if status == "PUBLISHED":
        raise GraphError("container_used", departure="media_publish again on a published container")
    if status == "EXPIRED":
        raise GraphError("container_expired")
    if status != "FINISHED":
        raise GraphError("not_ready")


def _new_media(state: State, container: Container, parent: Media | None = None) -> Media:
    number = state.new_id()
    media = Media(
        id=number,
        created=state.now(),
        owner=container.owner,
        container=container,
        shortcode=_shortcode(int(number)),
        unseen=state.settings.unseen_reads,
        children=[],
        parent=parent,
    )
    media.children = [_new_media(state, child, media) for child in container.children]
    return state.add(media)


def _shortcode(number: int) -> str:
    code = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        code = LETTERS[digit] + code
    return code


def _entry(media: Media) -> Entry:
    parts = media.container.children or [media.container]
    return Entry(
        platform="instagram",
        place=media.owner.handle,
        id=media.id,
        text=media.container.caption,
        media=[part.file.sha256 for part in parts if part.file],
        at=media.created.isoformat(),
        extra={"alt": [part.alt for part in parts], "permalink": show_media(media)["permalink"]},
    )


def _public(state: State, owner: Instagram) -> list[Media]:
    return [media for media in reversed(state.of(Media, owner)) if media.parent is None]


def _used(state: State, owner: Instagram) -> int:
    """Posts of the last 24 hours, a carousel counting once; deleting one gives nothing back."""
    return sum(
        container.media is not None and state.now() - container.media.created < DAY
        for container in state.of(Container, owner)
    )


def read_limit(state: State, call: Call) -> dict[str, Any]:
    owner = state.get(call.node, Instagram)
    config = {"quota_total": state.settings.quota, "quota_duration": 86400}
    shown = {"config": config, "quota_usage": _used(state, owner)}
    return {"data": [chosen(shown, "quota", call.text("fields"))]}


def read_media(state: State, call: Call) -> dict[str, Any]:
    return chosen(show_media(state.get(call.node, Media)), "media", call.text("fields"))


def list_media(state: State, call: Call) -> dict[str, Any]:
    owner = state.get(call.node, Instagram)
    return listed(call, seen(_public(state, owner)), "media", show_media)


def list_children(state: State, call: Call) -> dict[str, Any]:
    media = state.get(call.node, Media)
    return {"data": [chosen(show_media(child), "media", call.text("fields")) for child in media.children]}


def edit_media(state: State, call: Call) -> dict[str, Any]:
    """Comments on or off is all that can be changed of a published post."""
    media = state.get(call.node, Media)
    media.comments_enabled = call.says("comment_enabled", default=media.comments_enabled)
    return {"success": True}


def delete_media(state: State, call: Call) -> dict[str, Any]:
    media = state.get(call.node, Media)
    if media.parent is not None:
        raise GraphError("rejected", departure="a carousel is deleted whole, not by its items")
    remove_media(state, media)
    return {"success": True, "deleted_id": media.id}


def remove_media(state: State, media: Media) -> None:
    for node in (media, *media.children):
        state.nodes.pop(node.id, None)
    if media.entry:
        media.entry.deleted = True


EDGES = {
    "GET /{ig}": Edge(answer=read_account, takes=INSTAGRAM),
    "POST /{ig}/media_publish": Edge(answer=publish_container, takes=INSTAGRAM_PUBLISH),
    "GET /{ig}/media": Edge(answer=list_media, takes=PAGING),
    "GET /{ig}/content_publishing_limit": Edge(answer=read_limit, takes={"since": "datetime"}),
    "GET /{media}": Edge(answer=read_media, takes=MEDIA),
    "GET /{media}/children": Edge(answer=list_children, takes={}),
    "POST /{media}": Edge(answer=edit_media, takes=MEDIA_EDIT),
    "DELETE /{media}": Edge(answer=delete_media, takes={}),
}
