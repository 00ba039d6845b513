"""From a PyTorch module to an ONNX file."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .first_tensor import first_tensor


@dataclass(frozen=True)
class OnnxTarget:
    """Where the ONNX file goes, and which axes of the input (0 batch, 2 height, 3 width) stay open."""

    path: Path
    opset: int
    open_axes: dict[int, str]
    #: The axes of the output that follow from them.
    open_output_axes: dict[int, str]


class FirstOutput(torch.nn.Module):
    """Keeps side outputs out of the ONNX file."""

    def __init__(self, module: torch.nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return first_tensor(self.module(images))


def export_module(module: torch.nn.Module, sample: np.ndarray, target: OnnxTarget) -> None:
    """Writes `images` → `output` by tracing the module on the sample."""
    axes = {"images": target.open_axes, "output": target.open_output_axes}
    with warnings.catch_warnings(), torch.no_grad():
        # Tracing warns of every size that it reads; the check at a second size tells what became a constant.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            FirstOutput(module).eval(),
            (torch.from_numpy(sample),),
            str(target.path),
            input_names=["images"],
            output_names=["output"],
            opset_version=target.opset,
            dynamic_axes={name: open_axes for name, open_axes in axes.items() if open_axes},
            # The tracing exporter: the other one needs a further package (onnxscript).
            dynamo=False,
        )
