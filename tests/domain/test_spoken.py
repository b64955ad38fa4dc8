"""A spoken note is what browsers record, by its first bytes, and nothing else."""

import pytest

from service.domain.errors import PhotoRefused
from service.domain.reading.spoken import MAX_SPOKEN_BYTES, check_length, kind_of_sound

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01"
MP4 = b"\0\0\0\x1cftypiso5\0\0\2\0"


@pytest.mark.parametrize(
    ("head", "kind"), [(WEBM, "audio/webm"), (MP4, "audio/mp4"), (b"OggS\0\2", "audio/ogg")], ids=str
)
def test_recordings_of_browsers_are_known(head: bytes, kind: str) -> None:
    assert kind_of_sound(head) == kind


@pytest.mark.parametrize(
    ("head", "code"),
    [(b"", "no_sound"), (b"\xff\xd8\xff\xe0", "not_a_sound"), (b"\0\0\0\x18ftypheic", "not_a_sound"), (b"<html>", "not_a_sound")],
)  # fmt: skip
def test_anything_else_is_refused(head: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        kind_of_sound(head)
    assert refused.value.code == code


def test_a_speech_is_no_note() -> None:
    check_length(MAX_SPOKEN_BYTES)
    with pytest.raises(PhotoRefused):
        check_length(MAX_SPOKEN_BYTES + 1)
