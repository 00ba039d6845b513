"""The first stages of a ResNet-18, in the order and with the names of the positions that trunks are cut by."""

import torch
from torch import nn

CHANNELS = (64, 128, 256, 512)


class BasicBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = (
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
            if stride != 1 or inputs != outputs
            else None
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + shortcut)


def resnet18_trunk(stages: int) -> nn.Sequential:
    """`[N, 3, H, W]` → `[N, channels of the last stage, H ÷ 2^(stages + 1), …]`, sides rounded up at each halving."""
    parts: list[nn.Module] = [
        nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.MaxPool2d(3, stride=2, padding=1),
    ]
    inputs = 64
    for stage, outputs in enumerate(CHANNELS[:stages]):
        parts.append(
            nn.Sequential(BasicBlock(inputs, outputs, stride=1 if stage == 0 else 2), BasicBlock(outputs, outputs, 1))
        )
        inputs = outputs
    return nn.Sequential(*parts)
