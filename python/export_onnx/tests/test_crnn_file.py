import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from stand_ins import ReferenceCrnn, lively

from arae_export_onnx.crnn_file import open_crnn
from arae_export_onnx.crnn_names import DEFAULT_NAMES, read_names
from arae_export_onnx.errors import ExportError

Edit = Callable[[dict[str, torch.Tensor]], dict[str, torch.Tensor]]


def saved(path: Path, model: torch.nn.Module, edit: Edit = dict) -> Path:
    torch.save(edit(model.state_dict()), path)
    return path


@pytest.mark.parametrize("options", [{}, {"summed": False}, {"neck": False}, {"hidden": 48}], ids=str)
def test_answers_as_the_network_that_was_trained(tmp_path: Path, options: dict) -> None:
    torch.manual_seed(1)
    reference = lively(ReferenceCrnn(9, **options))
    crnn = open_crnn(saved(tmp_path / "a.pth", reference), trust_pickle=False, names=DEFAULT_NAMES).eval()
    crops = torch.rand(3, 3, 60, 250)
    with torch.no_grad():
        expected, found = reference(crops), crnn(crops)
    assert found.shape == (16 if options.get("neck") is False else 13, 3, 9)
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-6)


def test_other_names_by_a_file(tmp_path: Path) -> None:
    parts = {"conv1": "0", "bn1": "1", "layer1": "4", "layer2": "5", "layer3": "6"}
    by_position = {position: name for name, position in parts.items()}

    def edit(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        renamed = {}
        for key, tensor in state.items():
            group, first, *rest = key.split(".")
            if group == "cnn_p1":
                key = ".".join(["backbone", by_position[first], *rest])
            renamed[key.replace("rnn1", "sequence.0").replace("rnn2", "sequence.1")] = tensor
        return renamed

    reference = lively(ReferenceCrnn(9))
    file = saved(tmp_path / "a.pth", reference, edit)
    with pytest.raises(ExportError, match='"backbone.conv1.weight".*--crnn-names'):
        open_crnn(file, trust_pickle=False, names=DEFAULT_NAMES)
    names = tmp_path / "names.json"
    names.write_text(json.dumps({"trunk": "backbone", "gru1": "sequence.0", "gru2": "sequence.1"}))
    crnn = open_crnn(file, trust_pickle=False, names=read_names(names)).eval()
    crops = torch.rand(1, 3, 60, 250)
    with torch.no_grad():
        torch.testing.assert_close(crnn(crops), reference(crops), rtol=0, atol=1e-6)


def without(key: str) -> Edit:
    return lambda state: {name: tensor for name, tensor in state.items() if name != key}


def with_shape(key: str, *shape: int) -> Edit:
    return lambda state: {**state, key: torch.zeros(shape)}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (without("linear1.weight"), "has no tensor 'project.weight'"),
        (without("cnn_p1.1.bias"), "does not fit a CRNN .*trunk.1.bias"),
        (with_shape("linear1.weight", 32, 1000), "do not come from 256 channels"),
        (with_shape("linear2.weight", 9, 50), "gru2 gives 64 values where the next part takes 50"),
        (with_shape("rnn1.weight_ih_l0", 96, 31), "does not fit a CRNN .*gru1.weight_ih_l0"),
        (with_shape("extra.weight", 1), '"extra.weight", which belongs to no part'),
    ],
)
def test_tensors_that_do_not_fit(tmp_path: Path, edit: Edit, message: str) -> None:
    file = saved(tmp_path / "a.pth", ReferenceCrnn(9), edit)
    with pytest.raises(ExportError, match=message) as caught:
        open_crnn(file, trust_pickle=False, names=DEFAULT_NAMES)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "is no JSON"), ("[]", "no object"), ('{"gru3": "x"}', "unknown part 'gru3'"), ('{"gru1": 1}', "no object")],
)
def test_names_files_that_do_not_fit(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "names.json").write_text(text)
    with pytest.raises(ExportError, match=message):
        read_names(tmp_path / "names.json")
