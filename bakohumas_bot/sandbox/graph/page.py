"""A Facebook Page on the pretend Graph: photos uploaded, posts published, edited, revealed, deleted and listed."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.sandbox.core import Entry
from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.edges import Edge
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.intake import PHOTO_BYTES, facebook_photo, fetch
from bakohumas_bot.sandbox.graph.parameters import PAGE, PAGE_FEED, PAGE_PHOTOS, PAGE_POSTS, PAGING, POST, POST_EDIT
from bakohumas_bot.sandbox.graph.reading import chosen, listed
from bakohumas_bot.sandbox.graph.show import show_page, show_photo, show_post
from bakohumas_bot.sandbox.graph.state import Node, Page, Photo, Post, State, Video

MESSAGE = 63_206
ATTACHED = 10


def read_page(state: State, call: Call) -> dict[str, Any]:
    return chosen(show_page(state.get(call.node, Page)), "page", call.text("fields"))


def look_at_photo(_state: State, call: Call) -> None:
    if "source" not in call.params and "url" not in call.params:
        raise GraphError("no_file", departure="a photo needs source or url")
    body = call.params.get("source")
    if body is None:
        body = fetch(call.text("url"), "image/jpeg", most=PHOTO_BYTES)
    call.taken = facebook_photo(body)


def upload_photo(state: State, call: Call) -> dict[str, Any]:
    """Published, it becomes a post of its own, with a second id; unpublished, it waits to be attached."""
    page, published = state.get(call.node, Page), call.says("published", default=True)
    if published and call.says("temporary", default=False):
        raise _invalid("temporary photos cannot be published")
    caption = call.text("caption") or call.text("message") or call.text("name")
    photo = Photo(
        id=state.new_id(),
        created=state.now(),
        page=page,
        file=call.taken,
        caption=_message(caption),
        alt=call.text("alt_text_custom"),
        published=published,
    )
    state.add(photo)
    if not published:
        return {"id": photo.id}
    return {"id": photo.id, "post_id": new_post(state, page, caption, [photo], published=True).id}


def publish_post(state: State, call: Call) -> dict[str, Any]:
    """The one call that makes text, link or waiting pictures public (or keeps them hidden: published=false)."""
    page, message, link = state.get(call.node, Page), _message(call.text("message")), call.text("link")
    if "scheduled_publish_time" in call.params:
        raise _invalid("the desk schedules, not Facebook: scheduled_publish_time is not played here")
    attached = _attached(state, page, call.params.get("attached_media", []))
    published = call.says("published", default=True)
    if not (message or link or attached):
        raise GraphError("empty", departure="a post needs message, link or attached_media")
    if link and not link.startswith(("http://", "https://")):
        raise GraphError("link", departure=f"link={link!r} is no web address")
    if published and not attached:
        _refuse_duplicate(state, page, message, link)
    return {"id": new_post(state, page, message, attached, link=link, published=published).id}


def new_post(
    state: State, page: Page, message: str, attached: list[Photo | Video], *, published: bool, link: str = ""
) -> Post:
    post = Post(
        id=f"{page.id}_{state.new_id()}",
        created=state.now(),
        page=page,
        message=message,
        link=link,
        attached=attached,
        published=published,
        unseen=state.settings.unseen_reads,
    )
    for item in attached:
        item.post = post
    state.add(post)
    if published:
        make_public(state, post)
    return post


def make_public(state: State, post: Post) -> None:
    post.published = True
    for item in post.attached:
        item.published = True
    post.entry = state.world.publish(
        Entry(
            platform="facebook",
            place=post.page.handle,
            id=post.id,
            text=post.message,
            media=[item.file.sha256 for item in post.attached if item.file],
            at=post.created.isoformat(),
            extra={"link": post.link, "alt": [item.alt for item in post.attached if isinstance(item, Photo)]},
        )
    )


def read_post(state: State, call: Call) -> dict[str, Any]:
    return chosen(show_post(state.get(call.node, Post)), "post", call.text("fields"))


def edit_post(state: State, call: Call) -> dict[str, Any]:
    post = state.get(call.node, Post)
    for name in sorted(set(call.params) - {"message", "is_published"}):
        raise _invalid(f"{name} of a post cannot be changed here")
    if "message" in call.params:
        post.message = _message(call.text("message"))
        if post.entry:
            post.entry.text = post.message
            post.entry.extra["edited"] = True
    if "is_published" in call.params:
        _reveal(state, post, call.says("is_published", default=False))
    return {"success": True}


def _reveal(state: State, post: Post, published: bool) -> None:
    """Revealing twice changes nothing: that is what makes this last step safe to repeat."""
    if post.published and not published:
        raise _invalid("a published post cannot be hidden again")
    if published and not post.published:
        make_public(state, post)


def delete_post(state: State, call: Call) -> dict[str, Any]:
    remove_post(state, state.get(call.node, Post))
    return {"success": True}


def remove_post(state: State, post: Post) -> None:
    del state.nodes[post.id]
    for item in post.attached:
        state.nodes.pop(item.id, None)
    if post.entry:
        post.entry.deleted = True


def read_photo(state: State, call: Call) -> dict[str, Any]:
    return chosen(show_photo(state.get(call.node, Photo)), "photo", call.text("fields"))


def delete_attachment(state: State, call: Call) -> dict[str, Any]:
    """Deleting a photo or video takes it out of its post; a post that held nothing else goes with it."""
    item = state.nodes.pop(call.node)
    assert isinstance(item, Photo | Video)
    post = item.post
    if post is not None:
        post.attached.remove(item)
        if post.entry and item.file:
            post.entry.media.remove(item.file.sha256)
        if not post.attached and not post.message and post.id in state.nodes:
            remove_post(state, post)
    return {"success": True}


def list_posts(state: State, call: Call) -> dict[str, Any]:
    page = state.get(call.node, Page)
    posts = [post for post in reversed(state.of(Post, page)) if post.published]
    return listed(call, seen(posts), "post", show_post)


def seen(nodes: list[Any]) -> list[Any]:
    """What a listing shows: everything but the nodes it does not know of yet."""
    visible = [node for node in nodes if node.unseen <= 0]
    for node in nodes:
        node.unseen -= 1
    return visible


def _message(text: str) -> str:
    if len(text) > MESSAGE:
        raise _invalid(f"a message of {len(text)} characters: at most {MESSAGE}")
    return text


def _attached(state: State, page: Page, items: list[Any]) -> list[Photo | Video]:
    if len(items) > ATTACHED:
        raise _invalid(f"{len(items)} attached media: at most {ATTACHED}")
    ids = [item.get("media_fbid") if isinstance(item, dict) else None for item in items]
    if len(set(ids)) < len(ids):
        raise GraphError("already_posted", departure="the same media_fbid is attached twice")
    return [_waiting(state, page, id) for id in ids]  # noqa: A001


def _waiting(state: State, page: Page, id: Any) -> Photo | Video:  # noqa: A002
    item: Node | None = state.nodes.get(id) if isinstance(id, str) else None
    if not isinstance(item, Photo | Video) or item.page is not page:
        raise _invalid(f"attached_media holds {id!r}, which is no photo or video of this Page")
    if item.published or item.post is not None:
        raise GraphError("already_posted", departure=f"media {id} was posted already")
    if isinstance(item, Video) and (item.failed or item.file is None):
        raise _invalid(f"video {id} is not ready")
    return item


def _refuse_duplicate(state: State, page: Page, message: str, link: str) -> None:
    """Only identical consecutive text is refused (developers.facebook.com, error 506, 2026-11-21)."""
    public = [post for post in state.of(Post, page) if post.published]
    last = max(public, key=lambda post: post.created, default=None)
    if last is not None and not last.attached and (last.message, last.link) == (message, link):
        raise GraphError("duplicate")


def _invalid(departure: str) -> GraphError:
    return GraphError("rejected", message=f"(#100) Invalid parameter: {departure}", departure=departure)


EDGES = {
    "GET /{page}": Edge(answer=read_page, takes=PAGE),
    "POST /{page}/feed": Edge(answer=publish_post, takes=PAGE_FEED),
    "POST /{page}/photos": Edge(answer=upload_photo, takes=PAGE_PHOTOS, look=look_at_photo),
    "GET /{page}/published_posts": Edge(answer=list_posts, takes=PAGE_POSTS | PAGING),
    "GET /{page}/feed": Edge(answer=list_posts, takes=PAGE_POSTS | PAGING),
    "GET /{post}": Edge(answer=read_post, takes=POST),
    "POST /{post}": Edge(answer=edit_post, takes=POST_EDIT),
    "DELETE /{post}": Edge(answer=delete_post, takes={}),
    "GET /{photo}": Edge(answer=read_photo, takes={}),
    "DELETE /{photo}": Edge(answer=delete_attachment, takes={}),
    "DELETE /{video}": Edge(answer=delete_attachment, takes={}),
}
