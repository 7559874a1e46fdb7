"""Family M: pictures, videos and documents, described for everyone and within what each account carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, Status
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind, Rendered, RenderedMedia

_KINDS = {MediaKind.IMAGE: "gambar", MediaKind.VIDEO: "video", MediaKind.DOCUMENT: "dokumen"}
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|mp4|mov|pdf)"
    r"|(?:img|dsc[nf]?|pxl|mvimg|foto|photo|gambar|image|picture|screenshot|tangkapan layar|whatsapp image|untitled)"
    r"[\s_.:()\d-]{0,40}(?:at[\s_.:()\d-]{0,40}|WA\d{1,6}[\s()\d]{0,8})?"
    r"(?:(?:jpe?g|png|gif|webp|heic|mp4|mov))?",
    re.IGNORECASE,
)
_HASHTAG = re.compile(r"(?<![\w&/])#\w*[^\W\d]\w*")
_RATIO_SLACK = 0.01


def alternative_texts(checkup: Checkup) -> Iterator[Finding]:
    softer = None if checkup.content.kind is Kind.INFOGRAFIS else Severity.PERINGATAN
    for number, media in enumerate(checkup.content.media):
        if media.kind is not MediaKind.IMAGE:
            continue
        alt, place = media.alt.strip(), Place(field=f"media[{number}].teks_alt")
        if not alt:
            yield M01.finding(place, severity=softer)
        elif _is_a_file_name(alt, media.name):
            yield M01.finding(place, severity=softer, says="nama_berkas", alt=alt)


def _is_a_file_name(alt: str, name: str) -> bool:
    stem = name.rpartition(".")[0] or name
    return alt.casefold() in {name.casefold(), stem.casefold()} or _FILE_NAME.fullmatch(alt) is not None


@dataclass(frozen=True, kw_only=True)
class _Load:
    """What one account would carry, and the words that every sentence about it needs."""

    rendered: Rendered
    spec: PlatformSpec
    checkup: Checkup

    def finding(self, says: str, field: str = "media", **facts: Any) -> Finding:
        return M06.finding(
            Place(field=field),
            says=says,
            label=self.spec.label,
            account=self.rendered.account,
            family=self.spec.family,
            **facts,
        )

    def about(self, media: RenderedMedia, says: str, **facts: Any) -> Finding:
        return self.finding(says, self.place_of(media), name=self.called(media), **facts)

    def place_of(self, media: RenderedMedia) -> str:
        given = [author.sha256 for author in self.checkup.content.media]
        return f"media[{given.index(media.source)}]" if media.source in given else "media"

    def called(self, media: RenderedMedia) -> str:
        """A phone's picture has no name that its sender would know; its number is that of its button."""
        given = [author.sha256 for author in self.checkup.content.media]
        if media.kind is MediaKind.DOCUMENT or media.source not in given:
            return media.name
        return f"{_KINDS[media.kind]} {given.index(media.source) + 1}"

    def count(self, kind: MediaKind) -> int:
        return sum(media.kind is kind for media in self.rendered.media)

    def limit(self, kind: MediaKind) -> int:
        limits = {MediaKind.IMAGE: self.spec.max_images, MediaKind.VIDEO: self.spec.max_videos}
        return limits.get(kind, self.spec.max_documents)


def media_limits(checkup: Checkup) -> Iterator[Finding]:
    for rendered in checkup.rendered.values():
        load = _Load(rendered=rendered, spec=checkup.specs[rendered.platform], checkup=checkup)
        yield from _what_it_carries(load)
        for media in rendered.media:
            if load.limit(media.kind):
                yield from _LIMITS[media.kind](load, media)
            yield from _alternative_text_fits(load, media)
        yield from _album_is_even(load)
        yield from _hashtags(load)


def _what_it_carries(load: _Load) -> Iterator[Finding]:
    """Kinds and numbers: nothing, the wrong kind, too many, kinds that may not travel together."""
    if load.spec.needs_media and not load.rendered.media:
        yield load.finding("perlu_media")
    for media in load.rendered.media:
        if not load.limit(media.kind):
            yield load.about(media, "jenis", kind=_KINDS[media.kind])
    carried = [kind for kind in MediaKind if load.count(kind) and load.limit(kind)]
    for kind in carried:
        if load.count(kind) > load.limit(kind):
            yield load.finding("jumlah", kind=_KINDS[kind], limit=load.limit(kind), count=load.count(kind))
    total, most = len(load.rendered.media), load.spec.max_media
    if len(carried) > 1 and most is not None and total > most:
        yield load.finding("jumlah", kind="media", limit=most, count=total)
    if len(carried) > 1 and (MediaKind.DOCUMENT in carried or not load.spec.mixes):
        yield load.finding("campuran", kinds=" dan ".join(_KINDS[kind] for kind in carried))


def _image(load: _Load, media: RenderedMedia) -> Iterator[Finding]:
    limits = load.spec.image
    if limits is None:
        return
    yield from _size(load, media, limits.max_bytes)
    if media.width is None or media.height is None:
        yield load.about(media, "tak_terukur")
        return
    if not limits.min_width <= media.width <= limits.max_width or media.height > limits.max_height:
        allowed = (
            f"lebar {limits.min_width} sampai {limits.max_width} dan tinggi paling besar {limits.max_height} piksel"
        )
        yield load.about(media, "dimensi", size=f"{media.width} x {media.height}", limit=allowed)
    yield from _ratio(load, media, limits.min_ratio, limits.max_ratio)


def _video(load: _Load, media: RenderedMedia) -> Iterator[Finding]:
    limits = load.spec.video
    if limits is None:
        return
    yield from _size(load, media, limits.max_bytes)
    yield from _format(load, media, limits.mimes)
    if media.width is None or media.height is None or media.duration is None:
        yield load.about(media, "tak_terukur")
        return
    duration = timedelta(seconds=media.duration)
    if not limits.min_duration <= duration <= limits.max_duration:
        allowed = f"{_spoken(limits.min_duration)} sampai {_spoken(limits.max_duration)}"
        yield load.about(media, "durasi", duration=_spoken(duration), limit=allowed)
    if media.width > limits.max_width or media.height > limits.max_height:
        allowed = f"paling besar {limits.max_width} x {limits.max_height} piksel"
        yield load.about(media, "dimensi", size=f"{media.width} x {media.height}", limit=allowed)
    yield from _ratio(load, media, limits.min_ratio, limits.max_ratio)


def _document(load: _Load, media: RenderedMedia) -> Iterator[Finding]:
    if load.spec.document is not None:
        yield from _size(load, media, load.spec.document.max_bytes)
        yield from _format(load, media, load.spec.document.mimes)


_LIMITS = {MediaKind.IMAGE: _image, MediaKind.VIDEO: _video, MediaKind.DOCUMENT: _document}


def _size(load: _Load, media: RenderedMedia, max_bytes: int) -> Iterator[Finding]:
    if media.size > max_bytes:
        yield load.about(media, "ukuran", size=_megabytes(media.size), limit=_megabytes(max_bytes))


def _format(load: _Load, media: RenderedMedia, accepted: tuple[str, ...]) -> Iterator[Finding]:
    if media.mime not in accepted:
        yield load.about(media, "format", mime=media.mime, accepted=" atau ".join(accepted))


def _ratio(load: _Load, media: RenderedMedia, lowest: float, highest: float) -> Iterator[Finding]:
    """Whole pixels cannot hold a ratio exactly, hence one percent of slack."""
    ratio = _width_to_height(media)
    if not lowest * (1 - _RATIO_SLACK) <= ratio <= highest * (1 + _RATIO_SLACK):
        allowed = f"{_decimal(lowest)} sampai {_decimal(highest)}"
        yield load.about(media, "rasio", ratio=_decimal(ratio), limit=allowed)


def _album_is_even(load: _Load) -> Iterator[Finding]:
    if load.spec.image is None or not load.spec.image.same_ratio:
        return
    measured = [m for m in load.rendered.media if m.kind is MediaKind.IMAGE and m.width and m.height]
    for media in measured[1:]:
        if abs(_width_to_height(media) / _width_to_height(measured[0]) - 1) > _RATIO_SLACK:
            yield load.about(media, "rasio_sama")


def _alternative_text_fits(load: _Load, media: RenderedMedia) -> Iterator[Finding]:
    if len(media.alt) > load.spec.max_alt:
        place = load.place_of(media) + ".teks_alt"
        yield load.finding("teks_alt", place, name=load.called(media), count=len(media.alt), limit=load.spec.max_alt)


def _hashtags(load: _Load) -> Iterator[Finding]:
    count, limit = len(_HASHTAG.findall(load.rendered.text)), load.spec.max_hashtags
    if limit is not None and count > limit:
        own_text = load.rendered.account in dict(load.checkup.content.variants)
        yield load.finding("tagar", f"varian.{load.rendered.account}" if own_text else "isi", count=count, limit=limit)


def _width_to_height(media: RenderedMedia) -> float:
    return (media.width or 0) / (media.height or 1)


def _decimal(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def _spoken(duration: timedelta) -> str:
    """`2 menit 20 detik`, and tenths only where they matter."""
    minutes, seconds = divmod(duration.total_seconds(), 60)
    rest = f"{seconds:.1f}".removesuffix(".0").replace(".", ",")
    return " ".join(
        [*([f"{minutes:.0f} menit"] if minutes else []), *([f"{rest} detik"] if seconds or not minutes else [])]
    )


def read_back(_checkup: Checkup) -> Iterator[Finding]:
    """Nothing can be said before it is public: `lifecycle/verify.py` reads it back and raises the alarm."""
    yield from ()


M01 = Rule(
    code="M01",
    name="TEKS_ALT",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Keterbacaan bagi penyandang disabilitas; infografis memuat informasi hanya sebagai gambar",
    version=1,
    check=alternative_texts,
    about="Gambar tanpa teks alternatif, atau teks alternatifnya hanya nama berkas.",
)
M06 = Rule(
    code="M06",
    name="BATAS_MEDIA",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Batas media tiap platform; Putusan DKPP 10-PKE-DKPP/I/2021",
    version=1,
    check=media_limits,
    about="Jenis, jumlah, ukuran, bentuk, atau durasi media melampaui batas suatu platform.",
)
M07 = Rule(
    code="M07",
    name="PASCA_TERBIT",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Putusan DKPP 10-PKE-DKPP/I/2021",
    version=1,
    check=read_back,
    about="Yang tampil di kanal dibaca kembali dan dibandingkan dengan versi yang disetujui.",
    status=Status.AFTERWARDS,
)
RULES = (M01, M06, M07)
