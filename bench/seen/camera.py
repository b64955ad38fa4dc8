"""Photographs flat cards as a phone would: perspective, light, shadow, glare, blur, noise, JPEG."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.seen.desks import Noise, Picture, desk
from bench.seen.hands import SKINS, fingers_behind, room, thumb_before

Quad = NDArray[np.float32]
"""Four corners, top left first and clockwise as the card is read, in pixels of the photo."""


@dataclass(frozen=True, slots=True)
class Shot:
    """How a photo is taken. Angles in degrees; strengths from 0 (none) to 1 (hard to read)."""

    width_px: int = 1800
    height_px: int = 1350
    desk: str = "wood"
    turn_deg: float = 0.0
    tilt: float = 0.25
    shadow: float = 0.3
    glare: float = 0.0
    blur: float = 0.15
    noise: float = 0.2
    warmth: float = 0.0
    fill: float = 0.72
    """Share of the frame that the cards take along its tighter side."""
    tone: tuple[int, int, int] | None = None
    """The colour of a plain desk, where it is that of the card."""
    touches: float | None = None
    """The card is moved until so much of its length is beyond an edge of the frame."""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo and where its cards lie in it."""

    picture: Image.Image
    quads: tuple[Quad, ...]

    def jpeg(self, quality: int = 82) -> bytes:
        out = io.BytesIO()
        self.picture.save(out, "JPEG", quality=quality, optimize=True)
        return out.getvalue()


def photograph(cards: Sequence[Image.Image], shot: Shot, *, seed: int, under: Sequence[Image.Image] = ()) -> Taken:
    """Lays the cards out on the desk, or one on others or in a hand, and takes the photo; equal seeds, equal photos."""
    noise = np.random.default_rng(seed)
    scene = ground(shot, noise)
    quads = places(cards, shot, noise)
    for sheet in under:
        scene = laid(scene, sheet, moved(quads[0], noise), noise, shadow=shot.shadow)
    skin = int(noise.integers(len(SKINS))) if shot.held else 0
    if shot.held:
        scene = fingers_behind(scene, quads[0], noise, skin=skin)
    for card, quad in zip(cards, quads, strict=True):
        scene = laid(scene, card, quad, noise, shadow=shot.shadow)
    if shot.held:
        scene = thumb_before(scene, cards[0], quads[0], noise, skin=skin)
    scene = lit(scene, shot, noise)
    if shot.glare:
        scene = glared(scene, quads[0], shot.glare, noise)
    return Taken(Image.fromarray(developed(scene, shot, noise), "RGB"), tuple(quads))


def ground(shot: Shot, noise: Noise) -> Picture:
    """What lies or stands behind the cards."""
    if shot.held:
        return room(noise, shot.width_px, shot.height_px)
    if shot.tone is None:
        return desk(shot.desk, noise, shot.width_px, shot.height_px)
    even = noise.normal(0, 2.5, (shot.height_px, shot.width_px, 1)).astype(np.float32)
    return np.asarray(np.clip(np.array(shot.tone, np.float32) + even, 0, 255), np.float32)


def moved(quad: Quad, noise: Noise) -> Quad:
    """A card of the same size below another one: turned a little and pushed out by less than its margin."""
    angle = float(noise.uniform(-0.16, 0.16))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    middle = quad.mean(axis=0)
    push = noise.uniform(-0.06, 0.06, 2) * float(np.linalg.norm(quad[1] - quad[0]))
    return np.asarray((quad - middle) @ turn + middle + push, np.float32)


def places(cards: Sequence[Image.Image], shot: Shot, noise: Noise) -> list[Quad]:
    """Where each card lies: a grid of cells, each a little off, all seen from the same side."""
    columns = math.ceil(math.sqrt(len(cards) * shot.width_px / shot.height_px * 0.75)) if len(cards) > 1 else 1
    rows = math.ceil(len(cards) / columns)
    cell_w, cell_h = shot.width_px / columns, shot.height_px / rows
    lean = lean_of(shot, noise, inwards=len(cards) > 1)
    quads = []
    for number, card in enumerate(cards):
        middle = ((number % columns + 0.5) * cell_w, (number // columns + 0.5) * cell_h)
        turn = shot.turn_deg + float(noise.uniform(-4, 4)) * (1.6 if len(cards) > 1 else 1)
        quads.append(quad_of(card, middle, (cell_w, cell_h), turn, shot.fill))
    seen = [cv2.perspectiveTransform(quad[None], lean)[0].astype(np.float32) for quad in quads]
    return seen if shot.touches is None else [at_edge(quad, shot, noise) for quad in seen]


def at_edge(quad: Quad, shot: Shot, noise: Noise) -> Quad:
    """Moved to one of the four edges, a little of it beyond."""
    length = float(np.linalg.norm(quad[1] - quad[0])) * (shot.touches or 0.0)
    axis, far = int(noise.integers(2)), bool(noise.integers(2))
    edge = (shot.width_px, shot.height_px)[axis]
    by = edge - float(quad[:, axis].max()) + length if far else -float(quad[:, axis].min()) - length
    push = np.zeros(2, np.float32)
    push[axis] = by
    return np.asarray(quad + push, np.float32)


def quad_of(
    card: Image.Image, middle: tuple[float, float], cell: tuple[float, float], turn_deg: float, fill: float
) -> Quad:
    angle = math.radians(turn_deg)
    across = np.array([math.cos(angle), math.sin(angle)])
    down = np.array([-across[1], across[0]])
    half_w, half_h = across * card.width / 2, down * card.height / 2
    corners = np.array([-half_w - half_h, half_w - half_h, half_w + half_h, -half_w + half_h])
    spread = np.ptp(corners, axis=0)
    size = fill * min(cell[0] / spread[0], cell[1] / spread[1])
    return np.asarray(corners * size + np.array(middle), np.float32)


def lean_of(shot: Shot, noise: Noise, *, inwards: bool) -> NDArray[np.float64]:
    """The whole desk seen at a slant: the far edge shorter, by at most a fifth; `inwards`, so that no card is lost."""
    wide, high = shot.width_px, shot.height_px
    shares = noise.uniform(-0.22, 0.22, (4, 2))
    if inwards:
        shares = np.abs(shares) * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    frame = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    inner = frame + (shot.tilt * 0.6 * shares * np.array([wide, high])).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(frame, inner), np.float64)


def laid(scene: Picture, card: Image.Image, quad: Quad, noise: Noise, *, shadow: float) -> Picture:
    """The card on the desk with the soft shadow of its edge; only what lies around it is touched."""
    soft = scene.shape[1] / 160
    off = noise.uniform(4, 14, 2) * noise.choice([-1, 1], 2)
    left, top, right, bottom = around(quad, scene, margin=14 + 3 * soft)
    if right <= left or bottom <= top:
        return scene
    high, wide = bottom - top, right - left
    local = np.asarray(quad - np.array([left, top]), np.float32)
    put = printed_on(card, local, wide, high)
    mask = np.zeros((high, wide), np.uint8)
    cv2.fillConvexPoly(mask, np.round(local * 16).astype(np.int32), 255, lineType=cv2.LINE_AA, shift=4)
    share = (mask.astype(np.float32) / 255)[..., None]
    thrown = cv2.warpAffine(mask, np.array([[1, 0, off[0]], [0, 1, abs(off[1])]], np.float32), (wide, high))
    dim = cv2.GaussianBlur(thrown, (0, 0), soft).astype(np.float32)[..., None] / 255
    ground = scene[top:bottom, left:right] * (1 - dim * (0.25 + 0.3 * shadow))
    scene[top:bottom, left:right] = ground * (1 - share) + put * share
    return scene


def around(quad: Quad, scene: Picture, *, margin: float) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the quad with its margin, held to the scene."""
    low, high = quad.min(axis=0) - margin, quad.max(axis=0) + margin
    edge_x, edge_y = scene.shape[1], scene.shape[0]
    return max(0, int(low[0])), max(0, int(low[1])), min(edge_x, int(high[0]) + 1), min(edge_y, int(high[1]) + 1)


def printed_on(card: Image.Image, quad: Quad, wide: int, high: int) -> Picture:
    """The flat card seen within the quad, shrunk first where a warp would skip pixels."""
    flat = np.asarray(card, np.float32)
    longest = float(np.linalg.norm(quad[1] - quad[0]))
    if longest < card.width:
        by = longest / card.width
        flat = np.asarray(cv2.resize(flat, None, fx=by, fy=by, interpolation=cv2.INTER_AREA), np.float32)
    h, w = flat.shape[:2]
    warp = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), quad)
    put = cv2.warpPerspective(flat, warp, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(put, np.float32)


def lit(scene: Picture, shot: Shot, noise: Noise) -> Picture:
    """Light from one side, and the soft shadow of a hand or a phone across a corner."""
    high, wide = scene.shape[:2]
    angle = noise.uniform(0, 2 * math.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, wide, dtype=np.float32), np.linspace(-1, 1, high, dtype=np.float32))
    slope = (x * math.cos(angle) + y * math.sin(angle)) * (0.07 + 0.12 * shot.shadow)
    light = 1 + slope - 0.06 * (x * x + y * y)
    if shot.shadow > 0.1:
        edge = x * math.cos(angle + 1) + y * math.sin(angle + 1) - float(noise.uniform(0.1, 0.6))
        light *= 1 - shot.shadow * 0.5 / (1 + np.exp(np.clip(-edge * 14, -30, 30)))
    tint = np.array([1 + 0.07 * shot.warmth, 1.0, 1 - 0.1 * shot.warmth], np.float32)
    return np.asarray(scene * light[..., None] * tint, np.float32)


def glared(scene: Picture, quad: Quad, strength: float, noise: Noise) -> Picture:
    """A lamp mirrored on the card: a bright soft spot that washes the type out."""
    high, wide = scene.shape[:2]
    share = noise.dirichlet(np.ones(4))
    spot = share @ quad
    reach = float(np.linalg.norm(quad[1] - quad[0])) * float(noise.uniform(0.1, 0.22))
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    glow = np.exp(-((x - spot[0]) ** 2 + (y - spot[1]) ** 2 * 1.8) / (2 * reach * reach)) * strength
    return np.asarray(scene + (255 - scene) * np.clip(glow, 0, 0.92)[..., None], np.float32)


def developed(scene: Picture, shot: Shot, noise: Noise) -> NDArray[np.uint8]:
    """Lens and sensor: a little blur, grain that is stronger in the dark, eight bits."""
    if shot.blur > 0.02:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), 0.35 + shot.blur * 2.2), np.float32)
    small = noise.standard_normal(scene.shape[:2], dtype=np.float32)
    grain = cv2.GaussianBlur(small, (0, 0), 0.7)[..., None] * (1 + 9 * shot.noise)
    return np.clip(scene + grain * (1.15 - scene / 510), 0, 255).astype(np.uint8)
