"""S02: a regulation is cited with its year, and in full in a press release."""

from __future__ import annotations

from collections.abc import Iterator

from bakohumas_bot.checks.citing import ALIKE, JURISDICTION, Cited, cited_in, said
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.citations import Style, is_odd
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.regulations import Key, RegulationKind
from bakohumas_bot.domain.titles import likeness


def forms(checkup: Checkup) -> Iterator[Finding]:
    """Social text may say `PKPU 9/2022`; a press release says it in full once, and no citation lacks its year."""
    every = list(cited_in(checkup))
    with_year = {(one.citation.kind, one.citation.number) for one in every if one.citation.year}
    named: set[Key | None] = set()
    for one in every:
        style, key = one.citation.style, one.citation.key
        if style is Style.NO_YEAR:
            if (one.citation.kind, one.citation.number) not in with_year and not one.repeated:
                yield _without_year(checkup, one)
            continue
        in_release = checkup.content.kind is Kind.SIARAN_PERS and one.field == "isi" and not one.citation.amends
        again, named = key in named, named | {key}
        unusual = style is Style.LOOSE or (in_release and style is Style.SLASHED)
        if again or not unusual or one.field.endswith(".teks_alt") or one.repeated:
            continue
        if style is Style.LOOSE and not (in_release and "/" in one.printed):
            right = _in_form(one)
            yield S02.finding(
                one.place(),
                severity=Severity.SARAN,
                says="bentuk",
                repairs=said(right),
                cited=one.printed,
                right=right,
            )
        else:
            yield S02.finding(one.place(), repairs=_in_full(one), cited=one.printed, right=_in_full(one)[0].text)


def _without_year(checkup: Checkup, one: Cited) -> Finding:
    cited = one.citation
    fitting = [
        known
        for known in checkup.knowledge.regulations
        if (known.key.kind, known.key.number) == (cited.kind, cited.number)
        and known.repeal(checkup.today) is None
        and (not cited.title or likeness(cited.title, known.title) >= ALIKE)
    ]
    right = [f"{cited.kind_text} Nomor {cited.number} Tahun {known.key.year}" for known in fitting]
    repairs = tuple(repair for text in right[:2] for repair in said(text)) if len(right) <= 2 else ()
    return S02.finding(one.place(), says="tahun", repairs=repairs, cited=one.printed)


def _in_form(one: Cited) -> str:
    cited = one.citation
    name = "Undang-Undang" if cited.kind is RegulationKind.UU and len(cited.kind_text) > 6 else cited.kind_text
    name = str(cited.kind) if is_odd(name) else name
    return " ".join(filter(None, [name, cited.nickname, f"Nomor {cited.number} Tahun {cited.year}"]))


def _in_full(one: Cited) -> tuple[Repair, ...]:
    key = one.citation.key
    assert key is not None
    return said(one.regulation.full if one.regulation and not one.citation.title else key.full)


S02 = Rule(
    code="S02",
    name="RUJUKAN_FORMAT",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=JURISDICTION,
    version=1,
    check=forms,
    about="Mencari peraturan yang disebut tanpa tahun, ditulis tidak lazim, atau disingkat dalam siaran pers.",
)
