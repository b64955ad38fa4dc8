"""Tesseract through pytesseract: lines stacked on one page and read in one call, with its quirks tamed here.

Starting the program and loading a language cost more than reading a dozen lines, hence one call, and as few languages
as will do.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from workers.extraction.decode import Pixels
from workers.extraction.readers.seen import Seen

KOREAN = "kor"
LAST_LATIN = "\u024f"
LANGUAGES = {"es": "spa", "en": "eng", "pt": "por", "fr": "fra", "de": "deu", "it": "ita", "ko": KOREAN}
WITHOUT_A_HINT = "spa"
TIMEOUT_SECONDS = 15
LETTERS_PX = 44  # the height of a line on the page; its networks see 36 pixels of letters
WIDEST_PX = 1800
ONE_WORD_PX = 6  # Tesseract parts Korean words; between their syllables lie 2 to 5 pixels, between words 8 and more
CUT_OFF_PX = 10
MARGIN_PX = 24  # white around each line, or psm 6 runs lines together
UNREAD = Seen("", 0.0, 0.0)

# pytesseract hands this module's `environ` to every process: a copy, so that only Tesseract is held to one thread.
pytesseract.pytesseract.environ = {**pytesseract.pytesseract.environ, "OMP_THREAD_LIMIT": "1"}
logging.getLogger("pytesseract").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the page, and where: the height of its middle, and its two ends."""

    text: str
    confidence: float
    middle: float
    left: int
    right: int


@cache
def installed() -> frozenset[str]:
    """The languages that Tesseract has; none where the program itself is missing."""
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return frozenset()


def languages(lang: str, *, with_english: bool = True, with_words: bool = True) -> str:
    # English nearly always, for it knows mailboxes: without it "@" comes out as "Q".
    # Each language costs 0.1 s to load, nearly all that a call takes.
    wanted = [LANGUAGES.get(lang, WITHOUT_A_HINT)] * with_words + ["eng"] * with_english
    have = [name for name in dict.fromkeys(wanted) if name in installed()]
    return "+".join(have) or next((name for name in sorted(installed()) if name != "osd"), "")


def recognise(
    crops: Sequence[Pixels], *, lang: str = "", with_english: bool = True, with_words: bool = True
) -> list[Seen]:
    """Read upright lines of text, all on one page; UNREAD for each line where Tesseract is not there or fails.

    Without words it is English alone: mailboxes, sites and numbers.
    """
    named = languages(lang, with_english=with_english, with_words=with_words)
    if not crops or not named:
        return [UNREAD] * len(crops)
    page, middles = stacked([line_for_page(crop) for crop in crops])
    lines: list[list[Word]] = [[] for _ in crops]
    for word in words_on(page, named):
        lines[int(np.argmin(np.abs(middles - word.middle)))].append(word)
    return [seen_in(words) for words in lines]


def seen_in(words: list[Word]) -> Seen:
    if not words:
        return UNREAD
    text = words[0].text
    for before, word in pairwise(words):
        text += ("" if one_word(before, word) else " ") + word.text
    sure = [word.confidence for word in words]
    return Seen(text, sum(sure) / len(sure), min(sure))


def one_word(left: Word, right: Word) -> bool:
    """Whether a gap is none: Korean words of one syllable are rare, and mostly cut off."""
    reach = CUT_OFF_PX if 1 in (len(left.text), len(right.text)) else ONE_WORD_PX
    close = right.left - left.right <= reach
    return close and all(is_hangul(sign) or sign in "()" for sign in (left.text[-1], right.text[0]))


def can_read(text: str) -> bool:
    """Whether the languages of the west have the letters of a text: all are written in Latin letters."""
    return not any(letter.isalpha() and letter > LAST_LATIN for letter in text)


def is_hangul(sign: str) -> bool:
    return "\uac00" <= sign <= "\ud7a3"


def line_for_page(crop: Pixels) -> NDArray[np.uint8]:
    """Dark letters on white, of one height for all lines."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    if float(np.median(grey)) < 110:
        grey = 255 - grey
    scale = min(LETTERS_PX / grey.shape[0], WIDEST_PX / grey.shape[1])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = (max(4, round(grey.shape[1] * scale)), max(4, round(grey.shape[0] * scale)))
    line = np.asarray(cv2.resize(grey, size, interpolation=way), np.float32)
    low, high = np.percentile(line, (1, 80))
    return np.asarray(((line - low) * (255 / max(24.0, high - low))).clip(0, 255), np.uint8)


def stacked(lines: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """One white page of lines, and the height on it at which the middle of each lies."""
    width = max(line.shape[1] for line in lines) + 2 * MARGIN_PX
    tops = np.cumsum([MARGIN_PX, *(line.shape[0] + MARGIN_PX for line in lines)])
    page = np.full((int(tops[-1]), width), 255, np.uint8)
    for top, line in zip(tops, lines, strict=False):
        page[top : top + line.shape[0], MARGIN_PX : MARGIN_PX + line.shape[1]] = line
    return page, np.array([top + line.shape[0] / 2 for top, line in zip(tops, lines, strict=False)])


def words_on(page: NDArray[np.uint8], named: str) -> list[Word]:
    """The words on the page, confidence 0 to 1; none where Tesseract fails."""
    image = Image.fromarray(page)
    image.format = "BMP"  # pytesseract writes a file for each call; PNG would spend time on squeezing it
    try:
        table = pytesseract.image_to_data(
            image,
            lang=named,
            config="--psm 6",
            timeout=TIMEOUT_SECONDS,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, UnicodeDecodeError, ValueError, KeyError):
        # RuntimeError is its time-out; ValueError and KeyError come from a table that was cut short.
        return []
    rows = zip(*(table[column] for column in ("text", "conf", "top", "height", "left", "width")), strict=True)
    return [
        Word(text.strip(), max(0.0, float(sure) / 100), top + height / 2, left, left + width)
        for text, sure, top, height, left, width in rows
        if str(text).strip()
    ]
