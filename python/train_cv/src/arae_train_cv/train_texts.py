"""Training of the text recogniser on the labels of the sheets."""

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from .augment import WHITE, vary_ink
from .losses import text_loss
from .networks import TextNetwork
from .settings import Settings
from .training_loop import train

#: CTC's blank, and what ARAE's decoding splits readings at.
BLANK = "-"


def train_texts(
    prepared: Sequence[Path], settings: Settings, checkpoint: Path, log: Callable[[str], None]
) -> tuple[TextNetwork, str]:
    """The recogniser and its vocabulary, which begins with the blank."""
    crops, readings = _load(prepared)
    vocabulary = BLANK + "".join(sorted(set("".join(readings))))
    codes = [torch.tensor([vocabulary.index(letter) for letter in reading]) for reading in readings]
    by_reading = _indices(readings)
    words = sorted(by_reading)
    # A word is drawn the oftener the more frequent it is, but only by the square root: rare ones are learnt, too.
    chances = np.sqrt([len(by_reading[word]) for word in words])
    chances /= chances.sum()
    stage = settings.text_recognition

    def draw_batch(random: np.random.Generator) -> list[Tensor]:
        chosen = [int(random.choice(by_reading[words[random.choice(len(words), p=chances)]])) for _ in range(stage.batch)]
        pictures = np.stack([vary_ink(_stretched(crops[index], random), random) for index in chosen])
        targets = [codes[index] for index in chosen]
        lengths = torch.tensor([len(target) for target in targets])
        return [torch.from_numpy(pictures)[:, None].expand(-1, 3, -1, -1), torch.cat(targets), lengths]

    torch.manual_seed(settings.seed)
    network = TextNetwork(settings.recogniser_channels, settings.recogniser_hidden, len(vocabulary))
    log(f"text recognition: {len(crops)} crops, {len(words)} words, {len(vocabulary)} symbols")
    trained = train("text recognition", network, stage, draw_batch, text_loss, seed=settings.seed, checkpoint=checkpoint, log=log)
    return trained, vocabulary


def _load(prepared: Sequence[Path]) -> tuple[np.ndarray, list[str]]:
    crops: list[np.ndarray] = []
    readings: list[str] = []
    for path in prepared:
        with np.load(path) as arrays:
            crops.extend(arrays["crops"])
            readings.extend(map(str, arrays["readings"]))
    return np.array(crops), readings


def _indices(readings: Sequence[str]) -> dict[str, list[int]]:
    result: dict[str, list[int]] = {}
    for index, reading in enumerate(readings):
        result.setdefault(reading, []).append(index)
    return result


def _stretched(crop: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Other proportions, sizes and places of the same letters."""
    height, width = crop.shape
    across, down = np.exp(random.uniform(-0.22, 0.15)), np.exp(random.uniform(-0.22, 0.15))
    slant = random.uniform(-0.05, 0.05)
    matrix = np.array(
        [
            [across, slant, random.uniform(-2, 3) - slant * height / 2],
            [0, down, height / 2 * (1 - down) + random.uniform(-3, 3)],
        ]
    )
    return cv2.warpAffine(crop, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=WHITE)

