"""What every sort of network offers to the export, whatever file it came from."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch

from .first_tensor import first_tensor
from .onnx_export import OnnxTarget, export_module

Sample = np.ndarray


class Network(Protocol):
    def run(self, samples: Sequence[Sample], target: OnnxTarget | None = None) -> list[np.ndarray]:
        """PyTorch's output for each sample (float32 `[N, 3, H, W]`); writes the ONNX file first if asked."""
        ...


class ModuleNetwork:
    """A network that lives in this process."""

    def __init__(self, module: torch.nn.Module) -> None:
        self.module = module.float().eval()

    def run(self, samples: Sequence[Sample], target: OnnxTarget | None = None) -> list[np.ndarray]:
        if target is not None:
            export_module(self.module, samples[0], target)
        return [run_module(self.module, sample) for sample in samples]


def run_module(module: torch.nn.Module, sample: Sample) -> np.ndarray:
    with torch.no_grad():
        return first_tensor(module(torch.from_numpy(sample))).numpy()

