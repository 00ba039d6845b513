"""The text recogniser: a ResNet-18 trunk, a convolution, two GRUs."""

from dataclasses import dataclass

import torch
from torch import nn

from .resnet_trunk import CHANNELS, resnet18_trunk


@dataclass(frozen=True)
class Gru:
    inputs: int
    hidden: int
    layers: int
    bidirectional: bool
    #: The two directions are added to each other instead of laid side by side.
    summed: bool

    @property
    def outputs(self) -> int:
        return self.hidden * (2 if self.bidirectional and not self.summed else 1)


@dataclass(frozen=True)
class CrnnShape:
    stages: int
    #: Channels and kernel of the convolution after the trunk; None: there is none.
    neck: tuple[int, tuple[int, int]] | None
    neck_norm: bool
    neck_bias: bool
    neck_padding: int
    #: Channels × height of a column, and what it becomes.
    project: tuple[int, int]
    gru1: Gru
    gru2: Gru
    symbols: int

    @property
    def channels(self) -> int:
        return CHANNELS[self.stages - 1] if self.neck is None else self.neck[0]


class Crnn(nn.Module):
    """`[N, 3, 60, 250]` → `[T, N, symbols]`, logits."""

    def __init__(self, shape: CrnnShape) -> None:
        super().__init__()
        self.shape = shape
        self.trunk = resnet18_trunk(shape.stages)
        if shape.neck is not None:
            channels, kernel = shape.neck
            self.neck_conv = nn.Conv2d(
                CHANNELS[shape.stages - 1], channels, kernel, padding=shape.neck_padding, bias=shape.neck_bias
            )
            if shape.neck_norm:
                self.neck_norm = nn.BatchNorm2d(channels)
        self.project = nn.Linear(*shape.project)
        self.gru1 = _gru(shape.gru1)
        self.gru2 = _gru(shape.gru2)
        self.classify = nn.Linear(shape.gru2.outputs, shape.symbols)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = self.trunk(images)
        if self.shape.neck is not None:
            x = self.neck_conv(x)
            if self.shape.neck_norm:
                x = self.neck_norm(x)
            x = torch.relu(x)
        # One step per column of the feature map, from left to right.
        x = self.project(x.permute(0, 3, 1, 2).flatten(2))
        x = _run(self.gru1, self.shape.gru1, x)
        x = _run(self.gru2, self.shape.gru2, x)
        return self.classify(x).permute(1, 0, 2)


def _gru(gru: Gru) -> nn.GRU:
    return nn.GRU(gru.inputs, gru.hidden, gru.layers, bidirectional=gru.bidirectional, batch_first=True)


def _run(module: nn.GRU, gru: Gru, x: torch.Tensor) -> torch.Tensor:
    x, _ = module(x)
    return x[..., : gru.hidden] + x[..., gru.hidden :] if gru.summed else x
