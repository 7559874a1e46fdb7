"""The media of a call: a file uploaded with it, or one that Telegram already has."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.sandbox.telegram.answers import TOO_LARGE, Refused, bad_request, broken
from bakohumas_bot.sandbox.telegram.files import (
    PHOTO_BYTES,
    UPLOAD_BYTES,
    Media,
    Shelf,
    decodes,
    picture_size,
    video_shape,
)
from bakohumas_bot.sandbox.telegram.requests import ATTACHED, Call, Upload

_SIDES_TOGETHER = 10_000
_STEEPEST = 20


def media_of(call: Call, shelf: Shelf, kind: str, reference: str, facts: dict[str, Any]) -> Media:
    """`facts` are the parameters beside the file: width, height, duration, thumbnail, cover."""
    for extra in ("thumbnail", "cover"):
        call.upload(str(facts.get(extra, "")).removeprefix(ATTACHED))
    if reference.startswith(ATTACHED):
        upload = call.upload(reference.removeprefix(ATTACHED))
        if upload is None:
            raise broken(f"there is no {kind} in the request")
        return _keep(shelf, kind, upload, facts)
    if reference.startswith(("http://", "https://")):  # nothing here leaves loopback
        raise bad_request("failed to get HTTP URL content")
    media = shelf.media.get(reference)
    if media is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if media.kind != kind:
        raise bad_request(f"can't use file of type {media.kind.title()} as {kind.title()}")
    return media


def _keep(shelf: Shelf, kind: str, upload: Upload, facts: dict[str, Any]) -> Media:
    if not upload.data:
        raise broken("file must be non-empty")
    if len(upload.data) > UPLOAD_BYTES:
        raise Refused(413, TOO_LARGE, departure=True)
    if kind == "photo":
        return shelf.keep_photo(upload.data, _photo_size(upload.data))
    shape = video_shape(upload.data) if kind == "video" else None
    if shape is None:  # "other formats may be sent as Document", says sendVideo
        return shelf.keep_document(upload.data, upload.name, upload.mime)
    width, height, duration = shape
    told = (facts.get("width") or width, facts.get("height") or height, facts.get("duration") or duration)
    return shelf.keep_video(upload.data, upload.name, upload.mime, told)


def _photo_size(data: bytes) -> tuple[int, int]:
    if len(data) > PHOTO_BYTES:
        raise broken(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    size = picture_size(data)
    if size is None:
        raise broken("IMAGE_PROCESS_FAILED")
    if min(size) == 0 or sum(size) > _SIDES_TOGETHER or max(size) > _STEEPEST * min(size):
        raise broken("PHOTO_INVALID_DIMENSIONS")
    if not decodes(data):
        raise broken("IMAGE_PROCESS_FAILED")
    return size
