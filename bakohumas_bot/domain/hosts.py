"""Whose a web host is: the commission's own, a look-alike of it, a shortener, a platform, or somebody else's."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

OFFICIAL = "kpu.go.id"


class Owner(StrEnum):
    OFFICE = "office"
    GOVERNMENT = "government"
    PLATFORM = "platform"
    PARTNER = "partner"
    SHORTENER = "shortener"
    CLOUD = "cloud"
    NAMED_LIKE_KPU = "named_like_kpu"
    OTHER = "other"


_SHORTENERS = """
bit.ly bitly.com s.id tinyurl.com linktr.ee linktree.com t.ly cutt.ly rebrand.ly ow.ly is.gd v.gd rb.gy shorturl.at
shorturl.asia t.co lnk.bio bio.link msha.ke heylink.me lynk.id taplink.cc beacons.ai tiny.cc tiny.one adf.ly soo.gd
qrco.de me-qr.com q-r.to qr.io qr1.be buff.ly dub.sh urlis.net intip.in bl.ink short.gy shorten.is gg.gg u.to s.pl
linkin.bio campsite.bio mez.ink tr.ee goo.gl bitly.ws tinyurl.is l.ead.me hotm.art n9.cl x.gd da.gd clck.ru
"""
_CLOUDS = """
docs.google.com drive.google.com sheets.google.com forms.gle forms.google.com 1drv.ms onedrive.live.com
sharepoint.com dropbox.com dropboxusercontent.com db.tt forms.office.com forms.cloud.microsoft
"""
_PLATFORMS = """
instagram.com instagr.am facebook.com fb.com fb.watch fb.me x.com twitter.com youtube.com youtu.be tiktok.com t.me
telegram.me telegram.org wa.me whatsapp.com threads.net threads.com linkedin.com spotify.com zoom.us
meet.google.com maps.google.com maps.app.goo.gl google.com google.co.id play.google.com apps.apple.com
podcasts.apple.com bsky.app teams.microsoft.com webex.com mixcloud.com soundcloud.com waze.com
"""
_SHORT_HOSTS = frozenset(_SHORTENERS.split())
# Other public bodies and schools whose names are handed out by a registry that asks for papers, and public media.
_GOVERNMENT = ("go.id", "mil.id", "desa.id")
_PARTNERS = ("ac.id", "sch.id", "antaranews.com", "rri.co.id", "tvri.co.id", "mkri.id", "pdp.id")
_SERVICES = {
    "infopemilu": "infopemilu.kpu.go.id",
    "cekdptonline": "cekdptonline.kpu.go.id",
    "cekdpt": "cekdptonline.kpu.go.id",
    "siakba": "siakba.kpu.go.id",
    "sirekap": "sirekap.kpu.go.id",
    "sidalih": "sidalih.kpu.go.id",
    "lindungihakpilih": "cekdptonline.kpu.go.id",
}
_TWO_PARTS = re.compile(r"\.(?:co|or|ac|sch|web|my|net|biz|ponpes|desa|mil|go)\.id\Z")
# Letters of other scripts that look like Latin ones, and digits for letters. `i`, `l` and `1` are one letter here.
_TWINS = str.maketrans("аеорсухіјѕԁһкпитвмгοαερυιτκνμσ0135l|ı", "aeopcyxijsdhknutbmroaepuitkvmoo" + "iesiii")


def is_under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def owner(host: str, own: tuple[str, ...]) -> Owner:
    """`own` are the hosts that the office has registered. A look-alike is asked for apart: `official_twin`."""
    if any(is_under(host, known) for known in (OFFICIAL, *own)):
        return Owner.OFFICE
    for kind, domains in _KNOWN:
        if any(is_under(host, domain) for domain in domains):
            return kind
    if host.removeprefix("www.") in _SHORT_HOSTS:
        return Owner.SHORTENER
    return Owner.NAMED_LIKE_KPU if _name(host).startswith("kpu") or "kpu" in _name(host).split("-") else Owner.OTHER


_KNOWN = (
    (Owner.CLOUD, tuple(_CLOUDS.split())),
    (Owner.PLATFORM, tuple(_PLATFORMS.split())),
    (Owner.GOVERNMENT, _GOVERNMENT),
    (Owner.PARTNER, _PARTNERS),
)


def official_twin(host: str, own: tuple[str, ...] = ()) -> str | None:
    """The official host that this one could be taken for; None where it is official itself, or like none.

    Names under .go.id are given out by the ministry, so an ordinary one is never a look-alike.
    """
    official = (OFFICIAL, *own)
    if any(is_under(host, known) for known in official) or (host.isascii() and _is_public(host)):
        return None
    looks = _looks(host)
    for known in own:
        if _looks(known) in (looks, looks.removeprefix("www.")):
            return known
    return _within(host, looks) or _misspelled(host, looks) or _service(host)


def _is_public(host: str) -> bool:
    return "xn--" not in host and any(is_under(host, domain) for domain in _GOVERNMENT)


def _looks(host: str) -> str:
    """What the eye takes it for: punycode spelled out, accents dropped, twins of letters put together."""
    spelled = ".".join(map(_spelled, host.split(".")))
    letters = unicodedata.normalize("NFKD", spelled).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_TWINS)
    return plain.replace("rn", "m").replace("vv", "w")


def _spelled(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return label


def _within(host: str, looks: str) -> str | None:
    """`kpu.go.id.contoh.com`, `kpu-go.id`, `kpu.g0.id`: the official name with other marks, or with more behind it."""
    found = _WRITTEN_TOGETHER.search(looks)
    if found is None:
        return None
    before = host[: found.start()] if len(looks) == len(host) else ""
    return f"{before}{OFFICIAL}" if _A_PLACE.fullmatch(before) else OFFICIAL


_A_PLACE = re.compile(r"(?!www\.)[a-z-]{2,60}\.")
_WRITTEN_TOGETHER = re.compile(r"kpu[.-]?go[.-]?id(?![a-z])")


def _misspelled(host: str, looks: str) -> str | None:
    tail = ".".join(looks.split(".")[-3:])
    ends_as_a_name = _name(host) == "kpu" and host.endswith(".id")
    if ends_as_a_name or (tail.startswith("kpu.") and _one_slip(tail, OFFICIAL)):
        labels = host.split(".")
        kept = labels[: labels.index("kpu")] if "kpu" in labels else []
        return ".".join([*(label for label in kept if label != "www"), OFFICIAL])
    return None


def _one_slip(word: str, right: str) -> bool:
    """Whether one letter too many, too few, changed or swapped with its neighbour makes `word` of `right`."""
    start = next((at for at, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    ours, theirs = word[start:], right[start:]
    swapped = ours[:2] == theirs[:2][::-1] and ours[2:] == theirs[2:]
    return swapped or ours[1:] == theirs[1:] or ours == theirs[1:] or ours[1:] == theirs


def _service(host: str) -> str | None:
    name = _name(host)
    return next((right for service, right in _SERVICES.items() if service in name), None)


def _name(host: str) -> str:
    """The label that somebody registered: `kpu` of kpu.co.id and of www.kpu.com."""
    labels = host.split(".")
    taken = 3 if _TWO_PARTS.search(host) else 2
    return labels[-taken] if len(labels) >= taken else labels[0]
