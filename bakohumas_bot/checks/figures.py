"""F07: what is told as a whole is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bakohumas_bot.checks.gender_totals import wrong_gender_totals
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.report_periods import F13
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.same_figures import F08
from bakohumas_bot.checks.shares import wrong_shares
from bakohumas_bot.checks.sums import wrong_wholes
from bakohumas_bot.checks.table_sums import wrong_totals
from bakohumas_bot.domain.figures import printed
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity


def totals(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        found: dict[tuple[int, int], Finding] = {}
        for finding in _in(checkup, field, text):
            found.setdefault((finding.start or 0, finding.end or 0), finding)
        yield from found.values()


def _in(checkup: Checkup, field: str, text: str) -> Iterator[Finding]:
    def gravity(at: int, *, sure: bool) -> Severity:
        if told_as_wrong(checkup.content.kind, text, at):
            return Severity.SARAN
        return Severity.BLOK if sure else Severity.PERINGATAN

    for pair in wrong_gender_totals(text):
        parts = " + ".join(printed(part.value, part.decimals) for part in pair.parts)
        place = Place(field=field, start=pair.total.start, end=pair.total.end)
        yield _wrong(place, text, pair.made, gravity(place.start or 0, sure=pair.sure), says="", parts=parts)
    for whole in wrong_wholes(text):
        parts = " + ".join(printed(part.value, part.decimals) for part in whole.parts)
        place = Place(field=field, start=whole.total.start, end=whole.total.end)
        yield _wrong(place, text, whole.made, gravity(place.start or 0, sure=whole.sure), says="rincian", parts=parts)
    for wrong in wrong_totals(text):
        place = Place(field=field, start=wrong.cell.start, end=wrong.cell.end)
        severity = gravity(wrong.cell.start, sure=wrong.sure)
        yield _wrong(place, text, wrong.sum, severity, says="tabel", parts=str(wrong.parts), decimals=wrong.decimals)
    for shares in wrong_shares(text):
        severity = Severity.SARAN if shares.rounded else gravity(shares.parts[0].start, sure=shares.sure)
        yield F07.finding(
            Place(field=field, start=shares.parts[0].start, end=shares.parts[-1].end),
            severity=severity,
            says="pembulatan" if shares.rounded else "persen",
            parts=" + ".join(printed(part.value, part.decimals) for part in shares.parts),
            sum=printed(shares.sum, max(part.decimals for part in shares.parts)),
        )


def _wrong(
    place: Place, text: str, made: Decimal, severity: Severity, *, says: str, parts: str, decimals: int = 0
) -> Finding:
    told = text[place.start : place.end]
    plain = "." not in told and made < 10_000
    right = str(made) if plain and not decimals else printed(made, decimals)
    return F07.finding(
        place,
        severity=severity,
        says=says,
        repairs=(Repair(label=right, text=right),),
        printed=told,
        parts=parts,
        right=right,
        missing=printed(abs(made - Decimal(told.replace(".", "").replace(",", "."))), decimals),
    )


F07 = Rule(
    code="F07",
    name="ANGKA_TOTAL",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=totals,
    about="Laki-laki + perempuan sama dengan totalnya, rincian dan tabel sama dengan jumlahnya, persen genap seratus.",
)
RULES = (F07, F08, F13)
