"""Tesseract through pytesseract: lines stacked on one page and read in one call, with its quirks tamed here.

Starting the program and loading a language cost more than reading a dozen lines, hence one call, and as few languages
as will do.
"""

import logging
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from workers.extraction.decode import Pixels
from workers.extraction.readers.seen import Seen

LANGUAGES = {"es": "spa", "en": "eng", "pt": "por", "fr": "fra", "de": "deu", "it": "ita"}
WITHOUT_A_HINT = "spa"
TIMEOUT_SECONDS = 15
LETTERS_PX = 44  # the height of a line on the page; its networks see 36 pixels of letters
WIDEST_PX = 1800
MARGIN_PX = 24  # white around each line, or psm 6 runs lines together
UNREAD = Seen("", 0.0, 0.0)

# pytesseract hands this module's `environ` to every process: a copy, so that only Tesseract is held to one thread.
pytesseract.pytesseract.environ = {**pytesseract.pytesseract.environ, "OMP_THREAD_LIMIT": "1"}
logging.getLogger("pytesseract").setLevel(logging.CRITICAL)


@cache
def installed() -> frozenset[str]:
    """The languages that Tesseract has; none where the program itself is missing."""
    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return frozenset()


def languages(lang: str) -> str:
    # English always, for it knows mailboxes: without it "@" comes out as "Q".
    wanted = (LANGUAGES.get(lang, WITHOUT_A_HINT), "eng")
    have = [name for name in dict.fromkeys(wanted) if name in installed()]
    return "+".join(have) or next((name for name in sorted(installed()) if name != "osd"), "")


def recognise(crops: Sequence[Pixels], *, lang: str = "") -> list[Seen]:
    """Read upright lines of text, all on one page; UNREAD for each line where Tesseract is not there or fails."""
    named = languages(lang)
    if not crops or not named:
        return [UNREAD] * len(crops)
    page, middles = stacked([line_for_page(crop) for crop in crops])
    words = words_on(page, named)
    texts: list[list[tuple[str, float]]] = [[] for _ in crops]
    for middle, text, confidence in words:
        texts[int(np.argmin(np.abs(middles - middle)))].append((text, confidence))
    return [seen_in(found) for found in texts]


def seen_in(words: list[tuple[str, float]]) -> Seen:
    if not words:
        return UNREAD
    sure = [confidence for _, confidence in words]
    return Seen(" ".join(text for text, _ in words), sum(sure) / len(sure), min(sure))


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


def words_on(page: NDArray[np.uint8], named: str) -> list[tuple[float, str, float]]:
    """Each word on the page as (height of its middle, text, confidence 0 to 1); none where Tesseract fails."""
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
    rows = zip(table["top"], table["height"], table["text"], table["conf"], strict=True)
    return [
        (top + height / 2, text.strip(), max(0.0, float(sure) / 100))
        for top, height, text, sure in rows
        if str(text).strip()
    ]
