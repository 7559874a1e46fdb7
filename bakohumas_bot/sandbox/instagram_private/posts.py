"""The posts of the pretend account: configured from uploads, read in its feed, deleted."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Entry, World, json_response
from bakohumas_bot.sandbox.instagram_private.login import USER_ID, USERNAME, user
from bakohumas_bot.sandbox.instagram_private.problems import Refused, failed
from bakohumas_bot.sandbox.instagram_private.requests import refuse, signed_body
from bakohumas_bot.sandbox.instagram_private.uploads import Upload, Uploads

MAX_CAPTION, MAX_HASHTAGS, MAX_CHILDREN = 2200, 30, 20
PHOTO, VIDEO, ALBUM = 1, 2, 8
MAX_CLIP_SECONDS = 15 * 60
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PLACE = f"@{USERNAME}"
GONE = "Media not found or unavailable"


@dataclass(kw_only=True)
class Post:
    """`unseen_reads`: reads of the feed that still miss it (lag)."""

    pk: str
    kind: int
    product: str
    caption: str
    parts: list[tuple[int, Upload]]
    taken_at: int
    entry: Entry
    unseen_reads: int = 0

    def shown(self) -> dict[str, Any]:
        _, first = self.parts[0]
        answer: dict[str, Any] = {
            **_picture(self.pk, self.kind, first),
            "id": f"{self.pk}_{USER_ID}",
            "code": short_code(int(self.pk)),
            "taken_at": self.taken_at,
            "device_timestamp": self.taken_at * 1000,
            "product_type": self.product,
            "caption": {"text": self.caption, "user_id": int(USER_ID)} if self.caption else None,
            "user": user(),
            "like_count": 0,
            "comment_count": 0,
            "has_liked": False,
            "accessibility_caption": self.entry.extra["alt"][0] or None,
        }
        if self.kind == ALBUM:
            answer["carousel_media_count"] = len(self.parts)
            answer["carousel_media"] = [
                {**_picture(f"{int(self.pk) + number}", kind, part), "carousel_parent_id": answer["id"]}
                for number, (kind, part) in enumerate(self.parts, start=1)
            ]
        return answer


class Feed:
    """`lag` is how many reads of the feed will miss the next post."""

    def __init__(self, world: World, uploads: Uploads) -> None:
        self._world = world
        self._uploads = uploads
        self._last_pk = 3_400_000_000_000_000_000
        self.posts: dict[str, Post] = {}
        self.lag = 0

    def configure(self, request: Request, _: str) -> Response:
        """`media/configure/`: a photo, or with ?video=1 a video."""
        body = _configure_body(request)
        upload_id = _upload_id(body)
        if request.args.get("video") == "1":
            return self._video(body, "feed")
        upload = self._uploads.staged_photo(upload_id, for_album=False)
        _check_edits(body, upload)
        return self._published(body, PHOTO, "feed", [(PHOTO, upload)], [_alt(body)])

    def configure_clip(self, request: Request, _: str) -> Response:
        if request.args.get("video") != "1":
            refuse("?video=1 expected")
        return self._video(_configure_body(request), "clips")

    def configure_album(self, request: Request, _: str) -> Response:
        body = _configure_body(request)
        children = body.get("children_metadata")
        if not isinstance(children, list) or not 2 <= len(children) <= MAX_CHILDREN:
            raise Refused(failed(400, "Invalid number of children"), "an album holds 2 to 20 parts")
        if body.get("client_sidecar_id") != _upload_id(body):
            refuse("client_sidecar_id is not upload_id")
        if len({_upload_id(child) for child in children}) < len(children):
            refuse("two parts of the album share one upload_id")
        parts = [self._child(child) for child in children]
        return self._published(body, ALBUM, "carousel_container", parts, [_alt(child) for child in children])

    def _child(self, child: dict[str, Any]) -> tuple[int, Upload]:
        upload_id = _upload_id(child)
        if upload_id in self._uploads.videos:
            return VIDEO, self._uploads.staged_video(upload_id, for_album=True)
        return PHOTO, self._uploads.staged_photo(upload_id, for_album=True)

    def _video(self, body: dict[str, Any], product: str) -> Response:
        upload = self._uploads.staged_video(_upload_id(body), for_album=False)
        if upload.seconds > MAX_CLIP_SECONDS:
            raise Refused(failed(400, "VideoTooLongException"), f"a video of {upload.seconds:.0f} s")
        if abs(float(body.get("length", 0)) - upload.seconds) > 1:
            refuse("length is not the video's")
        return self._published(body, VIDEO, product, [(VIDEO, upload)], [_alt(body)])

    def _published(
        self, body: dict[str, Any], kind: int, product: str, parts: list[tuple[int, Upload]], alt: list[str]
    ) -> Response:
        """Whether a second configure of one upload makes a second post is not known: here it does, the worse case."""
        post = self.publish(body["caption"], kind, product, parts, alt)
        return json_response({"media": post.shown(), "upload_id": _upload_id(body), "status": "ok"})

    def publish(self, caption: str, kind: int, product: str, parts: list[tuple[int, Upload]], alt: list[str]) -> Post:
        self._last_pk += 1000  # room for the parts of an album
        taken_at = int(time.time())
        entry = Entry(
            platform="instagram",
            place=PLACE,
            id=f"{self._last_pk}_{USER_ID}",
            text=caption,
            media=[part.sha256 for _, part in parts],
            at=datetime.fromtimestamp(taken_at, UTC).isoformat(),
            extra={"alt": alt, "product": product},
        )
        post = Post(
            pk=str(self._last_pk),
            kind=kind,
            product=product,
            caption=caption,
            parts=parts,
            taken_at=taken_at,
            entry=self._world.publish(entry),
            unseen_reads=self.lag,
        )
        self.posts[post.pk] = post
        return post

    def of_user(self, request: Request, user_id: str) -> Response:
        if user_id != USER_ID:
            return failed(400, "Invalid target user")
        standing = [post for post in reversed(self.posts.values()) if not post.entry.deleted]
        seen = [post for post in standing if post.unseen_reads <= 0]
        for post in standing:
            post.unseen_reads -= 1
        start = next((at for at, post in enumerate(seen) if post.pk == request.args.get("max_id")), 0)
        count = max(1, min(33, int(request.args.get("count") or 12)))
        page = seen[start : start + count]
        answer = {"items": [post.shown() for post in page], "num_results": len(page), "status": "ok"}
        more = seen[start + count : start + count + 1]
        return json_response({**answer, "more_available": bool(more), **({"next_max_id": more[0].pk} if more else {})})

    def info(self, _: Request, media_id: str) -> Response:
        post = self.standing(media_id)
        return json_response({"items": [post.shown()], "num_results": 1, "status": "ok"})

    def delete(self, request: Request, media_id: str) -> Response:
        body = signed_body(request)
        if str(body.get("media_id", "")).partition("_")[0] != media_id.partition("_")[0]:
            refuse("media_id is not the one in the address")
        post = self.standing(media_id)
        with self._world.lock:
            post.entry.deleted = True
        return json_response({"did_delete": True, "status": "ok"})

    def standing(self, media_id: str) -> Post:
        post = self.posts.get(media_id.partition("_")[0])
        if post is None or post.entry.deleted:
            raise Refused(failed(400, GONE))
        return post


def short_code(pk: int) -> str:
    """The name in the post's address: its number in base 64."""
    code = ""
    while pk:
        pk, digit = divmod(pk, 64)
        code = LETTERS[digit] + code
    return code


def _configure_body(request: Request) -> dict[str, Any]:
    body = signed_body(request)
    if body.get("_uuid") != request.headers["X-IG-Device-ID"]:
        refuse("_uuid is not X-IG-Device-ID")
    for name, kind in (("device_id", str), ("device", dict), ("caption", str)):
        if not isinstance(body.get(name), kind):
            refuse(f"{name} is missing or no {kind.__name__}")
    caption = body["caption"]
    if len(caption) > MAX_CAPTION:
        raise Refused(failed(400, "Caption is too long"), f"a caption of {len(caption)}")
    if len(re.findall(r"#\w+", caption)) > MAX_HASHTAGS:
        raise Refused(failed(400, "Too many hashtags"), "more than 30 hashtags")
    return body


def _upload_id(body: dict[str, Any]) -> str:
    upload_id = body.get("upload_id")
    if not isinstance(upload_id, str) or not upload_id.isdecimal():
        refuse("upload_id is missing or not digits")
    return upload_id


def _check_edits(body: dict[str, Any], upload: Upload) -> None:
    """What configure says of the picture must be the picture that came, though perhaps in another size."""
    size = (body.get("edits") or {}).get("crop_original_size")
    if not isinstance(size, list) or len(size) != 2 or abs(size[0] * upload.height / size[1] / upload.width - 1) > 0.02:
        refuse(f"crop_original_size {size} is not the uploaded {upload.width}x{upload.height}")


def _alt(body: dict[str, Any]) -> str:
    alt = body.get("custom_accessibility_caption", "")
    if not isinstance(alt, str):
        refuse("custom_accessibility_caption is no text")
    return alt


def _picture(pk: str, kind: int, upload: Upload) -> dict[str, Any]:
    address = f"https://scontent.cdninstagram.com/v/{pk}"
    size = {"width": upload.width, "height": upload.height}
    answer: dict[str, Any] = {
        "pk": pk,
        "id": f"{pk}_{USER_ID}",
        "media_type": kind,
        "original_width": upload.width,
        "original_height": upload.height,
        "image_versions2": {"candidates": [{**size, "url": address + ".jpg"}]},
    }
    if kind == VIDEO:
        answer["video_versions"] = [{**size, "type": 101, "url": address + ".mp4"}]
        answer["video_duration"] = upload.seconds
    return answer
