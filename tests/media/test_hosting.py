"""An address opens one file for one hour, and only as we wrote it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest

from bakohumas_bot.media.hosting import address, check, new_token

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = b"k" * 32


def parts(expires_at: datetime = NOW + timedelta(hours=1), mime: str = "image/jpeg") -> list[str]:
    url = address("https://desk.example.go.id/", token="t0ken", mime=mime, expires_at=expires_at, key=KEY)
    assert url.isascii()
    assert url.startswith("https://desk.example.go.id/media/t0ken/")
    return urlsplit(url).path.split("/")[2:]


@pytest.mark.parametrize(("mime", "suffix"), [("image/jpeg", ".jpg"), ("video/mp4", ".mp4")])
def test_a_fresh_address_opens(mime: str, suffix: str) -> None:
    token, expiry, signed = parts(mime=mime)
    assert signed.endswith(suffix)
    assert check(token, expiry, signed, key=KEY, now=NOW) == "t0ken"
    assert check(token, expiry, signed, key=KEY, now=NOW.astimezone(timezone(timedelta(hours=9)))) == "t0ken"


@pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(days=1)])
def test_an_address_runs_out(late: timedelta) -> None:
    assert check(*parts(), key=KEY, now=NOW + late) is None


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "change", [lambda part: part + "0", lambda part: part[:-1], lambda part: "1" + part, lambda _: ""]
)
def test_a_changed_address_opens_nothing(place: int, change: object) -> None:
    changed = parts()
    changed[place] = change(changed[place])  # type: ignore[operator]
    assert check(*changed, key=KEY, now=NOW) is None


@pytest.mark.parametrize("signed", ["é.jpg", ".jpg", "", "x" * 10_000])
def test_nonsense_opens_nothing(signed: str) -> None:
    assert check("t0ken", "9999999999", signed, key=KEY, now=NOW) is None
    assert check("t0ken", "²", signed, key=KEY, now=NOW) is None


def test_another_key_opens_nothing() -> None:
    assert check(*parts(), key=b"other", now=NOW) is None


def test_tokens_cannot_be_guessed() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 32 and token.isascii() for token in tokens)
