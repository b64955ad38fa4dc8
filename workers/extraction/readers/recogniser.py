"""The recogniser of RapidOCR's wheel, one line at a time, with its last layer cut off and done here.

The layer scores 18,710 characters a column of the picture, nearly all of them Chinese, and takes a fifth of the time.
Cut before it, the network gives 120 features a column; the few hundred Latin characters are scored from these, and
all of them only where no Latin letter fits well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper

from workers.extraction.decode import Pixels
from workers.extraction.readers.rapidocr import MODELS
from workers.extraction.readers.seen import Seen

MODEL = "PP-OCRv6_rec_small.onnx"
HEIGHT_PX = 48  # what the network was trained on
WIDEST_PX = 2400  # a strip of text fifty times as long as high is no line of a card
LATIN_UNSURE = 0.8  # mean confidence below which all alphabets are tried
SIGNS = "–—―‘’“”†•…′″‹›€™℃①②③④⑤●■◆★☆☎☏✆✉✈✔➤➢📞📱📠📧📩📨🏠🌐🔗📍📲💻🖨"
BLANK = 0


@dataclass(frozen=True, slots=True)
class Network:
    """The network without its head, and the head: whole and for Latin letters only."""

    session: Any
    alphabet: NDArray[np.str_]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    latin: NDArray[np.int64]
    latin_weights: NDArray[np.float32]
    latin_bias: NDArray[np.float32]


@cache
def network() -> Network:
    model = onnx.load(str(MODELS / MODEL))
    alphabet = np.array(["", *metadata(model, "character").split("\n"), " "])
    weights, bias = cut_head(model)
    latin = np.array([i for i, letter in enumerate(alphabet) if is_latin(str(letter))])
    return Network(session_of(model), alphabet, weights, bias, latin, weights[:, latin].copy(), bias[latin].copy())


def metadata(model: Any, key: str) -> str:
    return next(str(entry.value) for entry in model.metadata_props if entry.key == key)


def cut_head(model: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Take the last MatMul and all after it off the graph; return its weights and bias."""
    nodes = model.graph.node
    at = max(i for i, node in enumerate(nodes) if node.op_type == "MatMul")
    stored = {array.name: array for array in model.graph.initializer}
    weights, bias = stored[nodes[at].input[1]], stored[nodes[at + 1].input[1]]
    model.graph.output[0].CopyFrom(onnx.ValueInfoProto(name=nodes[at].input[0], type=float_tensor()))
    del nodes[at:]
    model.graph.initializer.remove(weights)
    model.graph.initializer.remove(bias)
    return numpy_helper.to_array(weights).astype(np.float32), numpy_helper.to_array(bias).astype(np.float32)


def float_tensor() -> Any:
    return onnx.helper.make_tensor_type_proto(onnx.TensorProto.FLOAT, ["n", "columns", "features"])


def is_latin(letter: str) -> bool:
    return letter in ("", " ") or ord(letter) < 0x180 or letter in "ȘșȚț" or letter in SIGNS


def session_of(model: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def recognise_all(crops: Sequence[Pixels]) -> list[Seen]:
    """Read upright lines of text, one by one: a batch would pad all of them to the widest."""
    return [recognise(crop) for crop in crops]


def recognise(crop: Pixels) -> Seen:
    """Read one upright line of text."""
    net = network()
    (features,) = net.session.run(None, {"x": prepared(crop)})
    seen = decoded(features[0] @ net.latin_weights + net.latin_bias, net.alphabet[net.latin])
    if seen.text and seen.confidence >= LATIN_UNSURE:
        return seen
    every = decoded(features[0] @ net.weights + net.bias, net.alphabet)
    return every if every.text and any(not is_latin(letter) for letter in every.text) else seen


def prepared(crop: Pixels) -> NDArray[np.float32]:
    height, width = crop.shape[:2]
    width = min(WIDEST_PX, max(8, -(-HEIGHT_PX * width // height)))
    way = cv2.INTER_AREA if height > HEIGHT_PX else cv2.INTER_LINEAR
    strip = cv2.resize(crop, (width, HEIGHT_PX), interpolation=way)
    return np.ascontiguousarray(((strip.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None])


def decoded(scores: NDArray[np.float32], alphabet: NDArray[np.str_]) -> Seen:
    """CTC: the best character of each column, repeats joined, blanks dropped."""
    best = scores.argmax(axis=1)
    kept = (best != BLANK) & np.concatenate([[True], best[1:] != best[:-1]])
    if not kept.any():
        return Seen("", 0.0, 0.0)
    top = scores[kept]
    sure = 1 / np.exp(top - top.max(axis=1, keepdims=True)).sum(axis=1)
    text = "".join(alphabet[best[kept]])
    return Seen(text.strip(), float(sure.mean()), float(sure.min()))
