"""Weights of an ONNX file in half precision, to halve the file: computation stays in single precision."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

#: Smaller arrays (biases, shapes) stay as they are.
WORTHWHILE = 1024


def halve_weights(path: Path) -> None:
    """Stores large float32 initialisers as float16 with a cast behind each, which runtimes undo once when they load."""
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < WORTHWHILE:
            continue
        name, stored = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [name], to=TensorProto.FLOAT, name=f"{name}.cast"))
    for index, cast in enumerate(casts):
        model.graph.node.insert(index, cast)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
