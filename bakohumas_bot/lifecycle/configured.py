"""Configured: a start with another configuration than the last is an event of each office that it concerns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import record

ACTOR = "system"
KIND = "configuration"


def note_configuration(desk: Desk, traits: Mapping[str, Mapping[str, str]]) -> None:
    """`traits`: of each office a short hash of every key. The event names the keys that changed, never a value."""
    with desk.store.writing() as tx:
        for office, keys in sorted(traits.items()):
            last = record.last_of_kind(tx, office, KIND)
            before = json.loads(last.data)["keys"] if last is not None else {}
            if last is not None and before == keys:
                continue
            changed = sorted(key for key in {*keys, *before} if keys.get(key) != before.get(key)) if last else []
            digest = hashlib.sha256(canonical(dict(keys))).hexdigest()
            record.append(
                tx,
                office=office,
                actor=ACTOR,
                kind=KIND,
                now=desk.now(),
                digest=digest,
                changed=changed,
                keys=dict(keys),
            )
