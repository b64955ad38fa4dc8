"""A photo as screens show it: its pixels, the right way up and no larger than a screen, and nothing else of the file."""

from typing import Final

import cv2

from workers.extraction.decode import decode, larger, shrunk

SCREEN_PX: Final = 2000
"""The longer side. A JPEG of 4000 pixels is unpacked at half its size, which costs a quarter."""
QUALITY: Final = 82


def screen_copy(photo: bytes) -> tuple[bytes, float]:
    """Give a JPEG made anew, and how many pixels of the photo one of its pixels stands for. Raises PhotoUnreadable.

    Whatever else the file held (the place where it was taken, a second file behind the picture) is not in it.
    """
    seen = decode(photo)
    pixels = shrunk(larger(seen, scale=min(1.0, SCREEN_PX / max(seen.width, seen.height))), SCREEN_PX)
    _, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return jpeg.tobytes(), seen.width / pixels.shape[1]
