"""YOLOv5 through a checkout of YOLOv5 that the user gives: it is AGPL, so nothing of it is in this package.

The checkout's modules are called `models` and `utils`, and may install packages when imported, so they live in a
process of their own (`yolov5_worker.py`).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from .checkpoint_file import needs_trust, read_plain
from .errors import ExportError
from .onnx_export import OnnxTarget

# Importing a checkout must change nothing on this machine.
QUIET_ENVIRONMENT = {
    "YOLOv5_AUTOINSTALL": "false",
    "YOLO_AUTOINSTALL": "false",
    "WANDB_MODE": "disabled",
    # Checkouts call torch.load as it was before it refused pickles; --trust-pickle was asked for by then.
    "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "1",
}


class Yolov5Network:
    """`[1, 3, H, W]` → `[1, rows, 5 + classes]`."""

    def __init__(self, weights: Path, checkout: Path | None, *, trust_pickle: bool) -> None:
        if checkout is None:
            raise ExportError(weights, "is for YOLOv5, which is no part of this package", "give a checkout: --yolov5 DIR")
        if not (checkout / "models" / "experimental.py").is_file():
            raise ExportError(checkout, "is no checkout of YOLOv5 (no models/experimental.py)", "check --yolov5")
        if read_plain(weights) is not None:
            raise ExportError(weights, "holds tensors only, no YOLOv5 model", "bring the .pt file of the training run")
        if not trust_pickle:
            raise needs_trust(weights)
        self.weights = weights.resolve()
        self.checkout = checkout.resolve()
        #: The names of the classes as the file has them, after the first run.
        self.class_names: list[str] = []

    def run(self, samples: Sequence[np.ndarray], target: OnnxTarget | None = None) -> list[np.ndarray]:
        with tempfile.TemporaryDirectory(prefix="arae-yolov5-") as folder:
            work = Path(folder)
            np.savez(work / "samples.npz", *samples)
            order = {
                "checkout": str(self.checkout),
                "weights": str(self.weights),
                "target": None if target is None else {**asdict(target), "path": str(target.path.resolve())},
            }
            (work / "order.json").write_text(json.dumps(order), encoding="utf-8")
            self._start(work)
            self.class_names = json.loads((work / "names.json").read_text(encoding="utf-8"))
            with np.load(work / "outputs.npz", allow_pickle=False) as outputs:
                return [outputs[f"arr_{index}"] for index in range(len(samples))]

    def _start(self, work: Path) -> None:
        package_root = str(Path(__file__).parent.parent)
        search = os.pathsep.join(filter(None, (package_root, os.environ.get("PYTHONPATH"))))
        run = subprocess.run(
            [sys.executable, "-m", "arae_export_onnx.yolov5_worker", str(work)],
            # Checkouts write settings to the working folder and the home.
            cwd=work,
            env={**os.environ, **QUIET_ENVIRONMENT, "YOLOV5_CONFIG_DIR": str(work), "PYTHONPATH": search},
            capture_output=True,
            text=True,
            errors="replace",
        )
        if run.returncode == 0:
            return
        problem = work / "problem.txt"
        lines = run.stderr.strip().splitlines()
        reason = problem.read_text(encoding="utf-8") if problem.exists() else (lines[-1] if lines else "no message")
        raise ExportError(
            self.weights,
            f"cannot be run by the checkout {self.checkout} ({reason})",
            "use the version of YOLOv5 that trained it, with its requirements installed",
        )
