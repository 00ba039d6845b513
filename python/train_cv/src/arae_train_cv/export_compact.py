"""From trained networks to the files of the package: five ONNX files and `models.json`."""

import hashlib
import os
from pathlib import Path

import numpy as np
import torch
from arae_export_onnx.manifest import sha256_of, to_json
from arae_export_onnx.onnx_export import OnnxTarget, export_module
from torch import Tensor, nn

from .categories import OBJECTS, SPACES, STRUCTURES
from .half_weights import halve_weights
from .networks import BoxNetwork, BoxRows, PlaneNetwork, SpaceScores, StructureScores, TextNetwork
from .reductions import CROP_HEIGHT, CROP_WIDTH, OBJECT_CANVAS, OBJECT_SHEET, PLANE_CANVAS, PLANE_SHEET, TEXT_CANVAS

NAME = "ARAE compact"
OPSET = 17

#: Sides stay open: portrait sheets exchange them.
OPEN_SIDES = {2: "height", 3: "width"}

#: Rounds in which the places of a room agree on its kind.
SPACE_ROUNDS = 30

#: Boxes that score more are kept, of those that overlap by more than `iou` only the best.
CONFIDENCE, IOU = 0.4, 0.5
#: Fixtures never overlap, and furniture looks like some of them.
OBJECT_CONFIDENCE, OBJECT_IOU = 0.4, 0.3
#: By how much a door must be likelier than it would have to be: leaves of neighbouring doors then do not run together.
DOOR_CAUTION = 2.5

FILES = {
    "objects": "objects.onnx",
    "textDetection": "text-detection.onnx",
    "textRecognition": "text-recognition.onnx",
    "structures": "structures.onnx",
    "spaces": "spaces.onnx",
}


def export_compact(
    planes: PlaneNetwork,
    weights: tuple[Tensor, Tensor],
    objects: BoxNetwork,
    text_detection: BoxNetwork,
    recogniser: TextNetwork,
    vocabulary: str,
    out: Path,
) -> dict:
    """Writes the files into `out` and returns the manifest. `weights`: of spaces and structures in training."""
    out.mkdir(parents=True, exist_ok=True)
    scores = {2: "height", 3: "width"}
    rows = {1: "rows"}
    modules: dict[str, tuple[nn.Module, tuple[int, int], dict[int, str], dict[int, str]]] = {
        "objects": (BoxRows(objects), OBJECT_CANVAS, OPEN_SIDES, rows),
        "textDetection": (BoxRows(text_detection), TEXT_CANVAS, OPEN_SIDES, rows),
        "textRecognition": (recogniser, (CROP_WIDTH, CROP_HEIGHT), {0: "texts"}, {1: "texts"}),
        "structures": (StructureScores(planes, weights[1] * torch.tensor([1, DOOR_CAUTION, 1, 1])), PLANE_CANVAS, OPEN_SIDES, scores),
        "spaces": (SpaceScores(planes, SPACE_ROUNDS, weights[0]), PLANE_CANVAS, OPEN_SIDES, scores),
    }
    extras = {
        "objects": {"confidence": OBJECT_CONFIDENCE, "iou": OBJECT_IOU, "classes": list(OBJECTS)},
        "textDetection": {"confidence": CONFIDENCE, "iou": IOU},
        "textRecognition": {"vocabulary": vocabulary},
        "structures": {"output": {"kind": "scores"}, "classes": list(STRUCTURES)},
        "spaces": {"output": {"kind": "scores"}, "classes": list(SPACES)},
    }
    sheets = {"objects": OBJECT_SHEET, "structures": PLANE_SHEET, "spaces": PLANE_SHEET}
    networks = {}
    for network, (module, (width, height), inputs, outputs) in modules.items():
        path = out / FILES[network]
        unfinished = path.with_suffix(".part")
        sample = np.random.default_rng(0).random((1, 3, height, width), dtype=np.float32)
        export_module(module.eval(), sample, OnnxTarget(unfinished, OPSET, inputs, outputs))
        halve_weights(unfinished)
        os.replace(unfinished, path)
        sheet = {"sheet": dict(zip(("width", "height"), sheets[network]))} if network in sheets else {}
        networks[network] = {
            "file": path.name,
            "sha256": sha256_of(path),
            "input": {"width": width, "height": height, **sheet},
            **extras[network],
        }
    manifest = {"version": 1, "name": f"{NAME} {_short(networks)}", "networks": networks}
    (out / "models.json").write_text(to_json(manifest), encoding="utf-8")
    return manifest


def _short(networks: dict) -> str:
    """A name for this very set, from the digests of its files."""
    return hashlib.sha256("".join(entry["sha256"] for entry in networks.values()).encode()).hexdigest()[:8]
