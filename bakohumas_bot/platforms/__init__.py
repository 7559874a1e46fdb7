"""The only room that talks to social networks: a file or a room per platform, and this registry."""

from __future__ import annotations

from bakohumas_bot.platforms.base import Platform
from bakohumas_bot.platforms.instagram_private import adapter as instagram_private
from bakohumas_bot.platforms.meta import facebook_page, instagram
from bakohumas_bot.platforms.telegram_channel import adapter as telegram_channel
from bakohumas_bot.platforms.x import adapter as x

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
