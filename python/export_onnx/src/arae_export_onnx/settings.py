"""What the command line says."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .network_names import NetworkName

OutputKind = Literal["auto", "scores", "logits"]
Activation = Literal["sigmoid", "softmax"]


@dataclass(frozen=True)
class Settings:
    #: The trained networks that were given.
    weights: dict[NetworkName, Path]
    trust_pickle: bool = False
    yolov5: Path | None = None
    encoder: str = "resnet50"
    crnn_names: Path | None = None
    vocabulary: Path | None = None
    filler: str = ""
    recognition_mean: tuple[float, float, float] = (0, 0, 0)
    recognition_std: tuple[float, float, float] = (1, 1, 1)
    confidence: float = 0.4
    iou: float = 0.5
    #: Overrides of the categories of a network's classes.
    classes: dict[NetworkName, tuple[int, ...]] = field(default_factory=dict)
    output_kind: OutputKind = "auto"
    #: What turns logits into scores.
    activation: Activation | None = None
    #: One size (landscape sheets only) instead of open width and height.
    fixed: bool = False
    opset: int = 17
    tolerance: float = 1e-4
    seed: int = 0
    samples: dict[NetworkName, Path] = field(default_factory=dict)
