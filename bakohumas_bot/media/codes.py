"""What the QR and bar codes in a picture say."""

from __future__ import annotations

from functools import cache
from typing import Any

from PIL import Image

MOST = 20  # codes of one picture
LONGEST = 2_000  # characters of one code; a QR code holds 4,296 at most
_SIDE = 2_000


def codes_in(grey: Image.Image) -> tuple[str, ...]:
    """Each once, from the top. A large picture is scaled down to 2,000 pixels: what a phone can read is still there."""
    import zxingcpp

    if max(grey.size) > _SIDE:
        grey = grey.copy()
        grey.thumbnail((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2)
    found = zxingcpp.read_barcodes(grey, formats=_kinds())
    said = (code.text[:LONGEST].strip() for code in sorted(found, key=lambda code: code.position.top_left.y))
    return tuple(dict.fromkeys(text for text in said if text))[:MOST]


@cache
def _kinds() -> Any:
    """Those that carry words or addresses; numbers of shop goods are often seen where there are none."""
    from zxingcpp import BarcodeFormat, BarcodeFormats

    kinds = ("QRCode", "MicroQRCode", "DataMatrix", "Aztec", "PDF417", "Code128")
    return BarcodeFormats([getattr(BarcodeFormat, kind) for kind in kinds])
