import numpy as np

from arae_train_cv.box_targets import IGNORED, box_targets
from arae_train_cv.networks import CELL


def test_the_cell_in_the_middle_answers_with_the_sides_of_its_box():
    presence, sides, kinds = box_targets(np.array([[16.0, 20.0, 40.0, 60.0]]), np.array([3]), 80, 80)
    row, column = 40 // CELL, 28 // CELL
    assert presence[row, column] == 1 and kinds[row, column] == 3
    x, y = (column + 0.5) * CELL, (row + 0.5) * CELL
    assert sides[:, row, column].tolist() == [x - 16, y - 20, 40 - x, 60 - y]


def test_the_rim_of_a_box_is_neither_there_nor_not():
    presence, _, _ = box_targets(np.array([[0.0, 0.0, 80.0, 80.0]]), np.array([0]), 96, 96)
    assert presence[0, 0] == IGNORED and presence[5, 5] == 1 and presence[11, 11] == 0


def test_a_small_box_keeps_its_cell_from_a_large_one():
    boxes = np.array([[0.0, 0.0, 80.0, 80.0], [38.0, 38.0, 44.0, 44.0]])
    for order in ([0, 1], [1, 0]):
        _, sides, kinds = box_targets(boxes[order], np.array([1, 2])[order], 80, 80)
        assert kinds[5, 5] == 2 and sides[:, 5, 5].tolist() == [6, 6, 0, 0]


def test_a_box_between_cell_centres_still_has_a_cell():
    presence, _, _ = box_targets(np.array([[9.0, 9.0, 11.0, 11.0]]), np.array([0]), 32, 32)
    assert (presence == 1).sum() == 1
