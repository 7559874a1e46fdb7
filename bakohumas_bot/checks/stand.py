"""What the rules on neutrality share: where participants are named, and how strict the running stage makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, read_in_files, texts
from bakohumas_bot.domain.calendar import StageRule
from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.participants import Mention

MANY = 100  # no post has more places to judge; of a hostile text the begin is enough
# What the office must tell about a participant by name, whoever it is: acts of its own, of courts, of the vote.
OFFICIAL_ACT = re.compile(
    r"\b(?:terpilih|perolehan|suara sah|kursi|putusan|gugatan|permohonan|sengketa|perkara"
    r"|(?:pemeriksaan )?verifikasi\w*"
    r"|memenuhi syarat|mendaftar\w*|pendaftaran|menyerahkan|diserahkan|penyerahan|berkas|dokumen"
    r"|penggantian antar ?waktu|paw"
    r"|menggantikan|pergantian|ladk|lpsdk|lppdk|dana kampanye|dct|dcs|daftar calon|dilantik|pelantikan"
    r"|pengucapan sumpah"
    r"|mengundurkan diri|bantuan keuangan|pengundian|pencabutan nomor|penetapan|ditetapkan|menetapkan|rekapitulasi"
    r"|laporan awal|surat suara)\b",
    re.IGNORECASE,
)


def written(checkup: Checkup) -> Iterator[tuple[str, str]]:
    """All that an author wrote, without the list of sources: a regulation's title names whom it names."""
    return ((field, text) for field, text in texts(checkup.content) if not field.startswith("sumber"))


def mentions(checkup: Checkup, text: str) -> tuple[Mention, ...]:
    """Whoever stands for election on the day of publishing. No more than `MANY`."""
    return checkup.knowledge.participants.mentions(text, checkup.today)[:MANY]


def written_and_shown(checkup: Checkup) -> Iterator[tuple[str, str]]:
    yield from written(checkup)
    yield from read_in_files(checkup)


def in_contest(checkup: Checkup) -> bool:
    """Whether an election runs in which the office must not even seem to lean to a side."""
    return StageRule.NEUTRAL in checkup.knowledge.calendar.rules_at(checkup.moment, checkup.office.zone)


def graver_in_contest(checkup: Checkup) -> Severity:
    """Outside the stages neutrality stays on, as a warning."""
    return Severity.BLOK if in_contest(checkup) else Severity.PERINGATAN


def called(mention: Mention, text: str) -> str:
    return mention.participant.name if mention.participant else " ".join(text[mention.start : mention.end].split())
