"""The user's token of OAuth 2: renewed a little before it ends and after a refusal, by one at a time, kept sealed.

A refresh token is good once: X answers it with the next one (docs.x.com, OAuth 2.0 Authorization Code Flow with PKCE,
2026-08-22). So nobody asks with it beside another, and the answer is on the disk before it is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, RateLimited
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.platforms.base import Stopped, Vault
from bakohumas_bot.platforms.http import Answer, answer_of, session_for, transport_failure
from bakohumas_bot.platforms.preparing import stopped
from bakohumas_bot.platforms.redaction import keep_out_of_sight, redact
from bakohumas_bot.platforms.x import answers as x_answers

NOTE = "oauth2"
HOST = "https://api.x.com"
SPARE = timedelta(minutes=10)  # renewed when less than this is left
ENOUGH = timedelta(seconds=30)  # of its life, to begin the live call with
YOUNG = timedelta(minutes=5)  # a token that is refused so soon was not refused for its age
USUAL_LIFE = timedelta(hours=2)

RENEW = """
1. Masuk ke developer.x.com dengan akun resmi satker, lalu periksa aplikasi satker dan Client ID-nya.
2. Beri izin ulang kepada aplikasi itu (OAuth 2.0, dengan offline.access) untuk memperoleh refresh token baru.
3. Ganti refresh_token di tempat rahasia disimpan. Token yang baru dipakai tanpa memulai ulang aplikasi."""


class Access(Protocol):
    def bearer(self) -> str:
        """A token that is good for a while; asks X where it must. Raises `Stopped`."""

    def at_hand(self) -> str | None:
        """A token that is good now, without asking anybody."""

    def refused(self, bearer: str) -> bool:
        """X said 401 to it: will the next `bearer` be another?"""


@dataclass(frozen=True)
class Given:
    """A token that somebody else keeps fresh."""

    token: str

    def bearer(self) -> str:
        return self.token

    def at_hand(self) -> str | None:
        return self.token

    def refused(self, bearer: str) -> bool:  # noqa: ARG002
        return False


@dataclass(frozen=True, kw_only=True)
class App:
    """Who asks. `refresh_token` is the first one, from the configuration."""

    api_url: str
    client_id: str
    client_secret: str | None
    refresh_token: str

    @property
    def seed(self) -> str:
        """A person who puts a new first token into the configuration means that one."""
        return hashlib.sha256(self.refresh_token.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Tokens:
    access: str
    refresh: str
    since: datetime
    until: datetime
    seed: str


class Renewed:
    def __init__(self, app: App, vault: Vault, now: Callable[[], datetime]) -> None:
        self._app, self._vault, self._now = app, vault, now
        self._seen: Tokens | None = None
        self._unsaved: Tokens | None = None
        keep_out_of_sight(app.refresh_token, app.client_secret or "")

    def bearer(self) -> str:
        tokens = self._kept()
        if self._lasts(tokens, SPARE):
            return tokens.access
        with self._vault.turn() as ours:
            if ours:
                return self._renew().access
        if self._lasts(tokens, ENOUGH):
            return tokens.access
        raise Stopped(NotSent(detail="Akses X sedang diperbarui oleh proses lain.", wait=x_answers.SOON))

    def at_hand(self) -> str | None:
        """From memory, if it can: nothing may hold up the live call."""
        if self._seen is None or not self._lasts(self._seen, ENOUGH):
            self._seen = self._kept()
        return self._seen.access if self._lasts(self._seen, ENOUGH) else None

    def refused(self, bearer: str) -> bool:
        with self._vault.turn() as ours:
            tokens = self._kept()
            if tokens.access != bearer:  # somebody has renewed it meanwhile
                return True
            if not ours or self._now() - tokens.since < YOUNG:
                return not ours
            ended = Tokens(access="", refresh=tokens.refresh, since=tokens.since, until=self._now(), seed=tokens.seed)
            self._keep(ended)
            return True

    def _lasts(self, tokens: Tokens, spare: timedelta) -> bool:
        return bool(tokens.access) and self._now() + spare < tokens.until

    def _kept(self) -> Tokens:
        """The newest we know of: our own that could not be written down yet, the sealed ones, or the first."""
        if self._unsaved is not None:
            self._keep(self._unsaved)
        if self._unsaved is None:
            self._seen = self._read()
        assert self._seen is not None
        return self._seen

    def _read(self) -> Tokens:
        noted = self._vault.get(NOTE)
        kept: dict[str, Any] = json.loads(noted) if noted else {}
        if kept.get("seed") != self._app.seed:
            past = self._now() - USUAL_LIFE
            return Tokens(access="", refresh=self._app.refresh_token, since=past, until=past, seed=self._app.seed)
        keep_out_of_sight(kept["access"], kept["refresh"])
        return Tokens(
            access=kept["access"],
            refresh=kept["refresh"],
            since=datetime.fromisoformat(kept["since"]),
            until=datetime.fromisoformat(kept["until"]),
            seed=kept["seed"],
        )

    def _keep(self, tokens: Tokens) -> None:
        """What cannot be written now is used and written later: the token before it is worth nothing any more."""
        self._seen = self._unsaved = tokens
        times = {"since": tokens.since.isoformat(), "until": tokens.until.isoformat()}
        note = {"access": tokens.access, "refresh": tokens.refresh, "seed": tokens.seed, **times}
        try:
            self._vault.put(NOTE, json.dumps(note))
        except Unavailable:
            return
        self._unsaved = None

    def _renew(self) -> Tokens:
        """In our turn. Whoever had it before us may have renewed it."""
        tokens = self._kept()
        if self._lasts(tokens, SPARE):
            return tokens
        self._keep(tokens)
        if self._unsaved is not None:  # what X gives for it could not be kept either
            self._unsaved = None
            raise Stopped(NotSent(detail="Akses X belum dapat diperbarui: basis data tidak dapat ditulis."))
        answer = self._ask(tokens.refresh)
        fresh = self._fresh(answer, tokens)
        if fresh is None:
            raise stopped(_refusal(answer, self._now()))
        self._keep(fresh)
        return fresh

    def _ask(self, refresh: str) -> Answer:
        app = self._app
        form = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": app.client_id}
        who = (app.client_id, app.client_secret) if app.client_secret else None
        try:
            said = session_for({"api.x.com": app.api_url}).post(f"{HOST}/2/oauth2/token", data=form, auth=who)
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None
        return answer_of(said)

    def _fresh(self, answer: Answer, before: Tokens) -> Tokens | None:
        body = answer.body or {}
        access, refresh, seconds = (body.get(name) for name in ("access_token", "refresh_token", "expires_in"))
        if not answer.ok or not isinstance(access, str) or not access:
            return None
        now = self._now()
        life = timedelta(seconds=seconds) if isinstance(seconds, int) and 0 < seconds < 10**7 else USUAL_LIFE
        next_one = refresh if isinstance(refresh, str) and refresh else before.refresh
        keep_out_of_sight(access, next_one)
        return Tokens(access=access, refresh=next_one, since=now, until=now + life, seed=before.seed)


def _refusal(answer: Answer, now: datetime) -> AccountBlocked | NotSent | RateLimited:
    """X names every fault of a token request `invalid_...`, as 400 or 401 (RFC 6749, 5.2)."""
    body = answer.body or {}
    named = redact(str(body.get("error_description") or body.get("error") or x_answers.words(body)))[:120]
    said = f"({named or 'tanpa keterangan'}, HTTP {answer.status})"
    if answer.status == 429:
        return RateLimited(detail=f"X meminta menunggu. {said}", wait=x_answers.wait(answer, now))
    if answer.status in {400, 401, 403} and answer.body is not None:
        return AccountBlocked(detail=f"X menolak memperbarui akses kanal ini. {said}{RENEW}")
    return NotSent(detail=f"Akses X belum dapat diperbarui. {said}", unreachable=answer.out_of_order)
