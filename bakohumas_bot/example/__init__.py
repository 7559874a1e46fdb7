"""The commented configuration that `bakohumas init` writes; the repository's config/ links to this very file."""

from __future__ import annotations

from pathlib import Path

from bakohumas_bot.errors import BadInput

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "bakohumas.toml"
# Files under rules/ that only an office itself can fill: `init` writes them too. The others are shipped and added to.
OWN: tuple[str, ...] = (
    "rules/changes.toml",
    "rules/contacts.toml",
    "rules/lexicon.toml",
    "rules/officials.toml",
)


def write_example(folder: Path) -> Path:
    """Never overwrites. Raises `BadInput` where a configuration stands already or the folder cannot be written."""
    target = folder / SOURCE.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(SOURCE.read_text(encoding="utf-8"))
        for name in OWN:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    except FileExistsError:
        raise BadInput(f"{target} sudah ada dan tidak ditimpa. Pilih folder lain, atau ubah berkas itu.") from None
    except OSError as error:
        raise BadInput(f"{target} tidak dapat ditulis ({error.strerror}).") from error
    return target
