"""Everyday names of regulations: `UU Pemilu` beside the number of another."""

from __future__ import annotations

import re
from functools import lru_cache

from bakohumas_bot.checks.citing import Cited
from bakohumas_bot.domain.regulations import Regulations


def everyday_name(known: Regulations, one: Cited) -> str | None:
    if one.citation.nickname:
        return f"{one.citation.kind} {one.citation.nickname}"
    names = _names(tuple(sorted({name for regulation in known for name in regulation.nicknames})))
    if names is None:
        return None
    after = _RIGHT_BEHIND.match(one.text, one.citation.end)
    named = names.match(one.text, after.end()) if after else None
    if named is None and not one.citation.title:
        before = one.text[max(0, one.citation.start - 90) : one.citation.start]
        named = next((n for n in names.finditer(before) if _LEADS_TO_NUMBER.fullmatch(before, n.end())), None)
    return _spelled(known, named[0]) if named else None


def _spelled(known: Regulations, name: str) -> str:
    plain = " ".join(re.sub("undang-undang", "UU", name, flags=re.IGNORECASE).split()).casefold()
    return next((n for r in known for n in r.nicknames if n.casefold() == plain), name)


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"UU\ ", r"(?:UU|Undang-Undang)\s{1,3}") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?![\w-])", re.IGNORECASE) if words else None


_RIGHT_BEHIND = re.compile(r"\s{0,3}(?:\(|,?\s{0,3}(?:alias|yaitu|yakni)\b)\s{0,3}", re.IGNORECASE)
_LEADS_TO_NUMBER = re.compile(
    r"(?:\s{0,3}\(\s{0,3}|\W{1,4}(?=\w{3}))(?:(?:yang|sebagaimana|telah|sudah|beberapa|kali|terakhir|diubah|direvisi"
    r"|diperbarui|dengan|melalui|dalam|yaitu|yakni|hasil|revisi|perubahan|kedua|pertama|terbaru|baru|jo|juncto|ini)\b\W{1,4}){0,9}",
    re.IGNORECASE,
)
