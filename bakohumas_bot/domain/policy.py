"""The policy: whose voices a post needs before it may go public, in which order, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.posts import Kind


class Trait(StrEnum):
    """What makes a post sensitive, whatever its kind."""

    HOAX = "hoax"  # a clarification that may itself be wrong
    PARTICIPANT = "participant"  # it names a party or a candidate
    RESULTS = "results"  # it gives figures of votes or seats


@dataclass(frozen=True, kw_only=True)
class Step:
    """One voice: of anybody who holds one of these roles."""

    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """`ordered`: nobody is asked before the one ahead has said yes. `why` says in words why it is asked.

    `urgent`: in a hurry one voice puts it out, and the others confirm it afterwards.
    """

    steps: tuple[Step, ...]
    why: str
    ordered: bool = False
    urgent: bool = True


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An office's own rule for some kinds or traits; the first that fits decides. No office: it holds for all."""

    requirement: Requirement
    office: str | None = None
    kinds: frozenset[Kind] = frozenset()
    traits: frozenset[Trait] = frozenset()

    def fits(self, office: str, kind: Kind, traits: frozenset[Trait]) -> bool:
        if self.office not in {None, office}:
            return False
        anything = not self.kinds and not self.traits
        return anything or kind in self.kinds or bool(traits & self.traits)


_LEADER = Step(roles=(Role.KETUA_PELAKSANA, Role.KETUA))
_PEMBINA = Step(roles=(Role.PEMBINA,))

# DESIGN section 6. The order is that of harm: what is sensitive asks more than its kind alone.
DEFAULTS: tuple[Rule, ...] = (
    Rule(
        traits=frozenset(Trait),
        requirement=Requirement(
            steps=(_LEADER, _PEMBINA), why="isi yang peka memerlukan dua suara, salah satunya pembina"
        ),
    ),
    Rule(
        kinds=frozenset({Kind.SIARAN_PERS}),
        requirement=Requirement(
            steps=(Step(roles=(Role.KETUA_PELAKSANA,)), Step(roles=(Role.KETUA,))),
            ordered=True,
            why="siaran pers disetujui ketua pelaksana, lalu ketua",
        ),
    ),
    Rule(requirement=Requirement(steps=(_LEADER,), why="satu persetujuan pimpinan")),
)


def requirement(rules: Sequence[Rule], office: str, kind: Kind, traits: frozenset[Trait]) -> Requirement:
    """The office's own rules come before the defaults; the first that fits decides."""
    return next(rule.requirement for rule in (*rules, *DEFAULTS) if rule.fits(office, kind, traits))


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A yes: who said it, and the roles that person held there and then."""

    person: str
    roles: frozenset[Role]
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the voices so far amount to. `missing` in order; `public`: it may go out, be it only for now."""

    missing: tuple[Step, ...]
    next: tuple[Step, ...]
    public: bool

    @property
    def complete(self) -> bool:
        return not self.missing


def standing(asked: Requirement, voices: Iterable[Voice]) -> Standing:
    """Each voice serves one step; of the ways to share them out, the one that leaves fewest missing.

    Where one voice could serve either, it serves the later step: those are what fewer people can say.
    """
    said = list(voices)
    missing = tuple(asked.steps[n] for n in _unserved(asked, 0, said))
    soonest = missing[:1] if asked.ordered else missing
    in_a_hurry = asked.urgent and any(voice.urgent for voice in said)
    return Standing(missing=missing, next=soonest, public=not missing or in_a_hurry)


def _unserved(asked: Requirement, step: int, voices: list[Voice]) -> tuple[int, ...]:
    """The numbers of the steps from `step` on that nobody serves. Few voices, few steps: every way is tried."""
    if step == len(asked.steps):
        return ()
    best = (step, *_unserved(asked, step + 1, voices))
    for voice in voices:
        if voice.roles & set(asked.steps[step].roles):
            others = [other for other in voices if other is not voice]
            rest = _unserved(asked, step + 1, others)
            if len(rest) < len(best):
                best = rest
    return best
