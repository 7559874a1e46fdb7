"""Uploading pictures and video to X ahead of the hour; every id goes to the journal the moment it arrives."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bakohumas_bot.domain.outcomes import NotSent, Rejected
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.base import Job, Stopped, Surroundings
from bakohumas_bot.platforms.preparing import keep, kept, patiently

Call = Callable[..., dict[str, Any]]
CHUNK = 4_000_000
_USUAL_LIFE = 86_400  # seconds, where an answer does not say expires_after_secs


def ready(medium: RenderedMedia, job: Job, now: datetime) -> str | None:
    """The media id that a post may name, if the upload is complete and still good."""
    return kept(job, f"media:{medium.sha256}", now)


def forget(medium: RenderedMedia, job: Job) -> None:
    for key in (f"media:{medium.sha256}", f"upload:{medium.sha256}", f"alt:{medium.sha256}"):
        job.journal.forget(key)


def upload(medium: RenderedMedia, job: Job, call: Call, around: Surroundings) -> None:
    if ready(medium, job, around.now()) is None:
        path = job.blob(medium.sha256)
        if medium.kind is MediaKind.VIDEO:
            _video(medium, path, job, call, around)
        else:
            _image(medium, path, job, call, around.now())
    if medium.kind is MediaKind.IMAGE and medium.alt:
        _describe(medium, job, call, around.now())


def _image(medium: RenderedMedia, path: Path, job: Job, call: Call, now: datetime) -> None:
    body = call(
        "POST",
        "/2/media/upload",
        data={"media_category": "tweet_image"},
        files={"media": (medium.name, path.read_bytes(), medium.mime)},
        timeout=http.for_a_file(),
    )
    data = _data(body)
    keep(job, f"media:{medium.sha256}", data["id"], _until(data, now))


def _describe(medium: RenderedMedia, job: Job, call: Call, now: datetime) -> None:
    """The alternative text belongs to one media id; it is sent again only when that id is new."""
    media_id = ready(medium, job, now)
    if job.journal.get(f"alt:{medium.sha256}") != media_id:
        call("POST", "/2/media/metadata", json={"id": media_id, "metadata": {"alt_text": {"text": medium.alt}}})
        job.journal.put(f"alt:{medium.sha256}", str(media_id))


def _video(medium: RenderedMedia, path: Path, job: Job, call: Call, around: Surroundings) -> None:
    """Initialise, append, finalise, wait until X has processed it; a restart goes on where it stopped."""
    key = f"upload:{medium.sha256}"
    try:
        session = _session(medium, job, call, around.now())
        _append(medium, path, session, job, call)
        _finish(session, key, job, call, around)
    except Stopped as stop:
        if isinstance(stop.outcome, Rejected):  # this upload session leads nowhere; the next try begins a new one
            job.journal.forget(key)
        raise
    keep(job, f"media:{medium.sha256}", session["id"], datetime.fromisoformat(session["until"]))
    job.journal.forget(key)


def _session(medium: RenderedMedia, job: Job, call: Call, now: datetime) -> dict[str, Any]:
    key = f"upload:{medium.sha256}"
    noted = job.journal.get(key)
    session: dict[str, Any] = json.loads(noted) if noted else {}
    if session and datetime.fromisoformat(session["until"]) > now:
        return session
    wanted = {"media_type": medium.mime, "total_bytes": medium.size, "media_category": "tweet_video"}
    data = _data(call("POST", "/2/media/upload/initialize", json=wanted))
    session = {"id": data["id"], "segment": 0, "state": "appending", "until": _until(data, now).isoformat()}
    job.journal.put(key, json.dumps(session))
    return session


def _append(medium: RenderedMedia, path: Path, session: dict[str, Any], job: Job, call: Call) -> None:
    with path.open("rb") as file:
        file.seek(session["segment"] * CHUNK)
        while session["state"] == "appending" and (chunk := file.read(CHUNK)):
            call(
                "POST",
                f"/2/media/upload/{session['id']}/append",
                data={"segment_index": str(session["segment"])},
                files={"media": (medium.name, chunk, "application/octet-stream")},
                timeout=http.for_a_file(),
            )
            session["segment"] += 1
            job.journal.put(f"upload:{medium.sha256}", json.dumps(session))


def _finish(session: dict[str, Any], key: str, job: Job, call: Call, around: Surroundings) -> None:
    """Finalise once, then wait while X processes; the answer to finalise is the first word on that."""
    said: list[dict[str, Any]] = []
    if session["state"] == "appending":
        said.append(_data(call("POST", f"/2/media/upload/{session['id']}/finalize")))
        session |= {"state": "processing", "until": _until(said[0], around.now()).isoformat()}
        job.journal.put(key, json.dumps(session))

    def look() -> timedelta | None:
        return _processing(said.pop() if said else _status(session["id"], call))

    patiently(look, around.sleep, what="Video di X")


def _status(media_id: str, call: Call) -> dict[str, Any]:
    return _data(call("GET", "/2/media/upload", params={"media_id": media_id, "command": "STATUS"}))


def _processing(data: dict[str, Any]) -> timedelta | None:
    """How long X asks to wait before looking again; None when the video is ready."""
    info = data.get("processing_info") or {}
    match info.get("state"):
        case None | "succeeded":
            return None
        case "failed":
            raise Stopped(
                Rejected(code="video", detail="X tidak dapat mengolah video ini. Mohon ganti videonya.", field="media")
            )
    return timedelta(seconds=min(max(int(info.get("check_after_secs") or 5), 1), 60))


def _data(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    if not isinstance(data, dict) or not str(data.get("id") or "").isdecimal():
        raise Stopped(NotSent(detail="X tidak memberi nomor untuk media yang diunggah."))
    return data | {"id": str(data["id"])}


def _until(data: dict[str, Any], now: datetime) -> datetime:
    return now + timedelta(seconds=int(data.get("expires_after_secs") or _USUAL_LIFE))
