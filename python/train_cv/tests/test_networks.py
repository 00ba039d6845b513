import numpy as np
import pytest
import torch

from arae_train_cv.networks import CELL, BoxNetwork, BoxRows, Ink, PlaneNetwork, SpaceScores, StructureScores, TextNetwork


class Answer(torch.nn.Module):
    """A head that always says the same chances, the background's first."""

    def __init__(self, chances: torch.Tensor) -> None:
        super().__init__()
        self.logits, self.classes = chances.log(), chances.shape[1] - 1

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return self.logits


def test_ink_is_one_where_the_paper_is_black_and_loses_nothing():
    images = torch.ones(1, 3, 4, 4)
    images[:, :, 1, 2] = 0
    ink = Ink(2)(images)
    assert ink.shape == (1, 4, 2, 2) and ink.sum() == pytest.approx(1) and ink[0, 2, 0, 1] == pytest.approx(1)


def planes(spaces: int, chances_of_spaces: torch.Tensor, chances_of_structures: torch.Tensor | None = None) -> PlaneNetwork:
    """A network whose heads always say the same."""
    network = PlaneNetwork((8, 8, 8, 8, 8), spaces, 3).eval()
    network.spaces = Answer(chances_of_spaces)
    if chances_of_structures is None:
        height, width = chances_of_spaces.shape[2:]
        chances_of_structures = torch.tensor([0.97, 0.01, 0.01, 0.01]).reshape(1, 4, 1, 1).expand(1, 4, height, width)
    network.structures = Answer(chances_of_structures)
    return network


def served(module: torch.nn.Module, size: int) -> torch.Tensor:
    with torch.no_grad():
        return module(torch.rand(1, 3, size, size))[0]


def test_planes_score_every_pixel_of_any_sheet():
    network = PlaneNetwork((8, 8, 8, 8, 8), 13, 3).eval()
    with torch.no_grad():
        spaces = SpaceScores(network, 2)(torch.rand(1, 3, 96, 64))
        structures = StructureScores(network)(torch.rand(1, 3, 96, 64))
    assert spaces.shape == (1, 13, 96, 64) and structures.shape == (1, 3, 96, 64)
    for scores in (spaces, structures):
        assert 0 <= scores.min() and scores.max() < 1


def test_doubt_between_two_kinds_of_room_makes_no_hole():
    chances = torch.tensor([0.2, 0.45, 0.35]).reshape(1, 3, 1, 1).expand(1, 3, 32, 32)
    scores = served(SpaceScores(planes(2, chances)), 32)[:, 0, 0]
    assert scores.tolist() == pytest.approx([0.8, 0.8 * 0.35 / 0.45])


def test_what_counted_more_in_training_must_be_the_more_likely():
    chances = torch.tensor([0.2, 0.45, 0.35]).reshape(1, 3, 1, 1).expand(1, 3, 32, 32)
    weighted = SpaceScores(planes(2, chances), class_weights=torch.tensor([1.0, 2.0, 1.0]))
    assert served(weighted, 32)[:, 0, 0].argmax() == 1


def test_a_room_becomes_of_one_kind_and_its_neighbour_keeps_its_own():
    chances = torch.full((1, 3, 64, 64), 0.01)
    chances[0, 0, :, 30:32] = 0.98
    chances[0, 0, :, :2] = 0.98
    # Left room: the first kind, but for a crumb; right room, behind a wall of two pixels: the second kind.
    chances[0, 1, :, 2:30] = 0.98
    chances[0, 1, 10:16, 10:16], chances[0, 2, 10:16, 10:16] = 0.3, 0.69
    chances[0, 2, :, 32:] = 0.98

    def kinds(rounds: int) -> torch.Tensor:
        scores = served(SpaceScores(planes(2, chances), rounds), 64)
        return torch.where(scores.amax(0) > 0.5, 1 + scores.argmax(0), 0)

    assert kinds(0)[12, 12] == 2
    agreed = kinds(20)
    assert torch.all(agreed[:, 2:30] == 1) and torch.all(agreed[:, 32:] == 2)
    assert torch.all(agreed[:, 30:32] == 0) and torch.all(agreed[:, :2] == 0)


def test_a_room_reaches_into_its_window_and_into_no_wall():
    chances = torch.full((1, 2, 32, 32), 0.02)
    chances[0, 0, :, 16:], chances[0, 1, :, :16] = 0.98, 0.98
    structures = torch.full((1, 4, 32, 32), 0.01)
    structures[0, 3, :, 16:] = 0.97
    structures[0, 3, 8:20, 16:20], structures[0, 2, 8:20, 16:20] = 0.01, 0.97
    room = served(SpaceScores(planes(1, chances, structures)), 32)[0] > 0.5
    assert torch.all(room[:, :16]) and torch.all(room[8:20, 16]) and not torch.any(room[:, 17:])
    assert not torch.any(room[:8, 16]) and not torch.any(room[20:, 16])


def test_no_door_is_a_cell_wide_and_walls_may_be():
    structures = torch.full((1, 4, 32, 32), 0.01)
    structures[0, 0] = 0.97
    for kind, place in ((1, slice(4, 5)), (1, slice(8, 12)), (3, slice(20, 21))):
        structures[0, 0, place, 4:28], structures[0, kind, place, 4:28] = 0.01, 0.97
    doors, windows, walls = served(StructureScores(planes(1, torch.ones(1, 2, 32, 32), structures)), 32) > 0.5
    assert doors.nonzero()[:, 0].unique().tolist() == [8, 9, 10, 11] and not torch.any(windows)
    assert walls.nonzero()[:, 0].unique().tolist() == [20]


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
