"""How samples are varied, so that a network learns the drawing and not its printer."""

from dataclasses import dataclass

import cv2
import numpy as np

WHITE = 255


@dataclass(frozen=True)
class View:
    """A piece of a sheet, possibly scaled, mirrored or turned: a 2 × 3 matrix from the sheet to the piece."""

    matrix: np.ndarray
    height: int
    width: int

    def picture(self, sheet: np.ndarray) -> np.ndarray:
        size = (self.width, self.height)
        return cv2.warpAffine(sheet, self.matrix, size, flags=cv2.INTER_LINEAR, borderValue=WHITE)

    def labels(self, labels: np.ndarray) -> np.ndarray:
        return cv2.warpAffine(labels, self.matrix, (self.width, self.height), flags=cv2.INTER_NEAREST, borderValue=0)

    def boxes(self, boxes: np.ndarray) -> np.ndarray:
        """`[N, 4]` of `x0, y0, x1, y1`, not cut to the piece."""
        corners = np.stack([boxes[:, :2], boxes[:, 2:]], axis=1) @ self.matrix[:, :2].T + self.matrix[:, 2]
        return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def draw_view(
    random: np.random.Generator,
    crop: tuple[int, int],
    middle: np.ndarray,
    *,
    mirror: bool,
    scales: tuple[float, float] = (0.78, 1.28),
) -> View:
    """A piece of `crop` (height, width) around a point of the sheet.

    `mirror` allows mirror images and quarter turns, which letters do not bear.
    """
    height, width = crop
    scale = np.exp(random.uniform(*np.log(scales)))
    stretch = np.exp(random.uniform(-0.07, 0.07) if not mirror else random.uniform(-0.14, 0.14))
    across, down = scale * stretch, scale / stretch
    linear = np.diag([across, down])
    if mirror:
        linear = np.diag([random.choice([-1, 1]), random.choice([-1, 1], p=[0.25, 0.75])]) @ linear
        if random.random() < 0.15:
            linear = np.array([[0, 1], [1, 0]]) @ linear
    place = np.array([width, height]) * random.uniform(0.38, 0.62, 2)
    offset = place - linear @ middle
    return View(np.column_stack([linear, offset]).astype(np.float64), height, width)


def vary_ink(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Blacker or paler ink, greyer or whiter floors, blur, sharpening, noise and small gaps; float32 in 0…1."""
    ink = (WHITE - picture.astype(np.float32)) / WHITE
    ink = np.power(ink, np.exp(random.uniform(-0.45, 0.45)), out=ink) * random.uniform(0.65, 1.25)
    if random.random() < 0.35:
        blurred = cv2.GaussianBlur(ink, (0, 0), random.uniform(0.4, 1.0))
        # Towards the blurred picture, or away from it: sharpening with its halos.
        ink += (blurred - ink) * random.uniform(-0.8, 1.0)
    if random.random() < 0.4:
        ink += random.normal(0, random.uniform(0.003, 0.03), ink.shape).astype(np.float32)
    for _ in range(random.integers(0, 4)):
        _wipe(ink, random)
    return 1 - np.clip(ink, 0, 1)


def _wipe(ink: np.ndarray, random: np.random.Generator) -> None:
    """A small patch of paper, as restored or damaged scans have."""
    height, width = ink.shape
    size = random.integers(2, max(3, height // 20), 2)
    top, left = random.integers(0, height - size[0]), random.integers(0, width - size[1])
    ink[top : top + size[0], left : left + size[1]] *= random.uniform(0, 0.5)
