"""The words of `kanal` and `varian` become accounts of the office."""

from __future__ import annotations

from typing import Any

from bakohumas_bot.domain.offices import Account, Office
from bakohumas_bot.store.draft_page import EXAMPLES, Page, nearest


def chosen_accounts(page: Page, office: Office) -> tuple[Account, ...]:
    words = page.texts("kanal")
    if not words:
        raise page.wrong("kanal", f"belum ada. Contoh: kanal: {EXAMPLES['kanal']}")
    found = [page.hear(_accounts_called, page, office, word, "kanal") for word in words]
    if None in found:
        return ()  # each word that is wrong has been named
    chosen = list(dict.fromkeys(account for accounts in found for account in accounts or ()))
    places: dict[str, Account] = {}
    for account in chosen:
        other = places.setdefault(_place(page, account), account)
        if other is not account:
            raise page.wrong("kanal", f"{other.id} dan {account.id} menuju akun yang sama. Pilih salah satu.")
    return tuple(chosen)


def _accounts_called(page: Page, office: Office, word: str, key: str) -> list[Account]:
    """One account by its id, or by a platform's word every place the office has there."""
    if account := page.directory.accounts.get(word):
        if account.office != office.code:
            raise page.wrong(
                key, f"'{word}' milik satker {account.office}, bukan {office.code}. Pilih kanal {office.name}."
            )
        if not account.enabled:
            raise page.wrong(
                key, f"'{word}' belum diaktifkan. Aktifkan dahulu di konfigurasi, atau keluarkan kanal ini."
            )
        return [account]
    enabled = page.directory.accounts_of(office.code)
    on_platform = [account for account in enabled if _speaks(page, account, word.casefold())]
    if on_platform:
        return _one_per_place(page, on_platform)
    if any(word.casefold() in {spec.name, spec.family} for spec in page.specs.values()):
        raise page.wrong(
            key, f"{office.name} belum mengaktifkan kanal {word}. Keluarkan kanal ini, atau aktifkan dahulu."
        )
    families = dict.fromkeys(page.specs[account.platform].family for account in enabled)
    known = [*families, *(account.id for account in enabled)]
    raise page.wrong(key, f"'{word[:60]}' tidak dikenal.{nearest(word, known)}")


def _speaks(page: Page, account: Account, word: str) -> bool:
    spec = page.specs[account.platform]
    return word in {spec.name, spec.family}


def _one_per_place(page: Page, accounts: list[Account]) -> list[Account]:
    """Two adapters may serve one handle; the official one, whose name lacks `_private`, goes first."""
    places: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda account: account.platform.endswith("_private")):
        places.setdefault(_place(page, account), account)
    kept = set(places.values())
    return [account for account in accounts if account in kept]


def _place(page: Page, account: Account) -> str:
    return account.place(page.specs[account.platform].family)


def variants_of(page: Page, accounts: tuple[Account, ...]) -> tuple[tuple[str, str], ...]:
    given = page.matter.get("varian", {})
    if not isinstance(given, dict):
        raise page.wrong("varian", "harus berupa pasangan kanal dan teks. Contoh baris: x: Teks ringkas untuk X")
    texts: dict[str, str] = {}
    # An account's own text wins over its platform's, whichever comes first.
    for word, text in sorted(given.items(), key=lambda pair: pair[0] in page.directory.accounts):
        for account in page.hear(_accounts_with_variant, page, accounts, word, text) or ():
            texts[account.id] = text.strip()
    return tuple(sorted(texts.items()))


def _accounts_with_variant(page: Page, accounts: tuple[Account, ...], word: str, text: Any) -> list[Account]:
    if not isinstance(text, str) or not text.strip():
        raise page.wrong(f"varian.{word[:60]}", "harus berupa teks. Hapus baris ini bila tidak diperlukan.")
    meant = [account for account in accounts if account.id == word or _speaks(page, account, word.casefold())]
    if not meant:
        chosen = ", ".join(account.id for account in accounts) or "belum ada"
        raise page.wrong(f"varian.{word[:60]}", f"bukan kanal yang dipilih ({chosen}). Tambahkan ke kanal, atau hapus.")
    return meant
