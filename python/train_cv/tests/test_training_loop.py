import numpy as np
import torch
from torch import nn

from arae_train_cv.settings import Stage
from arae_train_cv.training_loop import train

STAGE = Stage(steps=12, batch=2, learning_rate=1e-2)


def run(checkpoint, *, stop_after=None):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 1, 1))
    drawn = []

    def draw_batch(random: np.random.Generator):
        if stop_after is not None and len(drawn) == stop_after:
            raise KeyboardInterrupt
        drawn.append(random.integers(1 << 30))
        return [torch.from_numpy(random.random((2, 3, 8, 8), np.float32)), torch.ones(2)]

    def loss_of(answer, targets):
        return ((answer.float().mean((1, 2, 3)) - targets) ** 2).mean()

    return train("trial", network, STAGE, draw_batch, loss_of, seed=1, checkpoint=checkpoint, log=lambda line: None), drawn


def same(a: nn.Module, b: nn.Module) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values()))


def test_a_run_that_was_stopped_ends_with_the_same_weights(tmp_path, monkeypatch):
    monkeypatch.setattr("arae_train_cv.training_loop.CHECKPOINT_EVERY", 5)
    whole, drawn = run(tmp_path / "whole")
    try:
        run(tmp_path / "stopped", stop_after=8)
        raise AssertionError("was not stopped")
    except KeyboardInterrupt:
        pass
    resumed, rest = run(tmp_path / "stopped")
    assert same(whole, resumed)
    # Steps 6 to 12: what came after the checkpoint is done again, nothing before it.
    assert rest == drawn[5:]


def test_a_checkpoint_of_other_settings_is_not_used(tmp_path, monkeypatch):
    run(tmp_path / "a")
    monkeypatch.setattr(f"{__name__}.STAGE", Stage(steps=14, batch=2, learning_rate=1e-2))
    _, drawn = run(tmp_path / "a")
    assert len(drawn) == 14


def test_training_makes_the_loss_smaller(tmp_path):
    network, _ = run(tmp_path / "b")
    torch.manual_seed(0)
    fresh = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 1, 1)).eval()
    images = torch.from_numpy(np.random.default_rng(9).random((8, 3, 8, 8), np.float32))
    with torch.no_grad():
        assert abs(network(images).mean() - 1) < abs(fresh(images).mean() - 1)
