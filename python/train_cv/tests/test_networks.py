import numpy as np
import pytest
import torch

from arae_train_cv.networks import CELL, BoxNetwork, BoxRows, Ink, PlaneNetwork, PlaneScores, TextNetwork


class Answer(torch.nn.Module):
    """A head that always says the same."""

    def __init__(self, scores: torch.Tensor) -> None:
        super().__init__()
        self.scores = scores

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return self.scores


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
    assert 0 <= scores.min() and scores.max() < 1


def test_doubt_between_two_kinds_of_room_makes_no_hole():
    network = PlaneNetwork((8, 8, 8, 8, 8), 2, 1).eval()
    # Background 0.2, the first kind 0.45, the second 0.35.
    logits = torch.log(torch.tensor([0.2, 0.45, 0.35])).reshape(1, 3, 1, 1).expand(1, 3, 32, 32)
    with torch.no_grad():
        scores = PlaneScores(network, Answer(logits))(torch.rand(1, 3, 32, 32))[0, :, 0, 0]
    assert scores.tolist() == pytest.approx([0.8, 0.8 * 0.35 / 0.45])


def test_a_room_becomes_of_one_kind_and_its_neighbour_keeps_its_own():
    network = PlaneNetwork((8, 8, 8, 8, 8), 2, 1).eval()
    chances = torch.full((1, 3, 64, 64), 0.01)
    chances[0, 0, :, 30:32] = 0.98
    chances[0, 0, :, :2] = 0.98
    # Left room: the first kind, but for a crumb; right room, behind a wall of two pixels: the second kind.
    chances[0, 1, :, 2:30] = 0.98
    chances[0, 1, 10:16, 10:16], chances[0, 2, 10:16, 10:16] = 0.3, 0.69
    chances[0, 2, :, 32:] = 0.98

    def kinds(rounds: int) -> torch.Tensor:
        with torch.no_grad():
            scores = PlaneScores(network, Answer(chances.log()), rounds)(torch.rand(1, 3, 64, 64))[0]
        return torch.where(scores.amax(0) > 0.5, 1 + scores.argmax(0), 0)

    assert kinds(0)[12, 12] == 2
    agreed = kinds(20)
    assert torch.all(agreed[:, 2:30] == 1) and torch.all(agreed[:, 32:] == 2)
    assert torch.all(agreed[:, 30:32] == 0) and torch.all(agreed[:, :2] == 0)


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
