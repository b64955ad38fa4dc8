"""A note spoken at the shutter: which recordings are taken in, and how long they may be."""

from typing import Final

from service.domain.reading.photo import SNIFF_BYTES, refusal

MAX_SPOKEN_BYTES: Final = 5 * 1024 * 1024
"""Two minutes, which is where the phone stops, need a fifth of it at the rates that browsers record speech with."""

_MP4_BRANDS: Final = {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash", b"avc1"}


def kind_of_sound(first_bytes: bytes) -> str:
    """Media type of a recording by its first bytes: what browsers record, and nothing else.

    Raises PhotoRefused: `no_sound`, or `not_a_sound`.
    """
    head = first_bytes[:SNIFF_BYTES]
    if not head:
        raise refusal("no_sound")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "audio/mp4"
    raise refusal("not_a_sound")


def check_length(size_bytes: int) -> None:
    """Raise PhotoRefused (`sound_too_big`) for a recording that is longer than a note."""
    if size_bytes > MAX_SPOKEN_BYTES:
        raise refusal("sound_too_big")
