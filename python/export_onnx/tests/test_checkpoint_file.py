import pickle
from pathlib import Path

import pytest
import torch
from stand_ins import TinySegmentation
from torch import nn

from arae_export_onnx.checkpoint_file import read_checkpoint, state_dict_in
from arae_export_onnx.errors import ExportError

STATE = {"layer.weight": torch.ones(2, 2)}


class Bomb:
    """Creates a file when it is loaded: what a pickle from a stranger may do."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_a_state_dict_needs_no_trust(tmp_path: Path) -> None:
    torch.save(STATE, tmp_path / "a.pth")
    state = state_dict_in(read_checkpoint(tmp_path / "a.pth", trust_pickle=False))
    assert state is not None and torch.equal(state["layer.weight"], STATE["layer.weight"])


@pytest.mark.parametrize("old_format", [False, True])
def test_no_code_of_a_pickle_runs_without_trust(tmp_path: Path, old_format: bool) -> None:
    mark, file = tmp_path / "mark", tmp_path / "bomb.pth"
    torch.save({"model": Bomb(mark)}, file, _use_new_zipfile_serialization=not old_format)
    with pytest.raises(ExportError, match="--trust-pickle"):
        read_checkpoint(file, trust_pickle=False)
    assert not mark.exists()
    read_checkpoint(file, trust_pickle=True)
    assert mark.exists()


def test_a_bare_pickle_is_refused_too(tmp_path: Path) -> None:
    mark, file = tmp_path / "mark", tmp_path / "bomb.pt"
    file.write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(ExportError, match="--trust-pickle"):
        read_checkpoint(file, trust_pickle=False)
    assert not mark.exists()


def test_a_whole_model_loads_with_trust(tmp_path: Path) -> None:
    torch.save(TinySegmentation(3, nn.Identity()), tmp_path / "a.pth")
    assert isinstance(read_checkpoint(tmp_path / "a.pth", trust_pickle=True), TinySegmentation)


def test_files_that_are_none_of_these(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such file"):
        read_checkpoint(tmp_path / "none.pth", trust_pickle=True)
    (tmp_path / "text.pth").write_text("hello")
    with pytest.raises(ExportError, match="is no PyTorch file"):
        read_checkpoint(tmp_path / "text.pth", trust_pickle=True)
    (tmp_path / "empty.pth").write_bytes(b"")
    with pytest.raises(ExportError, match="is no PyTorch file"):
        read_checkpoint(tmp_path / "empty.pth", trust_pickle=True)
    torch.save(STATE, tmp_path / "whole.pth")
    (tmp_path / "cut.pth").write_bytes((tmp_path / "whole.pth").read_bytes()[:300])
    with pytest.raises(ExportError, match="is cut off"):
        read_checkpoint(tmp_path / "cut.pth", trust_pickle=True)


def test_code_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    import types

    module = types.ModuleType("gone_package")

    class Gone(nn.Module):
        pass

    Gone.__module__, Gone.__qualname__ = "gone_package", "Gone"
    module.Gone = Gone
    monkeypatch.setitem(sys.modules, "gone_package", module)
    torch.save(Gone(), tmp_path / "gone.pth")
    monkeypatch.delitem(sys.modules, "gone_package")
    with pytest.raises(ExportError, match="gone_package.*requirements-smp021.txt"):
        read_checkpoint(tmp_path / "gone.pth", trust_pickle=True)


@pytest.mark.parametrize("key", ["state_dict", "model_state_dict", "model"])
def test_wrappers_and_the_prefix_of_data_parallel_fall_away(key: str) -> None:
    state = state_dict_in({"epoch": 3, key: {"module.layer.weight": torch.ones(1)}})
    assert state is not None and list(state) == ["layer.weight"]


@pytest.mark.parametrize("value", [None, [], {}, {"epoch": 3}, torch.ones(1)])
def test_what_is_no_state_dict(value: object) -> None:
    assert state_dict_in(value) is None
