"""The whole way: trained files → ONNX files and models.json."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from conftest import SYMBOLS, TrainedFiles
from fake_yolov5 import make_weights, write_checkout
from stand_ins import FrozenByTracing, ReferenceCrnn, TinySegmentation
from torch import nn

ONE_LINE = re.compile(r"arae-export-onnx: [^\n]+\n")


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def session(path: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


@pytest.fixture(scope="module")
def exported(trained: TrainedFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from arae_export_onnx.cli import main

    out = tmp_path_factory.mktemp("내보낸 모델")
    arguments = [*trained.arguments, "--vocabulary", str(trained.vocabulary), "--filler", "없음", "--name", "시험"]
    assert main(["export", "--out", str(out), *arguments]) == 0
    return out


def test_five_files_and_the_manifest(exported: Path) -> None:
    networks = ["objects", "spaces", "structures", "textDetection", "textRecognition"]
    wanted = [name for network in networks for name in (f"{network}.onnx", f"{network}.part.json")]
    assert files_in(exported) == sorted([*wanted, "models.json"])


def test_the_manifest_says_what_the_networks_are(exported: Path) -> None:
    manifest = json.loads((exported / "models.json").read_text(encoding="utf-8"))
    scaling = {"scale": 1 / 255, "mean": [0, 0, 0], "std": [1, 1, 1]}
    sheet = {"sheet": {"width": 620, "height": 436}}

    def network(name: str, width: int, height: int, more_input: dict, **fields: object) -> dict:
        data = (exported / f"{name}.onnx").read_bytes()
        return {
            "file": f"{name}.onnx",
            "sha256": hashlib.sha256(data).hexdigest(),
            "normalisation": scaling,
            "input": {"width": width, "height": height, "layout": "NCHW", **more_input},
            **fields,
        }

    thresholds = {"confidence": 0.4, "iou": 0.5}
    spaces = [1, 2, 3, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23]
    assert manifest == {
        "version": 1,
        "name": "시험",
        "networks": {
            # The names in the weights are in another order than the categories.
            "objects": network("objects", 640, 480, sheet, **thresholds, classes=[4, 5, 7, 6, 8]),
            "textDetection": network("textDetection", 4960, 3488, {}, **thresholds),
            "textRecognition": network("textRecognition", 250, 60, {}, vocabulary=SYMBOLS, filler="없음"),
            "structures": network("structures", 640, 448, sheet, output={"kind": "scores"}, classes=[9, 10, 11]),
            "spaces": network("spaces", 640, 448, sheet, output={"kind": "scores"}, classes=spaces),
        },
    }


@pytest.mark.parametrize(
    ("network", "sample", "wanted"),
    [
        ("objects", (1, 3, 480, 640), (1, 3 * (60 * 80 + 30 * 40), 10)),
        ("objects", (1, 3, 640, 480), (1, 3 * (60 * 80 + 30 * 40), 10)),
        ("textDetection", (1, 3, 672, 960), (1, 3 * (84 * 120 + 42 * 60), 6)),
        ("textRecognition", (7, 3, 60, 250), (13, 7, len(SYMBOLS) + 1)),
        ("structures", (1, 3, 448, 640), (1, 3, 448, 640)),
        ("spaces", (1, 3, 640, 448), (1, 13, 640, 448)),
    ],
)
def test_inputs_and_outputs(exported: Path, network: str, sample: tuple, wanted: tuple) -> None:
    onnx = session(exported / f"{network}.onnx")
    assert [value.name for value in onnx.get_inputs()] == ["images"]
    assert [value.name for value in onnx.get_outputs()] == ["output"]
    (output,) = onnx.run(None, {"images": np.zeros(sample, np.float32)})
    assert output.shape == wanted and output.dtype == np.float32


def test_check_repeats_the_comparison(run, exported: Path, trained: TrainedFiles, tmp_path: Path) -> None:
    np.save(tmp_path / "sheet.npy", np.full((1, 3, 64, 96), 0.5, np.float32))
    outcome = run("check", "--out", exported, *trained.arguments, "--sample", f"spaces={tmp_path / 'sheet.npy'}")
    assert outcome.code == 0 and outcome.err == ""
    differences = re.findall(r"largest difference ONNX to PyTorch (\S+) ", outcome.out)
    assert len(differences) == 5 and all(float(value) <= 1e-4 for value in differences)


def test_check_finds_other_weights(run, exported: Path, tmp_path: Path) -> None:
    torch.manual_seed(99)
    torch.save(TinySegmentation(3, nn.Sigmoid()), tmp_path / "other.pth")
    outcome = run("check", "--out", exported, "--structures", tmp_path / "other.pth", "--trust-pickle")
    assert outcome.code == 1 and ONE_LINE.fullmatch(outcome.err) and "more than 0.0001" in outcome.err


def test_check_finds_another_file(run, exported: Path, trained: TrainedFiles, tmp_path: Path) -> None:
    for name in ("spaces.onnx", "spaces.part.json"):
        (tmp_path / name).write_bytes((exported / name).read_bytes())
    (tmp_path / "spaces.onnx").write_bytes((exported / "structures.onnx").read_bytes())
    outcome = run("check", "--out", tmp_path, "--spaces", trained.spaces, "--trust-pickle")
    assert outcome.code == 2 and "another SHA-256" in outcome.err


def test_runs_of_different_environments_meet(run, exported: Path, trained: TrainedFiles, tmp_path: Path) -> None:
    out = tmp_path / "out"
    segmentation = ("--structures", trained.structures, "--spaces", trained.spaces)
    first = run("export", "--out", out, *segmentation, "--trust-pickle")
    assert first.code == 0 and "needs objects, textDetection, textRecognition too" in first.out
    assert not (out / "models.json").exists()
    yolo = ("--yolov5", trained.yolov5, "--objects", trained.objects, "--text-detection", trained.text_detection)
    crnn = ("--text-recognition", trained.text_recognition, "--vocabulary", trained.vocabulary, "--filler", "없음")
    second = run("export", "--out", out, *yolo, *crnn, "--trust-pickle", "--name", "시험")
    assert second.code == 0
    assert (out / "models.json").read_text("utf-8") == (exported / "models.json").read_text("utf-8")


def test_one_size_on_request(run, trained: TrainedFiles, tmp_path: Path) -> None:
    objects = ("--yolov5", trained.yolov5, "--objects", trained.objects)
    outcome = run("export", "--out", tmp_path, "--spaces", trained.spaces, *objects, "--trust-pickle", "--fixed")
    assert outcome.code == 0
    assert session(tmp_path / "spaces.onnx").get_inputs()[0].shape == [1, 3, 448, 640]
    assert session(tmp_path / "objects.onnx").get_inputs()[0].shape == [1, 3, 480, 640]
    again = run("check", "--out", tmp_path, "--spaces", trained.spaces, *objects, "--trust-pickle")
    assert again.code == 0


def test_yolov5_from_before_6_2(run, tmp_path: Path) -> None:
    checkout = write_checkout(tmp_path / "old", old=True)
    make_weights(checkout, (tmp_path / "obj.pt", 5, ["a", "b", "c", "d", "e"]))
    outcome = run(
        "export", "--out", tmp_path / "out", "--yolov5", checkout, "--objects", tmp_path / "obj.pt", "--trust-pickle"
    )
    assert outcome.code == 0
    # The maps that old versions answer beside the rows stay out.
    assert len(session(tmp_path / "out" / "objects.onnx").get_outputs()) == 1
    # Names that are not ARAE's leave the order of the categories.
    assert json.loads((tmp_path / "out" / "objects.part.json").read_text())["classes"] == [4, 5, 6, 7, 8]


def test_an_export_that_differs_is_not_published(run, tmp_path: Path) -> None:
    torch.save(FrozenByTracing(3, nn.Sigmoid()), tmp_path / "str.pth")
    outcome = run("export", "--out", tmp_path / "out", "--structures", tmp_path / "str.pth", "--trust-pickle")
    assert outcome.code == 1 and "more than 0.0001" in outcome.err
    assert files_in(tmp_path / "out") == []


def test_settings_reach_the_manifest(run, trained: TrainedFiles, tmp_path: Path) -> None:
    outcome = run(
        *("export", "--out", tmp_path, "--text-recognition", trained.text_recognition),
        *("--vocabulary", trained.vocabulary, "--recognition-mean", "0.5,0.4,0.3", "--recognition-std", "0.2,0.2,0.1"),
        *("--yolov5", trained.yolov5, "--objects", trained.objects, "--trust-pickle"),
        *("--objects-classes", "8,7,6,5,4", "--confidence", "0.25", "--iou", "0.45"),
    )
    assert outcome.code == 0
    objects, texts = (json.loads((tmp_path / f"{n}.part.json").read_text()) for n in ("objects", "textRecognition"))
    assert (objects["classes"], objects["confidence"], objects["iou"]) == ([8, 7, 6, 5, 4], 0.25, 0.45)
    assert texts["normalisation"] == {"scale": 1 / 255, "mean": [0.5, 0.4, 0.3], "std": [0.2, 0.2, 0.1]}


class TestRefusals:
    """Exit code 2, one line, nothing written."""

    @pytest.fixture
    def refused(self, run, tmp_path: Path):
        def refuse(*arguments: object) -> str:
            out = tmp_path / "out"
            outcome = run("export", "--out", out, *arguments)
            assert outcome.code == 2, outcome
            assert ONE_LINE.fullmatch(outcome.err), outcome.err
            assert files_in(out) == []
            return outcome.err

        return refuse

    def test_pickles_without_the_flag(self, refused, trained: TrainedFiles) -> None:
        assert "pass --trust-pickle" in refused("--spaces", trained.spaces)
        assert "pass --trust-pickle" in refused("--objects", trained.objects, "--yolov5", trained.yolov5)
        # The first network holds; the second keeps it from being published.
        crnn = ("--text-recognition", trained.text_recognition, "--vocabulary", trained.vocabulary)
        assert "pass --trust-pickle" in refused(*crnn, "--spaces", trained.spaces)

    def test_missing_things(self, refused, trained: TrainedFiles, tmp_path: Path) -> None:
        assert "no network is given" in refused()
        assert "no such file" in refused("--spaces", tmp_path / "none.pth")
        assert "--yolov5 DIR" in refused("--objects", trained.objects, "--trust-pickle")
        assert "no checkout of YOLOv5" in refused("--objects", trained.objects, "--yolov5", tmp_path, "--trust-pickle")
        assert "give --vocabulary" in refused("--text-recognition", trained.text_recognition)

    def test_files_of_other_networks(self, refused, trained: TrainedFiles) -> None:
        yolo = ("--yolov5", trained.yolov5, "--trust-pickle")
        assert "has 3 classes where 13" in refused("--spaces", trained.structures, "--trust-pickle")
        assert "[1, rows, 6]" in refused("--text-detection", trained.objects, *yolo)
        assert "has 1 classes where 5" in refused("--objects", trained.text_detection, *yolo)
        assert "holds tensors only" in refused("--objects", trained.text_recognition, *yolo)
        assert "is no DeepLabV3+" in refused("--spaces", trained.text_recognition)
        assert "belongs to no part of a CRNN" in refused("--text-recognition", trained.spaces, "--trust-pickle")

    def test_a_checkout_that_breaks(self, refused, trained: TrainedFiles, tmp_path: Path) -> None:
        checkout = write_checkout(tmp_path / "broken")
        (checkout / "models" / "experimental.py").write_text("import package_that_is_not_there")
        line = refused("--objects", trained.objects, "--yolov5", checkout, "--trust-pickle")
        assert "package_that_is_not_there" in line

    def test_a_network_of_another_input(self, refused, tmp_path: Path) -> None:
        torch.save(nn.Linear(4, 4), tmp_path / "spa.pth")
        assert "cannot be exported" in refused("--spaces", tmp_path / "spa.pth", "--trust-pickle")

    def test_a_vocabulary_of_another_length(self, refused, trained: TrainedFiles, tmp_path: Path) -> None:
        (tmp_path / "v.txt").write_text("abc")
        line = refused("--text-recognition", trained.text_recognition, "--vocabulary", tmp_path / "v.txt")
        assert "has 3 symbols where the network has 6" in line

    @pytest.mark.parametrize("shape", [(1, 3, 448), (1, 3, 448, 630), (2, 3, 448, 640), (1, 1, 448, 640)])
    def test_samples_that_do_not_fit(self, refused, trained: TrainedFiles, tmp_path: Path, shape: tuple) -> None:
        np.save(tmp_path / "s.npy", np.zeros(shape, np.float32))
        sample = ("--sample", f"spaces={tmp_path / 's.npy'}")
        assert "is needed" in refused("--spaces", trained.spaces, "--trust-pickle", *sample)

    def test_samples_that_are_none(self, refused, trained: TrainedFiles, tmp_path: Path) -> None:
        (tmp_path / "s.npy").write_text("hello")
        spaces = ("--spaces", trained.spaces, "--trust-pickle", "--sample")
        assert "is no .npy file" in refused(*spaces, f"spaces={tmp_path / 's.npy'}")
        assert "no such file" in refused(*spaces, f"spaces={tmp_path / 'none.npy'}")
        assert "names no network" in refused(*spaces, "rooms=a.npy")

    def test_a_damaged_part_of_an_earlier_run(self, run, trained: TrainedFiles, tmp_path: Path) -> None:
        (tmp_path / "objects.part.json").write_text("{")
        outcome = run("export", "--out", tmp_path, "--spaces", trained.spaces, "--trust-pickle")
        assert outcome.code == 2 and files_in(tmp_path) == ["objects.part.json"]


def test_an_export_that_fails_leaves_the_earlier_one(run, trained: TrainedFiles, tmp_path: Path) -> None:
    crnn = ("--text-recognition", trained.text_recognition, "--vocabulary", trained.vocabulary)
    assert run("export", "--out", tmp_path, *crnn).code == 0
    before = {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)}
    torch.save(ReferenceCrnn(12).state_dict(), tmp_path.parent / "other.pth")
    assert run("export", "--out", tmp_path, *crnn, "--text-recognition", tmp_path.parent / "other.pth").code == 2
    assert {name: (tmp_path / name).read_bytes() for name in files_in(tmp_path)} == before


def test_the_command_as_a_process(trained: TrainedFiles, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    source = str(Path(__file__).parents[1] / "src")
    command = [sys.executable, "-m", "arae_export_onnx", "export", "--out", str(tmp_path / "out")]
    result = subprocess.run(
        [*command, "--spaces", str(trained.spaces)],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 2 and ONE_LINE.fullmatch(result.stderr) and result.stdout == ""
