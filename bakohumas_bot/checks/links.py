"""Family L: where links lead, in the text and in the QR codes of pictures."""

from __future__ import annotations

from bakohumas_bot.checks.cloud_documents import L03
from bakohumas_bot.checks.dead_links import L04
from bakohumas_bot.checks.look_alikes import L01
from bakohumas_bot.checks.short_links import L02

RULES = (L01, L02, L03, L04)
