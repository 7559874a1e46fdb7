"""What exists on the pretend Graph: nodes under their ids, who may act as whom, and a clock that tests may move."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, ClassVar, TypeVar

from bakohumas_bot.sandbox.core import Entry, World
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.intake import File

DAY = timedelta(hours=24)
APP_ID = "274266067164"
APP_SECRET = "a3f1c09be57d4286b1e0f7d2c5948e6a"


@dataclass(kw_only=True)
class Node:
    kind: ClassVar[str]
    id: str
    created: datetime

    @property
    def holder(self) -> str:
        """The account it belongs to: itself, or the Page or Instagram account that made it."""
        return self.id


@dataclass(kw_only=True)
class Page(Node):
    kind = "page"
    name: str
    handle: str


@dataclass(kw_only=True)
class User(Node):
    """The system user whose token acts for the Instagram account (Facebook Login)."""

    kind = "user"
    name: str


@dataclass(kw_only=True)
class Instagram(Node):
    kind = "ig"
    name: str
    handle: str


@dataclass(kw_only=True)
class OfPage(Node):
    page: Page

    @property
    def holder(self) -> str:
        return self.page.id


@dataclass(kw_only=True)
class OfInstagram(Node):
    owner: Instagram

    @property
    def holder(self) -> str:
        return self.owner.id


@dataclass(kw_only=True)
class Photo(OfPage):
    kind = "photo"
    file: File
    caption: str
    alt: str
    published: bool
    post: Post | None = None


@dataclass(kw_only=True)
class Video(OfPage):
    """`polls` readings still say "processing"; `failed` names the error it ends with."""

    kind = "video"
    file: File | None
    title: str
    description: str
    published: bool
    polls: int
    failed: bool = False
    post: Post | None = None


@dataclass(kw_only=True)
class Post(OfPage):
    """`unseen` listings still leave it out: reads lag behind writes."""

    kind = "post"
    message: str
    link: str
    attached: list[Photo | Video]
    published: bool
    unseen: int
    entry: Entry | None = None


@dataclass(kw_only=True)
class Container(OfInstagram):
    """An Instagram post in the making. `error` is the 2207xxx subcode its processing ended with."""

    kind = "container"
    media_type: str
    caption: str
    alt: str
    child: bool
    children: list[Container]
    file: File | None
    resumable: bool
    polls: int
    error: int | None = None
    media: Media | None = None


@dataclass(kw_only=True)
class Media(OfInstagram):
    kind = "media"
    container: Container
    shortcode: str
    unseen: int
    children: list[Media]
    parent: Media | None = None
    comments_enabled: bool = True
    entry: Entry | None = None


@dataclass(kw_only=True)
class Settings:
    """What a test or a trainer may turn: how many status readings say "not yet", how far lists lag, the daily quota.

    `usage` is the percentage that every answer tells; `regain`, by use case, the minutes until calls are taken again.
    """

    image_polls: int = 0
    video_polls: int = 1
    unseen_reads: int = 0
    quota: int = 100
    usage: int = 1
    regain: dict[str, int] = field(default_factory=dict)


N = TypeVar("N", bound=Node)


@dataclass(kw_only=True)
class State:
    world: World
    lock: threading.RLock = field(default_factory=threading.RLock)
    nodes: dict[str, Node] = field(default_factory=dict)
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)  # token -> (who "me" is, the account it may touch)
    expired: set[str] = field(default_factory=set)
    sessions: dict[str, Any] = field(default_factory=dict)  # chunked uploads under way
    settings: Settings = field(default_factory=Settings)
    ahead: timedelta = timedelta(0)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _held: dict[tuple[type[Node], str], list[Node]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(122100000000001))

    def now(self) -> datetime:
        return self.clock() + self.ahead

    def new_id(self) -> str:
        with self.lock:
            return str(next(self._numbers))

    def add(self, node: N) -> N:
        self.nodes[node.id] = node
        self._held.setdefault((type(node), node.holder), []).append(node)
        return node

    def get(self, id: str, kind: type[N]) -> N:  # noqa: A002
        node = self.nodes.get(id)
        if not isinstance(node, kind):
            raise GraphError("missing")
        return node

    def of(self, kind: type[N], account: Node) -> list[N]:
        """All nodes of one kind that an account holds, oldest first."""
        held = self._held.get((kind, account.id), [])
        return [node for node in held if isinstance(node, kind) and node.id in self.nodes]

    def processing_fails(self, kind: str) -> bool:
        """Meta's own work after the call, with the fault that waits for it ("processing /{container}", .../{video})."""
        return self.world.fault_for("graph", f"processing /{{{kind}}}", live=False) is not None


def stamp(moment: datetime) -> str:
    """Graph's way of writing a time: 2026-11-21T12:00:00+0000."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S%z")
