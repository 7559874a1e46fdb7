"""A Page's videos on the pretend Graph: whole or in pieces, hidden or public, with processing that takes its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.edges import Edge
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.intake import REEL_BYTES, fetch, film
from bakohumas_bot.sandbox.graph.page import new_post
from bakohumas_bot.sandbox.graph.parameters import PAGE_VIDEOS, VIDEO_EDIT
from bakohumas_bot.sandbox.graph.reading import chosen
from bakohumas_bot.sandbox.graph.show import show_video
from bakohumas_bot.sandbox.graph.state import Page, State, Video

PIECE = 1024 * 1024


@dataclass(kw_only=True)
class Session:
    """A chunked upload under way: Graph names the next piece, the caller sends exactly that."""

    video: Video
    size: int
    body: bytearray = field(default_factory=bytearray)

    def next_piece(self) -> dict[str, str]:
        start = len(self.body)
        return {"start_offset": str(start), "end_offset": str(min(start + PIECE, self.size))}


def look_at_video(_state: State, call: Call) -> None:
    """A whole file is looked at when it arrives; pieces when they are together."""
    if "upload_phase" in call.params:
        return
    if "source" not in call.params and "file_url" not in call.params:
        raise GraphError("no_file", departure="a video needs source, file_url or upload_phase")
    body = call.params.get("source")
    call.taken = film(fetch(call.text("file_url"), "video/mp4", most=REEL_BYTES) if body is None else body)
    if call.taken is None:
        raise GraphError("video_format", departure="source is no MP4 or MOV")


def upload_video(state: State, call: Call) -> dict[str, Any]:
    page = state.get(call.node, Page)
    match call.text("upload_phase"):
        case "start":
            return _start(state, call, page)
        case "transfer":
            return _transfer(state, call)
        case "finish":
            return _finish(state, call)
        case "cancel":
            return _cancel(state, call)
    video = _new_video(state, call, page)
    video.file = call.taken
    if call.says("published", default=True):
        reveal_video(state, video)
    return {"id": video.id}


def _new_video(state: State, call: Call, page: Page) -> Video:
    return state.add(
        Video(
            id=state.new_id(),
            created=state.now(),
            page=page,
            file=None,
            title=call.text("title"),
            description=call.text("description"),
            published=False,
            polls=state.settings.video_polls,
            failed=state.processing_fails("video"),
        )
    )


def _start(state: State, call: Call, page: Page) -> dict[str, Any]:
    size = call.params.get("file_size", 0)
    if not size:
        raise GraphError("video_session", departure="upload_phase=start needs file_size")
    session = Session(video=_new_video(state, call, page), size=size)
    id = state.new_id()  # noqa: A001
    state.sessions[id] = session
    return {"video_id": session.video.id, "upload_session_id": id, **session.next_piece()}


def _session(state: State, call: Call) -> Session:
    session = state.sessions.get(call.text("upload_session_id"))
    if not isinstance(session, Session) or session.video.page.id != call.node:
        raise GraphError("video_session", departure=f"no upload session {call.text('upload_session_id')!r}")
    return session


def _transfer(state: State, call: Call) -> dict[str, Any]:
    session = _session(state, call)
    piece = call.params.get("video_file_chunk", b"")
    expected = session.next_piece()
    if str(call.params.get("start_offset")) != expected["start_offset"]:
        raise GraphError("video_offset", data=expected)
    if not 0 < len(piece) <= session.size - len(session.body):
        raise GraphError("video_session", departure=f"a piece of {len(piece)} bytes does not fit")
    session.body += piece
    return dict(session.next_piece())


def _finish(state: State, call: Call) -> dict[str, Any]:
    """Finishing twice answers the same: the session stays known."""
    session = _session(state, call)
    video = session.video
    if len(session.body) < session.size:
        raise GraphError("video_session", departure="upload_phase=finish before the last piece")
    if video.file is None:
        video.file = film(bytes(session.body))
        if video.file is None:
            raise GraphError("video_format", departure="the pieces make no MP4 or MOV")
        video.title, video.description = call.text("title"), call.text("description")
    if call.says("published", default=True) and not video.published:
        reveal_video(state, video)
    return {"success": True}


def _cancel(state: State, call: Call) -> dict[str, Any]:
    session = _session(state, call)
    del state.sessions[call.text("upload_session_id")]
    if session.video.file is None:
        state.nodes.pop(session.video.id, None)
    return {"success": True}


def reveal_video(state: State, video: Video) -> None:
    """Publishing a video makes a post of its own; one whose processing fails never reaches the public."""
    if not video.failed:
        new_post(state, video.page, video.description, [video], published=True)


def read_video(state: State, call: Call) -> dict[str, Any]:
    video = state.get(call.node, Video)
    return chosen(show_video(video, _status(video)), "video", call.text("fields"))


def _status(video: Video) -> str:
    """Each look moves processing on by one step."""
    if video.file is None:
        return "uploading"
    if video.polls > 0:
        video.polls -= 1
        return "processing"
    return "error" if video.failed else "ready"


def edit_video(state: State, call: Call) -> dict[str, Any]:
    video = state.get(call.node, Video)
    video.description = call.text("description") or video.description
    video.title = call.text("name") or video.title
    if call.says("published", default=False) and not video.published:
        if video.file is None:
            raise GraphError("rejected", departure="a video is revealed before it was uploaded")
        reveal_video(state, video)
    return {"success": True}


EDGES = {
    "POST /{page}/videos": Edge(answer=upload_video, takes=PAGE_VIDEOS, look=look_at_video),
    "GET /{video}": Edge(answer=read_video, takes={}),
    "POST /{video}": Edge(answer=edit_video, takes=VIDEO_EDIT),
}
