"""Whose voices a post needs, and when it has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.policy import Requirement, Rule, Step, Trait, Voice, requirement, standing
from bakohumas_bot.domain.posts import Content, Kind, TextFormat
from bakohumas_bot.domain.sensitivity import traits_of
from bakohumas_bot.example import FOLDER

KP, KETUA, PEMBINA = Role.KETUA_PELAKSANA, Role.KETUA, Role.PEMBINA
EITHER, SECRETARY, PATRON = Step(roles=(KP, KETUA)), Step(roles=(KETUA,)), Step(roles=(PEMBINA,))


def asked(kind: Kind, *traits: Trait, rules: tuple[Rule, ...] = ()) -> Requirement:
    return requirement(rules, "64.69", kind, frozenset(traits))


def voice(person: str, *roles: Role, urgent: bool = False) -> Voice:
    return Voice(person=person, roles=frozenset(roles), urgent=urgent)


@pytest.mark.parametrize(
    ("kind", "traits", "steps", "ordered"),
    [
        (Kind.INFOGRAFIS, (), ((KP, KETUA),), False),
        (Kind.SIARAN_PERS, (), ((KP,), (KETUA,)), True),
        (Kind.KLARIFIKASI_HOAKS, (Trait.HOAX,), ((KP, KETUA), (PEMBINA,)), False),
        (Kind.INFOGRAFIS, (Trait.PARTICIPANT,), ((KP, KETUA), (PEMBINA,)), False),
        (Kind.FOTO, (Trait.RESULTS,), ((KP, KETUA), (PEMBINA,)), False),
        (Kind.SIARAN_PERS, (Trait.RESULTS,), ((KP, KETUA), (PEMBINA,)), False),
    ],
)
def test_the_usual_policy(
    kind: Kind, traits: tuple[Trait, ...], steps: tuple[tuple[Role, ...], ...], ordered: bool
) -> None:
    found = asked(kind, *traits)
    assert tuple(step.roles for step in found.steps) == steps
    assert found.ordered is ordered
    assert found.why


def test_an_offices_own_rule_comes_first_and_holds_for_it_alone() -> None:
    own = Rule(office="64.69", kinds=frozenset({Kind.FOTO}), requirement=Requirement(steps=(PATRON,), why="sendiri"))
    assert asked(Kind.FOTO, rules=(own,)).why == "sendiri"
    assert asked(Kind.VIDEO, rules=(own,)).why != "sendiri"
    assert requirement((own,), "64.01", Kind.FOTO, frozenset()).why != "sendiri"


TWO = Requirement(steps=(EITHER, PATRON), why="-")
CHAIN = Requirement(steps=(Step(roles=(KP,)), SECRETARY), why="-", ordered=True)
STRICT = replace(TWO, urgent=False)


@pytest.mark.parametrize(
    ("of", "voices", "missing", "next_", "public"),
    [
        (TWO, [], (EITHER, PATRON), (EITHER, PATRON), False),
        (TWO, [voice("a", KP)], (PATRON,), (PATRON,), False),
        (TWO, [voice("c", PEMBINA)], (EITHER,), (EITHER,), False),
        (TWO, [voice("a", KP), voice("c", PEMBINA)], (), (), True),
        (TWO, [voice("a", KP), voice("b", KETUA)], (PATRON,), (PATRON,), False),
        (TWO, [voice("a", KETUA, PEMBINA)], (EITHER,), (EITHER,), False),  # one person is one voice, for the rarer one
        (TWO, [voice("a", KETUA, PEMBINA), voice("b", KP)], (), (), True),  # shared out so that it suffices
        (TWO, [voice("b", KP), voice("a", KETUA, PEMBINA)], (), (), True),
        (TWO, [voice("a", KP, urgent=True)], (PATRON,), (PATRON,), True),
        (STRICT, [voice("a", KP, urgent=True)], (PATRON,), (PATRON,), False),
        (CHAIN, [], (Step(roles=(KP,)), SECRETARY), (Step(roles=(KP,)),), False),
        (CHAIN, [voice("a", KP)], (SECRETARY,), (SECRETARY,), False),
        (CHAIN, [voice("a", KP), voice("b", KETUA)], (), (), True),
    ],
)
def test_what_the_voices_so_far_amount_to(
    of: Requirement, voices: list[Voice], missing: tuple[Step, ...], next_: tuple[Step, ...], public: bool
) -> None:
    now = standing(of, voices)
    assert (now.missing, now.next, now.public) == (missing, next_, public)


PARTICIPANTS = read_knowledge(FOLDER, []).participants


def content(text: str, kind: Kind = Kind.PENGUMUMAN, **other: object) -> Content:
    plain = Content(office="64.69", kind=kind, title="Info", body=text, format=TextFormat.PLAIN, accounts=("x",))
    return replace(plain, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("Layanan buka pukul 08.00 sampai 16.00.", set()),
        ("Penandatanganan PKS dengan perguruan tinggi di Gelora Bung Karno.", set()),
        ("Tahapan pencalonan bupati dan wakil bupati dimulai.", set()),
        ("Bersama kita bisa memperoleh informasi pada pukul 09.00.", set()),
        ("Pembayaran PBB dan PKB di Samsat; rapat dengan PAN-RB.", set()),
        ("Hari ini Partai Amanat Nasional mendaftar.", {Trait.PARTICIPANT}),
        ("Verifikasi GOLKAR selesai.", {Trait.PARTICIPANT}),
        ("Debat diikuti calon bupati Budi Santoso.", {Trait.PARTICIPANT}),
        ("Paslon nomor urut 2 hadir.", {Trait.PARTICIPANT}),
        ("Perolehan suara di TPS 5 adalah 132.", {Trait.RESULTS}),
        ("Tercatat 1.204 suara sah.", {Trait.RESULTS}),
        ("Pasangan itu unggul dengan 54,2 persen.", {Trait.RESULTS}),
        ("Partai Buruh meraih 3 kursi.", {Trait.PARTICIPANT, Trait.RESULTS}),
    ],
)
def test_what_makes_a_post_sensitive(text: str, traits: set[Trait]) -> None:
    assert traits_of(content(text), participants=PARTICIPANTS) == traits
    in_variant = content("Biasa.", variants=(("x", text),))
    assert traits_of(in_variant, participants=PARTICIPANTS) == traits, "in a variant, too"
    assert traits_of(content("Biasa.", sources=(text,)), participants=PARTICIPANTS) == traits, "as the source, too"


def test_a_clarification_is_sensitive_whatever_it_says() -> None:
    assert traits_of(content("Biasa.", kind=Kind.KLARIFIKASI_HOAKS)) == {Trait.HOAX}


def test_the_rulebook_may_say_so_too() -> None:
    assert traits_of(content("Biasa."), frozenset({"N02"})) == {Trait.PARTICIPANT}
