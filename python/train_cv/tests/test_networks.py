import numpy as np
import pytest
import torch

from arae_train_cv.networks import CELL, BoxNetwork, BoxRows, Ink, PlaneNetwork, PlaneScores, TextNetwork


def test_ink_is_one_where_the_paper_is_black_and_loses_nothing():
    images = torch.ones(1, 3, 4, 4)
    images[:, :, 1, 2] = 0
    ink = Ink(2)(images)
    assert ink.shape == (1, 4, 2, 2) and ink.sum() == pytest.approx(1) and ink[0, 2, 0, 1] == pytest.approx(1)


def test_planes_score_every_pixel_of_any_sheet_and_leave_room_for_nothing():
    network = PlaneNetwork((8, 8, 8, 8, 8), 13, 3).eval()
    with torch.no_grad():
        scores = PlaneScores(network, network.spaces)(torch.rand(1, 3, 96, 64))
    assert scores.shape == (1, 13, 96, 64)
    assert 0 <= scores.min() and scores.sum(1).max() < 1


@pytest.mark.parametrize("classes", [1, 5])
def test_rows_of_a_detector_lie_around_their_cells(classes: int):
    network = BoxNetwork((8, 8, 8), classes).eval()
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.bias.zero_()
        rows = BoxRows(network)(torch.rand(1, 3, 64, 32))[0]
    assert rows.shape == (8 * 4, 5 + classes)
    assert rows[5, :2].tolist() == [1.5 * CELL, 1.5 * CELL]
    side = 2 * CELL * np.log(2)
    assert rows[:, 2:4].numpy() == pytest.approx(side) and rows[:, 4].numpy() == pytest.approx(0.5)
    assert rows[:, 5:].sum(1).numpy() == pytest.approx(1)


def test_the_recogniser_reads_62_times():
    network = TextNetwork((8, 8, 8, 8), 8, 11).eval()
    assert network(torch.rand(2, 3, 60, 250)).shape == (62, 2, 11)
