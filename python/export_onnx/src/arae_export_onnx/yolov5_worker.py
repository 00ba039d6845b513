"""Runs in its own process: loads a YOLOv5 model by its checkout, exports it, and answers the samples.

`python -m arae_export_onnx.yolov5_worker FOLDER`; the folder holds `order.json` and `samples.npz` and gets
`outputs.npz` and `names.json`, or `problem.txt`.
"""

import inspect
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .errors import first_line
from .network import ModuleNetwork
from .onnx_export import OnnxTarget


def load(checkout: str, weights: str) -> torch.nn.Module:
    sys.path.insert(0, checkout)
    from models.experimental import attempt_load  # type: ignore[import-not-found]

    # The name of this parameter changed between versions; without it a model saved on a GPU needs one.
    parameters = inspect.signature(attempt_load).parameters
    device = next((name for name in ("device", "map_location") if name in parameters), None)
    options: dict[str, Any] = {} if device is None else {device: torch.device("cpu")}
    if "inplace" in parameters:
        # Slices assigned in place are traced into thousands of nodes, or not at all.
        options["inplace"] = False
    return attempt_load(weights, **options).float().eval()


def prepare_for_export(module: torch.nn.Module, *, open_size: bool) -> None:
    """Sets what the checkout's own export sets on its detection head, under the names of all versions."""
    for part in module.modules():
        if type(part).__name__ == "Detect":
            part.inplace = False
            part.export = True
            part.dynamic = open_size
            part.onnx_dynamic = open_size


def class_names(module: torch.nn.Module) -> list[str]:
    names = getattr(module, "names", [])
    return [str(name) for name in (names.values() if isinstance(names, dict) else names)]


def work(folder: Path) -> None:
    order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    with np.load(folder / "samples.npz", allow_pickle=False) as archive:
        samples = [archive[f"arr_{index}"] for index in range(len(archive.files))]
    network = ModuleNetwork(load(order["checkout"], order["weights"]))
    # The answers come first, from the model as the service runs it.
    np.savez(folder / "outputs.npz", *network.run(samples))
    (folder / "names.json").write_text(json.dumps(class_names(network.module)), encoding="utf-8")
    if (target := order["target"]) is not None:
        # JSON has no whole numbers as keys.
        axes = {key: {int(axis): name for axis, name in target[key].items()} for key in ("open_axes", "open_output_axes")}
        prepare_for_export(network.module, open_size=bool(axes["open_axes"]))
        network.run(samples[:1], OnnxTarget(Path(target["path"]), target["opset"], **axes))


def main() -> int:
    folder = Path(sys.argv[1])
    try:
        work(folder)
    except Exception as error:
        (folder / "problem.txt").write_text(f"{type(error).__name__}: {first_line(error)}", encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
