"""How a reader of letters errs: look-alikes, lost accents and blanks, icons taken for letters."""

import random
from collections.abc import Sequence
from itertools import pairwise

NOISE = 0.02
"""The share of lines with a misread letter: on 400 photos (seed 500) 18 of 1,326 names, titles, companies, mailboxes
and sites were read with one, most of them with an accent lost."""

LOOKALIKES = {
    "l": "I1", "I": "l1", "1": "lI", "0": "O", "O": "0", "o": "0", "i": "í", "m": "rn", "á": "a", "é": "e", "í": "i",
    "ó": "o", "ñ": "n", "ç": "c", "ü": "u", "ö": "o", "ã": "a", "ê": "e", "5": "S", "8": "B", "g": "q", ".": ",", ",": ".",
    "'": " ", "’": " ", "·": ".", "•": "·", "@": "©", "-": "–", "|": "I", "º": "°", "ª": "a",
}  # fmt: skip

ICON_LETTERS = ("B", "©", "Q", "O", "D", "e", "+", "ი", "回", "0", "A", "R", "·")
"""What icons have been seen to be read as."""


def misread(text: str, chance: random.Random, *, noise: float) -> str:
    """`noise` is about the share of lines with a wrong letter."""
    if chance.random() < noise * 0.25:
        text = blanks(text, chance)
    if chance.random() >= noise:
        return text
    places = [at for at, letter in enumerate(text) if letter in LOOKALIKES]
    if not places:
        return text
    at = chance.choice(places)
    options = LOOKALIKES[text[at]]
    return text[:at] + (options if options == "rn" else chance.choice(options)) + text[at + 1 :]


def blanks(text: str, chance: random.Random) -> str:
    """A blank lost, or one found after a mark."""
    places = [at for at, letter in enumerate(text) if letter == " "]
    if places and chance.random() < 0.7:
        at = chance.choice(places)
        return text[:at] + text[at + 1 :]
    marks = [at for at, letter in enumerate(text) if letter in ".,:@"]
    at = chance.choice(marks) if marks else len(text)
    return f"{text[: at + 1]} {text[at + 1 :]}".strip()


RIGHT = (
    (0.0, 0.25),
    (0.01, 0.3),
    (0.05, 0.55),
    (0.1, 0.67),
    (0.25, 0.915),
    (0.5, 0.997),
    (0.75, 0.9995),
    (1.0, 0.9999),
)
WRONG = ((0.0, 0.25), (0.2, 0.3), (0.35, 0.64), (0.5, 0.78), (0.65, 0.92), (0.8, 0.98), (1.0, 0.9999))
"""The weakest letter of lines read right and wrong: quantiles, as measured on the photos that gave the noise."""


def confidences(text: str, truth: str, chance: random.Random) -> tuple[float, float]:
    """Mean and weakest letter: a wrong letter is often, by no means always, an unsure one."""
    weakest = at_quantile(RIGHT if text == truth else WRONG, chance.random())
    return round(min(0.9999, weakest + (1 - weakest) * 0.85), 4), round(weakest, 4)


def at_quantile(table: Sequence[tuple[float, float]], share: float) -> float:
    """The value that so much of what was measured lies under, by straight lines between the quantiles."""
    (low, least), (high, most) = next(pair for pair in pairwise(table) if share <= pair[1][0])
    return least + (most - least) * (share - low) / (high - low)
