"""Official telephone numbers and addresses, which may be public."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NO_DIGIT = re.compile(r"[^0-9]")


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """`phones` as digits from the leading 0, `mails` in lower case."""

    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()

    def knows_phone(self, written: str) -> bool:
        return digits_of_phone(written) in self.phones

    def knows_mail(self, written: str) -> bool:
        return written.casefold() in self.mails


def digits_of_phone(written: str) -> str:
    """`+62 812-3456-7890` and `(62) 0812 3456 7890` are both 081234567890."""
    digits = _NO_DIGIT.sub("", written)
    if digits.startswith("62"):
        digits = "0" + digits[2:].removeprefix("0")
    return digits if digits.startswith("0") or not digits.startswith("8") else "0" + digits
