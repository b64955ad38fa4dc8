"""The second reader's look at lines that the first one's reading leaves in doubt."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from service.domain.card import Line
from workers.extraction.crops import strip
from workers.extraction.decode import Pixels
from workers.extraction.quads import Quad
from workers.extraction.readers import tesseract


def read_again(picture: Pixels, lines: Sequence[Line], doubted: Sequence[int], *, lang: str) -> list[Line]:
    """The lines, with what Tesseract made of the doubted ones as `second`; one call for all of them."""
    asked = [i for i in doubted if not lines[i].vertical]
    crops = [strip(picture, corners_of(lines[i])) for i in asked]
    seen = dict(zip(asked, tesseract.recognise(crops, lang=lang), strict=True))
    return [replace(line, second=seen[i].text) if i in seen and seen[i].text else line for i, line in enumerate(lines)]


def corners_of(line: Line) -> Quad:
    box = line.box
    corners = [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]
    return np.array(corners, np.float32)
