"""Reads rules/contacts.toml: the telephone numbers and e-mail addresses that an office shows on purpose."""

from __future__ import annotations

import re

from pydantic import Field, field_validator

from bakohumas_bot.config.tables import Table
from bakohumas_bot.domain.contacts import Contacts, digits_of_phone

_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@]{2,63}")


class PhoneTable(Table):
    nomor: str
    nama: str = Field(min_length=1)

    @field_validator("nomor")
    @classmethod
    def _is_a_number(cls, value: str) -> str:
        if not 5 <= len(digits_of_phone(value)) <= 15:
            raise ValueError(f"'{value}' bukan nomor telepon. Tulis lengkap, misalnya \"0812-3456-7890\"")
        return value


class MailTable(Table):
    alamat: str
    nama: str = Field(min_length=1)

    @field_validator("alamat")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not _MAIL.fullmatch(value):
            raise ValueError(f"'{value}' bukan alamat pos-el. Tulis lengkap, misalnya \"kpu.contoh@gmail.com\"")
        return value


class ContactsFile(Table):
    telepon: tuple[PhoneTable, ...] = ()
    surel: tuple[MailTable, ...] = ()


def build(file: ContactsFile) -> Contacts:
    return Contacts(
        phones=frozenset(digits_of_phone(line.nomor) for line in file.telepon),
        mails=frozenset(line.alamat.casefold() for line in file.surel),
    )
