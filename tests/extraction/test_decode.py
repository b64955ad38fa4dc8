"""Decoding: every format and turn gives the same picture, and damage gives a reason."""

import io
import struct
import tracemalloc
import zlib
from importlib import import_module

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from service.domain.errors import PhotoUnreadable
from tests.extraction import drawn
from workers.extraction.decode import FRAME_PX, decode, larger

KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")


def code_of(photo: bytes) -> str:
    with pytest.raises(PhotoUnreadable) as refused:
        decode(photo)
    return refused.value.code


def difference(one: drawn.Pixels, other: drawn.Pixels) -> float:
    assert one.shape == other.shape
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_picture(kind: str) -> None:
    pillow_heif.register_heif_opener()
    plain = decode(drawn.encoded(drawn.photo(), "PNG"))
    photo = decode(drawn.encoded(drawn.photo(), kind))
    assert (photo.width, photo.height) == (1200, 900)
    assert max(photo.frame.shape) == FRAME_PX
    assert difference(photo.frame, plain.frame) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_frame_and_the_larger_picture_alike(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = decode(drawn.encoded(drawn.photo(), "JPEG", exif=exif))
    whole = larger(photo, scale=1.0)
    assert whole.shape[:2] == (photo.height, photo.width)
    small = np.asarray(Image.fromarray(whole).resize(photo.frame.shape[1::-1], Image.Resampling.BOX))
    assert difference(small, photo.frame) < 4


def test_exif_turns_as_pillow_does() -> None:
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        bytes_ = drawn.encoded(drawn.photo()[:300, :400], "PNG", exif=exif)
        shown = ImageOps.exif_transpose(Image.open(io.BytesIO(bytes_)))
        assert larger(decode(bytes_), scale=1.0).tobytes() == np.asarray(shown)[:, :, ::-1].tobytes()


def test_heic_is_turned_once() -> None:
    pillow_heif.register_heif_opener()
    image, exif, held = Image.fromarray(drawn.photo()[:320, :480]), Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    image.info["exif"] = exif.tobytes()  # this way the file gets its own turn, and EXIF as well, as from a phone
    image.save(held, "HEIF")
    photo = decode(held.getvalue())
    assert (photo.width, photo.height) == (320, 480)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_every_colour_mode_becomes_eight_bits_of_three_colours(mode: str) -> None:
    held = io.BytesIO()
    plain = Image.fromarray(drawn.photo())
    image = (
        Image.fromarray(np.asarray(plain.convert("L")).astype(np.uint16) * 257)
        if mode == "I;16"
        else plain.convert(mode)
    )
    image.save(held, "JPEG" if mode == "CMYK" else "PNG")
    frame = decode(held.getvalue()).frame
    assert frame.dtype == np.uint8
    assert frame.shape == (750, 1000, 3)
    assert np.ptp(frame) > 100


def test_a_jpeg_that_lacks_its_end_is_read() -> None:
    whole = drawn.encoded(drawn.photo())
    assert decode(whole[: len(whole) * 95 // 100]).frame.shape == (750, 1000, 3)


def test_a_jpeg_that_lacks_its_half_is_cut_short() -> None:
    whole = drawn.encoded(drawn.photo())
    assert code_of(whole[: len(whole) // 3]) == "cut_short"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "HEIF"])
def test_other_files_cut_short_say_so(kind: str) -> None:
    pillow_heif.register_heif_opener()
    whole = drawn.encoded(drawn.photo()[:300, :400], kind)
    assert code_of(whole[: len(whole) // 2]) in ("cut_short", "not_an_image")


def png_header(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("side", [8_000, 12_000, 20_000])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    tracemalloc.start()
    assert code_of(png_header(side, side)) == "too_many_pixels"
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_a_webp_is_refused_earlier_for_its_decoder_holds_more() -> None:
    held = io.BytesIO()
    Image.new("RGB", (6000, 4100)).save(held, "WEBP", quality=1, method=0)
    assert code_of(held.getvalue()) == "too_many_pixels"


def test_a_thumbnail_is_too_small() -> None:
    assert code_of(drawn.encoded(drawn.photo()[:30, :40])) == "too_small"


@pytest.mark.parametrize("bytes_", [b"", b"%PDF-1.7 and so on", b"\xff\xd8\xff", b"hello" * 1000])
def test_what_is_no_picture_says_so(bytes_: bytes) -> None:
    assert code_of(bytes_) in ("not_an_image", "cut_short")


def test_an_animated_gif_gives_its_first_picture() -> None:
    held = io.BytesIO()
    first, second = Image.fromarray(drawn.photo()), Image.fromarray(drawn.table())
    first.save(held, "GIF", save_all=True, append_images=[second])
    assert decode(held.getvalue()).frame.shape == (750, 1000, 3)


def test_a_very_large_picture_is_kept_at_half_its_size_and_shown_at_its_own() -> None:
    held = io.BytesIO()
    Image.new("P", (6001, 5000)).save(held, "PNG")
    photo = decode(held.getvalue())
    assert (photo.width, photo.height) == (6001, 5000)
    assert larger(photo, scale=1.0).shape == (2500, 3000, 3)


def test_deep_pictures_keep_their_levels_from_one_band_to_the_next() -> None:
    steps = np.linspace(0, 60_000, 3000).astype(np.uint16)[:, None].repeat(400, axis=1)
    held = io.BytesIO()
    Image.fromarray(steps).save(held, "PNG")
    column = larger(decode(held.getvalue()), scale=1.0)[:, 0, 0].astype(int)
    assert (column[0], column[-1]) == (0, 255)
    assert np.diff(column).min() >= 0


@pytest.mark.parametrize("error", [MemoryError(), cv2.error()])
def test_a_lack_of_memory_is_not_blamed_on_the_file(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    if isinstance(error, cv2.error):
        error.code = cv2.Error.StsNoMem
    monkeypatch.setattr(import_module(decode.__module__), "decoded", fail)
    with pytest.raises(MemoryError):
        decode(drawn.encoded(drawn.photo()))
