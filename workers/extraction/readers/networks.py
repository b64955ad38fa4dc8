"""The networks of RapidOCR's wheel in sessions of our own, most of their products done in bytes.

Three quarters of their work are 1×1 convolutions on both sides of a GELU: products of matrices with weights known
beforehand. With bytes for both, processors that multiply bytes (VNNI, the dot products of ARM) need a third of the time.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

PAIR = ("Conv", "Add", "Div", "Erf", "Add", "Mul", "Mul", "Conv", "Add")
"""A 1×1 convolution with its bias, a GELU as the networks write it, and another convolution with its bias."""
LARGEST = 127  # of a signed byte
OURS = "com.microsoft"  # the operators that ONNX Runtime has beyond the standard


def session_of(model: Any) -> Any:
    """The model on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def in_bytes(model: Any) -> int:
    """Rewrite every such pair of convolutions as products of bytes; return how many there were."""
    graph = model.graph
    drop_identities(graph)
    weights = {array.name: numpy_helper.to_array(array) for array in graph.initializer}
    found = list(pairs(graph, weights))
    made = [rewritten(pair, weights) for pair in found]
    inputs = {name for pair in found for at in (0, 1, 7, 8) for name in pair[at].input[1:]}
    kept = [array for array in graph.initializer if array.name not in inputs]
    instead = {name: nodes for pair in made for name, nodes in pair[0].items()}
    nodes = [new for node in graph.node for new in instead.get(node.output[0], [node])]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend([*kept, *(array for pair in made for array in pair[1])])
    if all(opset.domain != OURS for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(OURS, 1))
    return len(found)


def drop_identities(graph: Any) -> None:
    """Leave out the nodes that only give a value a second name."""
    same: dict[str, str] = {}
    outputs = {output.name for output in graph.output}
    for node in graph.node:
        node.input[:] = [same.get(name, name) for name in node.input]
        if node.op_type == "Identity" and node.output[0] not in outputs:
            same[node.output[0]] = node.input[0]
    kept = [node for node in graph.node if node.output[0] not in same]
    del graph.node[:]
    graph.node.extend(kept)


def pairs(graph: Any, weights: dict[str, NDArray[Any]]) -> Iterator[list[Any]]:
    """The nodes of each pair, none of whose values is used by anything else."""
    users: dict[str, list[Any]] = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            users[name].append(node)
    for node in graph.node:
        chain = [node] if node.op_type == PAIR[0] else []
        for kind in PAIR[1:] if chain else ():
            after = [user for user in users[chain[-1].output[0]] if user.op_type == kind]
            chain += after[:1] if len(after) == 1 else []
        names = {link.output[0] for link in chain}
        within = all(user.output[0] in names for link in chain[:-1] for user in users[link.output[0]])
        if len(chain) == len(PAIR) and within and mixes(chain[0], weights) and mixes(chain[7], weights):
            yield chain


def mixes(node: Any, weights: dict[str, NDArray[Any]]) -> bool:
    """Whether a convolution looks at one pixel at a time and mixes all its channels."""
    shape = weights[node.input[1]].shape if node.input[1] in weights else ()
    whole = all(helper.get_attribute_value(each) == 1 for each in node.attribute if each.name == "group")
    strides = [helper.get_attribute_value(each) for each in node.attribute if each.name == "strides"]
    return len(node.input) == 2 and shape[2:] == (1, 1) and whole and all(set(each) == {1} for each in strides)


def rewritten(pair: list[Any], weights: dict[str, NDArray[Any]]) -> tuple[dict[str, list[Any]], list[Any]]:
    """What stands instead of the convolutions and their biases, by the name of what each gave; and the new weights.

    The channels come last between them, where a product of matrices wants them; a GELU minds no order.
    """
    first, bias, *_, second, last_bias = pair
    name = first.output[0]
    arrays = [*as_bytes(f"{name}/1", first, bias, weights), *as_bytes(f"{name}/2", second, last_bias, weights)]
    before = helper.make_node("Transpose", [first.input[0]], [f"{name}/in"], perm=[0, 2, 3, 1])
    after = helper.make_node("Transpose", [f"{name}/out"], [last_bias.output[0]], perm=[0, 3, 1, 2])
    widens = product(f"{name}/in", arrays[:4], bias.output[0])
    narrows = product(second.input[0], arrays[4:], f"{name}/out")
    nodes = {
        name: [],
        bias.output[0]: [before, widens],
        second.output[0]: [],
        last_bias.output[0]: [narrows, after],
    }
    return nodes, arrays


def product(values: str, arrays: list[Any], result: str) -> Any:
    return helper.make_node("DynamicQuantizeMatMul", [values, *(each.name for each in arrays)], [result], domain=OURS)


def as_bytes(name: str, node: Any, bias: Any, weights: dict[str, NDArray[Any]]) -> list[Any]:
    """A convolution's weights as bytes, with a scale and a zero for each column, and its bias."""
    columns = np.ascontiguousarray(weights[node.input[1]][:, :, 0, 0].T, np.float32)
    constant = next(weights[each] for each in bias.input if each in weights)
    parts = {"bytes": (), "scale": (), "zero": (), "bias": constant.astype(np.float32).reshape(-1)}
    parts["bytes"], parts["scale"], parts["zero"] = quantised(columns, signed=signed_is_exact())
    return [numpy_helper.from_array(np.asarray(part), f"{name}/{kind}") for kind, part in parts.items()]


def quantised(columns: NDArray[np.float32], *, signed: bool) -> tuple[NDArray[Any], NDArray[np.float32], NDArray[Any]]:
    """Bytes, and what each column of them is to be multiplied by; unsigned ones count from 128."""
    scale = np.abs(columns).max(axis=0) / np.float32(LARGEST)
    scale[scale == 0] = 1
    rounded = np.round(columns / scale)
    if signed:
        return rounded.astype(np.int8), scale, np.zeros(len(scale), np.int8)
    return (rounded + 128).astype(np.uint8), scale, np.full(len(scale), 128, np.uint8)


@cache
def signed_is_exact() -> bool:
    """Whether this processor adds up products of unsigned and signed bytes without losing any.

    Those that multiply bytes in pairs of 16 bits do lose some; unsigned weights are slower and exact everywhere.
    """
    columns, rows = np.ones((64, 32), np.float32), np.ones((8, 64), np.float32)
    parts = dict(zip(("bytes", "scale", "zero"), quantised(columns, signed=True), strict=True))
    arrays = [numpy_helper.from_array(part, kind) for kind, part in parts.items()]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [product("rows", arrays, "sums")],
        "products",
        [value("rows", onnx.TensorProto.FLOAT, rows.shape)],
        [value("sums", onnx.TensorProto.FLOAT, [8, 32])],
        arrays,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11), helper.make_opsetid(OURS, 1)])
    model.ir_version = 8
    sums = session_of(model).run(None, {"rows": rows})[0]
    return bool(np.allclose(sums, 64, rtol=0.01))
