"""A photo as it arrives: what is taken in, what is refused and why, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.domain.errors import PhotoRefused

MAX_PHOTO_BYTES = 25 * 1024 * 1024
"""A 50-megapixel phone JPEG stays below this; more is a film or a mistake."""

REASONS = {
    "empty": "The file is empty. Take or choose the photo again.",
    "not_an_image": "This is not a photo that can be read. Send a JPEG, PNG, WebP, TIFF or HEIC picture.",
    "pdf": "PDF files cannot be read yet. Take a photo or a screenshot of the card instead.",
    "animated": "A GIF cannot be read. Send a JPEG or PNG picture of the card.",
    "too_big": "The file is too big. Send the photo as the phone took it, or a smaller copy.",
    "cut_short": "The photo is cut short: its end never arrived. Send it again.",
    "too_many_pixels": "The picture has too many pixels to be opened safely. Send a smaller copy.",
    "too_small": "The picture is too small to read. Send the original photo, not a thumbnail.",
    "no_card": "No card was found in the photo. Try again closer and in better light.",
    "gave_up": "Reading the photo failed three times. Try again, or take another photo.",
    "took_too_long": "Reading the photo took too long. Try again, or take another photo.",
    "lost": "The file of the photo was lost on the disk of the service. Take the photo again.",
    "no_sound": "The spoken note is empty. Record it again.",
    "not_a_sound": "This is not a recording that can be kept. Send WebM, Ogg or MP4 audio.",
    "sound_too_big": "The spoken note is too long. Two minutes are enough; record a shorter one.",
}
"""Code of every PhotoRefused and PhotoUnreadable, and what a person is told."""

OF_THE_FILE: Final = frozenset(
    {"empty", "not_an_image", "pdf", "animated", "cut_short", "too_many_pixels", "too_small"}
)
"""Reasons that lie in the file itself: whoever reads it again finds the same."""

LOST: Final = "lost"
"""Why a photo whose file is gone without anybody's wish has no bytes any more."""

SNIFF_BYTES = 32
"""So many first bytes are enough for `kind_of`."""

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}


class PhotoState(StrEnum):
    """`received` photos wait to be read; `unreadable` ones carry a reason."""

    RECEIVED = "received"
    READ = "read"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ScreenCopy:
    """The file that screens are given in place of the photo's own; `scale`: pixels of the photo for one of its."""

    sha256: str
    scale: float


NOT_TO_SHOW: Final = ScreenCopy("", 0)
"""Of a photo that cannot be unpacked, or whose bytes are gone."""


def refusal(code: str) -> PhotoRefused:
    return PhotoRefused(code, REASONS[code])


def kind_of(first_bytes: bytes) -> str:
    """Media type of a photo by its first bytes (the name and the sender's word do not count).

    Raises PhotoRefused: `empty`, `pdf`, `animated` (GIF) or `not_an_image`.
    """
    head = first_bytes[:SNIFF_BYTES]
    if not head:
        raise refusal("empty")
    if head.startswith(b"%PDF"):
        raise refusal("pdf")
    if head.startswith((b"GIF87a", b"GIF89a")):
        raise refusal("animated")
    kind = _raster_kind(head)
    if kind is None:
        raise refusal("not_an_image")
    return kind


def _raster_kind(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "image/tiff"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "image/heic"
    return None


def check_size(size_bytes: int, *, limit_bytes: int = MAX_PHOTO_BYTES) -> None:
    """Raise PhotoRefused (`empty`, `too_big`) for a size that is not taken in."""
    if size_bytes <= 0:
        raise refusal("empty")
    if size_bytes > limit_bytes:
        raise refusal("too_big")
