"""Small networks with random weights, of the shapes of the trained ones."""

import torch
from torch import nn
from torchvision.models import resnet18


class TinySegmentation(nn.Module):
    """Takes the place of a DeepLabV3+ that was pickled whole."""

    def __init__(self, classes: int, activation: nn.Module) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, classes, 3, padding=1)
        self.activation = activation

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        small = torch.max_pool2d(self.conv(x), 8)
        return self.activation(nn.functional.interpolate(5 * small, size=x.shape[-2:], mode="bilinear"))


class FrozenByTracing(TinySegmentation):
    """Reads a value of its input in Python, which tracing makes a constant: its ONNX file is wrong."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.clamp(super().forward(x) * float(x.mean()), 0, 1)


class ReferenceCrnn(nn.Module):
    """A CRNN built from torchvision's ResNet-18, independently of the package, with the usual names."""

    def __init__(self, symbols: int, *, hidden: int = 32, summed: bool = True, neck: bool = True) -> None:
        super().__init__()
        self.summed = summed
        self.cnn_p1 = nn.Sequential(*list(resnet18(weights=None).children())[:-3])
        self.cnn_p2 = nn.Identity()
        if neck:
            self.cnn_p2 = nn.Sequential(nn.Conv2d(256, 256, (3, 6), padding=1), nn.BatchNorm2d(256), nn.ReLU())
        self.linear1 = nn.Linear(1024, hidden)
        self.rnn1 = nn.GRU(hidden, hidden, bidirectional=True, batch_first=True)
        self.rnn2 = nn.GRU(hidden if summed else 2 * hidden, hidden, bidirectional=True, batch_first=True)
        self.linear2 = nn.Linear(2 * hidden, symbols)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.cnn_p2(self.cnn_p1(x)).permute(0, 3, 1, 2)
        x = self.linear1(x.reshape(x.shape[0], x.shape[1], -1))
        x, _ = self.rnn1(x)
        if self.summed:
            forth, back = x.chunk(2, dim=2)
            x = forth + back
        x, _ = self.rnn2(x)
        return self.linear2(x).transpose(0, 1)


def lively(module: nn.Module) -> nn.Module:
    """Running means and variances as after training, so that a forgotten one shows."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.running_mean, -0.2, 0.2)
            nn.init.uniform_(part.running_var, 0.5, 1.5)
    return module.eval()
