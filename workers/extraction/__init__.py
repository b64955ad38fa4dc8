"""Photo bytes to readings: no database, no queue, no network, and not a word of what a card says in any log."""

from service.domain.reading.card import Box, Corners, Line, ReadCard, Reading
from workers.extraction.again import read_again
from workers.extraction.at import squared_at
from workers.extraction.codes import payloads
from workers.extraction.decode import decode
from workers.extraction.fields import doubtful_lines, understand
from workers.extraction.fields.surety.whether_card import is_card
from workers.extraction.lines import also_in_hangul, lines_of
from workers.extraction.locate import locate
from workers.extraction.readers import sight as sights
from workers.extraction.readers.sight import Reader, Sight, remembering, sight_of
from workers.extraction.screen import screen_copy
from workers.extraction.stages import each, stage, timed_by
from workers.extraction.straighten import Squared, straighten

__all__ = ["Reader", "load", "read", "read_at", "screen_copy", "timed_by"]

A_CARD = ("Ana García", "Directora", "Roble S.L.", "+34 612 34 56 78", "ana@roble.es", "Calle Mayor 1, 28013 Madrid")


def load(reader: Reader = "both") -> None:
    """Hold in memory all that reading needs, the lists behind the fields too, so that a forked child need not."""
    sights.load(reader)
    lines = [Line(text, Box(0, 50 * row, 20 * len(text), 30), 1.0, 1.0) for row, text in enumerate(A_CARD)]
    understand(lines, width=600, height=350)


def read(photo: bytes, *, reader: Reader = "both") -> list[ReadCard]:
    """The cards of a photo, left to right and top to bottom; none when there is no card in it.

    Raises PhotoUnreadable: `not_an_image`, `cut_short`, `too_many_pixels` or `too_small`.
    """
    with stage("decode"):
        seen = decode(photo)
    sight = sight_of(reader)
    with stage("locate"):
        quads = locate(seen.frame, sight.text_boxes)
    squared = each("straighten", straighten(seen, quads, sight))
    found = ((card, read_card(card, sight, twice=reader == "both")) for card in squared)
    return [
        ReadCard(card.corners_in(seen), card.as_jpeg(), card.width, card.height, reading)
        for card, reading in found
        if reading is not None
    ]


def read_at(photo: bytes, corners: Corners, *, reader: Reader = "both") -> ReadCard:
    """The card that a person says lies within these corners, first the top left one of the card as it is read.

    They are in pixels of the photo as shown. Raises PhotoUnreadable.
    """
    seen = decode(photo)
    sight = sight_of(reader)
    card = squared_at(seen, corners, sight)
    reading = read_card(card, sight, twice=reader == "both", surely=True) or Reading()
    return ReadCard(card.corners_in(seen), card.as_jpeg(), card.width, card.height, reading)


def read_card(card: Squared, sight: Sight, *, twice: bool, surely: bool = False) -> Reading | None:
    """What one squared card says, doubted lines read a second time; None when it is no card, unless it `surely` is."""
    with stage("codes"):
        codes, sight = payloads(card.picture), remembering(sight)
    with stage("recognise"):
        lines = lines_of(card, sight)
    with stage("understand"):
        reading = understand(lines, width=card.width, height=card.height, codes=codes)
    if twice and (seen := also_in_hangul(lines, card, sight, country=reading.country)) is not lines:
        lines, reading = seen, understand(seen, width=card.width, height=card.height, codes=codes)
    if not surely and not is_card(lines, width=card.width, height=card.height, reading=reading):
        return None
    doubted = doubtful_lines(reading, lines) if twice else []
    if not doubted:
        return reading
    with stage("read again"):
        lines = read_again(card.legible, lines, doubted, lang=reading.lang)
    return understand(lines, width=card.width, height=card.height, codes=codes)
