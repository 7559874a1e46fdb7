"""What the shipped files know, and hours in the elections of 2024, for the tests of neutrality and stages."""

from __future__ import annotations

from datetime import datetime

from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.example import FOLDER
from sample_post import WITA

SHIPPED = read_knowledge(FOLDER, [])
TODAY = datetime(2026, 11, 21, 9, tzinfo=WITA)
CAMPAIGN = datetime(2024, 1, 15, 9, tzinfo=WITA)
QUIET_DAYS = datetime(2024, 2, 12, 9, tzinfo=WITA)
VOTING_DAY = datetime(2024, 2, 14, 14, tzinfo=WITA)
EVENING = datetime(2024, 2, 14, 18, tzinfo=WITA)
LOCAL_CAMPAIGN = datetime(2024, 10, 20, 9, tzinfo=WITA)
