"""From sheets to what the networks see of them, once for all training."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from .categories import OBJECTS
from .rasterise import door_gap_map, space_gap_map, space_map, structure_map
from .reductions import (
    CROP_HEIGHT,
    CROP_WIDTH,
    OBJECT_SHEET,
    PLANE_SHEET,
    cropped,
    object_picture,
    plane_picture,
    text_crop,
    text_picture,
)
from .sheet_truth import Box, list_stems, read_sheet, read_truth

#: Pixels of half the sheet around the plan in which text is learnt: chains, tags and titles are what it is not.
TEXT_SURROUNDINGS = 250

#: Crops of each text: the first exact, the others as a detector might cut them.
CROPS_PER_TEXT = 3
CROP_JITTER = 5


def prepare_sheets(folder: Path, target: Path, *, count: int, workers: int) -> list[Path]:
    """Writes `target/{stem}.npz` for the first `count` sheets of a generated folder; what is there already is kept."""
    target.mkdir(parents=True, exist_ok=True)
    stems = list_stems(folder, count)
    # Started afresh: a fork of a process whose picture library has threads waits for ever for threads that it lacks.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_prepare, [folder] * count, stems, [target] * count, chunksize=4))


def _prepare(folder: Path, stem: str, target: Path) -> Path:
    path = target / f"{stem}.npz"
    if path.exists():
        return path
    cv2.setNumThreads(1)
    truth = read_truth(folder, stem)
    sheet = cropped(read_sheet(folder, stem))
    height, width = sheet.shape
    cell = (width / PLANE_SHEET[0], height / PLANE_SHEET[1])
    quarter = (width / OBJECT_SHEET[0], height / OBJECT_SHEET[1])
    half = text_picture(sheet)
    growth = half.shape[1] / width
    texts = [(text.replace(" ", ""), box) for text, box in truth.texts]
    corners = np.array([box for _, box in texts], np.float32).reshape(-1, 4)
    outlines = np.concatenate([space.points for space in truth.spaces])
    window = _window(outlines, growth, half.shape)
    crops, readings = _crops(sheet, texts, np.random.default_rng(len(stem) + sum(map(ord, stem))))
    arrays = {
        "plane": plane_picture(sheet),
        "spaces": space_map(truth.spaces, cell),
        "structures": structure_map(truth.structures, cell),
        "space_gaps": space_gap_map(truth.spaces, cell),
        "door_gaps": door_gap_map(truth.structures, cell),
        "quarter": object_picture(sheet),
        "object_boxes": np.array([box for _, box in truth.objects], np.float32).reshape(-1, 4) / np.array(quarter * 2),
        "object_classes": np.array([OBJECTS.index(category) for category, _ in truth.objects], np.int64),
        "half": half[window[1] : window[3], window[0] : window[2]],
        "text_boxes": corners * growth - np.array([window[0], window[1]] * 2, np.float32),
        "crops": crops,
        "readings": np.array(readings, dtype=str),
    }
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, **arrays)
    unfinished.replace(path)
    return path


def _window(points: np.ndarray, growth: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, top = (points.min(axis=0) * growth - TEXT_SURROUNDINGS).astype(int)
    right, bottom = (points.max(axis=0) * growth + TEXT_SURROUNDINGS).astype(int)
    return max(0, left), max(0, top), min(shape[1], right), min(shape[0], bottom)


def _crops(
    sheet: np.ndarray, texts: list[tuple[str, Box]], random: np.random.Generator
) -> tuple[np.ndarray, list[str]]:
    crops: list[np.ndarray] = []
    readings: list[str] = []
    for text, box in texts:
        for attempt in range(CROPS_PER_TEXT):
            jitter = random.integers(-CROP_JITTER, CROP_JITTER + 1, 4) if attempt else np.zeros(4)
            crops.append(text_crop(sheet, tuple(np.array(box) + jitter)))
            readings.append(text)
    return np.array(crops, np.uint8).reshape(-1, CROP_HEIGHT, CROP_WIDTH), readings
