import cv2
import numpy as np

from arae_train_cv.categories import SPACES, STRUCTURES
from arae_train_cv.rasterise import door_gap_map, space_gap_map, space_map, structure_map
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
    labels, gaps = space_map(rooms, CELL), space_gap_map(rooms, CELL)
    row = labels[15]
    assert (row[10:40] == 0).sum() >= 1
    between = np.nonzero(gaps[15])[0]
    assert len(between) > 0 and np.all(row[between] == 0) and 23 <= between.min() <= between.max() <= 27


def test_openings_lie_on_their_walls():
    labels = structure_map([rectangle(10, 120, 80, 200, 112), rectangle(11, 80, 80, 320, 112)], CELL)
    assert labels[12, 18] == 1 + STRUCTURES.index(10) and labels[12, 30] == 1 + STRUCTURES.index(11)


def test_doors_side_by_side_do_not_touch():
    doors = [rectangle(9, 80, 80, 160, 176), rectangle(9, 160, 80, 240, 176), rectangle(9, 240, 176, 320, 272)]
    structures = [*doors, rectangle(11, 80, 160, 320, 176)]
    labels, gaps = structure_map(structures, CELL), door_gap_map(structures, CELL)
    door = (labels == 1 + STRUCTURES.index(9)).astype(np.uint8)
    pieces, _ = cv2.connectedComponents(door, connectivity=8)
    assert pieces - 1 == len(doors)
    assert door.sum() > 0.75 * sum(10 * 12 for _ in doors)
    # Between them the wall is seen where there is one.
    assert labels[12, 19] == 0 and labels[20, 19] == 1 + STRUCTURES.index(11)
    assert gaps[12, 19] == 1 and np.all(door[gaps > 0] == 0)


def test_a_door_alone_is_painted_whole_and_has_no_gap():
    structures = [rectangle(9, 80, 80, 160, 176)]
    assert (structure_map(structures, CELL) > 0).sum() == 10 * 12
    assert door_gap_map(structures, CELL).sum() == 0
