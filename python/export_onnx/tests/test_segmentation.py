"""DeepLabV3+ of the installed segmentation-models-pytorch."""

import json
from pathlib import Path

import pytest
import torch

from arae_export_onnx.errors import ExportError
from arae_export_onnx.segmentation import open_segmentation

smp = pytest.importorskip("segmentation_models_pytorch")


def deeplab(classes: int, activation: str | None = None) -> torch.nn.Module:
    torch.manual_seed(3)
    return smp.DeepLabV3Plus("resnet18", encoder_weights=None, classes=classes, activation=activation).eval()


@pytest.fixture(scope="module")
def state_dict(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deeplab") / "spa.pth"
    torch.save({"epoch": 4, "state_dict": deeplab(13).state_dict()}, path)
    return path


def test_a_state_dict_is_the_network_again(state_dict: Path) -> None:
    module = open_segmentation(state_dict, trust_pickle=False, encoder="resnet18").eval()
    sheet = torch.rand(1, 3, 64, 96)
    with torch.no_grad():
        assert torch.equal(module(sheet), deeplab(13)(sheet))


def test_a_state_dict_gives_logits(run, state_dict: Path, tmp_path: Path) -> None:
    spaces = ("export", "--out", tmp_path, "--spaces", state_dict, "--encoder", "resnet18")
    refused = run(*spaces)
    assert refused.code == 2 and "--activation softmax" in refused.err
    assert run(*spaces, "--activation", "softmax").code == 0
    part = json.loads((tmp_path / "spaces.part.json").read_text())
    assert part["output"] == {"kind": "logits", "activation": "softmax"}


def test_a_whole_model_gives_scores(run, tmp_path: Path) -> None:
    torch.save(deeplab(3, "sigmoid"), tmp_path / "str.pth")
    out = tmp_path / "out"
    assert run("export", "--out", out, "--structures", tmp_path / "str.pth", "--trust-pickle", "--fixed").code == 0
    assert json.loads((out / "structures.part.json").read_text())["output"] == {"kind": "scores"}


def test_the_wrong_encoder(state_dict: Path) -> None:
    with pytest.raises(ExportError, match="does not fit DeepLabV3\\+ with encoder resnet50.*--encoder") as caught:
        open_segmentation(state_dict, trust_pickle=False, encoder="resnet50")
    assert "\n" not in str(caught.value)
    with pytest.raises(ExportError, match="does not fit DeepLabV3\\+ with encoder nosuch"):
        open_segmentation(state_dict, trust_pickle=False, encoder="nosuch")
