"""N03: all participants of an election, or none; in the order of their numbers; on every account alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.sentences import sentence
from bakohumas_bot.checks.stand import OFFICIAL_ACT, mentions, written
from bakohumas_bot.domain.calendar import StageRule
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.participants import Mention, Participant, ParticipantKind

_GUESTS = re.compile(
    r"\b(?:dihadiri|hadir|menghadiri|perwakilan|peserta rapat|undangan|mengundang|turut serta|audiensi|kunjungan"
    r"|silaturahmi|koordinasi|sosialisasi kepada|bertemu|pertemuan|tamu)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """A participant as one text shows it first: a name of a file, or only a number."""

    field: str
    start: int
    end: int
    contest: str
    number: int | None
    participant: Participant | None
    as_guest: bool
    listed: bool


def inequality(checkup: Checkup) -> Iterator[Finding]:
    """What goes to one account is judged as a whole: its own text, or the common one with the title and captions."""
    shown = [one for field, text in written(checkup) for one in _shown(checkup, field, text)]
    variants = [f"varian.{account}" for account, _ in checkup.content.variants]
    common = [one for one in shown if one.field not in variants]
    for field in ("isi", *variants):
        own = [one for one in shown if one.field == field] if field in variants else common
        for contest in dict.fromkeys(one.contest for one in own):
            here = _firsts(one for one in own if one.contest == contest)
            lacking = list(_lacking(checkup, contest, here, common if field in variants else []))
            yield from lacking or _disordered(checkup, contest, here)


def _shown(checkup: Checkup, field: str, text: str) -> Iterator[_Shown]:
    found = mentions(checkup, text)
    for number, mention in enumerate(found):
        around = sentence(text, mention.start, mention.end)
        quoted = told_as_wrong(checkup.content.kind, text, mention.start)
        if (mention.number is None and mention.participant is None) or quoted or OFFICIAL_ACT.search(around):
            continue
        yield _Shown(
            field=field,
            start=mention.start,
            end=mention.end,
            contest=mention.participant.contest if mention.participant else "",
            number=mention.number,
            participant=mention.participant,
            as_guest=_GUESTS.search(around) is not None,
            listed=_in_a_list(text, mention, found[number - 1] if number else None),
        )


def _in_a_list(text: str, mention: Mention, before: Mention | None) -> bool:
    line = text[max(0, mention.start - 24) : mention.start].rpartition("\n")
    opens = (line[1] or mention.start < 24) and not line[2].strip(" \t*_-•0123456789.)")
    return bool(opens) or (
        before is not None
        and re.fullmatch(r"[\s*_,;&0-9.()]{1,8}(?:dan\s|serta\s)?", text[before.end : mention.start]) is not None
    )


def _firsts(some: Iterable[_Shown]) -> list[_Shown]:
    first: dict[object, _Shown] = {}
    for one in some:
        first.setdefault(one.participant or one.number, one)
    return list(first.values())


def _lacking(checkup: Checkup, contest: str, here: list[_Shown], common: list[_Shown]) -> Iterator[Finding]:
    missing = _missing(checkup, contest, here)
    if not missing or not _a_choice(here, common):
        return
    strict = _strict(checkup, contest) and not all(one.as_guest for one in here)
    mild = all(one.as_guest for one in here) and not _strict(checkup, contest)
    first, on_a_channel = here[0], here[0].field.startswith("varian.")
    yield N03.finding(
        Place(field=first.field, start=first.start, end=first.end),
        severity=Severity.BLOK if strict else Severity.SARAN if mild else Severity.PERINGATAN,
        says="kanal" if on_a_channel else "",
        missing=_listed(missing),
        shown=len(here),
        account=first.field.removeprefix("varian."),
    )


def _a_choice(here: list[_Shown], common: list[_Shown]) -> bool:
    """Two of many are a choice; one alone is rule N02's, unless other accounts get more or its rivals are numbered."""
    same = [one for one in common if one.contest == here[0].contest]
    pair = here[0].participant is None or here[0].participant.kind is not ParticipantKind.PARTY
    return len(here) > 1 or len(_firsts(same)) > len(here) or (pair and here[0].participant is not None)


def _missing(checkup: Checkup, contest: str, here: list[_Shown]) -> list[str]:
    """Who is not shown: by the files, or the gap that the numbers themselves leave (1 and 3, without 2)."""
    if contest:
        everybody = checkup.knowledge.participants.standing(contest, checkup.today, checkup.office.code)
        shown = {one.participant.name for one in here if one.participant}
        kind = here[0].participant.kind if here[0].participant else None
        return [p.name for p in everybody if p.name not in shown and p.kind is kind]
    numbers = {one.number for one in here if one.number}
    return [f"nomor urut {number}" for number in range(1, max(numbers, default=0)) if number not in numbers]


def _strict(checkup: Checkup, contest: str) -> bool:
    """From the day the participants are fixed until the result is."""
    running = checkup.knowledge.calendar.contests_under(StageRule.EQUAL, checkup.moment, checkup.office.zone)
    return contest in running if contest else bool(running)


def _disordered(checkup: Checkup, contest: str, here: list[_Shown]) -> Iterator[Finding]:
    """Only in a list: a sentence about a debate may begin with whoever spoke."""
    numbered = [one for one in here if one.number is not None]
    in_list = len(numbered) > 1 and all(one.listed for one in numbered[1:])
    if not in_list or any(one.as_guest for one in numbered):
        return
    for before, one in pairwise(numbered):
        if one.field == before.field and (one.number or 0) < (before.number or 0):
            yield N03.finding(
                Place(field=one.field, start=one.start, end=one.end),
                severity=Severity.BLOK if _strict(checkup, contest) else Severity.SARAN,
                says="urutan",
                number=one.number,
                before=before.number,
            )
            return


def _listed(names: list[str]) -> str:
    if len(names) <= 4:
        return ", ".join(names)
    return f"{', '.join(names[:3])}, dan {len(names) - 3} lainnya"


N03 = Rule(
    code="N03",
    name="KESETARAAN",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 7/2017 Pasal 14 huruf b; Putusan DKPP 10-PKE-DKPP/I/2021",
    version=1,
    check=inequality,
    about="Peserta yang ditampilkan tidak lengkap, tidak urut nomor, atau tidak sama di setiap kanal.",
)
