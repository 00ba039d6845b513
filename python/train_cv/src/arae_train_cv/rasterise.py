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

#: How much a wrong pixel between two rooms counts, and how far apart these may be. A gap that closes joins two rooms.
GAP_WEIGHT = 4.0
GAP_REACH = 5


def space_map(spaces: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 0 background, else 1 + the class. `scale` is pixels of the sheet to one of the map, x and y."""
    result = _empty()
    # Large ones first: a room never hides a smaller one.
    for space in sorted(spaces, key=lambda space: -_area(space.points)):
        _paint(result, space.points, scale, 1 + SPACES.index(space.category))
    return result


def structure_map(structures: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 0 background, else 1 + the class."""
    result = _empty()
    for category in PAINT_ORDER:
        for structure in structures:
            if structure.category == category:
                _paint(result, structure.points, scale, 1 + STRUCTURES.index(category))
    return result


def gap_map(spaces: Sequence[Outline], scale: tuple[float, float]) -> np.ndarray:
    """`[436, 620]`, 1 where background lies narrowly between two rooms."""
    near = np.zeros(_empty().shape, np.uint8)
    inside = _empty()
    kernel = np.ones((GAP_REACH, GAP_REACH), np.uint8)
    for space in spaces:
        room = _empty()
        _paint(room, space.points, scale, 1)
        inside |= room
        near += cv2.dilate(room, kernel)
    return ((near > 1) & (inside == 0)).astype(np.uint8)


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
