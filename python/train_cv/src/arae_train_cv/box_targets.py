"""Which cells of a detector answer for which box."""

import numpy as np

from .networks import CELL

#: Cells in this share of a box (around its middle) answer for it; the others in it may say what they like.
CORE = 0.5

IGNORED = -1.0


def box_targets(boxes: np.ndarray, classes: np.ndarray, height: int, width: int) -> tuple[np.ndarray, ...]:
    """For a piece of `height` × `width` pixels: presence, sides and class of each cell.

    Presence is 1, 0 or IGNORED, `[rows, columns]`; sides are left, top, right, bottom in pixels from the cell's centre,
    `[4, rows, columns]`; classes `[rows, columns]`.
    """
    rows, columns = height // CELL, width // CELL
    x = (np.arange(columns) + 0.5) * CELL
    y = (np.arange(rows) + 0.5) * CELL
    presence = np.zeros((rows, columns), np.float32)
    sides = np.zeros((4, rows, columns), np.float32)
    kinds = np.zeros((rows, columns), np.int64)
    # Small boxes last: they keep their cells.
    for index in np.argsort(-(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), kind="stable"):
        x0, y0, x1, y1 = boxes[index]
        inside = ((y > y0) & (y < y1))[:, None] & ((x > x0) & (x < x1))[None, :]
        presence[inside & (presence == 0)] = IGNORED
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        core = (np.abs(y - middle_y) < CORE * (y1 - y0) / 2)[:, None] & (np.abs(x - middle_x) < CORE * (x1 - x0) / 2)[None, :]
        row, column = int(middle_y // CELL), int(middle_x // CELL)
        if 0 <= row < rows and 0 <= column < columns:
            core[row, column] = True
        at_row, at_column = np.nonzero(core)
        presence[core] = 1
        kinds[core] = classes[index]
        sides[:, at_row, at_column] = np.stack([x[at_column] - x0, y[at_row] - y0, x1 - x[at_column], y1 - y[at_row]])
    return presence, sides, kinds
