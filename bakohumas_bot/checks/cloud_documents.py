"""L03: a cloud document may show the public what only the office should see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.addresses import written_in
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.weblinks import TRAILING

_CLOUD_HOSTS = (
    r"docs\.google\.com|drive\.google\.com|sheets\.google\.com|forms\.gle|forms\.google\.com|1drv\.ms|onedrive\.live\.com"
    r"|[\w-]{1,63}\.sharepoint\.com|(?:www\.)?dropbox\.com|(?:dl|www)\.dropboxusercontent\.com|db\.tt"
    r"|forms\.office\.com|forms\.cloud\.microsoft"
)
_CLOUD = re.compile(
    rf"(?<![\w@.-])(?:https?://)?(?P<host>{_CLOUD_HOSTS})(?![\w-]|\.\w)(?::[0-9]{{1,5}})?(?P<rest>[/?][^\s<>\"'“”]*+)?",
    re.IGNORECASE,
)
_SHARED = re.compile(r"(?<!\w)https?://(?P<rest>[^\s<>\"'“”]*+)", re.IGNORECASE)


def cloud_documents(checkup: Checkup) -> Iterator[Finding]:
    for written in written_in(checkup):
        cloud = {link.start(): link for link in _CLOUD.finditer(written.text)}
        shared = (link for link in _SHARED.finditer(written.text) if _is_shared(link["rest"]))
        every = {link.start(): link for link in shared} | cloud
        for at in sorted(every):
            link, printed = every[at], every[at][0].rstrip(TRAILING)
            yield L03.finding(
                written.place(at, at + len(printed)),
                severity=Severity.PERINGATAN if _is_form_to_fill(link) else None,
                says="formulir" if _is_form_to_fill(link) else "",
                what=written.what,
                link=printed,
            )


def _is_shared(rest: str) -> bool:
    return "usp=sharing" in rest.casefold()


def _is_form_to_fill(link: re.Match[str]) -> bool:
    """What the public fills in, as against the page where the office edits it or reads the answers."""
    host = (link.groupdict().get("host") or "").casefold()
    path = re.split("[?#]", link["rest"] or "", maxsplit=1)[0].rstrip(TRAILING).casefold()
    if host == "docs.google.com":
        return path.startswith("/forms/") and path.endswith("/viewform")
    if host in {"forms.office.com", "forms.cloud.microsoft"}:
        return path.startswith(("/r/", "/pages/responsepage"))
    return host == "forms.gle" and len(path) > 1


L03 = Rule(
    code="L03",
    name="DOKUMEN_AWAN",
    severity=Severity.BLOK,
    override=Override.SECOND,
    source="Putusan DKPP 15-PKE-DKPP/II/2023",
    version=2,
    check=cloud_documents,
    about="Mencari tautan dan kode QR ke dokumen awan yang dapat membuka data kepada umum.",
)
