"""Writes five ONNX networks of the size of ARAE's, with random weights, and their models.json.

python make_arae_sized_models.py FOLDER

Needs what python/export_onnx needs; `npm run test:train` leaves such an environment in .tmp/venv-train.
"""

import sys
from pathlib import Path

import numpy as np
import segmentation_models_pytorch as smp
import torch

sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "export_onnx" / "src"))

from arae_export_onnx.crnn import Crnn, CrnnShape, Gru  # noqa: E402
from arae_export_onnx.manifest import assemble, base_entry, sha256_of, to_json  # noqa: E402
from arae_export_onnx.network_names import NetworkName  # noqa: E402
from arae_export_onnx.onnx_export import OnnxTarget, export_module  # noqa: E402
from yolo_sized import YoloSized  # noqa: E402

OPSET = 17
OBJECTS = 5
SPACES = 13
STRUCTURES = 3
#: The recogniser writes Hangul syllables; how many costs next to nothing.
SYMBOLS = "-" + "".join(chr(ord("가") + 16 * number) for number in range(500))
HIDDEN = 256


def networks() -> dict[NetworkName, torch.nn.Module]:
    return {
        "objects": YoloSized(OBJECTS),
        "textDetection": YoloSized(1),
        "textRecognition": crnn(),
        "structures": deeplab(STRUCTURES),
        "spaces": deeplab(SPACES),
    }


def deeplab(classes: int) -> torch.nn.Module:
    return smp.DeepLabV3Plus("resnet50", encoder_weights=None, classes=classes, activation=None)


def crnn() -> Crnn:
    """Three stages of a ResNet-18, whose columns have 256 channels × 4 rows, and two GRUs in both directions."""
    return Crnn(
        CrnnShape(
            stages=3,
            neck=(256, (3, 6)),
            neck_norm=True,
            neck_bias=True,
            neck_padding=1,
            project=(1024, HIDDEN),
            gru1=Gru(HIDDEN, HIDDEN, 1, bidirectional=True, summed=True),
            gru2=Gru(HIDDEN, HIDDEN, 1, bidirectional=True, summed=False),
            symbols=len(SYMBOLS),
        )
    )


def target(network: NetworkName, path: Path) -> OnnxTarget:
    if network == "textRecognition":
        return OnnxTarget(path, OPSET, {0: "crops"}, {1: "crops"})
    if network in ("objects", "textDetection"):
        return OnnxTarget(path, OPSET, {2: "height", 3: "width"}, {1: "boxes"})
    return OnnxTarget(path, OPSET, {}, {})


def sample(network: NetworkName, entry: dict) -> np.ndarray:
    width, height = entry["input"]["width"], entry["input"]["height"]
    if network == "textDetection":
        # Height and width stay open; tracing at the full size would only need memory.
        width, height = 320, 224
    return np.zeros((2 if network == "textRecognition" else 1, 3, height, width), np.float32)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    entries = {}
    for network, module in networks().items():
        entry = base_entry(network)
        path = folder / f"{network}.onnx"
        export_module(module.eval(), sample(network, entry), target(network, path))
        entry |= {"file": path.name, "sha256": sha256_of(path)}
        if network in ("structures", "spaces"):
            entry["output"] = {"kind": "logits", "activation": "softmax"}
        if network == "textRecognition":
            entry["vocabulary"] = SYMBOLS
        entries[network] = entry
        parameters = sum(tensor.numel() for tensor in module.parameters())
        print(f"{network}: {parameters / 1e6:.1f} M parameters")
    manifest = assemble("as large as ARAE's, random weights", entries)
    (folder / "models.json").write_text(to_json(manifest), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_arae_sized_models.py FOLDER")
    main(Path(sys.argv[1]))
