"""Training of the segmentation networks: spaces and structures on one trunk."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .augment import draw_view, vary_ink
from .categories import SPACES, STRUCTURES
from .losses import plane_loss
from .networks import PlaneNetwork
from .rasterise import GAP_WEIGHT
from .settings import Settings
from .training_loop import train

#: Rare classes count more, but no more than this much.
WEIGHT_LIMITS = (0.4, 3.0)


#: Share of the pieces that lie anywhere on the sheet: frames and titles are no rooms.
ELSEWHERE = 0.12


def train_planes(prepared: Sequence[Path], settings: Settings, checkpoint: Path, log: Callable[[str], None]) -> PlaneNetwork:
    sheets = [_load(path) for path in prepared]
    space_weights = class_weights([sheet[1] for sheet in sheets], len(SPACES))
    structure_weights = class_weights([sheet[3] for sheet in sheets], len(STRUCTURES))
    stage = settings.planes

    def draw_batch(random: np.random.Generator) -> list[Tensor]:
        samples = [_sample(sheets[random.integers(len(sheets))], stage.crop, random) for _ in range(stage.batch)]
        pictures, *labels = (torch.from_numpy(np.stack(parts)) for parts in zip(*samples))
        return [pictures[:, None].expand(-1, 3, -1, -1), *labels]

    def loss_of(
        answer: tuple[Tensor, Tensor], spaces: Tensor, between_rooms: Tensor, structures: Tensor, between_doors: Tensor
    ) -> Tensor:
        return plane_loss(answer[0], spaces, between_rooms, space_weights) + plane_loss(
            answer[1], structures, between_doors, structure_weights
        )

    torch.manual_seed(settings.seed)
    network = PlaneNetwork(settings.plane_channels, len(SPACES), len(STRUCTURES))
    return train("planes", network, stage, draw_batch, loss_of, seed=settings.seed, checkpoint=checkpoint, log=log)


def class_weights(maps: Sequence[np.ndarray], classes: int) -> Tensor:
    """One over the square root of each class's share, the background's being 1, within WEIGHT_LIMITS."""
    counts = sum(np.bincount(labels.ravel(), minlength=1 + classes) for labels in maps)
    weights = np.sqrt(np.median(counts[1:]) / np.maximum(counts, 1))
    weights[0] = 1
    return torch.tensor(np.clip(weights, *WEIGHT_LIMITS), dtype=torch.float32)


def _load(path: Path) -> tuple[np.ndarray, ...]:
    with np.load(path) as arrays:
        return tuple(arrays[name] for name in ("plane", "spaces", "space_gaps", "structures", "door_gaps"))


def _sample(sheet: tuple[np.ndarray, ...], crop: tuple[int, int], random: np.random.Generator) -> tuple[np.ndarray, ...]:
    picture, spaces, space_gaps, structures, door_gaps = sheet
    rows, columns = np.nonzero(spaces)
    middle = np.array([columns.min() + columns.max(), rows.min() + rows.max()]) / 2
    if random.random() < ELSEWHERE:
        middle = random.random(2) * picture.shape[::-1]
    view = draw_view(random, crop, middle, mirror=True)


    def weights(gaps: np.ndarray) -> np.ndarray:
        return 1 + (GAP_WEIGHT - 1) * view.labels(gaps).astype(np.float32)

    return (
        vary_ink(view.picture(picture), random),
        view.labels(spaces),
        weights(space_gaps),
        view.labels(structures),
        weights(door_gaps),
    )
