"""What a person does when Meta has shut an account out, step by step."""

from __future__ import annotations

from enum import Enum, auto

from bakohumas_bot.platforms.meta.graph_limits import UseCase


class Steps(Enum):
    RENEW = auto()
    PERMIT = auto()
    UNLOCK = auto()


_ANEW = "Di business.facebook.com, buka Pengaturan Bisnis, Pengguna Sistem (System User), lalu buat token baru"
_TAKEN = {
    UseCase.PAGES: """
2. Panggil /me/accounts dengan token itu, lalu ambil access_token Halaman.
3. Ganti access_token kanal ini di tempat rahasia disimpan.""",
    UseCase.INSTAGRAM: """
2. Ganti access_token kanal ini dengan token itu di tempat rahasia disimpan.""",
}
_PERMISSIONS = {
    UseCase.PAGES: "pages_manage_posts dan pages_read_engagement",
    UseCase.INSTAGRAM: "instagram_basic, instagram_content_publish, dan pages_read_engagement",
}
_UNLOCK = """
1. Masuk ke akun ini di aplikasi Facebook atau Instagram, lalu ikuti petunjuk yang tampil.
2. Setelah batasan dicabut, jalankan: bakohumas doctor"""


def steps_for(steps: Steps, use_case: UseCase) -> str:
    """The steps as lines of their own; none of them holds a secret."""
    match steps:
        case Steps.RENEW:
            return f"\n1. {_ANEW} dengan izin yang sama.{_TAKEN[use_case]}"
        case Steps.PERMIT:
            return f"\n1. {_ANEW} dengan izin {_PERMISSIONS[use_case]}.{_TAKEN[use_case]}"
        case Steps.UNLOCK:
            return _UNLOCK
