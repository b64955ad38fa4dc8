"""Damaged, empty and absurd pictures: a reason or a reading, and never anything else."""

import random
from pathlib import Path

import numpy as np
import pytest

from service.domain.errors import PhotoUnreadable
from service.domain.reading.photo import REASONS
from tests.extraction import drawn
from workers.extraction import read
from workers.extraction.decode import decode, larger

pytestmark = pytest.mark.ocr
CARDS = Path(__file__).parents[2] / "fixtures" / "cards"
KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")


def damaged(photo: bytes, chance: random.Random) -> bytes:
    """Cut, holed, stuffed or with bytes changed, most often in the header."""
    held, at = bytearray(photo), chance.randrange(len(photo))
    way = chance.choice(["cut", "hole", "stuff", "header", "header", "anywhere"])
    if way == "cut":
        return photo[:at]
    if way == "hole":
        return photo[:at] + photo[at + chance.randrange(1, 4000) :]
    if way == "stuff":
        return photo[:at] + chance.randbytes(chance.randrange(1, 2000)) + photo[at:]
    for _ in range(chance.choice([1, 3, 10, 50])):
        held[chance.randrange(600 if way == "header" else len(held))] = chance.randrange(256)
    return bytes(held)


def reason(photo: bytes) -> str:
    """The code of the refusal, or "" where the photo decodes at both sizes."""
    try:
        larger(decode(photo), scale=1.0)
    except PhotoUnreadable as unreadable:
        return unreadable.code
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_decoded_or_refused_with_a_reason(kind: str) -> None:
    chance, whole = random.Random(kind), drawn.encoded(drawn.photo()[::2, ::2], kind)
    assert {reason(damaged(whole, chance)) for _ in range(60)} <= {"", *REASONS}


def test_damaged_heic_is_decoded_or_refused_with_a_reason() -> None:
    chance, whole = random.Random(5), (CARDS / "iphone.heic").read_bytes()
    assert {reason(damaged(whole, chance)) for _ in range(25)} <= {"", *REASONS}


def test_what_decodes_of_damaged_photos_is_read_to_the_end() -> None:
    chance, whole = random.Random(11), drawn.encoded(drawn.photo(), quality=70)
    photos = [damaged(whole, chance) for _ in range(12)]
    for photo in photos:
        assert reason(photo) or len(read(photo, reader="rapidocr")) <= 3


@pytest.mark.parametrize("shape", [(100, 2500), (2500, 100), (97, 240), (1500, 1500)])
@pytest.mark.parametrize("fill", ["black", "noise", "stripes"])
def test_pictures_of_nothing_hold_no_card(shape: tuple[int, int], fill: str) -> None:
    picture = np.zeros((*shape, 3), np.uint8)
    if fill == "noise":
        picture = np.random.default_rng(3).integers(0, 256, (*shape, 3), np.uint8)
    elif fill == "stripes":
        picture[::7] = 255
    assert read(drawn.encoded(picture, "PNG", compress_level=1), reader="rapidocr") == []
