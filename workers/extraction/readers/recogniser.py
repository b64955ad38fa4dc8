"""The recogniser of RapidOCR's wheel, one line at a time, with its last layer cut to Latin letters.

The layer scores 18,710 characters a column of the picture, nearly all of them Chinese, and takes a fifth of the time.
Cut to the few hundred Latin ones it costs nothing; the 120 features a column that go into it are kept, so that all
characters can be scored where no Latin letter fits well, without running the network again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from workers.extraction.decode import Pixels
from workers.extraction.readers.gaps import parted, spans
from workers.extraction.readers.networks import in_bytes, session_of
from workers.extraction.readers.rapidocr import MODELS
from workers.extraction.readers.seen import Seen

MODEL = "PP-OCRv6_rec_small.onnx"
HEIGHT_PX = 48  # what the network was trained on
WIDEST_PX = 2400  # a strip of text fifty times as long as high is no line of a card
LATIN_UNSURE = 0.8  # mean confidence below which all alphabets are tried
SIGNS = "〒–—―‘’“”†•…′″‹›€™℃①②③④⑤●■◆★☆☎☏✆✉✈✔➤➢📞📱📠📧📩📨🏠🌐🔗📍📲💻🖨"
BLANK = 0
STRIDE_PX = 8  # pixels of the line for each column of the network
CLOSE = (
    0.62  # letters a column: the network needs an empty column between twins, and loses one of them where there is none
)
CLEAR = 0.75  # lowest confidence above which no letter of a line was lost
WIDER, WIDEST, SURER = 1.35, 2.2, 0.01
USUAL = 0.5  # letters a column in type of usual width
SAYS_LITTLE = (
    5.5  # best score of a column at which the network has no letter for what it sees; on paper and print, 8 up
)
MANY = 1000  # letters of an alphabet, among which one always fits a little
LOST_LETTER = 0.3  # confidence of a line within which such a column stands


@dataclass(frozen=True, slots=True)
class Network:
    """The network, which gives features and the scores of Latin letters, and the head that scores every character."""

    session: Any
    latin: NDArray[np.str_]
    alphabet: NDArray[np.str_]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


@cache
def network() -> Network:
    model = onnx.load(str(MODELS / MODEL))
    alphabet = np.array(["", *metadata(model, "character").split("\n"), " "])
    latin = np.array([i for i, letter in enumerate(alphabet) if is_latin(str(letter))])
    weights, bias = cut_head(model, latin)
    in_bytes(model)
    return Network(session_of(model), alphabet[latin], alphabet, weights, bias)


def metadata(model: Any, key: str) -> str:
    return next(str(entry.value) for entry in model.metadata_props if entry.key == key)


def cut_head(model: Any, latin: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Leave only the Latin columns of the last layer on the graph, without its softmax; return the whole layer.

    What goes into that layer becomes the graph's second output.
    """
    graph = model.graph
    at = max(i for i, node in enumerate(graph.node) if node.op_type == "MatMul")
    last, added = graph.node[at], graph.node[at + 1]
    layer = {array.name: array for array in graph.initializer if array.name in (last.input[1], added.input[1])}
    whole = [numpy_helper.to_array(layer[name]).astype(np.float32) for name in (last.input[1], added.input[1])]
    for name, values in zip((last.input[1], added.input[1]), whole, strict=True):
        layer[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values[..., latin]), name))
    del graph.node[at + 2 :], graph.output[:], graph.value_info[:]
    graph.output.extend([output(added.output[0]), output(last.input[0])])
    return whole[0], whole[1]


def output(name: str) -> Any:
    return onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", "columns", "values"])


def is_latin(letter: str) -> bool:
    return letter in ("", " ") or ord(letter) < 0x180 or letter in "ȘșȚț" or letter in SIGNS


def recognise_all(crops: Sequence[Pixels]) -> list[Seen]:
    """Read upright lines of text, one by one: a batch would pad all of them to the widest."""
    return [recognise(crop) for crop in crops]


def recognise(crop: Pixels) -> Seen:
    """Read one upright line of text; a second time, wider, where its letters stand so close that some run together."""
    seen = looked_at(crop)
    close = closeness(crop, seen) if seen.weakest < CLEAR else 0.0
    if close < CLOSE:
        return seen
    by = min(WIDEST, max(WIDER, close / USUAL))
    wider = looked_at(np.asarray(cv2.resize(crop, (round(by * crop.shape[1]), crop.shape[0])), np.uint8))
    surer = wider.weakest >= seen.weakest or wider.confidence >= seen.confidence + SURER
    return wider if surer else seen


def closeness(crop: Pixels, seen: Seen) -> float:
    """Letters for each column of the network; where hardly any was read, their strokes are counted instead."""
    letters = len(seen.text) if seen.confidence >= LATIN_UNSURE else max(len(seen.text), len(spans(crop)))
    return letters * STRIDE_PX / line_width(crop)


def looked_at(crop: Pixels) -> Seen:
    net = network()
    scores, features = net.session.run(None, {"x": prepared(crop)})
    seen = decoded(scores[0], net.latin, crop)
    if seen.text and seen.confidence >= LATIN_UNSURE and float(scores[0].max(axis=1).min()) >= SAYS_LITTLE:
        return seen
    every = decoded(features[0] @ net.weights + net.bias, net.alphabet, crop)
    return every if any(letter.isalpha() and not is_latin(letter) for letter in every.text) else seen


def line_width(crop: Pixels) -> int:
    """How wide the network sees a line, in pixels."""
    height, width = crop.shape[:2]
    return int(min(WIDEST_PX, max(8, -(-HEIGHT_PX * width // height))))


def prepared(crop: Pixels) -> NDArray[np.float32]:
    way = cv2.INTER_AREA if len(crop) > HEIGHT_PX else cv2.INTER_LINEAR
    strip = cv2.resize(crop, (line_width(crop), HEIGHT_PX), interpolation=way)
    return np.ascontiguousarray(((strip.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None])


def decoded(scores: NDArray[np.float32], alphabet: NDArray[np.str_], crop: Pixels) -> Seen:
    """CTC: the best character of each column, repeats joined, blanks dropped; then what the white between them says."""
    best = scores.argmax(axis=1)
    kept = (best != BLANK) & np.concatenate([[True], best[1:] != best[:-1]])
    if not kept.any():
        return Seen("", 0.0, 0.0)
    top = scores[kept]
    sure = 1 / np.exp(top - top.max(axis=1, keepdims=True)).sum(axis=1)
    columns = np.flatnonzero(kept)
    text = parted("".join(alphabet[best[kept]]), columns, len(scores), crop, sure)
    lost = len(alphabet) < MANY and float(scores[columns[0] : columns[-1] + 1].max(axis=1).min()) < SAYS_LITTLE
    return Seen(text.strip(), float(sure.mean()), min(float(sure.min()), LOST_LETTER if lost else 1.0))
