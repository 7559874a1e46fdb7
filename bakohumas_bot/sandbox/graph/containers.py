"""Instagram's containers on the pretend Graph: made from an address Meta fetches, or filled through the upload host."""

from __future__ import annotations

import re
from typing import Any

from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.edges import Edge
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.intake import (
    IMAGE_BYTES,
    REEL_BYTES,
    WIDTHS,
    File,
    fetch,
    instagram_image,
    instagram_reel,
)
from bakohumas_bot.sandbox.graph.parameters import INSTAGRAM_MEDIA
from bakohumas_bot.sandbox.graph.reading import chosen
from bakohumas_bot.sandbox.graph.show import show_container
from bakohumas_bot.sandbox.graph.state import DAY, Container, Instagram, State

CAPTION = 2200
HASHTAGS = 30
MENTIONS = 20
ALT = 1000
CHILDREN = range(2, 11)
KINDS = {"IMAGE", "VIDEO", "REELS", "STORIES", "CAROUSEL"}
FAILED = 2207053  # "unknown upload error": what processing ends with unless something better is known


def look_at_media(state: State, call: Call) -> None:
    """Meta refuses a bad image at once; a bad video only spoils its container."""
    _check_words(call)
    if "image_url" in call.params:
        body = fetch(call.text("image_url"), "image/jpeg", most=IMAGE_BYTES)
        file = instagram_image(body, story=call.text("media_type") == "STORIES")
        call.taken = file
        _note_rework(state, file)
    elif "video_url" in call.params:
        try:
            call.taken = instagram_reel(fetch(call.text("video_url"), "video/mp4", most=REEL_BYTES))
        except GraphError as error:
            call.taken = error


def _note_rework(state: State, file: File) -> None:
    """Instagram does not refuse these, it changes them: then the public sees what nobody approved."""
    if not WIDTHS[0] <= file.width <= WIDTHS[1]:
        state.world.violation("graph", "POST /{ig}/media", f"width {file.width} is scaled to 320 to 1440")
    if file.mode not in {"RGB", "L"}:
        state.world.violation("graph", "POST /{ig}/media", f"colours {file.mode} are converted to sRGB")


def _check_words(call: Call) -> None:
    caption, alt = call.text("caption"), call.text("alt_text")
    if len(caption) > CAPTION or len(re.findall(r"#\w+", caption)) > HASHTAGS:
        raise GraphError("caption", departure="a caption holds 2,200 characters and 30 hashtags")
    if len(re.findall(r"(?<!\w)@\w+", caption)) > MENTIONS:
        raise GraphError("mentions", departure="a caption holds 20 mentions")
    if len(alt) > ALT:
        raise _invalid(f"alt_text of {len(alt)} characters: at most {ALT}")


def create_container(state: State, call: Call) -> dict[str, Any]:
    owner, kind = state.get(call.node, Instagram), call.text("media_type") or "IMAGE"
    child = call.says("is_carousel_item", default=False)
    _check_kind(call, kind, child=child)
    children = _children(state, owner, call) if kind == "CAROUSEL" else []
    is_film = "video_url" in call.params or call.text("upload_type") == "resumable"
    container = Container(
        id=state.new_id(),
        created=state.now(),
        owner=owner,
        media_type=kind,
        caption=call.text("caption"),
        alt=call.text("alt_text"),
        child=child,
        children=children,
        file=call.taken if isinstance(call.taken, File) else None,
        resumable=call.text("upload_type") == "resumable",
        polls=state.settings.video_polls if is_film else state.settings.image_polls,
    )
    if isinstance(call.taken, GraphError):
        container.error = call.taken.refusal.subcode
    if state.processing_fails("container"):
        container.error = FAILED
    return {"id": state.add(container).id}


def _check_kind(call: Call, kind: str, *, child: bool) -> None:
    if kind not in KINDS or (kind == "VIDEO" and not child):
        raise GraphError("media_type", departure=f"media_type={kind} of its own is gone: a feed video is REELS")
    if child and kind not in {"IMAGE", "VIDEO"}:
        raise _invalid(f"{kind} cannot be a carousel item")
    if child and call.text("caption"):
        raise _invalid("a carousel item has no caption of its own")
    if call.text("alt_text") and kind != "IMAGE":
        raise _invalid(f"alt_text belongs to images, not to {kind}")
    sources = {"image_url", "video_url", "upload_type", "children"} & set(call.params)
    wanted = {"IMAGE": {"image_url"}, "CAROUSEL": {"children"}, "STORIES": {"image_url", "video_url", "upload_type"}}
    if len(sources) != 1 or not sources <= wanted.get(kind, {"video_url", "upload_type"}):
        raise _invalid(f"{kind} cannot be made of {sorted(sources) or 'nothing'}")
    if call.text("upload_type") not in {"", "resumable"}:
        raise _invalid(f"upload_type={call.text('upload_type')!r}")


def _children(state: State, owner: Instagram, call: Call) -> list[Container]:
    ids = [str(id) for id in call.params["children"]]  # noqa: A001
    if len(ids) not in CHILDREN:
        raise GraphError("carousel", departure=f"a carousel of {len(ids)}")
    children = [state.nodes.get(id) for id in ids]  # noqa: A001
    for id, item in zip(ids, children, strict=True):  # noqa: A001
        if not isinstance(item, Container) or item.owner is not owner or not item.child:
            raise _invalid(f"{id} is no carousel item of this account")
        if status_of(state, item) != "FINISHED":
            raise GraphError("not_ready", departure=f"carousel item {id} is {status_of(state, item)}")
    return [item for item in children if isinstance(item, Container)]


def status_of(state: State, container: Container) -> str:
    if container.media is not None:
        return "PUBLISHED"
    if state.now() - container.created >= DAY:
        return "EXPIRED"
    if container.polls > 0 or (container.resumable and container.file is None and container.error is None):
        return "IN_PROGRESS"
    return "FINISHED" if container.error is None else "ERROR"


def read_container(state: State, call: Call) -> dict[str, Any]:
    """Each look moves processing on by one step."""
    container = state.get(call.node, Container)
    status = status_of(state, container)
    if container.polls > 0 and (container.file is not None or container.error is not None or container.children):
        container.polls -= 1
    return chosen(show_container(container, status), "container", call.text("fields"))


def receive_upload(state: State, call: Call) -> dict[str, Any]:
    """The upload host: the whole file in one call, its size and offset in headers."""
    container = state.get(call.node, Container)
    if not container.resumable:
        raise _invalid("this container was not made with upload_type=resumable")
    given = {name: call.headers.get(name, "") for name in ("offset", "file_size")}
    if given != {"offset": "0", "file_size": str(len(call.body))}:
        raise _invalid(f"headers {given} do not describe a body of {len(call.body)} bytes")
    try:
        container.file = instagram_reel(call.body)
    except GraphError as error:
        container.error = error.refusal.subcode
    return {"success": True, "message": "Upload successful."}


def _invalid(departure: str) -> GraphError:
    return GraphError("rejected", message=f"(#100) Invalid parameter: {departure}", departure=departure)


EDGES = {
    "POST /{ig}/media": Edge(answer=create_container, takes=INSTAGRAM_MEDIA, look=look_at_media),
    "GET /{container}": Edge(answer=read_container, takes={}),
    "POST ig-api-upload/{container}": Edge(answer=receive_upload, takes={}),
}
