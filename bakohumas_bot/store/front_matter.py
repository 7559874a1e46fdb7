"""Opens a content file safely: its size, its encoding, and the front matter as plain strings, lists and mappings."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode

from bakohumas_bot.domain.counting import says_something
from bakohumas_bot.errors import BadInput

MAX_BYTES = 64 * 1024
MAX_DEPTH = 6
# Control characters, and halves of characters: no platform shows them, and a terminal may obey them.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
OPENING = "Awali berkas dengan baris ---, lalu kunci seperti judul dan jenis, lalu baris ---, lalu isi."


def open_content_file(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body. Every scalar is a string: `satker: 64.10` keeps its last digit, and a time its words."""
    text = _text_of(path)
    handler = YAMLHandler()
    if not handler.detect(text):
        raise BadInput(f"{path.name}: keterangan di awal berkas tidak ditemukan. {OPENING}")
    try:
        matter, body = handler.split(text)
    except ValueError:
        raise BadInput(f"{path.name}: baris --- penutup keterangan tidak ditemukan. {OPENING}") from None
    return _mapping(path, matter), body.strip() if says_something(body) else ""


def _text_of(path: Path) -> str:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise BadInput(f"{path.name}: bukan berkas. Mohon tunjuk satu berkas Markdown (.md).")
        if facts.st_size > MAX_BYTES:
            raise BadInput(
                f"{path.name}: berkas terlalu besar ({facts.st_size // 1024} KB, batas {MAX_BYTES // 1024} KB)."
                " Ringkas isinya, atau lampirkan sebagai dokumen."
            )
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name}: berkas tidak dapat dibuka. Periksa nama dan tempatnya.") from error
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: berkas bukan teks UTF-8. Simpan ulang dengan penyandian UTF-8.") from None
    if found := _NOT_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"{path.name}: baris {line} memuat karakter kendali yang tidak terlihat. Tulis ulang baris itu.")
    return text.lstrip()


def _mapping(path: Path, matter: str) -> dict[str, Any]:
    try:
        loaded = yaml.load(matter, Loader=_PlainLoader)  # noqa: S506 - builds strings, lists and mappings only
    except yaml.YAMLError as error:
        raise BadInput(f"{path.name}: keterangan di awal berkas tidak terbaca{_where(error)}.{_why(error)}") from None
    if not isinstance(loaded, dict):
        raise BadInput(f"{path.name}: keterangan di awal berkas bukan pasangan kunci dan nilai. {OPENING}")
    return loaded


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" pada baris {mark.line + 1}" if mark else ""


def _why(error: yaml.YAMLError) -> str:
    if isinstance(error, _Unwanted):
        return f" {error.problem}"
    return ' Periksa tanda titik dua, kurung, dan lekuknya; nilai yang memuat titik dua ditulis dalam tanda kutip "…".'


class _Unwanted(yaml.MarkedYAMLError):
    """YAML that is lawful but that we do not take: anchors, deep nesting, a key written twice."""


class _PlainLoader(yaml.BaseLoader):
    """YAML without types, anchors or depth, so that a file can neither surprise nor exhaust us."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _Unwanted(
                problem="Tanda & dan * di awal nilai tidak dipakai; beri tanda kutip.", problem_mark=_mark(event)
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Unwanted(problem="Susunannya terlalu dalam.", problem_mark=_mark(event))
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_scalar(self, node: ScalarNode) -> str:
        """An escape can write what the file itself may not hold."""
        value = str(super().construct_scalar(node))
        if _NOT_TEXT.search(value):
            raise _Unwanted(problem="Tulis hurufnya langsung, tanpa kode seperti \\u.", problem_mark=node.start_mark)
        return value

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                raise _Unwanted(problem="Kunci harus berupa satu kata.", problem_mark=key.start_mark)
            if key.value in seen:
                raise _Unwanted(problem=f"Kunci {key.value} tertulis dua kali.", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def _mark(event: Any) -> Any:
    return event.start_mark
