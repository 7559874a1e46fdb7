"""instagrapi held to this house's rules: every call once, our hosts only, our bytes unchanged, no questions asked.

Read in instagrapi 3.2.2: its sessions repeat POST on 429 and 5xx; `private_request` sends again after a timeout, a cut
answer or a challenge; `photo_upload` and its like loop over the publishing call; an upload crops and re-encodes the
picture; a challenge waits at `input()`.

Imported at the first call only: it loads `instagrapi`.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4
from zlib import crc32

from instagrapi import Client
from instagrapi.exceptions import ChallengeRequired
from requests import Response, Session
from requests.adapters import HTTPAdapter

from bakohumas_bot.domain.rendering import RenderedMedia
from bakohumas_bot.platforms import http

for _name in ("instagrapi", "private_request", "public_request", "graphql_request"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # their lines carry whole answers; each failure is classified

HOSTS = ("i.instagram.com", "b.i.instagram.com", "www.instagram.com")


class NotUploaded(Exception):  # noqa: N818 - what happened
    """Instagram did not take a file; `response` is what it said."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(f"HTTP {response.status_code}")


class Phone(Client):  # type: ignore[misc] # instagrapi ships no types
    """The pretended phone of one account. `settings` is the session of an earlier login, or empty."""

    def __init__(
        self, api_url: str, settings: dict[str, Any], zone: timedelta, before_password: Callable[[], None]
    ) -> None:
        self._before_password = before_password
        self._told = threading.local()
        self._wire: HTTPAdapter = http.session_for(dict.fromkeys(HOSTS, api_url)).get_adapter("https://")  # type: ignore[assignment]
        super().__init__(
            settings=settings,
            private_transport="requests",
            public_transport="requests",
            with_challenge_flow=False,
            session_retry_total=0,
            public_request_retries_count=1,
            request_timeout=0,  # a sleep before every call, not a deadline
            delay_range=None,
        )
        self.set_country("ID")
        self.set_country_code(62)
        self.set_locale("id_ID")
        self.set_timezone_offset(int(zone.total_seconds()))
        self._hold(self.graphql)

    @property
    def last_response(self) -> Response | None:
        """To the call of this thread: what a reading back was told beside it says nothing of a live call."""
        return getattr(self._told, "response", None)

    @last_response.setter
    def last_response(self, response: Response | None) -> None:
        self._told.response = response

    def _configure_private_session_retry(self, private_transport: str | None = None) -> None:  # noqa: ARG002
        """Called anew with every loaded session: the library would mount its repeating adapter again."""
        self.private_transport = "requests"
        self._hold(self.private)

    def _configure_public_session_retry(self) -> None:
        self._hold(self.public)

    def _hold(self, session: Session) -> None:
        session.trust_env = False
        session.max_redirects = 0
        session.mount("https://", self._wire)
        session.mount("http://", self._wire)

    def private_request(self, endpoint: str, data: Any = None, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One call, made once, whatever comes of it."""
        if self.authorization:
            headers = kwargs.get("headers") or {}
            kwargs["headers"] = {"Authorization": self.authorization} | headers
        self.private_requests_count += 1
        answer: dict[str, Any] = self._send_private_request(endpoint, data, *args, **kwargs)
        return answer

    def password_encrypt(self, password: str) -> str:
        """Asked for just before a password leaves: that attempt is noted first."""
        sealed: str = super().password_encrypt(password)
        self._before_password()
        return sealed

    def challenge_code_handler(self, username: str, choice: Any = None) -> NoReturn:  # noqa: ARG002
        raise ChallengeRequired(message="challenge_required")

    def change_password_handler(self, username: str) -> NoReturn:  # noqa: ARG002
        raise ChallengeRequired(message="password_change_required")

    def upload_picture(self, data: bytes, upload_id: str, *, album: bool) -> None:
        """The very bytes that were approved; the library's own upload would crop and encode them again."""
        params = {"media_type": "1", "upload_id": upload_id, "xsharing_user_ids": "[]"}
        params["image_compression"] = json.dumps({"lib_name": "moz", "lib_version": "3.1.m", "quality": "80"})
        if album:
            params["is_sidecar"] = "1"
        self._upload("rupload_igphoto", upload_id, params, data, "image/jpeg")

    def upload_film(self, item: RenderedMedia, data: bytes, upload_id: str) -> None:
        params = {
            "media_type": "2",
            "upload_id": upload_id,
            "is_clips_video": "1",
            "share_type": "reels",
            "extract_cover_frame": "1",
            "xsharing_user_ids": "[]",
            "upload_media_width": str(item.width),
            "upload_media_height": str(item.height),
            "upload_media_duration_ms": str(round((item.duration or 0) * 1000)),
        }
        self._upload("rupload_igvideo", upload_id, params, data, "video/mp4")
        self.upload_picture(cover_of(data), upload_id, album=False)

    def _upload(self, room: str, upload_id: str, params: dict[str, str], data: bytes, mime: str) -> None:
        params["retry_context"] = json.dumps({"num_step_auto_retry": 0, "num_reupload": 0, "num_step_manual_retry": 0})
        name = f"{upload_id}_0_{crc32(data):010d}"
        headers = self.private_headers(
            {
                "X-Instagram-Rupload-Params": json.dumps(params),
                f"X_FB_{'VIDEO' if mime.startswith('video') else 'PHOTO'}_WATERFALL_ID": str(uuid4()),
                "X-Entity-Name": name,
                "X-Entity-Type": mime,
                "X-Entity-Length": str(len(data)),
                "Offset": "0",
                "Content-Type": "application/octet-stream",
                "Accept-Encoding": "gzip",
            }
        )
        address = f"https://{HOSTS[0]}/{room}/{name}"
        response = self.private.post(address, data=data, headers=headers, timeout=http.for_a_file())
        if not 200 <= response.status_code <= 299:
            raise NotUploaded(response)

    def photo_rupload(self, path: Path, upload_id: str = "", *_: Any, **__: Any) -> tuple[str, int, int]:  # noqa: ARG002
        """`clip_configure` uploads the cover inside the live call; ours went ahead with the film."""
        return upload_id, 0, 0


def cover_of(film: bytes) -> bytes:
    """The first frame as JPEG: Instagram wants a cover beside a video."""
    import av

    with av.open(BytesIO(film), "r") as source:
        frame: Any = next(source.decode(video=0))
    jpeg = BytesIO()
    frame.to_image().save(jpeg, "JPEG", quality=90)
    return jpeg.getvalue()
