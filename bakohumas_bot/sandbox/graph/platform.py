"""The pretend Graph of Meta: a Facebook Page and an Instagram account behind one address.

Operations are named "POST /{page}/feed", "POST /{ig}/media_publish", "GET /{container}", ...; a call that keeps things
hidden ends in " hidden", one that shows a hidden post in " reveal", a piece of a video in its phase. Beside them stand
two that Meta does by itself: a fault on "processing /{container}" or "processing /{video}" spoils the next one made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Fault, SampleAccount, World, json_response
from bakohumas_bot.sandbox.graph import containers, instagram, page, videos
from bakohumas_bot.sandbox.graph.access import (
    debug_token,
    departures,
    refuse_foreign,
    refuse_stranger,
    refuse_version,
)
from bakohumas_bot.sandbox.graph.calls import FALSE, TRUE, Call, read_call, read_params
from bakohumas_bot.sandbox.graph.edges import Edge
from bakohumas_bot.sandbox.graph.errors import REFUSALS, GraphError, limit_headers, minutes_of, refusal_response
from bakohumas_bot.sandbox.graph.parameters import COMMON
from bakohumas_bot.sandbox.graph.reading import chosen
from bakohumas_bot.sandbox.graph.show import show_page, show_user
from bakohumas_bot.sandbox.graph.state import APP_SECRET, Instagram, Media, Page, Post, State, User

PAGE_TOKEN = "EAAD5sandboxPageContohSelatanZD"
INSTAGRAM_TOKEN = "EAAD5sandboxInstagramContohSelatanZD"
PAGE_ID = "100064501234567"
INSTAGRAM_ID = "17841401234567890"
USER_ID = "122093456789012"

LIVE = {
    "POST /{page}/feed",
    "POST /{page}/photos",
    "POST /{page}/videos",
    "POST /{page}/videos finish",
    "POST /{post} reveal",
    "POST /{video} reveal",
    "POST /{ig}/media_publish",
}
HIDEABLE = {"POST /{page}/feed", "POST /{page}/photos", "POST /{page}/videos", "POST /{page}/videos finish"}


def read_me(state: State, call: Call) -> dict[str, Any]:
    node = state.nodes[call.node]
    if isinstance(node, Page):
        return chosen(show_page(node), "page", call.text("fields"))
    assert isinstance(node, User)
    return chosen(show_user(node), "user", call.text("fields"))


EDGES: Mapping[str, Edge] = {
    "GET /{user}": Edge(answer=read_me, takes={}),
    "GET /debug_token": Edge(answer=debug_token, takes={"input_token": "string"}),
    **page.EDGES,
    **videos.EDGES,
    **containers.EDGES,
    **instagram.EDGES,
}


class Graph:
    name = "graph"
    failures = REFUSALS.keys()

    def __init__(self, world: World) -> None:
        self.world = world
        self.state = State(world=world)
        self.accounts = [_account(self.state, number) for number in range(world.accounts)]

    def operation(self, request: Request, path: str) -> str:
        return self._named(read_call(request, path))

    def is_live(self, operation: str) -> bool:
        return operation in LIVE

    def answer(self, request: Request, path: str) -> Response:
        call = read_call(request, path)
        operation = self._named(call)
        try:
            result = self._carry_out(call, operation)
        except GraphError as error:
            if error.departure:
                self.world.violation(self.name, operation, error.departure)
            return refusal_response(error.refusal, data=error.data, headers=self._headers(call))
        return json_response(result, headers=self._headers(call))

    def failure(self, fault: Fault) -> Response | None:
        """Any refusal of the table by its name; `detail` may set code, subcode, status, message.

        A rate limit lasts `seconds`, rounded up to minutes; `detail["minutes"]` sets them by use case, or {} for none.
        """
        refusal = REFUSALS.get(fault.mode)
        if refusal is None:
            return None
        code = {"{page}": 80001, "{ig}": 80002}
        if fault.mode == "rate_limited":
            number = next((code[kind] for kind in code if kind in fault.operation), refusal.code)
            refusal = replace(refusal, code=number, message=f"(#{number}) There have been too many calls")
        known = {field.name for field in fields(refusal)}
        refusal = replace(refusal, **{name: value for name, value in fault.detail.items() if name in known})
        if fault.mode != "rate_limited":
            return refusal_response(refusal)
        minutes = fault.detail.get("minutes", dict.fromkeys(("pages", "instagram"), minutes_of(fault)))
        return refusal_response(refusal, headers=limit_headers(100, minutes, business=PAGE_ID))

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        pairs = [(_page_settings(own, url), _instagram_settings(own, url)) for own in self.accounts]
        return [sample for pair in pairs for sample in pair]

    def control(self, request: Request, path: str) -> Response:
        """POST settings | clock {"hours"} | tokens {"token", "expired"} | edit {"id", "message"} | remove {"id"}."""
        given = request.get_json(silent=True) or {}
        acts = {
            "settings": self._set,
            "clock": self._move_clock,
            "tokens": self._expire,
            "edit": self._edit,
            "remove": self._remove,
        }
        if request.method != "POST" or path not in acts:
            return Response("no such control", status=404)
        with self.state.lock:
            acts[path](given)
        return json_response({"ok": True})

    def _set(self, given: dict[str, Any]) -> None:
        self.state.settings = replace(self.state.settings, **given)

    def _move_clock(self, given: dict[str, Any]) -> None:
        self.state.ahead += timedelta(hours=float(given["hours"]))

    def _expire(self, given: dict[str, Any]) -> None:
        change = self.state.expired.add if given.get("expired", True) else self.state.expired.discard
        change(given["token"])

    def _edit(self, given: dict[str, Any]) -> None:
        """Somebody changes a post in Facebook itself."""
        post = self.state.get(given["id"], Post)
        post.message = given["message"]
        if post.entry:
            post.entry.text = post.message

    def _remove(self, given: dict[str, Any]) -> None:
        """Somebody deletes a post in the app."""
        node = self.state.nodes.get(given["id"])
        if isinstance(node, Post):
            page.remove_post(self.state, node)
        elif isinstance(node, Media):
            instagram.remove_media(self.state, node)

    def _carry_out(self, call: Call, operation: str) -> dict[str, Any]:
        for what in departures(call):
            self.world.violation(self.name, operation, what)
        refuse_version(call)
        refuse_stranger(self.state, call)
        if call.node == "" and "ids" in call.given:
            raise GraphError("rejected", message="(#100) /?ids= is gone", departure="/?ids= is gone since v26.0")
        base = self._base(call)
        if base != "GET /debug_token":
            refuse_foreign(self.state, call)
        edge = EDGES.get(base)
        if edge is None:
            raise GraphError("missing", departure=f"no such edge: {base}")
        self._read_params(call, edge, operation)
        edge.look(self.state, call)
        with self.state.lock:
            return edge.answer(self.state, call)

    def _read_params(self, call: Call, edge: Edge, operation: str) -> None:
        """Graph ignores what it does not know; here that is written down."""
        known, given = COMMON | edge.takes, call.given | call.files
        for name in sorted(set(given) - set(known)):
            self.world.violation(self.name, operation, f"unknown parameter {name}")
        call.params = read_params(given, known)

    def _named(self, call: Call) -> str:
        """The operation with what makes it special: its phase, and whether the public sees its result."""
        base = self._base(call)
        phase = call.given.get("upload_phase")
        if base == "POST /{page}/videos" and isinstance(phase, str):
            base = f"{base} {phase}"
        if base in HIDEABLE and _word(call, "published") in FALSE:
            return f"{base} hidden"
        shows = {"POST /{post}": "is_published", "POST /{video}": "published"}.get(base)
        return f"{base} reveal" if shows and _word(call, shows) in TRUE else base

    def _base(self, call: Call) -> str:
        """The operation's kind ("GET /{page}/feed"), whatever ids and versions stand in the path."""
        node = call.node
        if node == "me" and not call.edge:
            return f"{call.method} /me"
        if node == "me":
            node = self.state.tokens.get(call.token, ("", ""))[0]
        known = self.state.nodes.get(node)
        name = f"{{{known.kind}}}" if known else node if node in {"", "debug_token"} else "{unknown}"
        return f"{call.method} {call.host}/{name}" + (f"/{call.edge}" if call.edge else "")

    def _headers(self, call: Call) -> dict[str, str]:
        settings = self.state.settings
        usage = limit_headers(settings.usage, settings.regain, business=PAGE_ID)
        return {"facebook-api-version": call.served, **usage}


def _word(call: Call, name: str) -> str:
    return str(call.given.get(name, "")).lower()


@dataclass(frozen=True, kw_only=True)
class Account:
    """What one office has here: a Page, an Instagram account, and a token for each."""

    name: str
    page: Page
    instagram: Instagram
    page_token: str
    instagram_token: str


def _account(state: State, number: int) -> Account:
    now, tail = state.now(), f"{number:04}" if number else ""
    office = f"KPU Kabupaten Contoh {number}" if number else "KPU Kabupaten Contoh Selatan"
    handle = f"contoh{tail}" if number else "contohselatan"
    own = Account(
        name=tail or "contoh-selatan",
        page=Page(id=_next(PAGE_ID, number), created=now, name=office, handle=f"@kpu{handle}"),
        instagram=Instagram(id=_next(INSTAGRAM_ID, number), created=now, name=office, handle=f"@kpu_{handle}"),
        page_token=PAGE_TOKEN + tail,
        instagram_token=INSTAGRAM_TOKEN + tail,
    )
    user = User(id=_next(USER_ID, number), created=now, name=office.replace("KPU Kabupaten", "Bakohumas"))
    for node in (own.page, own.instagram, user):
        state.add(node)
    state.tokens[own.page_token] = (own.page.id, own.page.id)
    state.tokens[own.instagram_token] = (user.id, own.instagram.id)
    return own


def _next(id_: str, number: int) -> str:
    return str(int(id_) + number)


def _page_settings(own: Account, url: str) -> SampleAccount:
    settings = {
        "id": f"fb-{own.name}",
        "platform": "facebook_page",
        "handle": own.page.handle,
        "enabled": True,
        "api_url": url,
        "upload_url": url,
        "page_id": own.page.id,
        "access_token": own.page_token,
        "app_secret": APP_SECRET,
        "graph_version": "v26.0",
    }
    return SampleAccount(settings=settings, ledger=("facebook", own.page.handle))


def _instagram_settings(own: Account, url: str) -> SampleAccount:
    settings = {
        "id": f"ig-{own.name}",
        "platform": "instagram",
        "handle": own.instagram.handle,
        "enabled": True,
        "api_url": url,
        "ig_user_id": own.instagram.id,
        "access_token": own.instagram_token,
        "graph_version": "v26.0",
    }
    return SampleAccount(settings=settings, ledger=("instagram", own.instagram.handle))
