"""Who may call Graph, and how: versions, tokens, the app's proof, parameters that are gone, and whose node it is."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from bakohumas_bot.sandbox.graph.calls import NEWEST, OLDEST, VERSION, Call
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.state import APP_ID, APP_SECRET, Page, State

# Gone with v26.0 and, since 2026-10-27, from every version (developers.facebook.com changelog, 2026-11-21).
GONE = ("pretty", "debug", "date_format")
APP_TOKEN = f"{APP_ID}|{APP_SECRET}"


def departures(call: Call) -> list[str]:
    """What Graph lets pass although its description does not know it, or knows it no more."""
    found = [f"{name} is gone" for name in GONE if call.given.pop(name, None) is not None]
    if "If-None-Match" in call.headers:
        found.append("If-None-Match is gone")
    version = VERSION.fullmatch(call.asked or "")
    if version and int(version[1]) < OLDEST:
        found.append(f"version {call.asked} has ended: {call.served} answers")
    return found


def refuse_version(call: Call) -> None:
    version = VERSION.fullmatch(call.asked or "")
    ended = version is not None and int(version[1]) < OLDEST
    if version and not ended and (int(version[1]) > NEWEST or version[2] not in {None, "0"}):
        raise GraphError(
            "rejected", message=f"(#2635) Unknown version {call.asked}", departure=f"there is no version {call.asked}"
        )


def refuse_stranger(state: State, call: Call) -> None:
    """A known token, not expired, with the right proof if one is given; "me" becomes who that is."""
    if not call.token:
        raise GraphError("no_token", departure="a call without access_token")
    proof = call.given.pop("appsecret_proof", None)
    if proof is not None and not hmac.compare_digest(str(proof), proof_of(call.token)):
        raise GraphError("bad_proof", departure="appsecret_proof is not the HMAC-SHA256 of the token")
    if call.token == APP_TOKEN:
        return
    if call.token in state.expired:
        raise GraphError("expired_token")
    if call.token not in state.tokens:
        raise GraphError("bad_token")
    if call.node == "me":
        call.node = state.tokens[call.token][0]


def proof_of(token: str) -> str:
    """developers.facebook.com/docs/graph-api/guides/secure-requests: HMAC-SHA256 of the token, keyed by the secret."""
    return hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def refuse_foreign(state: State, call: Call) -> None:
    """A token sees and changes what its own account holds; the rest does not exist for it."""
    node = state.nodes.get(call.node)
    me, account = state.tokens.get(call.token, ("", ""))
    if node is None or node.holder not in {me, account}:
        raise GraphError("missing" if node is None or call.method == "GET" else "permission")


def debug_token(state: State, call: Call) -> dict[str, Any]:
    """What a token is worth, as `doctor` asks it."""
    token = str(call.params.get("input_token", ""))
    if token not in state.tokens:
        return {"data": {"is_valid": False, "error": {"code": 190, "message": "Malformed access token"}, "scopes": []}}
    me, account = state.tokens[token]
    is_page = isinstance(state.nodes[account], Page)
    scopes = ("pages_manage_posts", "pages_read_engagement", "pages_manage_engagement", "pages_show_list")
    instagram = ("instagram_basic", "instagram_content_publish", "instagram_manage_contents", "pages_read_engagement")
    return {
        "data": {
            "app_id": APP_ID,
            "application": "Bakohumas",
            "type": "PAGE" if is_page else "SYSTEM_USER",
            "is_valid": token not in state.expired,
            "expires_at": 0,
            "data_access_expires_at": 0,
            "scopes": list(scopes if is_page else instagram),
            "profile_id" if is_page else "user_id": me,
        }
    }
