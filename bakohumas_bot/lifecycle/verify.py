"""Verify: the published post is read back and compared with what was approved; a difference is told at once."""

from __future__ import annotations

from bakohumas_bot.domain.happenings import Verified
from bakohumas_bot.domain.outcomes import Absent, CannotTell, Found
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.lifecycle.deliver import Claimed, approved_for, conclude
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.look import look
from bakohumas_bot.platforms.sighting import same_words


def verify(desk: Desk, claimed: Claimed) -> None:
    """Found: the evidence is stored, with its difference if any. Not found yet: looked for again, then told."""
    seen = look(desk, claimed)
    if isinstance(seen, Absent):
        seen = CannotTell(detail="Unggahan tidak terlihat saat dibaca kembali.")
    if isinstance(seen, Found):
        approved = approved_for(desk, claimed.delivery).rendered[claimed.delivery.account]
        conclude(desk, claimed, claimed.delivery, Verified(seen.receipt, difference(approved, seen)))
    else:
        conclude(desk, claimed, claimed.delivery, seen)


def difference(approved: Rendered, seen: Found) -> str | None:
    """Where the public post departs from the approved one; None where it agrees, as far as the platform shows it."""
    if seen.text is not None and not same_words(seen.text, approved.text):
        return "Teks yang terbit berbeda dari yang disetujui."
    if seen.media_count is not None and seen.media_count != len(approved.media):
        return f"Jumlah media yang terbit {seen.media_count}, yang disetujui {len(approved.media)}."
    return None
