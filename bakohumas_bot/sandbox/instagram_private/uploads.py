"""Bytes that wait under an upload id for the call that makes them a post."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError
from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import json_response
from bakohumas_bot.sandbox.instagram_private.problems import Refused, failed, reupload
from bakohumas_bot.sandbox.instagram_private.requests import refuse, upload_headers
from bakohumas_bot.sandbox.mp4 import read_video

MIN_RATIO, MAX_RATIO = 4 / 5, 1.91
MAX_PHOTO = 8 * 1024 * 1024
WRONG_RATIO = "Uploaded image isn't in an allowed aspect ratio"


@dataclass(frozen=True, kw_only=True)
class Upload:
    sha256: str
    width: int
    height: int
    seconds: float = 0.0
    for_album: bool = False


class Uploads:
    """A photo and a video may share an id: then the photo is the video's cover."""

    def __init__(self) -> None:
        self.photos: dict[str, Upload] = {}
        self.videos: dict[str, Upload] = {}

    def photo(self, request: Request, name: str) -> Response:
        parameters = upload_headers(request, name)
        if request.headers.get("X-Entity-Type") != "image/jpeg":
            refuse("X-Entity-Type: image/jpeg expected")
        content = request.get_data()
        if not name.startswith(f"{parameters['upload_id']}_0_"):
            refuse("the name does not begin with the upload_id")
        if len(content) > MAX_PHOTO:
            refuse(f"a photo of {len(content)} bytes")
        width, height = _jpeg(content)
        self.photos[parameters["upload_id"]] = Upload(
            sha256=hashlib.sha256(content).hexdigest(),
            width=width,
            height=height,
            for_album=parameters.get("is_sidecar") == "1",
        )
        return json_response({"upload_id": parameters["upload_id"], "xsharing_nonces": {}, "status": "ok"})

    def offset(self, request: Request, name: str) -> Response:
        """How much of a video has arrived: nothing, since it comes in one piece."""
        upload_headers(request, name)
        return json_response({"offset": 0, "status": "ok"})

    def video(self, request: Request, name: str) -> Response:
        parameters = upload_headers(request, name)
        if request.headers.get("X-Entity-Type") != "video/mp4":
            refuse("X-Entity-Type: video/mp4 expected")
        content = request.get_data()
        video = read_video(content)
        if video is None:
            raise Refused(failed(400, "Video cannot be read"), "no whole MP4")
        self.videos[parameters["upload_id"]] = Upload(
            sha256=hashlib.sha256(content).hexdigest(),
            width=video.width,
            height=video.height,
            seconds=video.seconds,
            for_album=parameters.get("is_sidecar") == "1",
        )
        return json_response({"upload_id": parameters["upload_id"], "status": "ok"})

    def staged_photo(self, upload_id: str, *, for_album: bool) -> Upload:
        upload = self.photos.get(upload_id)
        if upload is None:
            raise Refused(reupload("staged_position_not_found"), "configure of a photo that was never uploaded")
        _check_place(upload, for_album=for_album)
        if not MIN_RATIO - 0.001 <= upload.width / upload.height <= MAX_RATIO + 0.01:
            raise Refused(failed(400, WRONG_RATIO), f"{upload.width}x{upload.height} is not within 4:5 to 1.91:1")
        return upload

    def staged_video(self, upload_id: str, *, for_album: bool) -> Upload:
        upload = self.videos.get(upload_id)
        if upload is None:
            raise Refused(reupload("staged_position_not_found"), "configure of a video that was never uploaded")
        if upload_id not in self.photos:
            raise Refused(reupload("cover photo missing"), "a video without its cover photo")
        _check_place(upload, for_album=for_album)
        return upload


def _check_place(upload: Upload, *, for_album: bool) -> None:
    if upload.for_album != for_album:
        raise Refused(reupload("is_sidecar mismatch"), "is_sidecar is for parts of an album, and for nothing else")


def _jpeg(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            picture.load()
            return picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(failed(400, "Only JPEG images are accepted"), f"no whole JPEG: {error}") from error
