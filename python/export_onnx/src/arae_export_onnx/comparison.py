"""ONNX against PyTorch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from .errors import ExportError, first_line
from .network_names import NetworkName

YOLO_NETWORKS: tuple[NetworkName, ...] = ("objects", "textDetection")


class OnnxNetwork:
    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise ExportError(path, "no such file", "export it first")
        try:
            self.session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ExportError(path, f"is no ONNX file ({first_line(error)})", "export it again") from error
        self.path = path

    @property
    def input_shape(self) -> list[int | None]:
        """None: any size."""
        shape = self.session.get_inputs()[0].shape
        return [size if isinstance(size, int) else None for size in shape]

    def run(self, sample: np.ndarray) -> np.ndarray:
        name = self.session.get_inputs()[0].name
        try:
            return self.session.run(None, {name: sample})[0]
        except Exception as error:
            raise ExportError(
                self.path, f"cannot run {list(sample.shape)} ({first_line(error)})", "export it again"
            ) from error


def max_difference(
    network: NetworkName, onnx: OnnxNetwork, samples: Sequence[np.ndarray], expected: Sequence[np.ndarray]
) -> float:
    """The largest absolute difference of any output; boxes are measured in shares of the input's sides.

    (A box of 4,960 pixels has steps of 0.0005 in float32, so pixels would measure the number format.)
    """
    worst = 0.0
    for sample, torch_output in zip(samples, expected, strict=True):
        onnx_output = onnx.run(sample)
        if onnx_output.shape != torch_output.shape:
            return float("inf")
        difference = np.abs(onnx_output.astype(np.float64) - torch_output)
        if network in YOLO_NETWORKS:
            height, width = sample.shape[2:]
            difference[..., :4] /= (width, height, width, height)
        # NaN on one side only is a difference that `max` would hide.
        if not np.array_equal(np.isnan(onnx_output), np.isnan(torch_output)):
            return float("inf")
        worst = max(worst, float(np.nanmax(difference, initial=0.0)))
    return worst
