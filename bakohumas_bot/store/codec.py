"""Between the domain's values and the JSON columns that keep them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Content
from bakohumas_bot.domain.rendering import RenderedMedia

_content = TypeAdapter(Content)
_prepared = TypeAdapter(dict[str, tuple[RenderedMedia, ...]])
_findings = TypeAdapter(tuple[Finding, ...])


def content_to_json(content: Content) -> Any:
    return _content.dump_python(content, mode="json")


def content_from_json(value: Any) -> Content:
    return _content.validate_python(value)


def prepared_to_json(prepared: dict[str, tuple[RenderedMedia, ...]]) -> Any:
    return _prepared.dump_python(prepared, mode="json")


def prepared_from_json(value: Any) -> dict[str, tuple[RenderedMedia, ...]]:
    return _prepared.validate_python(value)


def findings_to_json(findings: tuple[Finding, ...]) -> Any:
    return _findings.dump_python(findings, mode="json")


def findings_from_json(value: Any) -> tuple[Finding, ...]:
    return _findings.validate_python(value)
