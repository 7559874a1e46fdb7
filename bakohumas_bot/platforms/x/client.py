"""tweepy held to this house's rules: it words the requests, one shared session sends them, once and in time.

Read in tweepy 4.17.0: its own `request` names no timeout, makes a session for every signature, raises exceptions whose
parsers stumble over odd bodies, and can wait and post again by itself.

Imported at the first call only: it loads `tweepy`.
"""

from __future__ import annotations

import logging
from typing import Any

import requests
import tweepy
from requests_oauthlib import OAuth1

from bakohumas_bot.platforms.http import session_for

HOST = "https://api.x.com"


class Client(tweepy.Client):  # type: ignore[misc] # tweepy ships no types
    """One account: four keys that sign every call (OAuth 1.0a), or a user's token (OAuth 2)."""

    def __init__(self, api_url: str, **keys: str | None) -> None:
        for name in ("requests_oauthlib", "oauthlib"):
            logging.getLogger(name).setLevel(logging.WARNING)  # at DEBUG they write the Authorization header
        super().__init__(**keys, return_type=requests.Response)
        self.session = session_for({"api.x.com": api_url})
        self._signature: OAuth1 | None = None
        if self.consumer_key is not None:
            self._signature = OAuth1(
                self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret
            )

    def request(
        self, method: str, route: str, params: Any = None, json: Any = None, user_auth: bool = False, **call: Any
    ) -> requests.Response:
        """Raises what requests raises; every answer, whatever its status, is returned."""
        headers = {"User-Agent": self.user_agent}
        if not user_auth:
            headers["Authorization"] = f"Bearer {self.bearer_token}"
        signature = self._signature if user_auth else None
        answer: requests.Response = self.session.request(
            method, HOST + route, params=params, json=json, headers=headers, auth=signature, **call
        )
        return answer
