"""Reading back and publishing go on side by side on one account: what one is told is never taken for the other's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from requests import Response

from bakohumas_bot.platforms.instagram_private.client import Phone


def test_what_a_reading_back_is_told_says_nothing_of_a_live_call() -> None:
    """A limit on reading beside a lost answer would make *not sent* of what may be public."""
    phone = Phone("http://127.0.0.1:9", {}, timedelta(hours=8), lambda: None)
    with ThreadPoolExecutor(1) as beside:
        beside.submit(setattr, phone, "last_response", Response()).result()
        assert beside.submit(getattr, phone, "last_response").result() is not None
    assert phone.last_response is None
