"""What lies under a card: woods, stone, cloth, paper; made from noise, never from somebody's photo."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""Height x width x 3, RGB, 0 to 255."""

Noise = np.random.Generator


def cloud(noise: Noise, wide: int, high: int, *, cells_x: int, cells_y: int) -> NDArray[np.float32]:
    """Smooth noise around 0, from -1 to 1."""
    coarse = noise.uniform(-1, 1, (max(2, cells_y), max(2, cells_x))).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC), np.float32)


def tinted(depth: NDArray[np.floating[Any]], dark: tuple[int, int, int], light: tuple[int, int, int]) -> Picture:
    """Between two colours by a depth of 0 to 1."""
    share = np.clip(depth, 0, 1)[..., None]
    mixed = np.array(dark, np.float32) * (1 - share) + np.array(light, np.float32) * share
    return np.asarray(mixed, np.float32)


def wood(noise: Noise, wide: int, high: int) -> Picture:
    dark, light = [
        ((104, 68, 40), (168, 122, 82)),
        ((62, 42, 30), (104, 74, 54)),
        ((176, 140, 100), (222, 190, 150)),
        ((130, 84, 52), (190, 140, 96)),
    ][int(noise.integers(4))]
    grain = (
        cloud(noise, wide, high, cells_x=4, cells_y=60) * 0.45
        + cloud(noise, wide, high, cells_x=14, cells_y=320) * 0.35
    )
    planks = wide if noise.random() < 0.5 else high // int(noise.integers(2, 5))
    tone = np.zeros((high, wide), np.float32)
    for top in range(0, high, max(60, planks)):
        tone[top : top + planks] += float(noise.uniform(-0.12, 0.12))
        tone[max(0, top - 3) : top + 2] -= 0.5 * (top > 0)
    return tinted(0.5 + grain * 0.5 + tone, dark, light)


def marble(noise: Noise, wide: int, high: int) -> Picture:
    bend = sum(cloud(noise, wide, high, cells_x=c, cells_y=c) / n for n, c in enumerate((4, 9, 21), 1))
    veins = 1 - np.abs(np.sin(3.2 * bend + 1.1)) ** 0.25 * 0.9
    depth = 1 - np.clip(veins, 0, 1) * 0.6 + cloud(noise, wide, high, cells_x=5, cells_y=5) * 0.08
    return tinted(depth, (150, 150, 154), (238, 237, 234))


def cloth(noise: Noise, wide: int, high: int) -> Picture:
    base = [(70, 88, 110), (150, 140, 124), (112, 60, 62), (84, 100, 84), (196, 190, 178)][int(noise.integers(5))]
    weave = noise.normal(0, 0.09, (high, wide)).astype(np.float32)
    threads = (np.arange(wide, dtype=np.float32) % 6 < 3) * 0.05 + ((np.arange(high) % 6 < 3) * 0.05)[:, None]
    depth = (
        0.5
        + cv2.GaussianBlur(weave, (0, 0), 1.1) * 2
        + threads.astype(np.float32)
        + cloud(noise, wide, high, cells_x=3, cells_y=3) * 0.12
    )
    low, high_tone = [tuple(int(c * f) for c in base) for f in (0.7, 1.2)]
    return tinted(depth, (low[0], low[1], low[2]), (high_tone[0], high_tone[1], high_tone[2]))


def plain(noise: Noise, wide: int, high: int) -> Picture:
    grey = int(noise.choice([28, 52, 120, 196, 236, 246]))
    warm = int(noise.integers(-8, 14))
    depth = (
        0.5
        + cloud(noise, wide, high, cells_x=3, cells_y=3) * 0.3
        + noise.normal(0, 0.06, (high, wide)).astype(np.float32)
    )
    return tinted(
        depth.astype(np.float32),
        (grey - 8 + warm, grey - 8, max(0, grey - 8 - warm)),
        (grey + 9, grey + 8, grey + 8 - warm // 2),
    )


def slate(noise: Noise, wide: int, high: int) -> Picture:
    rough = (
        cloud(noise, wide, high, cells_x=40, cells_y=40) * 0.25
        + cloud(noise, wide, high, cells_x=200, cells_y=200) * 0.25
    )
    return tinted(0.5 + rough, (38, 42, 48), (78, 84, 90))


def cork(noise: Noise, wide: int, high: int) -> Picture:
    grains = cloud(noise, wide, high, cells_x=wide // 14, cells_y=high // 14)
    return tinted(0.55 + grains * 0.35, (150, 104, 62), (212, 168, 118))


def squared_paper(noise: Noise, wide: int, high: int) -> Picture:
    sheet = tinted(0.6 + cloud(noise, wide, high, cells_x=3, cells_y=3) * 0.3, (226, 224, 214), (246, 245, 238))
    step = int(noise.integers(46, 72))
    sheet[::step, :] = sheet[1::step, :][: len(sheet[::step])] * np.array([0.8, 0.86, 0.92], np.float32)
    sheet[:, ::step] *= np.array([0.84, 0.9, 0.95], np.float32)
    return sheet


DESKS: dict[str, Callable[[Noise, int, int], Picture]] = {
    "wood": wood,
    "marble": marble,
    "cloth": cloth,
    "plain": plain,
    "slate": slate,
    "cork": cork,
    "squared paper": squared_paper,
}


def desk(kind: str, noise: Noise, wide: int, high: int) -> Picture:
    return np.clip(DESKS[kind](noise, wide, high), 0, 255).astype(np.float32)
