"""What is taken in as a photo, and what is refused with which word."""

import pytest

from service.domain.errors import PhotoRefused
from service.domain.reading.photo import MAX_PHOTO_BYTES, REASONS, check_size, kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"II*\x00\x08\x00", "image/tiff"),
        (b"MM\x00*\x00\x00", "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00", "image/heic"),
    ],
)
def test_a_photo_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "pdf"),
        (b"GIF89a\x01\x00", "animated"),
        (b"<html>", "not_an_image"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "not_an_image"),
        (b"\x00\x00\x00\x18ftypmp42", "not_an_image"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason_and_what_to_do(head: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as caught:
        kind_of(head)
    assert caught.value.code == code
    assert caught.value.message == REASONS[code]


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (MAX_PHOTO_BYTES + 1, "too_big")])
def test_nothing_and_too_much_are_refused(size: int, code: str) -> None:
    with pytest.raises(PhotoRefused) as caught:
        check_size(size)
    assert caught.value.code == code


def test_the_largest_photo_is_taken() -> None:
    check_size(MAX_PHOTO_BYTES)
