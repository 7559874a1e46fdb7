"""What the rules know besides the post: the files under `config/rules/` and `config/calendar/`, read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from bakohumas_bot.domain.calendar import Calendar
from bakohumas_bot.domain.contacts import Contacts
from bakohumas_bot.domain.house_style import HouseStyle
from bakohumas_bot.domain.lexicon import Lexicon
from bakohumas_bot.domain.officials import Officials
from bakohumas_bot.domain.participants import Participants
from bakohumas_bot.domain.regions import Regions
from bakohumas_bot.domain.regulations import Regulations
from bakohumas_bot.domain.rule_changes import RuleChanges


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """Each part is empty where its file is."""

    regulations: Regulations = field(default_factory=Regulations)
    lexicon: Lexicon = field(default_factory=Lexicon)
    contacts: Contacts = field(default_factory=Contacts)
    participants: Participants = field(default_factory=Participants)
    calendar: Calendar = field(default_factory=Calendar)
    regions: Regions = field(default_factory=Regions)
    officials: Officials = field(default_factory=Officials)
    changes: RuleChanges = field(default_factory=RuleChanges)
    style: HouseStyle = field(default_factory=HouseStyle)
