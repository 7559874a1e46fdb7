"""How X reads a text: weighted length (twitter-text config v3), links, and the form in which it is given back."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import regex

LIMIT = 280
LINK = 23
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))  # weight 100 of scale 100

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc "
    "cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb "
    "gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke "
    "kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu "
    "mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw "
    "sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz "
    "ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
# The generic names that Indonesian public information really links to; X knows some 1,200 more.
_GENERIC = (
    "academy agency app art asia bank biz blog blue cafe careers cat center city cloud club coach com community "
    "company coop cyou dev digital directory edu education email events expert finance foundation fund gallery "
    "global gov group guide guru health help host icu info ink int international jobs land law legal life link "
    "live ltd market marketing media mil mobi museum name net network news ngo one ong online org page partners "
    "party photos pictures plus post press pro pub report review reviews rocks school science services shop show "
    "site social solutions space store studio support systems team tech technology tel today tools top tours "
    "training travel tube university video vip vote website wiki work works world wtf xxx xyz zone"
)
_LETTER = r"a-z0-9\u00c0-\u024f\u0400-\u04ff"
_PATH_END = rf"[{_LETTER}=_#/+\-]|\([^\s()]*\)"
_URL = regex.compile(
    rf"(?P<before>^|[^a-z0-9@＠$#＃_\p{{L}}])"
    rf"(?P<url>(?P<scheme>https?://)?"
    rf"(?P<host>(?:[{_LETTER}](?:[{_LETTER}_\-]*[{_LETTER}])?\.)+(?:{'|'.join((_COUNTRIES + ' ' + _GENERIC).split())})"
    rf"(?=[^0-9a-z@+\-_\p{{L}}]|$))"
    rf"(?::\d+)?"
    rf"(?:/(?:[{_LETTER}!*';:=+,.$/%#\[\]\-\u2013_~@|&]|\([^\s()]*\))*(?<={_PATH_END})|/)?"
    rf"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?)",
    regex.IGNORECASE,
)
_EMOJI = regex.compile(
    r"\p{Regional_Indicator}{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    r"|[\u00a9\u00ae\u2122]\ufe0f"
    r"|(?![0-9#*\u00a9\u00ae\u2122])\p{Emoji}(?:\ufe0f|\p{Emoji_Modifier})?[\U000e0020-\U000e007f]*"
    r"(?:\u200d\p{Emoji}(?:\ufe0f|\p{Emoji_Modifier})?)*"
)
_CASHTAG = regex.compile(r"(?<![\w$])\$[a-z]{1,6}(?:[._][a-z]{1,2})?(?![\w$])", regex.IGNORECASE)
FORBIDDEN = ("\ufffe", "\ufeff", "\uffff")


@dataclass(frozen=True, kw_only=True)
class Link:
    start: int
    end: int
    url: str

    @property
    def expanded(self) -> str:
        return self.url if "://" in self.url else f"http://{self.url}"


def links(text: str) -> list[Link]:
    """Everything X turns into a t.co link, bare names such as `kpu.go.id` too."""
    found = []
    for match in _URL.finditer(text):
        if match["scheme"] is None and match["before"] in {"-", "_", ".", "/"}:
            continue
        if match["scheme"] is None and not match["host"].isascii():
            continue
        found.append(Link(start=match.start("url"), end=match.end("url"), url=match["url"]))
    return found


def weight(text: str) -> int:
    """The length X counts: 1 or 2 per letter, 2 per emoji however composed, 23 per link."""
    text = unicodedata.normalize("NFC", text)
    total, position = 0, 0
    for link in links(text):
        total += _weight_of_plain(text[position : link.start]) + LINK
        position = link.end
    return total + _weight_of_plain(text[position:])


def _weight_of_plain(text: str) -> int:
    pieces = _EMOJI.split(text)
    letters = sum(1 if _is_light(ord(letter)) else 2 for piece in pieces for letter in piece)
    return letters + 2 * (len(pieces) - 1)


def _is_light(point: int) -> bool:
    return any(first <= point <= last for first, last in _LIGHT)


def cashtags(text: str) -> int:
    return len(_CASHTAG.findall(text))


def wrapped(text: str, shorten: Callable[[str], str]) -> tuple[str, list[dict[str, object]]]:
    """The text as X gives it back: links as t.co, `&`, `<` and `>` escaped; and its `entities.urls`."""
    parts: list[str] = []
    urls: list[dict[str, object]] = []
    position, length = 0, 0

    def add(piece: str) -> None:
        nonlocal length
        parts.append(piece)
        length += len(piece)

    for link in links(text):
        add(html.escape(text[position : link.start], quote=False))
        start, short = length, shorten(link.expanded)
        add(short)
        shown = link.url.partition("://")[2] or link.url
        urls.append(
            {"start": start, "end": length, "url": short, "expanded_url": link.expanded, "display_url": shown[:27]}
        )
        position = link.end
    add(html.escape(text[position:], quote=False))
    return "".join(parts), urls
