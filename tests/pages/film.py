"""A film for the fake camera: cards laid on a desk one after the other, made anew for each run."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.pages.drawn import Paper, card_of, some_cards

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
CARD_FRAMES, DESK_FRAMES = 36, 27
"""At the 30 frames a second of every film of JPEGs: a card lies there for 1.2 seconds, and the next
comes after 0.9."""

PLACES = (
    ((300, 130), (980, 110), (1010, 520), (290, 540)),
    ((330, 190), (930, 150), (960, 500), (350, 560)),
    ((260, 120), (960, 170), (930, 600), (240, 530)),
)


def desk() -> Picture:
    """Dark wood."""
    chance = np.random.default_rng(7)
    grain = cv2.GaussianBlur(chance.normal(0, 24, (1, WIDTH)).astype(np.float32), (0, 0), 5)
    tone = np.stack([46 + 0.7 * grain[0], 68 + grain[0], 96 + 1.3 * grain[0]], axis=1)
    film_grain = chance.normal(0, 1.5, (HEIGHT, WIDTH, 1))
    return np.clip(tone[None] + film_grain, 0, 255).astype(np.uint8)


def cards(count: int) -> list[bytes]:
    """Squared cards of different people."""
    papers = (Paper(), Paper("#1f3d38", "#f2ecd9", "#e3b04b"), Paper("#f3efe6", "#2a2a2a", "#2f5d8a"))
    names = ("Aitana Robles", "Bieito Outón", "Clara Vidal-Mas", "Dunixe Arregi", "Elías Moncada", "Fermín Yuste")
    drawn = [card.picture for card in some_cards()]
    for at in range(len(drawn), count):
        given, family = names[at % len(names)].split()
        mail = f"{given.lower()}{at}@example.com"
        made = card_of(
            given, family, "Comercial " * (1 + at % 3), "Obrador " + family, phones=(), mail=mail,
            street=f"Calle Mayor {at}", town="50001 Zaragoza", paper=papers[at % 3],
        )  # fmt: skip
        drawn.append(made.picture)
    return drawn[:count]


def lying(card: bytes, corners: Sequence[tuple[int, int]], *, sway: int = 0) -> Picture:
    """The card on the desk, its corners there, moved by a hand's `sway`."""
    flat = cv2.imdecode(np.frombuffer(card, np.uint8), cv2.IMREAD_COLOR)
    assert flat is not None
    height, width = flat.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    target = np.array(corners, np.float32) + sway
    turn = cv2.getPerspectiveTransform(source, target)
    picture = desk()
    cv2.warpPerspective(flat, turn, (WIDTH, HEIGHT), picture, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    return picture


def jpeg(picture: Picture) -> bytes:
    done, content = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 88])
    assert done
    return content.tobytes()


def film(file: Path, count: int) -> Path:
    """Write the film of so many cards, each under a hand that sways a little; JPEGs end to end are a film."""
    empty = jpeg(desk())
    with file.open("wb") as reel:
        for at, card in enumerate(cards(count)):
            swayed = [jpeg(lying(card, PLACES[at % len(PLACES)], sway=sway)) for sway in (0, 2, 4, 2)]
            reel.writelines(swayed[frame // 3 % 4] for frame in range(CARD_FRAMES))
            reel.writelines([empty] * DESK_FRAMES)
    return file
