"""A generated sheet and its truth, as `arae-plan-generator` writes them."""

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from .errors import TrainError

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Outline:
    """A polygon of the truth, in pixels of the sheet: `[points, 2]`."""

    category: int
    points: np.ndarray


@dataclass(frozen=True)
class SheetTruth:
    spaces: list[Outline]
    structures: list[Outline]
    #: Category and `x0, y0, x1, y1`.
    objects: list[tuple[int, Box]]
    #: What is written and `x0, y0, x1, y1`.
    texts: list[tuple[str, Box]]


def list_stems(folder: Path, count: int) -> list[str]:
    """The sheets of a folder that the generator wrote, sorted.

    Raises TrainError when there are fewer than `count`.
    """
    stems = sorted(path.stem for path in (folder / "detections").glob("*.json"))
    if len(stems) < count:
        raise TrainError(folder, f"holds {len(stems)} sheets instead of {count}", "delete the folder and start again")
    return stems[:count]


def read_sheet(folder: Path, stem: str) -> np.ndarray:
    """The drawing as grey values, `[height, width]`."""
    path = folder / "images" / f"{stem}.PNG"
    sheet = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if sheet is None:
        raise TrainError(path, "cannot be read as a picture", "delete the folder and start again")
    return sheet


def read_truth(folder: Path, stem: str) -> SheetTruth:
    path = folder / "detections" / f"{stem}.json"
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainError(path, f"cannot be read ({error})", "delete the folder and start again") from error
    return SheetTruth(
        spaces=[_outline(item) for item in value["spa"]],
        structures=[_outline(item) for item in value["str"]],
        objects=[(int(item["category_id"]), _box(item)) for item in value["obj"]],
        texts=[(item["attributes"]["OCR"], _box(item)) for item in value["ocr"]],
    )


def _outline(item: dict) -> Outline:
    return Outline(int(item["category_id"]), np.array(item["segmentation"][0], np.float64).reshape(-1, 2))


def _box(item: dict) -> Box:
    x, y, width, height = map(float, item["bbox"])
    return x, y, x + width, y + height
