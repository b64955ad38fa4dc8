"""RapidOCR's detector of text lines and its classifier of upside-down lines, tamed.

Its own recogniser and its own pipeline are left aside: `recogniser` runs the network of the same wheel.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray

from workers.extraction.decode import Pixels
from workers.extraction.quads import Boxes

MODELS = Path(rapidocr.__file__).parent / "models"
DETECTOR, CLASSIFIER = "PP-OCRv6_det_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
ONE_THREAD = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
}


@cache
def engine() -> Any:
    # Paths are given because a missing model would otherwise be fetched from the network.
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.model_path": str(MODELS / DETECTOR),
            "Det.limit_type": "max",
            "Cls.model_path": str(MODELS / CLASSIFIER),
            **ONE_THREAD,
        }
    )


def load() -> None:
    """Hold both networks in memory, so that a forked child need not."""
    engine()._load_det_model()  # noqa: SLF001 - the only way to the detector alone, where its limit can be set
    engine()._load_cls_model()  # noqa: SLF001 - the same


def text_boxes(pixels: Pixels, *, side_px: int) -> Boxes:
    """Where lines of text lie, looked for with the longer side shrunk to `side_px`."""
    detector = engine()._load_det_model()  # noqa: SLF001 - see load()
    seen = for_detector(pixels, side_px=side_px)
    boxes, _ = detector.postprocess_op(detector.session(seen), pixels.shape[:2])
    return np.asarray(detector.sorted_boxes(boxes), np.float32).reshape(-1, 4, 2)


@cache
def levels() -> list[tuple[np.float32, np.float32]]:
    """What each channel is multiplied by, and what is then taken from it, before the network sees it."""
    detector = engine()._load_det_model()  # noqa: SLF001 - see load()
    pairs = zip(detector.mean, detector.std, strict=True)
    return [(np.float32(1 / (255 * deviation)), np.float32(mean / deviation)) for mean, deviation in pairs]


def for_detector(pixels: Pixels, *, side_px: int) -> NDArray[np.float32]:
    """Shrunk to whole cells of 32 pixels, as the detector's own preparation does in twice the time."""
    height, width = pixels.shape[:2]
    scale = min(1.0, side_px / max(height, width))
    size = (cells(width * scale), cells(height * scale))
    small = cv2.resize(pixels, size)
    planes = [small[:, :, channel] * factor - less for channel, (factor, less) in enumerate(levels())]
    return np.stack(planes)[None]


def cells(length: float) -> int:
    return max(32, round(int(length) / 32) * 32)


def upright_vote(crops: Sequence[Pixels]) -> float:
    """How surely the lines stand upright (above 0) or on their heads (below): a sum of probabilities."""
    classifier = engine()._load_cls_model()  # noqa: SLF001 - see load()
    seen = classifier([crop.copy() for crop in crops]).cls_res  # it turns what it is given in place
    return float(sum(score if label == "0" else -score for label, score in seen))
