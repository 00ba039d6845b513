"""Class maps of a sheet's truth on the grid that the segmentation networks answer on."""

from collections.abc import Sequence

import cv2
import numpy as np

from .categories import SPACES, STRUCTURES
from .reductions import PLANE_SHEET
from .sheet_truth import Outline

#: OpenCV draws with fractions of a pixel: 2**-SHIFT.
SHIFT = 6
FINER = 5

#: Order in which structures are painted: an opening lies on its wall.
PAINT_ORDER = (11, 9, 10)
DOOR = 9

#: How much a wrong pixel between two rooms or two doors counts, and how far apart these may be. A gap that closes joins
#: them.
GAP_WEIGHT = 4.0
GAP_REACH = 5
#: Cells around a door in which no other door may lie: a contour goes over corners, too.
DOOR_REACH = 3


def space_map(spaces: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 0 background, else 1 + the class. `scale` is pixels of the sheet to one of the map, x and y."""
    result = _empty()
    # Large ones first: a room never hides a smaller one.
    for space in sorted(spaces, key=lambda space: -_area(space.points)):
        _paint(result, space.points, scale, 1 + SPACES.index(space.category))
    return result


def structure_map(structures: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 0 background, else 1 + the class. Where two doors would touch, neither is painted."""
    result = _empty()
    near = _nearness(_of_category(structures, DOOR), scale, DOOR_REACH)
    for category in PAINT_ORDER:
        painted = _empty()
        for structure in _of_category(structures, category):
            _paint(painted, structure.points, scale, 1)
        if category == DOOR:
            painted[near > 1] = 0
        result[painted > 0] = 1 + STRUCTURES.index(category)
    return result


def space_gap_map(spaces: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 1 where background lies narrowly between two rooms."""
    narrow = _nearness(spaces, scale, GAP_REACH) > 1
    return (narrow & (space_map(spaces, scale) == 0)).astype(np.uint8)


def door_gap_map(structures: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 1 where something else lies narrowly between two doors."""
    narrow = _nearness(_of_category(structures, DOOR), scale, GAP_REACH) > 1
    door = structure_map(structures, scale) == 1 + STRUCTURES.index(DOOR)
    return (narrow & ~door).astype(np.uint8)


def _of_category(outlines: Sequence[Outline], category: int) -> list[Outline]:
    return [outline for outline in outlines if outline.category == category]


def _nearness(outlines: Sequence[Outline], scale: tuple[float, float], reach: int) -> np.ndarray:
    """How many of the outlines lie within a square of `reach` cells around each cell."""
    near = _empty()
    kernel = np.ones((reach, reach), np.uint8)
    for outline in outlines:
        alone = _empty()
        _paint(alone, outline.points, scale, 1)
        near += cv2.dilate(alone, kernel)
    return near


def _empty() -> np.ndarray:
    return np.zeros((PLANE_SHEET[1], PLANE_SHEET[0]), np.uint8)


def _area(points: np.ndarray) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _paint(target: np.ndarray, points: np.ndarray, scale: tuple[float, float], value: int) -> None:
    """Fills the cells whose centre lies in the polygon (OpenCV's fill takes those that its rim touches, too)."""
    if len(points) < 3:
        return
    grid = points / np.array(scale)
    left, top = np.maximum(np.floor(grid.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(grid.max(axis=0)).astype(int) + 1
    right, bottom = min(right, target.shape[1]), min(bottom, target.shape[0])
    if right <= left or bottom <= top:
        return
    # Drawn finer by an odd number and read at the cells' middles, so that the rim adds a tenth of a cell only.
    fine = np.zeros(((bottom - top) * FINER, (right - left) * FINER), np.uint8)
    corners = (grid - np.array([left, top])) * FINER - 0.5
    cv2.fillPoly(fine, [np.round(corners * (1 << SHIFT)).astype(np.int32)], 1, shift=SHIFT)
    middle = FINER // 2
    target[top:bottom, left:right][fine[middle::FINER, middle::FINER] > 0] = value
