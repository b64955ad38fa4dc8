"""What the white between the letters of a line says: bars between its parts, small pictures before it.

The network gives a letter for whatever stands in a line: a bar comes out as "I" or "1" and runs into the number before
it, an envelope as "1" or "E" and runs into the mailbox after it. Both stand in more white than letters do.
"""

import numpy as np
from numpy.typing import NDArray

from workers.extraction.decode import Pixels

INKED = 0.4  # of the contrast within the line, from which a column holds a letter's stroke
A_BLANK = 0.18  # heights of the line: between words 0.19 and more, between letters 0.13 at most
AWAY = 0.3  # heights of the line between a small picture and what it belongs to
MOST_WIDE = 2.0  # times the usual gap between letters: words that are set wide have white everywhere
THIN = 0.11  # heights of the line: a bar is at most 0.08 wide, a 1 at least 0.15
NEAR = 0.3  # heights of the line between where the network saw a letter and where its ink stands
EARLY = 0.1  # heights of the line by which the network may see a sign after its ink has ended
LIKE_BARS = "Il1|!"
LIKE_RIMS = "Il1|"
HALF_READ = 0.7
APART = 0.85  # of a line's letters: so many must have ink of their own
NO_WIDER = 1.6  # times the usual letter: an l and an @ that touch are twice as wide
SHORTEST = 4  # letters: less say nothing of how the line is set

Places = NDArray[np.float64]
Spans = NDArray[np.float64]
"""(n, 2): where each run of inked columns begins and ends, in heights of the line."""
NOTHING: Spans = np.zeros((0, 2))


def parted(
    text: str, columns: NDArray[np.int64], count: int, crop: Pixels, sure: NDArray[np.float32] | None = None
) -> str:
    """The text of a line with its bars as bars, and a small picture before it, read as a letter, kept apart.

    `columns` are those of the network, `count` in all, at which it saw the letters of the text, each so `sure`.
    """
    inked = spans(crop) if len(text) >= SHORTEST else NOTHING
    if len(inked) < 3:
        return text
    places = (columns + 0.5) * (crop.shape[1] / count / crop.shape[0])
    least = MOST_WIDE * float(np.median(inked[1:, 0] - inked[:-1, 1]))
    signs = with_bars(list(text), places, inked, max(A_BLANK, least))
    signs = picture_apart(signs, places, inked, max(AWAY, least))
    if sure is not None:
        signs = sign_whole(signs, places, inked, sure)
    return " ".join("".join(signs).split()).replace(" . ", " · ")  # no full stop stands between two blanks


def spans(crop: Pixels) -> Spans:
    """The runs of columns in which letters stand."""
    grey = crop.mean(axis=2)
    rows = grey[round(grey.shape[0] * 0.15) : max(1, round(grey.shape[0] * 0.85))]
    contrast = np.abs(rows - np.median(rows)).max(axis=0)
    ink = np.concatenate([[False], contrast > INKED * float(np.percentile(contrast, 90)), [False]])
    return np.asarray(np.flatnonzero(ink[1:] != ink[:-1]).reshape(-1, 2) / crop.shape[0], np.float64)


def with_bars(signs: list[str], places: Places, inked: Spans, least: float) -> list[str]:
    """Thin strokes with a blank on both sides, read as letters of the word before or after, made bars."""
    before, after = inked[1:-1, 0] - inked[:-2, 1], inked[2:, 0] - inked[1:-1, 1]
    thin = inked[1:-1, 1] - inked[1:-1, 0] <= THIN
    bars = inked[1:-1].mean(axis=1)[thin & (before >= least) & (after >= least)]
    made = list(signs)
    for at in range(1, len(signs) - 1) if len(bars) else ():
        glued = not (signs[at - 1].isspace() and signs[at + 1].isspace())
        if (
            glued
            and signs[at] in LIKE_BARS
            and not before_a_mark(signs, at)
            and np.abs(bars - places[at]).min() <= NEAR
        ):
            made[at] = " | "
    return made


def before_a_mark(signs: list[str], at: int) -> bool:
    """Whether a dot, which stands in white of its own, or another separator follows: "hal l . brittany", "33044 1 ·"."""
    rest = [sign for sign in signs[at + 1 : at + 3] if not sign.isspace()]
    return bool(rest) and (rest[0] in "·•|/-–" or (rest[0] in ".,@_" and not signs[at + 1].isspace()))


def picture_apart(signs: list[str], places: Places, inked: Spans, least: float) -> list[str]:
    """A blank after the first sign where white stands between it and the second: a small picture read as a letter."""
    if any(sign.isspace() for sign in signs[:2]) or begins_a_word(signs):
        return signs
    ends, begins = inked[:-1, 1], inked[1:, 0]
    middles = (ends + begins) / 2
    between = (ends >= places[0] - EARLY) & (middles > places[0]) & (middles < places[1])
    far = bool(((begins - ends)[between] >= least).any())
    return [f"{signs[0]} ", *signs[1:]] if far else signs


def sign_whole(signs: list[str], places: Places, inked: Spans, sure: NDArray[np.float32]) -> list[str]:
    """Without the thin letter that was half read of the left rim of an @: one stroke is both, no wider than a letter.

    Where letters touch each other, nothing is known.
    """
    at = signs.index("@") if signs.count("@") == 1 else 0
    if at == 0 or signs[at - 1] not in LIKE_RIMS or sure[at - 1] >= HALF_READ:
        return signs
    if len(inked) < APART * sum(not sign.isspace() for sign in signs):
        return signs
    ink = inked[(inked[:, 0] <= places[at - 1]) & (places[at] <= inked[:, 1])]
    wide = NO_WIDER * float(np.median(inked[:, 1] - inked[:, 0]))
    return [*signs[: at - 1], *signs[at:]] if len(ink) and ink[0, 1] - ink[0, 0] <= wide else signs


def begins_a_word(signs: list[str]) -> bool:
    """Whether a capital and small letters begin a line of words: the foot of an L may be too thin to be seen."""
    small = signs[0].isupper() and all(sign.islower() for sign in signs[1:3])
    return small and not any(sign in "@/" or sign.isdigit() for sign in signs)
