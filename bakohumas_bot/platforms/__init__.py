"""The only room that talks to social networks: one file per platform, and this registry."""

from __future__ import annotations

from bakohumas_bot.platforms import facebook_page, instagram, instagram_private, telegram_channel, x
from bakohumas_bot.platforms.base import Platform

PLATFORMS: dict[str, Platform] = {
    platform.spec.name: platform
    for platform in (
        telegram_channel.PLATFORM,
        x.PLATFORM,
        facebook_page.PLATFORM,
        instagram.PLATFORM,
        instagram_private.PLATFORM,
    )
}
