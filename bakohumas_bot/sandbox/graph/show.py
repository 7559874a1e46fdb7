"""Every node of the pretend Graph as the outside sees it, field by field."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.sandbox.graph.state import (
    Container,
    Instagram,
    Media,
    Page,
    Photo,
    Post,
    User,
    Video,
    stamp,
)

NOTHING: dict[str, Any] = {"data": [], "summary": {"total_count": 0, "can_like": True, "has_liked": False}}
STATUS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "PUBLISHED": "Published: Media has been published.",
    "EXPIRED": "Expired: Media has not been published within 24 hours.",
}


def show_page(page: Page) -> dict[str, Any]:
    username = page.handle.lstrip("@")
    return {
        "id": page.id,
        "name": page.name,
        "username": username,
        "link": f"https://www.facebook.com/{username}",
        "category": "Government Organization",
        "fan_count": 4210,
        "followers_count": 4386,
        "is_published": True,
    }


def show_user(user: User) -> dict[str, Any]:
    return {"id": user.id, "name": user.name}


def show_post(post: Post) -> dict[str, Any]:
    shown = {
        "id": post.id,
        "created_time": stamp(post.created),
        "updated_time": stamp(post.created),
        "permalink_url": _link_to(post),
        "is_published": post.published,
        "is_hidden": False,
        "is_expired": False,
        "from": {"id": post.page.id, "name": post.page.name},
        "status_type": _status_type(post),
        "reactions": NOTHING,
        "likes": NOTHING,
        "comments": {"data": [], "summary": {"order": "chronological", "total_count": 0, "can_comment": True}},
    }
    if post.message:
        shown["message"] = post.message
    if attachments := _attachments(post):
        shown["attachments"] = {"data": attachments}
    return shown


def _link_to(post: Post) -> str:
    return f"https://www.facebook.com/{post.page.id}/posts/{post.id.partition('_')[2]}"


def _status_type(post: Post) -> str:
    if not post.attached:
        return "shared_story" if post.link else "mobile_status_update"
    return "added_photos" if isinstance(post.attached[0], Photo) else "added_video"


def _attachments(post: Post) -> list[dict[str, Any]]:
    items = [_attachment(item) for item in post.attached]
    if len(items) > 1:
        return [
            {
                "media_type": "album",
                "type": "album",
                "title": f"Photos from {post.page.name}'s post",
                "url": _link_to(post),
                "target": {"id": post.id, "url": _link_to(post)},
                "media": items[0]["media"],
                "subattachments": {"data": items},
            }
        ]
    if items or not post.link:
        return items
    return [{"media_type": "link", "type": "share", "url": post.link, "unshimmed_url": post.link, "title": post.link}]


def _attachment(item: Photo | Video) -> dict[str, Any]:
    is_photo = isinstance(item, Photo)
    url = f"https://www.facebook.com/{item.page.id}/{'photos' if is_photo else 'videos'}/{item.id}"
    image = {"src": f"https://scontent.example/{item.id}.jpg"}
    size = {"width": item.file.width, "height": item.file.height} if item.file else {}
    text = item.caption if isinstance(item, Photo) else item.description
    return {
        "media_type": "photo" if is_photo else "video",
        "type": "photo" if is_photo else "video_inline",
        "url": url,
        "target": {"id": item.id, "url": url},
        "media": {"image": image | size},
        **({"description": text} if text else {}),
    }


def show_photo(photo: Photo) -> dict[str, Any]:
    shown = {
        "id": photo.id,
        "created_time": stamp(photo.created),
        "width": photo.file.width,
        "height": photo.file.height,
        "link": f"https://www.facebook.com/{photo.page.id}/photos/{photo.id}",
        "from": {"id": photo.page.id, "name": photo.page.name},
        "alt_text_custom": photo.alt,
        "name": photo.caption,
        "page_story_id": photo.post.id if photo.post else "",
    }
    return {name: value for name, value in shown.items() if value != ""}


def show_video(video: Video, status: str) -> dict[str, Any]:
    phase = {"ready": "complete", "processing": "in_progress", "error": "error"}.get(status, "not_started")
    size = video.file.size if video.file else 0
    shown = {
        "id": video.id,
        "created_time": stamp(video.created),
        "updated_time": stamp(video.created),
        "title": video.title,
        "description": video.description,
        "permalink_url": f"/{video.page.id}/videos/{video.id}/",
        "published": video.published,
        "post_id": video.post.id if video.post else "",
        "status": {
            "video_status": status,
            "uploading_phase": {
                "status": "complete" if video.file else "in_progress",
                "bytes_transferred": size,
                "source_file_size": size,
            },
            "processing_phase": {"status": phase},
            "publishing_phase": {
                "status": "complete" if video.published else "not_started",
                **({"publish_status": "published"} if video.published else {}),
            },
        },
    }
    return {name: value for name, value in shown.items() if value != ""}


def show_instagram(account: Instagram, media_count: int) -> dict[str, Any]:
    return {
        "id": account.id,
        "username": account.handle.lstrip("@"),
        "name": account.name,
        "followers_count": 1873,
        "follows_count": 41,
        "media_count": media_count,
    }


def show_container(container: Container, status: str) -> dict[str, Any]:
    error = f"Error: Media upload has failed with error code {container.error}"
    return {"id": container.id, "status_code": status, "status": STATUS.get(status, error)}


def show_media(media: Media) -> dict[str, Any]:
    made = media.container
    kind = {"CAROUSEL": "CAROUSEL_ALBUM", "REELS": "VIDEO"}.get(made.media_type, made.media_type)
    if made.media_type == "STORIES":
        kind = "VIDEO" if made.file and made.file.format.startswith("MP4") else "IMAGE"
    shown = {
        "id": media.id,
        "timestamp": stamp(media.created),
        "media_type": kind,
        "media_product_type": {"REELS": "REELS", "STORIES": "STORY"}.get(made.media_type, "FEED"),
        "permalink": _permalink(media),
        "shortcode": media.shortcode,
        "username": media.owner.handle.lstrip("@"),
        "owner": {"id": media.owner.id},
        "is_comment_enabled": media.comments_enabled,
        "like_count": 0,
        "comments_count": 0,
        "caption": made.caption,
        "alt_text": made.alt,
    }
    if media.children:
        shown["children"] = {"data": [show_media(child) for child in media.children]}
    else:
        shown["media_url"] = f"https://scontent.example/{media.id}"
    return {name: value for name, value in shown.items() if value != ""}


def _permalink(media: Media) -> str:
    return f"https://www.instagram.com/{'reel' if media.container.media_type == 'REELS' else 'p'}/{media.shortcode}/"
