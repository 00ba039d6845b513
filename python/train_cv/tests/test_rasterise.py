import numpy as np

from arae_train_cv.categories import SPACES, STRUCTURES
from arae_train_cv.rasterise import gap_map, space_map, structure_map
from arae_train_cv.sheet_truth import Outline

CELL = (8.0, 8.0)


def rectangle(category: int, x0: float, y0: float, x1: float, y1: float) -> Outline:
    return Outline(category, np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float64))


def test_a_cell_belongs_to_the_room_that_its_centre_lies_in():
    labels = space_map([rectangle(14, 80, 160, 203, 320)], CELL)
    rows, columns = np.nonzero(labels)
    # 203 ÷ 8 = 25.4: the centre of column 25 lies at 25.5, outside.
    assert (columns.min(), columns.max(), rows.min(), rows.max()) == (10, 24, 20, 39)
    assert set(np.unique(labels)) == {0, 1 + SPACES.index(14)}


def test_rooms_with_a_thin_wall_between_them_do_not_touch():
    rooms = [rectangle(14, 80, 80, 200, 200), rectangle(14, 212, 80, 320, 200)]
    labels, gaps = space_map(rooms, CELL), gap_map(rooms, CELL)
    row = labels[15]
    assert (row[10:40] == 0).sum() >= 1
    between = np.nonzero(gaps[15])[0]
    assert len(between) > 0 and np.all(row[between] == 0) and 23 <= between.min() <= between.max() <= 27


def test_openings_lie_on_their_walls():
    labels = structure_map([rectangle(10, 120, 80, 200, 112), rectangle(11, 80, 80, 320, 112)], CELL)
    assert labels[12, 18] == 1 + STRUCTURES.index(10) and labels[12, 30] == 1 + STRUCTURES.index(11)
