"""Family L: where links lead, in the text and in the QR codes of pictures. No network: only what the address tells.

A cloud document may show the public what only the office should see; a look-alike takes the public to somebody else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.hosts import OFFICIAL, Owner, official_twin, owner
from bakohumas_bot.domain.tlds import TLDS
from bakohumas_bot.domain.weblinks import TRAILING, WebLink, find_links

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
_NEAR = 200
_COLLECTS = re.compile(
    r"\b(?:isi(?:kan|lah)|isi\s{1,3}(?:data|nama|di|pada|melalui|lewat|tautan|link)|mengisi|diisi|isian|formulir|form|g-?form|daftar(?:kan)?|mendaftar(?:kan)?|pendaftaran"
    r"|registrasi|regist\w{2,8}|lamar(?:an)?|melamar|presensi|absen(?:si)?|biodata|identitas|data\s{1,3}(?:diri|pribadi)"
    r"|nik|ktp(?:-el)?|unggah|mengunggah|kuesioner|survei|kirim(?:kan)?|lapor(?:kan)?|pengaduan|tanggapan)\b",
    re.IGNORECASE,
)
# "Daftar pemilih", "data diri Anda tidak diminta": a list is no form.
_NO_FORM = re.compile(
    r"\bdaftar\s{1,3}(?:pemilih|nama|calon|hadir|informasi|isi|riwayat|hitam|inventaris)\b|\bhasil\s{1,3}(?:survei|kuesioner)\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"\b(?:palsu|tiruan|penipuan|menipu|hoa(?:ks|x)|phishing|pengelabuan|mengatasnamakan|menyerupai|mirip|waspada"
    r"|hati-hati|bukan\s{1,3}(?:merupakan\s{1,3})?(?:\w{1,15}\s{1,3}){0,2}(?:resmi|milik|kpu)"
    r"|jangan\s{1,3}(?:\w{1,15}\s{1,3})?(?:klik|buka|akses|percaya|mengeklik|membuka|mengakses))\b",
    re.IGNORECASE,
)
_BROKEN_SCHEME = re.compile(
    r"(?<![^\W_])(?P<scheme>h{0,2}t{1,3}p{1,2}s?)(?P<mark>[:;.,]?[ ]?[/\\]{1,3}[ ]?|:)(?=[^\W_][\w-]{0,62}\.[^\W_])",
    re.IGNORECASE,
)
_BROKEN_WWW = re.compile(r"(?<![\w.])www(?:,[ ]?|[ ]\.[ ]?|\.[ ]|\.\.)(?=[^\W_][\w-]{0,62}\.[^\W_])", re.IGNORECASE)
_BROKEN_OFFICIAL = re.compile(
    r"(?<![^\W_])kpu(?:[ ]?[.,]{1,2}[ ]?)go(?:[ ]?[.,]{1,2}[ ]?)id(?![^\W_])|(?<=[.-])kpu[ ]go[ ]id(?![^\W_])",
    re.IGNORECASE,
)
_UNREACHABLE = re.compile(
    r"(?:localhost|(?:127|10)(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}"
    r"|[\w-]{1,63}\.(?:local|lan|internal))\Z"
)


@dataclass(frozen=True, kw_only=True)
class _Written:
    """A text with addresses. What a QR code says has no place that a person could edit."""

    field: str
    text: str
    code: bool = False

    def place(self, start: int, end: int) -> Place:
        return Place(field=self.field) if self.code else Place(field=self.field, start=start, end=end)

    @property
    def what(self) -> str:
        return "Kode QR pada berkas ini" if self.code else "Tautan"

    def repairs(self, *repairs: Repair) -> tuple[Repair, ...]:
        return () if self.code else repairs


def _written(checkup: Checkup) -> Iterator[_Written]:
    yield from (_Written(field=field, text=text) for field, text in texts(checkup.content))
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        for code in seen.codes if seen else ():
            yield _Written(field=f"media[{number}].tulisan", text=code, code=True)


def domains(checkup: Checkup) -> Iterator[Finding]:
    """A look-alike stops; any other unknown host asks whether it is meant. Sources may stand anywhere."""
    own = checkup.office.hosts
    for written in _written(checkup):
        for link in find_links(written.text):
            twin = official_twin(link.host, own) or _twin_in_account(link, own)
            if twin is not None:
                yield _look_alike(checkup, written, link, twin)
            elif not link.mail and not written.field.startswith("sumber["):
                yield from _unknown(checkup, written, link)


def _twin_in_account(link: WebLink, own: tuple[str, ...]) -> str | None:
    """`https://kpu.go.id@contoh.com` leads to contoh.com."""
    pretended = link.account.lower()
    is_official = owner(link.host, own) is Owner.OFFICE
    return OFFICIAL if "kpu" in pretended and "." in pretended and not is_official else None


def _look_alike(checkup: Checkup, written: _Written, link: WebLink, twin: str) -> Finding:
    place = written.place(link.start, link.end)
    if not written.code and _warned_of(checkup, written.text, link.start):
        harmless = link.printed.replace(link.host, link.host.replace(".", "[.]")) if link.host in link.printed else twin
        return L01.finding(
            place,
            severity=Severity.PERINGATAN,
            says="diperingatkan",
            repairs=(Repair(label=f"Tulis {harmless}", text=harmless),),
            link=link.printed,
            harmless=harmless,
        )
    right = link.moved_to(twin)
    repairs = written.repairs(Repair(label=f"Ganti dengan {right}", text=right))
    return L01.finding(place, repairs=repairs, what=written.what, link=link.printed, right=right)


def _warned_of(checkup: Checkup, text: str, at: int) -> bool:
    around = _paragraph(text, at, at)
    return told_as_wrong(checkup.content.kind, text, at) or _WARNS.search(around) is not None


def _unknown(checkup: Checkup, written: _Written, link: WebLink) -> Iterator[Finding]:
    whose = owner(link.host, checkup.office.hosts)
    bare = not link.scheme and not link.host.startswith("www.")
    if whose not in _ASKED_ABOUT or _UNREACHABLE.match(link.host) or (bare and not _surely_a_host(link)):
        return
    mild = whose is Owner.PARTNER or (bare and not link.rest and not written.code)
    yield L01.finding(
        written.place(link.start, link.end),
        severity=Severity.SARAN if mild else Severity.PERINGATAN,
        says="mirip" if whose is Owner.NAMED_LIKE_KPU else "lain",
        what=written.what,
        link=link.printed,
        host=link.host,
        official=(checkup.office.hosts or (OFFICIAL,))[0],
    )


_ASKED_ABOUT = {Owner.PARTNER, Owner.NAMED_LIKE_KPU, Owner.OTHER}
# Endings that words of a running text hardly have by mistake, as `M.Si` and `Drs.H` do.
_COMMON_ENDINGS = "com net org id info xyz online site click link top store shop web app page live club biz icu"
_COMMON = frozenset(_COMMON_ENDINGS.split())


def _surely_a_host(link: WebLink) -> bool:
    ending = link.host.rpartition(".")[2]
    if link.rest.startswith("/") and ending in TLDS:
        return link.printed[: len(link.host)].islower()
    return ending in _COMMON and link.printed.islower() and len(link.host.rpartition(".")[0]) > 2


def short_links(checkup: Checkup) -> Iterator[Finding]:
    """Nobody sees where it leads. Where data are asked for beside it, that is how data are stolen."""
    for written in _written(checkup):
        asked = _requests(written.text)
        for link in find_links(written.text):
            if owner(link.host, checkup.office.hosts) is not Owner.SHORTENER or len(link.rest) < 2:
                continue
            collects = _beside_the_code(checkup, written) if written.code else _near(written.text, link, asked)
            yield L02.finding(
                written.place(link.start, link.end),
                severity=None if collects else Severity.PERINGATAN,
                says="data" if collects else "",
                what=written.what,
                link=link.printed,
                official=(checkup.office.hosts or (OFFICIAL,))[0],
            )


def _requests(text: str) -> list[int]:
    """Where the text asks for data."""
    plain = _NO_FORM.sub(lambda list_: " " * len(list_[0]), text)
    return [found.start() for found in _COLLECTS.finditer(plain)]


def _near(text: str, link: WebLink, asked: list[int]) -> bool:
    """Whether data are asked for in its paragraph, before or behind it."""
    first = bisect_left(asked, link.start - _NEAR)
    last = bisect_left(asked, link.end + _NEAR)
    return any(
        "\n\n" not in text[min(at, link.end) : max(at, link.start)]
        for at in (*asked[first : first + 5], *asked[max(0, last - 5) : last])
        if link.start - _NEAR <= at < link.end + _NEAR and not link.start <= at < link.end
    )


def _beside_the_code(checkup: Checkup, written: _Written) -> bool:
    number = int(written.field.partition("[")[2].partition("]")[0])
    media = checkup.content.media[number]
    seen = checkup.seen.get(media.sha256)
    return any(_requests(text) for text in (checkup.content.body, media.alt, seen.text if seen else ""))


def _paragraph(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _NEAR) : start].rpartition("\n\n")[2]
    return before + text[start:end] + text[end : end + _NEAR].partition("\n\n")[0]


def cloud_documents(checkup: Checkup) -> Iterator[Finding]:
    for written in _written(checkup):
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


def dead_links(checkup: Checkup) -> Iterator[Finding]:
    """What is dead by its spelling, and what is not encrypted. Whether a page answers is looked at on the desk."""
    for written in _written(checkup):
        for start, end, right in _misspelled(written.text):
            yield L04.finding(
                written.place(start, end),
                repairs=written.repairs(Repair(label=f"Ganti dengan {right.strip()}", text=right)),
                link=written.text[start:end],
                right=right,
            )
        for link in find_links(written.text):
            yield from _unsafe(written, link)


def _misspelled(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _BROKEN_SCHEME.finditer(text):
        whole = found[0].lower()
        if whole not in {"http://", "https://"} and (found["scheme"].lower().startswith("http") or len(whole) > 5):
            yield found.start(), found.end(), "https://"
    for found in _BROKEN_WWW.finditer(text):
        yield found.start(), found.end(), "www."
    for found in _BROKEN_OFFICIAL.finditer(text):
        if found[0].lower() != OFFICIAL:
            yield found.start(), found.end(), OFFICIAL


def _unsafe(written: _Written, link: WebLink) -> Iterator[Finding]:
    place = written.place(link.start, link.end)
    if link.scheme and _UNREACHABLE.match(link.host):
        yield L04.finding(place, says="dalam", what=written.what, link=link.printed)
    elif link.scheme == "http" and not written.field.startswith("sumber["):
        right = f"https{link.printed[4:]}"
        yield L04.finding(
            place,
            severity=Severity.SARAN,
            says="http",
            repairs=written.repairs(Repair(label=f"Ganti dengan {right}", text=right)),
            what=written.what,
            link=link.printed,
            right=right,
        )


L01 = Rule(
    code="L01",
    name="DOMAIN",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d; laman resmi KPU hanya di bawah kpu.go.id",
    version=1,
    check=domains,
    about="Mencari tautan dan kode QR yang meniru domain kpu.go.id, dan menanyakan domain lain yang bukan laman resmi.",
)
L02 = Rule(
    code="L02",
    name="PEMENDEK",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d; UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=short_links,
    about="Mencari pemendek tautan dalam teks dan kode QR; menahannya bila di dekatnya publik diminta mengisi data.",
)
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
L04 = Rule(
    code="L04",
    name="TAUTAN_MATI",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=dead_links,
    about="Mencari alamat yang salah tulis, hanya terbuka di jaringan kantor, atau belum memakai https.",
)
RULES = (L01, L02, L03, L04)
