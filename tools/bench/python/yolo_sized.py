"""A convolutional detector of about the size of YOLOv5s (7.2 M parameters, 16.5 GFLOPs at 640 × 640), of our own making."""

import torch
from torch import nn

#: Channels after each halving, and residual blocks there: chosen so that parameters and operations come out right.
STAGES = ((32, 0), (64, 1), (128, 3), (256, 4), (512, 3))
STRIDES = (8, 16, 32)
BOXES_PER_CELL = 3


def _conv(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.SiLU()
    )


class Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.narrow = _conv(channels, channels // 2, 1)
        self.widen = _conv(channels // 2, channels, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.widen(self.narrow(x))


class YoloSized(nn.Module):
    """`[1, 3, H, W]` → `[1, boxes, 5 + classes]`: centre and size in input pixels, box score, class scores."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.values = 5 + classes
        self.stages = nn.ModuleList()
        inputs = 3
        for channels, blocks in STAGES:
            self.stages.append(nn.Sequential(_conv(inputs, channels, 3, 2), *(Residual(channels) for _ in range(blocks))))
            inputs = channels
        self.heads = nn.ModuleList(
            nn.Conv2d(channels, BOXES_PER_CELL * self.values, 1) for channels, _ in STAGES[-len(STRIDES) :]
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = images
        boxes = []
        for number, stage in enumerate(self.stages):
            x = stage(x)
            level = number - (len(STAGES) - len(STRIDES))
            if level >= 0:
                boxes.append(self._boxes(self.heads[level](x), STRIDES[level]))
        return torch.cat(boxes, 1)

    def _boxes(self, head: torch.Tensor, stride: int) -> torch.Tensor:
        height, width = head.shape[-2:]
        scores = head.view(1, BOXES_PER_CELL, self.values, height, width).permute(0, 1, 3, 4, 2).sigmoid()
        rows = torch.arange(height, dtype=torch.float32).view(1, 1, -1, 1, 1)
        columns = torch.arange(width, dtype=torch.float32).view(1, 1, 1, -1, 1)
        centre_x = (scores[..., 0:1] + columns) * stride
        centre_y = (scores[..., 1:2] + rows) * stride
        size = scores[..., 2:4] * (4 * stride)
        return torch.cat((centre_x, centre_y, size, scores[..., 4:]), 4).reshape(1, -1, self.values)
