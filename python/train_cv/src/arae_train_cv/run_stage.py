"""One network's training, in a process of its own."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from .categories import OBJECTS, SPACES, STRUCTURES
from .networks import BoxNetwork, PlaneNetwork, TextNetwork
from .settings import Settings
from .train_boxes import train_objects, train_text_detection
from .train_planes import class_weights, train_planes
from .train_texts import train_texts

STAGES = ("planes", "text_recognition", "objects", "text_detection")


def run_stage(stage: str, work: Path, settings: Settings, log: Callable[[str], None]) -> None:
    """Trains on `work/prepared` and leaves the weights as `work/{stage}.pt`; goes on where it was stopped."""
    # A fixed number: sums are then added in one order, whatever the number of cores. Two stages run at a time; the longest
    # is left alone in the end and has a second thread.
    torch.set_num_threads(2 if stage == "planes" else 1)
    cv2.setNumThreads(1)
    prepared = sorted((work / "prepared").glob("*.npz"))
    checkpoint = work / f"{stage}.checkpoint"
    vocabulary = None
    if stage == "planes":
        network = train_planes(prepared, settings, checkpoint, log)
    elif stage == "objects":
        network = train_objects(prepared, settings, checkpoint, log)
    elif stage == "text_detection":
        network = train_text_detection(prepared, settings, checkpoint, log)
    else:
        network, vocabulary = train_texts(prepared, settings, checkpoint, log)
    torch.save({"weights": network.state_dict(), "vocabulary": vocabulary}, work / f"{stage}.pt")


def load_planes(work: Path, settings: Settings) -> PlaneNetwork:
    return _load(PlaneNetwork(settings.plane_channels, len(SPACES), len(STRUCTURES)), work / "planes.pt")


def load_class_weights(work: Path) -> tuple[Tensor, Tensor]:
    """By how much each class of spaces and of structures counted more in training, the background first."""
    spaces, structures = [], []
    for path in sorted((work / "prepared").glob("*.npz")):
        with np.load(path) as arrays:
            spaces.append(arrays["spaces"])
            structures.append(arrays["structures"])
    return class_weights(spaces, len(SPACES)), class_weights(structures, len(STRUCTURES))


def load_objects(work: Path, settings: Settings) -> BoxNetwork:
    return _load(BoxNetwork(settings.object_channels, len(OBJECTS)), work / "objects.pt")


def load_text_detection(work: Path, settings: Settings) -> BoxNetwork:
    return _load(BoxNetwork(settings.text_channels, 1), work / "text_detection.pt")


def load_texts(work: Path, settings: Settings) -> tuple[TextNetwork, str]:
    vocabulary = torch.load(work / "text_recognition.pt", weights_only=True)["vocabulary"]
    network = TextNetwork(settings.recogniser_channels, settings.recogniser_hidden, len(vocabulary))
    return _load(network, work / "text_recognition.pt"), vocabulary


def _load(network, path: Path):
    network.load_state_dict(torch.load(path, weights_only=True)["weights"])
    return network.eval()
