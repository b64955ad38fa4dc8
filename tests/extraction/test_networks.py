"""Networks whose products are done in bytes give what they gave."""

from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from workers.extraction.readers import networks, recogniser
from workers.extraction.readers.rapidocr import MODELS

pytestmark = pytest.mark.ocr
CHANNELS, WIDER = 24, 48


def block(*, kernel: int = 1) -> Any:
    """A pair of convolutions with a GELU between them, as the networks of the wheel write it, and what is added to it."""
    chance = np.random.default_rng(1)
    arrays = {
        "wide": chance.normal(size=(WIDER, CHANNELS, kernel, kernel)),
        "wide bias": chance.normal(size=(1, WIDER, 1, 1)),
        "narrow": chance.normal(size=(CHANNELS, WIDER, 1, 1)),
        "narrow bias": chance.normal(size=(1, CHANNELS, 1, 1)),
        "root": np.array(2**0.5),
        "one": np.array(1.0),
        "half": np.array(0.5),
    }
    nodes = [
        helper.make_node("Conv", ["x", "wide"], ["a"], pads=[kernel // 2] * 4),
        helper.make_node("Add", ["a", "wide bias"], ["b"]),
        helper.make_node("Identity", ["b"], ["b again"]),
        helper.make_node("Div", ["b again", "root"], ["c"]),
        helper.make_node("Erf", ["c"], ["d"]),
        helper.make_node("Add", ["d", "one"], ["e"]),
        helper.make_node("Mul", ["b again", "e"], ["f"]),
        helper.make_node("Mul", ["f", "half"], ["g"]),
        helper.make_node("Conv", ["g", "narrow"], ["h"]),
        helper.make_node("Add", ["h", "narrow bias"], ["i"]),
        helper.make_node("Add", ["x", "i"], ["y"]),
    ]
    value = helper.make_tensor_value_info
    made = [numpy_helper.from_array(array.astype(np.float32), name) for name, array in arrays.items()]
    shape = [1, CHANNELS, None, None]
    ends = [value(name, onnx.TensorProto.FLOAT, shape) for name in ("x", "y")]
    model = helper.make_model(
        helper.make_graph(nodes, "block", ends[:1], ends[1:], made), opset_imports=[helper.make_opsetid("", 11)]
    )
    model.ir_version = 8
    return model


def given(model: Any) -> NDArray[np.float32]:
    picture = np.random.default_rng(2).normal(size=(1, CHANNELS, 3, 17)).astype(np.float32)
    return np.asarray(networks.session_of(model).run(None, {"x": picture})[0])


@pytest.mark.parametrize("signed", [True, False])
def test_a_pair_of_convolutions_gives_in_bytes_what_it_gave(*, signed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if signed and not networks.signed_is_exact():
        pytest.skip("this processor loses some of a signed byte's products")
    monkeypatch.setattr(networks, "signed_is_exact", lambda: signed)
    model = block()
    before = given(model)
    assert networks.in_bytes(model) == 1
    assert not any(node.op_type in ("Conv", "Identity") for node in model.graph.node)
    assert np.abs(given(model) - before).max() < 0.02 * np.abs(before).max()


def test_bytes_with_a_sign_and_without_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    if not networks.signed_is_exact():
        pytest.skip("this processor loses some of a signed byte's products")
    made = []
    for signed in (True, False):
        monkeypatch.setattr(networks, "signed_is_exact", lambda signed=signed: signed)
        model = block()
        networks.in_bytes(model)
        made.append(given(model))
    assert np.array_equal(made[0], made[1])


def test_what_looks_beyond_one_pixel_is_left_as_it_is() -> None:
    model = block(kernel=3)
    assert networks.in_bytes(model) == 0
    assert sum(node.op_type == "Conv" for node in model.graph.node) == 2


def test_the_recogniser_is_made_of_thirteen_such_pairs() -> None:
    assert networks.in_bytes(onnx.load(str(MODELS / recogniser.MODEL))) == 13
