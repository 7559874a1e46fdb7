"""A refusal names what to mend, and an account that was shut out tells, step by step, how to open it again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bakohumas_bot.domain.outcomes import AccountBlocked, Outcome, Rejected
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Stopped
from proving import Bench, simplest

CARD = 500  # so much of it a card in Telegram shows

OPENED_AT = {
    "x": "developer.x.com",
    "facebook_page": "business.facebook.com",
    "instagram": "business.facebook.com",
    "telegram_channel": "@BotFather",
    "instagram_private": "secrets forget",
}


def go_live(bench: Bench, mode: str, **more: Any) -> Outcome:
    job = bench.job(simplest(bench.spec))
    bench.adapter.prepare(job)
    bench.fails(mode, **more)
    return bench.adapter.go_live(job)


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_an_expired_token_tells_step_by_step_how_to_renew_it(name: str, bench: Bench) -> None:
    live = go_live(bench, "expired_token")
    bench.fails("expired_token", "*")
    with pytest.raises(Stopped) as stop:
        bench.opened().check_access()
    for outcome in (live, stop.value.outcome):
        assert isinstance(outcome, AccountBlocked)
        _can_be_followed(outcome.detail)
        assert OPENED_AT[name] in outcome.detail


@pytest.mark.parametrize(
    ("name", "mode", "word"),
    [
        ("x", "credits_depleted", "saldo kredit"),
        ("x", "usage_capped", "batas pemakaian"),
        ("x", "forbidden", "Read and write"),
        ("facebook_page", "permission", "pages_manage_posts"),
        ("instagram", "permission", "instagram_content_publish"),
        ("facebook_page", "policy", "ikuti petunjuk"),
        ("instagram", "locked", "ikuti petunjuk"),
        ("instagram", "missing", "instagram_basic"),
        ("telegram_channel", "forbidden", "Administrator"),
        ("telegram_channel", "gone", "@BotFather"),
        ("instagram_private", "checkpoint", "selesaikan yang diminta"),
        ("instagram_private", "suspended", "selesaikan yang diminta"),
        ("instagram_private", "feedback_required", "tunggu"),
    ],
)
def test_an_account_that_was_shut_out_tells_how_to_open_it(name: str, mode: str, word: str, bench: Bench) -> None:
    outcome = go_live(bench, mode)
    assert isinstance(outcome, AccountBlocked), outcome
    _can_be_followed(outcome.detail)
    assert word in outcome.detail


def _can_be_followed(detail: str) -> None:
    """Numbered lines, short enough for a card, polite, and without a secret or a word of a programmer."""
    assert re.search(r"\n1\. .+\n2\. ", detail), detail
    assert len(detail) <= CARD, len(detail)
    assert "!" not in detail
    assert not re.search(r"sandbox|EAA|AAcontoh|Traceback|None", detail), detail


@pytest.mark.parametrize(
    ("name", "mode", "detail", "field"),
    [
        ("x", "too_long", {"status": 400}, "isi"),
        ("x", "too_long", {"status": 403}, "isi"),
        ("x", "rejected", {"message": "$.text: is not acceptable"}, "isi"),
        ("x", "rejected", {"message": "$.media.tagged_user_ids: is too long"}, "media"),
        ("facebook_page", "empty", {}, "isi"),
        ("facebook_page", "link", {}, "isi"),
        ("facebook_page", "no_file", {}, "media"),
        ("facebook_page", "photo_unreadable", {}, "media"),
        ("facebook_page", "video_format", {}, "media"),
        ("facebook_page", "rejected", {"message": "(#100) Param attached_media must be an array"}, "media"),
        ("instagram", "caption", {}, "isi"),
        ("instagram", "mentions", {}, "isi"),
        ("instagram", "image_ratio", {}, "media"),
        ("instagram", "image_size", {}, "media"),
        ("instagram", "image_format", {}, "media"),
        ("instagram", "reel_format", {}, "media"),
        ("instagram", "carousel", {}, "media"),
        ("instagram", "media_type", {}, "media"),
        ("telegram_channel", "rejected", {}, "isi"),
        ("telegram_channel", "rejected", {"description": "Bad Request: message caption is too long"}, "isi"),
        ("telegram_channel", "rejected", {"description": "Bad Request: can't parse entities: x"}, "isi"),
        ("telegram_channel", "rejected", {"description": "Bad Request: PHOTO_INVALID_DIMENSIONS"}, "media"),
        ("telegram_channel", "rejected", {"description": "Bad Request: VIDEO_CONTENT_TYPE_INVALID"}, "media"),
        ("instagram_private", "rejected", {}, "media"),
        ("instagram_private", "rejected", {"message": "Sorry, your caption is too long"}, "isi"),
    ],
)
def test_a_permanent_refusal_names_the_field_to_mend(
    name: str, mode: str, detail: dict[str, Any], field: str, bench: Bench
) -> None:
    outcome = go_live(bench, mode, detail=detail)
    assert isinstance(outcome, Rejected), outcome
    assert outcome.field == field
    assert bench.live_calls() == 1
