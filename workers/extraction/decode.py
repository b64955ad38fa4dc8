"""Photo bytes to pixels: the right way up as the phone held it, no larger than asked for, and never by surprise.

Pixels are BGR arrays of 8 bits, as OpenCV and the reading networks want them.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from service.domain.errors import PhotoUnreadable

Pixels = NDArray[np.uint8]

FRAME_PX = 1000  # the long side at which cards are looked for
SMALLEST_LONG_PX, SMALLEST_SHORT_PX = 240, 96  # below, no letter of a card has pixels enough
MOST_PIXELS_JPEG = 160_000_000  # draft mode never holds them all; the largest phone sensors have 108 and 200 million
MOST_PIXELS = 60_000_000  # every other format is decoded whole: 240 MB
MOST_PIXELS_WEBP = 24_000_000  # its decoder holds 15 bytes for each
HALVED_FROM = 24_000_000  # pixels: beyond, no card needs them all
BAND_PX = 1024
MOST_MISSING = 0.4  # of the rows of a picture that was cut short
EXIF_ORIENTATION = 0x0112
SIDEWAYS = {5, 6, 7, 8}
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF", "GIF", "BMP")

cv2.setNumThreads(1)
pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as shown: its size, a frame to look around in, and where larger pixels come from."""

    width: int
    height: int
    frame: Pixels
    orientation: int
    jpeg: bytes | None
    whole: Pixels | None

    @property
    def frame_scale(self) -> float:
        """Pixels of the frame for one of the photo."""
        return float(self.frame.shape[1] / self.width)


def decode(photo: bytes) -> Photo:
    """Decode cheaply to about FRAME_PX, or raise PhotoUnreadable with the reason."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return decoded(photo)
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except UnidentifiedImageError:
        raise PhotoUnreadable("not_an_image", "The file is no picture that can be read. Send a photo.") from None
    except cv2.error as error:
        raise (MemoryError() if error.code == cv2.Error.StsNoMem else cut_short()) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, RuntimeError):
        # What the decoders of Pillow, libheif and OpenCV raise on damaged files; nothing else of ours runs inside.
        # A MemoryError says nothing of the file: it rises, and the job is tried again.
        raise cut_short() from None


def decoded(photo: bytes) -> Photo:
    with Image.open(io.BytesIO(photo), formats=FORMATS) as image:
        jpeg = image.format in ("JPEG", "MPO")
        most = MOST_PIXELS_WEBP if image.format == "WEBP" else MOST_PIXELS
        check_size(*image.size, most=MOST_PIXELS_JPEG if jpeg else most)
        width, height = image.size
        orientation = orientation_of(image)
        if jpeg and image.mode in ("RGB", "L"):
            return from_jpeg(photo, image, orientation)
        pixels = turned(bgr(image), orientation)
    if orientation in SIDEWAYS:
        width, height = height, width
    return Photo(width, height, shrunk(pixels, FRAME_PX), orientation, jpeg=None, whole=pixels)


def from_jpeg(photo: bytes, image: Image.Image, orientation: int) -> Photo:
    width, height = image.size
    image.draft("RGB", (FRAME_PX * width // max(width, height), FRAME_PX * height // max(width, height)))
    try:
        frame = bgr(image)
    except OSError:
        photo += b"\xff\xd9"  # libjpeg fills what is missing with one colour once it sees an end
        frame = bgr(Image.open(io.BytesIO(photo), formats=("JPEG",)))
        check_enough(frame)
    if orientation in SIDEWAYS:
        width, height = height, width
    return Photo(width, height, turned(shrunk(frame, FRAME_PX), orientation), orientation, jpeg=photo, whole=None)


def larger(photo: Photo, *, scale: float) -> Pixels:
    """The whole photo as shown, at least at `scale` of its full size where it has it."""
    if photo.whole is not None:
        return photo.whole
    if scale <= photo.frame_scale or photo.jpeg is None:
        return photo.frame
    flag = cv2.IMREAD_REDUCED_COLOR_2 if scale <= 0.5 or photo.width * photo.height > MOST_PIXELS else cv2.IMREAD_COLOR
    # OpenCV decodes a JPEG at full size in less than half of Pillow's time; it would turn by EXIF unasked.
    pixels = cv2.imdecode(np.frombuffer(photo.jpeg, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    return photo.frame if pixels is None else turned(np.asarray(pixels, np.uint8), photo.orientation)


def check_size(width: int, height: int, *, most: int) -> None:
    if width * height > most:
        raise too_many_pixels()
    if max(width, height) < SMALLEST_LONG_PX or min(width, height) < SMALLEST_SHORT_PX:
        message = f"The picture is only {width} × {height} pixels. Send the photo itself, not a thumbnail of it."
        raise PhotoUnreadable("too_small", message)


def check_enough(pixels: Pixels) -> None:
    """Raise cut_short where too many of the last rows are one flat colour, which is what a decoder fills in."""
    flat = np.ptp(pixels.astype(np.int16), axis=1).max(axis=1) <= 2
    there = len(flat) if not flat.any() else len(flat) - int(np.argmin(flat[::-1]))
    if flat.all() or there < (1 - MOST_MISSING) * len(flat):
        raise cut_short()


def orientation_of(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(EXIF_ORIENTATION, 1))
    except (ValueError, TypeError, SyntaxError, OSError, KeyError, EOFError):
        return 1  # a damaged EXIF block is no reason to refuse the picture


def bgr(image: Image.Image) -> Pixels:
    """The pixels, made band by band, for a picture and its copies do not fit beside each other; very large ones halved."""
    tops = range(0, image.height, BAND_PX)
    bands = [(0, top, image.width, min(top + BAND_PX, image.height)) for top in tops]
    levels = levels_of(image, bands) if is_deep(image) else (0.0, 255.0)
    by = 2 if image.width * image.height > HALVED_FROM else 1
    return np.concatenate([reduced(bgr_of(image.crop(band), levels), by) for band in bands])


def is_deep(image: Image.Image) -> bool:
    return image.mode.startswith("I;16") or image.mode in ("I", "F")


def bgr_of(band: Image.Image, levels: tuple[float, float]) -> Pixels:
    if is_deep(band):
        return np.asarray(cv2.cvtColor(eight_bits(band, levels), cv2.COLOR_GRAY2BGR), np.uint8)
    if band.mode in ("RGBA", "LA", "PA", "P"):
        band = band.convert("RGBA")
        band = Image.alpha_composite(Image.new("RGBA", band.size, "white"), band)
    return np.ascontiguousarray(np.asarray(band.convert("RGB"))[:, :, ::-1])


def levels_of(image: Image.Image, bands: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """The darkest and the lightest value of a picture of more than eight bits."""
    ends = [
        (float(values.min()), float(values.max()))
        for values in (np.nan_to_num(np.asarray(image.crop(band), np.float32)) for band in bands)
    ]
    return min(low for low, _ in ends), max(high for _, high in ends)


def eight_bits(band: Image.Image, levels: tuple[float, float]) -> Pixels:
    low, high = levels
    deep = np.nan_to_num(np.asarray(band, np.float32))
    return ((deep - low) * (255 / max(high - low, 1))).astype(np.uint8)


def reduced(pixels: Pixels, by: int) -> Pixels:
    height, width = pixels.shape[:2]
    size = (max(1, width // by), max(1, height // by))
    return pixels if by == 1 else np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def turned(pixels: Pixels, orientation: int) -> Pixels:
    """The pixels turned and mirrored as EXIF's `orientation` (1 to 8) says."""
    if orientation in (2, 4, 5, 7):
        pixels = pixels[:, ::-1]
    quarter = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    return np.ascontiguousarray(np.rot90(pixels, quarter))


def shrunk(pixels: Pixels, long_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = long_px / max(width, height)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def cut_short() -> PhotoUnreadable:
    return PhotoUnreadable("cut_short", "The file is damaged or was cut short on its way. Send the photo again.")


def too_many_pixels() -> PhotoUnreadable:
    return PhotoUnreadable("too_many_pixels", "The picture has too many pixels. Send it at the size the phone takes.")
