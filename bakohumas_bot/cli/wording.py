"""The parser's own words (help pages, complaints about usage) as people in an office read them."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# Typer keeps its parser to itself; this is the parent of all its complaints about usage.
WrongUse: type[Exception] = typer.BadParameter.__mro__[1]


class Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)


class Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)
        with formatter.section("Perintah"):
            commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            formatter.write_dl([(name, command.help or "") for name, command in commands if command is not None])


def _write_help(command: Any, ctx: Any, formatter: Any) -> None:
    params = [param for param in command.get_params(ctx) if param.name != "help"]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    words = [_spelt(param) for param in (*arguments, *options) if param.required]
    words.append("PERINTAH ..." if isinstance(command, Group) else "[OPSI]")
    formatter.write_usage(ctx.command_path, " ".join(words), prefix="Pemakaian: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help or "")
    if arguments:
        with formatter.section("Isian"):
            formatter.write_dl([(_spelt(param), param.help or "") for param in arguments])
    with formatter.section("Opsi"):
        formatter.write_dl([*((_spelt(param), _explained(param)) for param in options), ("--help", "Bantuan ini.")])


def _spelt(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return param.opts[0] if param.is_flag else f"{param.opts[0]} {param.metavar or param.name.upper()}"


def _explained(param: Any) -> str:
    if param.required:
        return f"{param.help or ''} (wajib)".lstrip()
    return param.help or "" if param.default in {None, False} else f"{param.help or ''} (bila kosong: {param.default})"


def complaint(error: Any) -> str:
    """What was used wrongly and how to mend it."""
    path = error.ctx.command_path if getattr(error, "ctx", None) is not None else "bakohumas"
    return f"{_what_is_wrong(error)} Bantuan: {path} --help"


# What the parser says in English, and what we say; the group is the word that was wrong.
_COMPLAINTS = (
    (r"No such command (.*)\.", "Perintah {} tidak dikenal."),
    (r"No such option: (\S+).*", "Opsi {} tidak dikenal."),
    (r"Missing command()\.", "Perintah belum disebutkan.{}"),
    (r"Option '(.*)' requires an argument\.", "Opsi {} memerlukan isi sesudahnya."),
    (r"Option '(.*)' does not take a value\.", "Opsi {} ditulis tanpa isi."),
    (
        r"Got unexpected extra argument\(s\) \((.*)\)",
        "Kelebihan kata: {}. Isian yang memuat spasi ditulis di antara tanda kutip.",
    ),
)


def _what_is_wrong(error: Any) -> str:
    said = str(error)
    if getattr(error, "param", None) is not None:
        return _about(error.param, said)
    for form, sentence in _COMPLAINTS:
        if match := re.fullmatch(form, said, re.DOTALL):
            return sentence.format(match[1])
    return f"Perintah belum lengkap atau keliru ({said})."


def _about(param: Any, said: str) -> str:
    name = param.opts[0] if param.param_type_name == "option" else _spelt(param)
    if said.startswith("Missing"):
        return f"{name} belum diisi."
    if param.min is None:
        return f"{name} tidak dapat dipakai. Mohon periksa penulisan dan hak aksesnya."
    highest = f" sampai {param.max}" if param.max is not None and param.max < 2**31 else ""
    return f"{name} harus berupa bilangan bulat, mulai {param.min}{highest}."
