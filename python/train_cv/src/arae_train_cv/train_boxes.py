"""Training of the two detectors, on fixtures and on texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .augment import draw_view, vary_ink
from .box_targets import box_targets
from .categories import OBJECTS
from .losses import box_loss
from .networks import BoxNetwork
from .settings import Settings, Stage
from .training_loop import train

#: A box of which less lies in the piece is left out.
SEEN = 0.6


@dataclass(frozen=True)
class Boxed:
    """A picture with its boxes, `[N, 4]` of `x0, y0, x1, y1`, and their classes."""

    picture: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray


def train_objects(prepared: Sequence[Path], settings: Settings, checkpoint: Path, log: Callable[[str], None]) -> BoxNetwork:
    sheets = [_load(path, "quarter", "object_boxes", "object_classes") for path in prepared]
    torch.manual_seed(settings.seed)
    network = BoxNetwork(settings.object_channels, len(OBJECTS))
    return _train("objects", network, sheets, settings.objects, settings.seed, checkpoint, log, mirror=True)


def train_text_detection(
    prepared: Sequence[Path], settings: Settings, checkpoint: Path, log: Callable[[str], None]
) -> BoxNetwork:
    sheets = [_load(path, "half", "text_boxes", None) for path in prepared]
    torch.manual_seed(settings.seed)
    network = BoxNetwork(settings.text_channels, 1)
    return _train("text detection", network, sheets, settings.text_detection, settings.seed, checkpoint, log, mirror=False)


def _load(path: Path, picture: str, boxes: str, classes: str | None) -> Boxed:
    with np.load(path) as arrays:
        corners = arrays[boxes].astype(np.float64)
        return Boxed(arrays[picture], corners, arrays[classes] if classes else np.zeros(len(corners), np.int64))


def _train(
    name: str,
    network: BoxNetwork,
    sheets: Sequence[Boxed],
    stage: Stage,
    seed: int,
    checkpoint: Path,
    log: Callable[[str], None],
    *,
    mirror: bool,
) -> BoxNetwork:
    def draw_batch(random: np.random.Generator) -> list[Tensor]:
        samples = [_sample(sheets[random.integers(len(sheets))], stage.crop, random, mirror) for _ in range(stage.batch)]
        pictures, *targets = (np.stack(parts) for parts in zip(*samples))
        return [torch.from_numpy(pictures)[:, None].expand(-1, 3, -1, -1), *map(torch.from_numpy, targets)]

    return train(name, network, stage, draw_batch, box_loss, seed=seed, checkpoint=checkpoint, log=log)


def _sample(sheet: Boxed, crop: tuple[int, int], random: np.random.Generator, mirror: bool) -> tuple[np.ndarray, ...]:
    height, width = sheet.picture.shape
    if len(sheet.boxes) and random.random() < 0.7:
        x0, y0, x1, y1 = sheet.boxes[random.integers(len(sheet.boxes))]
        middle = np.array([x0 + x1, y0 + y1]) / 2 + random.uniform(-0.3, 0.3, 2) * np.array(crop[::-1])
    else:
        # Away from the boxes as well: what surrounds a plan is what they are not.
        middle = np.array([width, height]) * random.uniform(0.2, 0.8, 2)
    view = draw_view(random, crop, middle, mirror=mirror)
    boxes = view.boxes(sheet.boxes)
    limits = np.array([crop[1], crop[0]] * 2)
    visible = np.clip(boxes, 0, limits)
    share = _area(visible) / np.maximum(_area(boxes), 1)
    seen = share > SEEN
    targets = box_targets(visible[seen], sheet.classes[seen], *crop)
    return vary_ink(view.picture(sheet.picture), random), *targets


def _area(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
