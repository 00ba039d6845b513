"""Is there room for what a training writes?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .errors import UsageError


def check_space(folder: Path, needed: int, free_bytes: Callable[[Path], int]) -> None:
    """Raises UsageError when less than `needed` bytes are free where `folder` is or will be."""
    place = folder
    while not place.exists():
        place = place.parent
    free = free_bytes(place)
    if free < needed:
        raise UsageError(
            folder, f"{free / 1e9:.1f} GB are free on the disk, {needed / 1e9:.1f} GB are needed", "free some, or name another --out"
        )


def training_bytes(model: Any, optimizer: str, checkpoints_kept: int) -> int:
    """Bytes of all checkpoints that lie there at one time and of the adapter at the end."""
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    weights = sum(parameter.numel() * parameter.element_size() for parameter in trained)
    # Two moments for each weight.
    moments = 2 * sum(parameter.numel() * (1 if optimizer == "adamw_8bit" else parameter.element_size()) for parameter in trained)
    # A new checkpoint is written before an old one goes.
    return (checkpoints_kept + 1) * (weights + moments) + 2 * weights
