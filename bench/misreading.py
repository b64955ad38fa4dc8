"""How a reader of letters errs: look-alikes, lost accents and blanks, icons taken for letters."""

import random

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


def confidences(text: str, truth: str, chance: random.Random) -> tuple[float, float]:
    """Mean and weakest letter: a wrong letter is mostly, not always, an unsure one."""
    weakest = min(0.999, chance.betavariate(9, 1.2))
    if text != truth and chance.random() < 0.7:
        weakest *= chance.uniform(0.35, 0.85)
    return round(min(0.999, weakest + (1 - weakest) * 0.85), 4), round(weakest, 4)
