from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from fake_yolov5 import make_weights, write_checkout
from stand_ins import ReferenceCrnn, TinySegmentation, lively
from torch import nn

from arae_export_onnx.cli import main

SYMBOLS = "-가나다라"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class TrainedFiles:
    """One file for each network, as a training run leaves them, and the checkout for the YOLOv5 ones."""

    yolov5: Path
    objects: Path
    text_detection: Path
    text_recognition: Path
    vocabulary: Path
    structures: Path
    spaces: Path

    @property
    def arguments(self) -> list[str]:
        return [
            *("--yolov5", str(self.yolov5), "--objects", str(self.objects)),
            *("--text-detection", str(self.text_detection), "--text-recognition", str(self.text_recognition)),
            *("--structures", str(self.structures), "--spaces", str(self.spaces), "--trust-pickle"),
        ]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The command, in this process."""

    def command(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return command


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> TrainedFiles:
    # Blanks and Hangul, as in the folders that the real files lie in.
    folder = tmp_path_factory.mktemp("학습된 모델")
    torch.manual_seed(7)
    checkout = write_checkout(folder / "yolov5")
    files = TrainedFiles(
        checkout,
        *(folder / name for name in ("obj.pt", "ocr.pt", "crnn.pth", "vocabulary.txt", "str.pth", "spa.pth")),
    )
    make_weights(
        checkout,
        (files.objects, 5, ["변기", "세면대", "욕조", "싱크대", "가스레인지"]),
        (files.text_detection, 1, ["text"]),
    )
    torch.save(lively(ReferenceCrnn(len(SYMBOLS) + 1)).state_dict(), files.text_recognition)
    files.vocabulary.write_text(SYMBOLS, encoding="utf-8")
    torch.save(TinySegmentation(3, nn.Sigmoid()), files.structures)
    torch.save(TinySegmentation(13, nn.Softmax(dim=1)), files.spaces)
    return files
