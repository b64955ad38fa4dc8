"""Light that falls unevenly across a card, made even: the shadow of a hand or a phone, a lamp from one side."""

import cv2
import numpy as np
from numpy.typing import NDArray

from workers.extraction.decode import Pixels

Shades = NDArray[np.float32]

UNEVEN = 0.6  # the darkest parts of a card over its brightest, below which there is a shadow, or a dark panel
SMALL = 8  # times smaller: where light falls is told without letters
SOFT = 1.5  # times as bright on one side of a step as on the other: a panel's rim is sharper than a shadow's
STEP = np.ones((5, 5), np.uint8)  # so wide, an eighth of the size
REACH = 0.125  # of the card's shorter side: light changes no faster than that
DARKEST = 12.0  # of 255: what is darker holds nothing to be brought out
BRIGHT = 80.0  # per cent of the card that may be darker than what all of it is brought to
WHITE = 250.0  # what the brightest letters of a panel may become: beyond it they would run into one with it


def evened(picture: Pixels) -> Pixels:
    """The picture of a card as if lit alike everywhere; itself where no shadow lies on it."""
    if min(picture.shape[:2]) < 5 * SMALL:
        return picture
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    paper = paper_of(grey)
    light = cv2.GaussianBlur(paper, (0, 0), REACH * min(paper.shape))
    if np.percentile(light, 5) >= UNEVEN * np.percentile(light, 95) or not fades(paper):
        return picture
    gain = np.minimum(np.percentile(light, BRIGHT) / np.maximum(light, DARKEST), WHITE / brightest_about(grey))
    gain = cv2.GaussianBlur(np.maximum(gain, 1.0).astype(np.float32), (0, 0), 0.3 * REACH * min(gain.shape))
    fine = cv2.resize(gain, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(picture, cv2.merge([fine, fine, fine]), dtype=cv2.CV_8U), np.uint8)


def paper_of(grey: NDArray[np.uint8]) -> Shades:
    """How bright the paper is from place to place, an eighth of the size: dark letters are filled in."""
    small = cv2.resize(grey, (grey.shape[1] // SMALL, grey.shape[0] // SMALL), interpolation=cv2.INTER_AREA)
    return cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, STEP), 5).astype(np.float32)


def fades(paper: Shades) -> bool:
    """Whether the dark begins softly, as a shadow does, and not with the rim of a panel."""
    dark = (paper < UNEVEN * np.percentile(paper, 95)).astype(np.uint8)
    rim = cv2.dilate(dark, np.ones((3, 3), np.uint8)) > dark
    step = cv2.dilate(paper, STEP) / np.maximum(cv2.erode(paper, STEP), 1.0)
    return bool(rim.any()) and float(np.median(step[rim])) < SOFT


def brightest_about(grey: NDArray[np.uint8]) -> Shades:
    """The brightest that stands within some letters of each place, an eighth of the size: white type on a dark panel."""
    peaks = cv2.dilate(grey, np.ones((SMALL, SMALL), np.uint8))
    small = cv2.resize(peaks, (grey.shape[1] // SMALL, grey.shape[0] // SMALL), interpolation=cv2.INTER_NEAREST)
    return np.maximum(cv2.dilate(small, np.ones((7, 7), np.uint8)), 1).astype(np.float32)
