"""What the project says of itself is true: commands, links, configuration keys, functions and words."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bakohumas_bot import labels
from bakohumas_bot.cli import app
from bakohumas_bot.config import FILE
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import LAWFUL, State
from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.status import Stage
from bakohumas_bot.example import SOURCE
from bakohumas_bot.platforms import PLATFORMS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "bakohumas_bot"
README, OPERATIONS = ROOT / "README.md", ROOT / "docs" / "operations.md"
LIFE, DECISIONS = ROOT / "docs" / "life-of-a-post.md", ROOT / "docs" / "decisions.md"
PAGES = sorted([README, ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))

_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _commands() -> Iterator[str]:
    for command in app.registered_commands:
        assert command.callback is not None
        yield command.name or command.callback.__name__
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            assert command.callback is not None
            yield f"{group.name} {command.name or command.callback.__name__}"


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_command_is_named_where_the_technical_person_looks(command: str) -> None:
    written = README.read_text(encoding="utf-8") + OPERATIONS.read_text(encoding="utf-8")
    assert re.search(rf"bakohumas {command}\b", written)


def test_every_command_that_the_readme_names_exists() -> None:
    known = {command.split()[0] for command in _commands()}
    rows = re.findall(r"^\| `bakohumas .*", README.read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`bakohumas (\w+)", row)}
    assert named == known


def _links() -> Iterator[Any]:
    for page in PAGES:
        for found in _LINK.finditer(_CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))):
            target = found[1] or found[2]
            if "://" not in target:
                yield pytest.param(page, target, id=f"{_named(page)}:{target}")


@pytest.mark.parametrize(("page", "target"), list(_links()))
def test_every_link_and_picture_leads_somewhere(page: Path, target: str) -> None:
    file, _, heading = target.partition("#")
    aim = (page.parent / file).resolve() if file else page
    assert aim.is_relative_to(ROOT)
    assert aim.exists()
    if heading:
        assert heading in {_anchor(line) for line in aim.read_text(encoding="utf-8").splitlines()}


def _anchor(line: str) -> str | None:
    """What a Markdown heading is called in an address."""
    if not line.startswith("#"):
        return None
    return re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")


@pytest.mark.parametrize("picture", PICTURES, ids=_named)
def test_a_picture_is_whole_small_and_shown(picture: Path) -> None:
    with Image.open(picture) as image:
        image.load()
        assert image.width > 600
    assert picture.stat().st_size < 300_000
    assert any(picture.name in page.read_text(encoding="utf-8") for page in PAGES)


def _keys(table: dict[str, Any]) -> Iterator[str]:
    """Every key that the example configuration sets, as `table.key`."""
    for name, value in table.items():
        for one in value if isinstance(value, list) else [value]:
            for key in one:
                yield f"{name}.{key}"


def _example_keys() -> set[str]:
    text = SOURCE.read_text(encoding="utf-8")
    commented = re.sub(r"^# (?=\[\[accounts\]\]|\w+ = )", "", text, flags=re.MULTILINE)
    return set(_keys(tomllib.loads(commented)))


def _platform_keys() -> set[str]:
    return {f"accounts.{key}" for platform in PLATFORMS.values() for key in platform.settings.model_fields}


@pytest.mark.parametrize("key", sorted(_example_keys() | _platform_keys()))
def test_every_configuration_key_is_explained(key: str) -> None:
    table, _, name = key.partition(".")
    section = OPERATIONS.read_text(encoding="utf-8").partition("## Configuration")[2].partition("\n## ")[0]
    assert f"[{table}]" in section
    assert re.search(rf"^\|.*`{name}`", section, re.MULTILINE)


def test_the_repository_shows_the_example_that_init_writes() -> None:
    assert (ROOT / "config" / FILE).resolve() == SOURCE


def _functions() -> Iterator[Any]:
    """The road of `life-of-a-post.md`: each file with the functions it is said to hold."""
    road = re.compile(r"^\|[^|]*\|[^|]*\| `([\w/]+\.py)` \| (.*) \|$", re.MULTILINE)
    for file, names in road.findall(LIFE.read_text(encoding="utf-8")):
        for name in re.findall(r"`(\w+)`", names):
            yield pytest.param(file, name, id=f"{file}:{name}")


@pytest.mark.parametrize(("file", "name"), list(_functions()))
def test_the_road_of_a_post_names_real_functions(file: str, name: str) -> None:
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    assert name in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def test_the_road_of_a_post_passes_through_every_verb() -> None:
    verbs = {path.name for path in (PACKAGE / "lifecycle").glob("*.py")}
    written = set(re.findall(r"`lifecycle/(\w+\.py)`", LIFE.read_text(encoding="utf-8")))
    no_verbs = {"__init__.py", "desk.py", "media_host.py", "vault.py"}  # what the verbs are given
    assert verbs - written == no_verbs


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    for name in re.findall(r"`([\w.][\w/.-]*\.(?:py|md|lock|toml))`", page.read_text(encoding="utf-8")):
        first = name.split("/")[0]
        if first in rooms or ("/" in name and (ROOT / first).exists()):
            assert (PACKAGE / name).exists() or (ROOT / name).exists(), name


def test_the_written_table_of_states_is_the_one_that_holds() -> None:
    section = LIFE.read_text(encoding="utf-8").partition("## The states")[2].partition("\n## ")[0]
    written: dict[State, set[State]] = {state: set() for state in State}
    state: State | None = None
    for before, after in re.findall(r"^\| ?(\w*) \| (\w+) \|", section, re.MULTILINE):
        if before == "from":
            continue
        state = State(before) if before else state
        assert state is not None
        written[state].add(State(after))
    assert written == {state: set(after) for state, after in LAWFUL.items()}


def test_every_threat_names_tests_that_exist() -> None:
    """And each part of the threat model says at least one."""
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    known = set(re.findall(r"^ *(?:async )?def (test_\w+)", written, re.MULTILINE))
    parts = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").split("\n### ")[1:]
    assert len(parts) >= 10
    for part in parts:
        named = set(re.findall(r"`(test_\w+)`", part))
        assert named
        assert named - known == set()
        for row in re.findall(r"^\| (?!what they try|---|promise)(.*) \|$", part.partition("\n## ")[0], re.MULTILINE):
            assert "`test_" in row, row


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [requirement for extra in extras for requirement in extra]
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted}
    explained = set(re.findall(r"`([\w.-]+)`", DECISIONS.read_text(encoding="utf-8").lower()))
    assert names - explained == set()


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (labels.STATE, State),
        (labels.STAGE, Stage),
        (labels.VERDICT, Verdict),
        (labels.SEVERITY, Severity),
        (labels.ROLE, Role),
        (labels.KIND, Kind),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_member_has_its_indonesian_word(words: dict[StrEnum, str], members: type[StrEnum]) -> None:
    assert set(words) == set(members)
    assert all(words.values())
