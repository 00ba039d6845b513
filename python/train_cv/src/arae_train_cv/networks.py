"""The compact networks. All take `[N, 3, height, width]` in 0…1 as the manifest says, and see grey only."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Block(nn.Sequential):
    """Convolution, batch normalisation, ReLU."""

    def __init__(self, before: int, after: int, *, kernel: int = 3, stride: int = 1, dilation: int = 1) -> None:
        padding = dilation * (kernel // 2)
        super().__init__(
            nn.Conv2d(before, after, kernel, stride, padding, dilation=dilation, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(inplace=True),
        )


class Residual(nn.Module):
    def __init__(self, channels: int, dilation: int = 1) -> None:
        super().__init__()
        self.body = nn.Sequential(Block(channels, channels), Block(channels, channels, dilation=dilation))

    def forward(self, images: Tensor) -> Tensor:
        return images + self.body(images)


class Ink(nn.Module):
    """`[N, 3, H, W]` → `[N, side², H / side, W / side]`, 0 white paper, 1 black: padding with zeros is then paper.

    Each channel is one pixel of a square of `side`: no ink is lost, and the network works on a smaller grid. A convolution
    with fixed weights, since ONNX has no such operation for sizes that stay open.
    """

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side
        self.register_buffer("pick", torch.eye(side * side).reshape(side * side, 1, side, side), persistent=False)

    def forward(self, images: Tensor) -> Tensor:
        return F.conv2d(1 - images.mean(dim=1, keepdim=True), self.pick, stride=self.side)


class PlaneTrunk(nn.Module):
    """A U-Net whose finest level is half the input; its deepest cells see the whole flat."""

    def __init__(self, channels: tuple[int, ...]) -> None:
        super().__init__()
        first, *rest = channels
        self.stem = nn.Sequential(Ink(2), Block(4, first), Block(first, first))
        self.down = nn.ModuleList()
        before = first
        for width in rest:
            self.down.append(nn.Sequential(Block(before, width, stride=2), Residual(width)))
            before = width
        self.middle = nn.Sequential(Residual(before, dilation=2), Residual(before, dilation=3))
        self.up = nn.ModuleList()
        self.join = nn.ModuleList()
        for width in reversed(channels[:-1]):
            self.up.append(Block(before, width, kernel=1))
            self.join.append(Block(width, width))
            before = width

    def forward(self, images: Tensor) -> Tensor:
        levels = [self.stem(images)]
        for down in self.down:
            levels.append(down(levels[-1]))
        result = self.middle(levels.pop())
        for up, join in zip(self.up, self.join):
            result = F.interpolate(up(result), scale_factor=2.0, mode="nearest")
            result = join(result + levels.pop())
        return result


class PlaneHead(nn.Module):
    """Scores at full resolution: four neighbours from each cell of the trunk. Class 0 is the background."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.body = nn.Sequential(Block(channels, channels), nn.Conv2d(channels, 4 * (classes + 1), 1))

    def forward(self, features: Tensor) -> Tensor:
        return F.pixel_shuffle(self.body(features), 2)


class PlaneNetwork(nn.Module):
    """Spaces and structures of one trunk: walls and openings help to tell rooms, and the other way round."""

    def __init__(self, channels: tuple[int, ...], spaces: int, structures: int) -> None:
        super().__init__()
        self.trunk = PlaneTrunk(channels)
        self.spaces = PlaneHead(channels[0], spaces)
        self.structures = PlaneHead(channels[0], structures)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        features = self.trunk(images)
        return self.spaces(features), self.structures(features)


#: Doors and windows among the chances of structures, whose first is the background.
OPENINGS = slice(1, 3)


class StructureScores(nn.Module):
    """Structures as they are served: scores of the classes without the background, 0…1.

    `class_weights`: by how much each class, the background first, counted more in training, which made the network say it
    more often; it is taken back here.
    """

    def __init__(self, network: PlaneNetwork, class_weights: Tensor | None = None) -> None:
        super().__init__()
        self.trunk, self.structures = network.trunk, network.structures
        self.register_buffer("weights", _as_planes(class_weights, self.structures.classes + 1))

    def forward(self, images: Tensor) -> Tensor:
        chances = torch.softmax(self.structures(self.trunk(images)), dim=1) / self.weights
        chances = chances / chances.sum(dim=1, keepdim=True)
        scores = _best_is_presence(chances[:, 1:], 1 - chances[:, :1])
        # No door or window is a cell wide; walls may be.
        return torch.cat([_opened(scores[:, :2], 2), scores[:, 2:]], dim=1)


class SpaceScores(nn.Module):
    """Spaces as they are served: scores of the classes without the background, 0…1.

    Rooms reach into their doors and windows by a cell, as people draw them: the graph joins by contact, and on a grid of
    8 pixels a room and its window would else stand side by side without touching.

    `class_weights`: as of StructureScores; between kinds of rooms only.

    `rounds`: how often each place takes the mean of its neighbours' opinions of the kind of room, on every second pixel and
    never across a wall. One room then is of one kind; 0 leaves every pixel its own opinion.
    """

    def __init__(self, network: PlaneNetwork, rounds: int = 0, class_weights: Tensor | None = None) -> None:
        super().__init__()
        self.trunk, self.spaces, self.structures = network.trunk, network.spaces, network.structures
        self.rounds = rounds
        self.register_buffer("weights", _as_planes(class_weights, self.spaces.classes + 1)[:, 1:])

    def forward(self, images: Tensor) -> Tensor:
        features = self.trunk(images)
        chances = torch.softmax(self.spaces(features), dim=1)
        presence = 1 - chances[:, :1]
        kinds = chances[:, 1:] / self.weights
        kinds = kinds / kinds.sum(dim=1, keepdim=True).clamp(min=1e-6)
        if self.rounds > 0:
            kinds = self._agreed(kinds, presence)
        openings = torch.softmax(self.structures(features), dim=1)[:, OPENINGS].sum(dim=1, keepdim=True)
        reach = torch.minimum(F.max_pool2d(presence, 3, stride=1, padding=1), openings)
        return _best_is_presence(kinds, torch.maximum(presence, reach))

    def _agreed(self, kinds: Tensor, presence: Tensor) -> Tensor:
        # A pixel of four counts as a room only if all of them do: walls of one pixel stay closed.
        inside = (-F.max_pool2d(-presence, 2) > 0.5).to(kinds.dtype)
        opinion = F.avg_pool2d(kinds, 2) * inside
        weight = _mean_around(inside).clamp(min=1e-6)
        for _ in range(self.rounds):
            opinion = _mean_around(opinion) / weight * inside
        # Once more without the walls, for the pixels along them; far from any room every pixel keeps its own.
        spread = F.interpolate(_mean_around(opinion) / weight, scale_factor=2.0, mode="nearest")
        return spread + 1e-3 * kinds


def _as_planes(class_weights: Tensor | None, classes: int) -> Tensor:
    return (torch.ones(classes) if class_weights is None else class_weights).reshape(1, -1, 1, 1)


def _best_is_presence(kinds: Tensor, presence: Tensor) -> Tensor:
    """A pixel is served where its best score exceeds 0.5.

    Between two kinds the doubt is shared, and neither would exceed it; so the best one gets the probability of being
    anything at all, the others their share of that.
    """
    return kinds / kinds.amax(dim=1, keepdim=True).clamp(min=1e-6) * presence


def _opened(scores: Tensor, side: int) -> Tensor:
    """Grey-scale morphological opening: what no square of `side` pixels fits into goes."""
    eroded = -F.max_pool2d(F.pad(-scores, (0, side - 1, 0, side - 1)), side, stride=1)
    return F.max_pool2d(F.pad(eroded, (side - 1, 0, side - 1, 0)), side, stride=1)


def _mean_around(images: Tensor) -> Tensor:
    """Of the 3 × 3 pixels around each; what lies beyond the rim counts as 0."""
    return F.avg_pool2d(images, 3, stride=1, padding=1)


#: Pixels of the input to a cell of a detector.
CELL = 8


class BoxNetwork(nn.Module):
    """A detector without anchors: each cell says whether the middle of a thing lies in it, what it is, and its sides."""

    def __init__(self, channels: tuple[int, ...], classes: int) -> None:
        super().__init__()
        first, second, third = channels
        self.stem = nn.Sequential(Ink(4), Block(16, first), Block(first, first))
        self.down = nn.Sequential(Block(first, second, stride=2), Residual(second), Residual(second, dilation=2))
        self.context = nn.Sequential(Block(second, third, stride=2), Residual(third, dilation=2), Block(third, second, kernel=1))
        self.join = Block(second, second)
        #: Whether, left, top, right, bottom (in cells, from the cell's centre), and a score for each class of several.
        self.head = nn.Conv2d(second, 5 + (classes if classes > 1 else 0), 1)
        nn.init.constant_(self.head.bias[:1], -4.0)

    def forward(self, images: Tensor) -> Tensor:
        """`[N, 5 + classes, height / 8, width / 8]`, raw; 5 channels when there is one class only."""
        features = self.down(self.stem(images))
        wide = F.interpolate(self.context(features), scale_factor=2.0, mode="nearest")
        return self.head(self.join(features + wide))


def box_sides(raw: Tensor) -> Tensor:
    """Distances of the four sides from the cell's centre in pixels, always positive."""
    return F.softplus(raw[:, 1:5]) * CELL


class BoxRows(nn.Module):
    """The detector as it is served, in YOLOv5's shape: rows of centre x, centre y, width, height, score, scores of classes.

    Of several classes: cells of one thing that take it for different ones would both be kept, since boxes suppress each other
    within a class only. So of neighbouring cells only the most certain one speaks.
    """

    def __init__(self, network: BoxNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> Tensor:
        raw = self.network(images)
        left, top, right, bottom = box_sides(raw).unbind(1)
        ones = torch.ones_like(left)
        x = (ones.cumsum(2) - 0.5) * CELL
        y = (ones.cumsum(1) - 0.5) * CELL
        boxes = torch.stack([x + (right - left) / 2, y + (bottom - top) / 2, left + right, top + bottom], 1)
        presence = torch.sigmoid(raw[:, :1])
        if raw.shape[1] > 5:
            classes = torch.softmax(raw[:, 5:], 1)
            presence = presence * (presence >= F.max_pool2d(presence, 3, stride=1, padding=1)).to(presence.dtype)
        else:
            classes = torch.ones_like(presence)
        return torch.cat([boxes, presence, classes], 1).flatten(2).transpose(1, 2)


class TextNetwork(nn.Module):
    """CRNN: convolutions make 62 readings from left to right, a recurrent layer looks both ways. Symbol 0 is the blank."""

    def __init__(self, channels: tuple[int, ...], hidden: int, symbols: int) -> None:
        super().__init__()
        first, second, third, fourth = channels
        self.convolutions = nn.Sequential(
            Ink(1),
            Block(1, first),
            nn.MaxPool2d(2),
            Block(first, second),
            nn.MaxPool2d(2),
            Block(second, third),
            Block(third, third),
            nn.MaxPool2d((2, 1)),
            Block(third, fourth),
            nn.MaxPool2d((2, 1)),
        )
        #: 60 rows are 3 by now; they are told apart, not averaged.
        self.columns = nn.Sequential(nn.Conv2d(fourth, fourth, (3, 1), bias=False), nn.BatchNorm2d(fourth), nn.ReLU(inplace=True))
        self.recurrent = nn.LSTM(fourth, hidden, bidirectional=True)
        self.symbols = nn.Linear(2 * hidden, symbols)

    def forward(self, images: Tensor) -> Tensor:
        """`[62, N, symbols]`, raw."""
        features = self.columns(self.convolutions(images)).squeeze(2)
        readings, _ = self.recurrent(features.permute(2, 0, 1))
        return self.symbols(readings)
