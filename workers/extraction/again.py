"""The second reader's look at lines that the first one's reading leaves in doubt."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from service.domain.reading.card import Line
from workers.extraction.crops import strip
from workers.extraction.decode import Pixels
from workers.extraction.quads import Quad
from workers.extraction.readers import tesseract

NO_WORDS = re.compile(r"@|www|https?:|^[^\s.]+(\.[^\s.]+)+$|^[\W\d]*$")
"""A mailbox, a site or a number: no word of a language."""

ALIKE = 0.8  # of the letters: below, the second reader saw something else altogether
STAND_INS = "·•□�'´`"  # what the first reader puts where it knows no letter


def read_again(picture: Pixels, lines: Sequence[Line], doubted: Sequence[int], *, lang: str) -> list[Line]:
    """The lines, with what Tesseract made of the doubted ones as `second`; one call for all of them."""
    asked = [i for i in doubted if not lines[i].vertical and tesseract.can_read(lines[i].text)]
    crops = [strip(picture, corners_of(lines[i])) for i in asked]
    bare = [bool(NO_WORDS.search(lines[i].text)) for i in asked]
    read = tesseract.recognise(crops, lang=lang, with_english=any(bare), with_words=not all(bare))
    seen = dict(zip(asked, read, strict=True))
    return [looked_at(line, seen[i].text) if i in seen and seen[i].text else line for i, line in enumerate(lines)]


def looked_at(line: Line, second: str) -> Line:
    return replace(line, text=accented(line.text, second), second=second)


def accented(text: str, second: str) -> str:
    """The text with the accented letters that it lost in words: the first reader drops what its fonts never had.

    Nothing else is taken over: of two letters without an accent neither reader is to be believed more.
    """
    matcher = SequenceMatcher(None, text, second, autojunk=False)
    if matcher.ratio() < ALIKE:
        return text
    made = [
        second[start:end] if mends(text[begin:stop], second[start:end], change) else text[begin:stop]
        for change, begin, stop, start, end in matcher.get_opcodes()
    ]
    return "".join(made)


def mends(old: str, new: str, change: str) -> bool:
    """Whether a change puts an accented letter where there was nothing, a sign, or the letter without its accent."""
    if len(new) != 1 or not new.isalpha() or new.isascii():
        return False
    bare = unicodedata.normalize("NFKD", new)[0]
    return change == "insert" or (change == "replace" and len(old) == 1 and (old in STAND_INS or old == bare))


def corners_of(line: Line) -> Quad:
    box = line.box
    corners = [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]]
    return np.array(corners, np.float32)
