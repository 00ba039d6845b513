"""The whole command on tiny settings: sheets, four trainings, export, phase 1, figures, card."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from arae_train_cv.cli import main
from arae_train_cv.settings import TINY


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("train cv")
    out, work = folder / "out", folder / "work"
    assert main(["--preset", "tiny", "--out", str(out), "--work", str(work)]) == 0
    return out, work


def digests(out: Path) -> list[str]:
    networks = json.loads((out / "models" / "models.json").read_text(encoding="utf-8"))["networks"]
    return [entry["sha256"] for entry in networks.values()]


def test_writes_five_networks_and_a_card_with_their_digests_and_figures(trained):
    out, _ = trained
    card = (out / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert len(digests(out)) == 5 and all(digest in card for digest in digests(out))
    assert f"generated sheets ({TINY.test_sheets})" in card and "mean IoU" in card
    assert sorted(path.suffix for path in (out / "models").iterdir()) == [".json", *[".onnx"] * 5]


def test_networks_take_portrait_sheets_and_any_number_of_texts(trained):
    out, _ = trained
    spaces = onnxruntime.InferenceSession(str(out / "models" / "spaces.onnx"))
    texts = onnxruntime.InferenceSession(str(out / "models" / "text-recognition.onnx"))
    assert spaces.run(None, {"images": np.ones((1, 3, 640, 448), np.float32)})[0].shape == (1, 13, 640, 448)
    assert texts.run(None, {"images": np.ones((5, 3, 60, 250), np.float32)})[0].shape[:2] == (62, 5)


def test_the_same_settings_give_the_same_files(trained, tmp_path):
    out, work = trained
    again = tmp_path / "work"
    again.mkdir()
    for name in ("sheets", "prepared", "test-sheets", "scored"):
        shutil.copytree(work / name, again / name)
    assert main(["--preset", "tiny", "--out", str(tmp_path / "out"), "--work", str(again), "--workers", "1"]) == 0
    assert digests(tmp_path / "out") == digests(out)


def test_sheets_of_other_settings_are_refused_in_one_line(trained, tmp_path, capfd):
    _, work = trained
    other = tmp_path / "work"
    (other / "sheets").mkdir(parents=True)
    (other / "sheets" / "sheets.json").write_text('{"count": 3, "seed": 9}', encoding="utf-8")
    assert main(["--preset", "tiny", "--out", str(tmp_path / "out"), "--work", str(other)]) == 2
    error = capfd.readouterr().err.strip()
    assert "holds sheets of other settings" in error and "\n" not in error
    assert not (tmp_path / "out").exists()
