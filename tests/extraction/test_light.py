"""Light: a shadow across a card is taken away for the readers, and only there."""

import numpy as np
import pytest

from tests.extraction import drawn
from workers.extraction.decode import Pixels, decode
from workers.extraction.light import evened, paper_of
from workers.extraction.lines import lines_of
from workers.extraction.locate import locate
from workers.extraction.readers.sight import sight_of
from workers.extraction.straighten import straighten


def card_of(shade: int) -> Pixels:
    """Paper with dark lines of type."""
    picture = np.full((600, 1000, 3), shade, np.uint8)
    for top in range(80, 520, 60):
        for left in range(80, 700, 20):
            picture[top : top + 24, left : left + 8] = shade // 6
    return picture


def brightness(picture: Pixels) -> float:
    """Of the darkest paper over the brightest."""
    paper = paper_of(np.asarray(picture.max(axis=2), np.uint8))[2:-2, 2:-2]
    return float(paper.min() / paper.max())


def in_shadow(picture: Pixels, *, left_with: float) -> Pixels:
    """A soft shadow on the right half."""
    across = np.linspace(-1, 1, picture.shape[1])
    light = 1 - (1 - left_with) / (1 + np.exp(-across * 12))
    return np.asarray(picture * light[None, :, None], np.uint8)


def test_a_shadow_is_taken_away_and_the_type_stays_darker_than_its_paper() -> None:
    even = evened(in_shadow(card_of(220), left_with=0.2))
    assert brightness(even) > 0.65
    assert int(even[92, 684].max()) < 0.4 * int(even[92, 694].min())


def test_what_is_lit_evenly_stays_as_it_was() -> None:
    picture = in_shadow(card_of(220), left_with=0.85)
    assert evened(picture) is picture
    tiny = np.zeros((3, 3, 3), np.uint8)
    assert evened(tiny) is tiny


def test_a_dark_panel_is_no_shadow() -> None:
    picture = card_of(220)
    picture[400:] = 30
    picture[460:480, 100:700] = 240
    assert evened(picture) is picture


@pytest.mark.ocr
@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_the_kept_picture_shows_the_shadow_and_only_the_readers_see_none(quarter_turns: int) -> None:
    shot = np.ascontiguousarray(np.rot90(in_shadow(drawn.photo(), left_with=0.25), quarter_turns))
    photo, eyes = decode(drawn.encoded(shot, quality=90)), sight_of("rapidocr")
    (card,) = straighten(photo, locate(photo.frame, eyes.text_boxes), eyes)
    assert brightness(card.picture) < 0.5 < brightness(card.legible)
    assert (
        np.abs(card.legible.astype(int) - evened(card.picture)).mean() < 8
    )  # turned alike: else a quarter of all light
    assert drawn.LINES[4] in [line.text for line in lines_of(card, eyes)]
