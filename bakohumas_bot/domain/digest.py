"""The digest of everything that will go public: what an approval names and the sender recomputes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from bakohumas_bot.domain.rendering import Rendered

_spelled = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(value: object) -> bytes:
    """One spelling for one value: sorted keys, no spaces, UTF-8. Used for digests and for the record's chain."""
    return _spelled(value).encode()


def digest_of(rendered: Mapping[str, Rendered]) -> str:
    """SHA-256 (hex) over every account's text, formatting, alternative texts and media hashes."""
    public = [asdict(rendered[account]) for account in sorted(rendered)]
    return hashlib.sha256(b"bakohumas-digest-1\n" + canonical(public)).hexdigest()
