"""What the validator complains about, as one Indonesian sentence with its place and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError


def nearest(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"Mungkin maksudnya '{close[0]}'." if close else f"Yang dikenal: {', '.join(names)}."


def sentences(error: ValidationError, where: str, model: type[BaseModel]) -> list[str]:
    return [sentence(e, where, model) for e in error.errors()]


def sentence(error: Any, where: str, model: type[BaseModel]) -> str:
    """One mistake in Indonesian, with its place and how to mend it."""
    place = ", ".join(filter(None, [where, _place(error["loc"])]))
    match error["type"]:
        case "missing" | "string_too_short":
            return f"{place}: wajib diisi."
        case "extra_forbidden":
            return f"{place}: kunci ini tidak dikenal. {nearest(str(error['loc'][-1]), _keys_at(model, error['loc']))}"
        case "value_error" | "missing_keys":
            return f"{place}: {str(error['msg']).removeprefix('Value error, ')}."
        case "string_pattern_mismatch":
            return f"{place}: nilai '{error['input']}' tidak berbentuk seperti yang diminta. Lihat contoh konfigurasi."
        case "enum" | "literal_error":
            choices = str(error["ctx"]["expected"]).replace(" or ", " atau ")
            return f"{place}: nilai '{error['input']}' tidak dikenal. Pilihan: {choices}."
        case _:
            wanted = _WANTED.get(str(error["type"]).split("_")[0], "nilai yang sesuai")
            return f"{place}: seharusnya {wanted}, bukan {_shown(error['input'])}."


def _shown(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 60 else said[:60] + "…"


_WANTED = {
    "string": "teks dalam tanda kutip",
    "int": "bilangan bulat tanpa tanda kutip",
    "bool": "true atau false tanpa tanda kutip",
    "list": "daftar dalam kurung siku",
    "model": "sebuah tabel",
    "dict": "sebuah tabel",
    "greater": "bilangan yang lebih besar",
    "less": "bilangan yang lebih kecil",
    "too": "berisi paling sedikit satu",
}


def _place(loc: tuple[int | str, ...]) -> str:
    names = [f"ke-{part + 1}" if isinstance(part, int) else f"'{part}'" for part in loc]
    return " ".join(names)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the table at `loc` knows."""
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        annotation: Any = model.model_fields[part].annotation if part in model.model_fields else None
        inner = [a for a in (annotation, *getattr(annotation, "__args__", ())) if isinstance(a, type)]
        models = [a for a in inner if issubclass(a, BaseModel)]
        if models:
            model = models[0]
    return list(model.model_fields)
