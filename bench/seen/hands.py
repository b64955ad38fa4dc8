"""Hands that hold a card before a camera, and what stands behind them; made from shapes and noise."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.seen.desks import Noise, Picture, cloud, tinted

Point = NDArray[np.float32]
Quad = NDArray[np.float32]
THUMB, INWARDS = 0.18, 0.07
"""Its width in the card's, and how far onto the card it comes in the card's height."""

SKINS = ((236, 190, 166), (206, 154, 122), (164, 112, 80), (112, 74, 52), (84, 56, 42))


def room(noise: Noise, wide: int, high: int) -> Picture:
    """A room far out of focus: patches of wall, window and furniture."""
    small = np.zeros((48, 64, 3), np.float32) + noise.uniform(60, 200, 3).astype(np.float32)
    for _ in range(int(noise.integers(4, 10))):
        left, top = int(noise.integers(0, 60)), int(noise.integers(0, 44))
        right, bottom = left + int(noise.integers(4, 40)), top + int(noise.integers(4, 30))
        small[top:bottom, left:right] = noise.uniform(20, 240, 3)
    soft = cv2.GaussianBlur(small, (0, 0), float(noise.uniform(1.2, 3)))
    walls = cv2.resize(soft, (wide, high), interpolation=cv2.INTER_CUBIC)
    light = tinted(0.5 + 0.2 * cloud(noise, wide, high, cells_x=4, cells_y=4), (0, 0, 0), (60, 60, 60))
    return np.asarray(np.clip(walls + light - 30, 0, 255), np.float32)


def fingers_behind(scene: Picture, quad: Quad, noise: Noise, *, skin: int) -> Picture:
    """Fingertips that show above the card they hold from behind."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    thick = float(np.linalg.norm(across)) * 0.17
    for number in range(int(noise.integers(1, 4))):
        foot = quad[3] + across * (0.25 + 0.2 * number) - down * 0.3
        tip = foot - down * float(noise.uniform(0.72, 0.85)) + across * float(noise.uniform(-0.05, 0.1))
        scene = finger(scene, foot, tip, thick, SKINS[skin])
    return scene


def thumb_before(scene: Picture, card: Image.Image, quad: Quad, noise: Noise, *, skin: int) -> Picture:
    """A thumb on the lower edge, where it hides no print; only at the very edge where there is none such."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    thick = float(np.linalg.norm(across)) * THUMB
    place, blank = blank_place(card)
    inwards = down / float(np.linalg.norm(down))
    tip = quad[3] + across * place + inwards * (thick / 2 - (INWARDS if blank else 0.005) * float(np.linalg.norm(down)))
    return finger(scene, tip + down * 1.2 + across * float(noise.uniform(-0.3, 0.3)), tip, thick, SKINS[skin])


def blank_place(card: Image.Image) -> tuple[float, bool]:
    """Where along the lower edge there is least print, and whether there is none."""
    grey = np.asarray(card.convert("L"), np.float32)
    foot = grey[-round(INWARDS * 1.2 * len(grey)) :]
    half = THUMB / 2 * foot.shape[1]
    middles = [share * foot.shape[1] for share in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)]
    spreads = [float(np.ptp(np.median(foot[:, int(m - half) : int(m + half)], axis=0))) for m in middles]
    inked = [float(foot[:, int(m - half) : int(m + half)].std(axis=1).max()) for m in middles]
    best = int(np.argmin(np.array(inked) + np.array(spreads)))
    return middles[best] / foot.shape[1], inked[best] < 14


def finger(scene: Picture, foot: Point, tip: Point, thick: float, skin: tuple[int, int, int]) -> Picture:
    """A rounded bar of skin, darker to its sides, with a little shadow around it."""
    high, wide = scene.shape[:2]
    mask = np.zeros((high, wide), np.uint8)
    ends = [(round(float(end[0])), round(float(end[1]))) for end in (foot, tip)]
    cv2.line(mask, ends[0], ends[1], 255, max(2, round(thick)), cv2.LINE_AA)
    small = cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    round_off = cv2.resize(cv2.GaussianBlur(small, (0, 0), max(1.0, thick / 16)), (wide, high))[..., None]
    share = cv2.GaussianBlur(mask, (0, 0), 1.2).astype(np.float32)[..., None] / 255
    tone = np.array(skin, np.float32) * (0.55 + 0.5 * round_off)
    return np.asarray(scene * (1 - 0.25 * round_off * (1 - share)) * (1 - share) + tone * share, np.float32)
