"""The stages of elections as data: when each begins and ends, and which rules it brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from functools import cached_property

from bakohumas_bot.domain.almanac import ZONES


class ElectionKind(StrEnum):
    """*Pemilu* elects president and parliaments, *pemilihan* the heads of regions."""

    PEMILU = "pemilu"
    PEMILIHAN = "pemilihan"


class StageStatus(StrEnum):
    """A draft is shown to people and switches nothing on."""

    DRAFT = "rancangan"
    FIXED = "ditetapkan"
    CHANGED = "diubah"


class StageRule(StrEnum):
    """What a stage switches on. The rulebook says which rule listens to which."""

    NEUTRAL = "T_NETRAL"
    EQUAL = "T_SETARA"
    QUIET = "T_TENANG"
    COUNT_EMBARGO = "T_QC_EMBARGO"
    RESULTS = "T_HASIL"
    CAMPAIGN = "T_KAMPANYE"
    VOTER_DATA = "T_DATA_PEMILIH"


class StageZone(StrEnum):
    """Whether a day of this stage begins by the office's clock or by that of the capital."""

    OFFICE = "satker"
    WIB = "WIB"


# Two hours after the vote has ended in the west of the country: UU 7/2017 Pasal 449 (5).
COUNTS_ALLOWED = time(15, 0, tzinfo=ZONES["WIB"])


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The regulation that fixes the dates."""

    kind: str
    number: str
    year: int

    def __str__(self) -> str:
        return f"{self.kind} Nomor {self.number} Tahun {self.year}"


@dataclass(frozen=True, kw_only=True)
class ElectionStage:
    """`begins` and `ends` are its first and last day. Its rules hold until `rules_until`, where that is later.

    `called`: how texts name it. `contest` is one election ("pemilu-2024"), whose participants share that word.
    """

    code: str
    kind: ElectionKind
    contest: str
    name: str
    begins: date
    ends: date
    basis: Basis
    rules: frozenset[StageRule] = frozenset()
    rules_until: date | None = None
    zone: StageZone = StageZone.OFFICE
    status: StageStatus = StageStatus.FIXED
    version: int = 1
    called: tuple[str, ...] = ()
    banned: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    note: str = ""

    def holds(self, day: date) -> bool:
        return self.begins <= day <= self.ends

    def rules_hold(self, day: date) -> bool:
        return self.begins <= day <= max(self.ends, self.rules_until or self.ends)

    def day_of(self, moment: datetime, zone: tzinfo) -> date:
        return moment.astimezone(ZONES["WIB"] if self.zone is StageZone.WIB else zone).date()


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Empty until its file is read. Of a stage with several versions the newest counts."""

    stages: tuple[ElectionStage, ...] = ()

    @cached_property
    def newest(self) -> tuple[ElectionStage, ...]:
        latest: dict[str, ElectionStage] = {}
        for stage in sorted(self.stages, key=lambda stage: stage.version):
            latest[stage.code] = stage
        return tuple(sorted(latest.values(), key=lambda stage: (stage.begins, stage.code)))

    @cached_property
    def fixed(self) -> tuple[ElectionStage, ...]:
        """Those that a regulation has fixed."""
        return tuple(stage for stage in self.newest if stage.status is not StageStatus.DRAFT)

    def active(self, moment: datetime, zone: tzinfo) -> tuple[ElectionStage, ...]:
        """The fixed stages that run then; `zone` is the office's."""
        return tuple(stage for stage in self.fixed if stage.holds(stage.day_of(moment, zone)))

    def rules_at(self, moment: datetime, zone: tzinfo) -> frozenset[str]:
        """All that the stages switch on then, in the words of the file ("T_SETARA")."""
        return frozenset(rule.value for stage in self._bringing(moment, zone) for rule in stage.rules)

    def contests_under(self, rule: StageRule, moment: datetime, zone: tzinfo) -> frozenset[str]:
        """The elections for which this rule holds then."""
        return frozenset(stage.contest for stage in self._bringing(moment, zone) if rule in stage.rules)

    def counts_forbidden(self, moment: datetime, zone: tzinfo) -> bool:
        """On voting day no count, exit poll or quick count is public before 15.00 WIB."""
        voting = (stage for stage in self.active(moment, zone) if StageRule.COUNT_EMBARGO in stage.rules)
        return any(moment < datetime.combine(stage.begins, COUNTS_ALLOWED) for stage in voting)

    def _bringing(self, moment: datetime, zone: tzinfo) -> Iterator[ElectionStage]:
        return (stage for stage in self.fixed if stage.rules_hold(stage.day_of(moment, zone)))
