"""Pictures that no platform unpacks: told by their size, not by a warning, whose filters all threads share."""

from __future__ import annotations

from PIL import Image


def require_no_bomb(picture: Image.Image) -> None:
    """Raises `Image.DecompressionBombError` where more pixels are declared than Pillow thinks sane."""
    most = Image.MAX_IMAGE_PIXELS
    if most is not None and picture.width * picture.height > most:
        raise Image.DecompressionBombError(f"{picture.width} x {picture.height} pixels")
