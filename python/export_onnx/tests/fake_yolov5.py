"""Writes a folder that offers what a checkout of YOLOv5 offers to the export, with a network of a few layers."""

import subprocess
import sys
from pathlib import Path

YOLO = '''
import torch
from torch import nn

class Detect(nn.Module):
    def __init__(self, classes, strides):
        super().__init__()
        self.strides, self.columns, self.export, self.{dynamic} = strides, 5 + classes, False, False
        self.heads = nn.ModuleList(nn.Conv2d(8, 3 * self.columns, 1) for _ in strides)
        self.grids = [torch.zeros(0)] * len(strides)

    def forward(self, maps):
        rows = []
        for i, (stride, head) in enumerate(zip(self.strides, self.heads)):
            out = head(maps[i])
            n, _, h, w = out.shape
            out = out.view(n, 3, self.columns, h, w).permute(0, 1, 3, 4, 2)
            if self.{dynamic} or self.grids[i].shape[:2] != (h, w):
                y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
                self.grids[i] = torch.stack((x, y), 2).float()
            xy, wh, rest = out.sigmoid().split((2, 2, self.columns - 4), 4)
            row = torch.cat(((xy + self.grids[i]) * stride, wh * 4 * stride, rest), 4)
            rows.append(row.reshape(n, -1, self.columns))
        return {result}

class Model(nn.Module):
    def __init__(self, classes, names):
        super().__init__()
        self.names = names
        self.stem = nn.Conv2d(3, 8, 8, stride=8)
        self.down = nn.Conv2d(8, 8, 2, stride=2)
        self.head = Detect(classes, (8, 16))

    def forward(self, x):
        x = self.stem(x).relu()
        return self.head([x, self.down(x).relu()])
'''

EXPERIMENTAL = '''
import torch
import utils.general

def attempt_load(weights, {device}=None, inplace=True, fuse=True):
    kept = torch.load(weights, map_location={device})
    return (kept.get("ema") or kept["model"]).float().eval()
'''

MAKE = '''
import sys, torch
from models.yolo import Model
for argument in sys.argv[1:]:
    file, classes, names = argument.split("|")
    torch.manual_seed(int(classes))
    torch.save({"model": Model(int(classes), names.split(",")).half(), "ema": None}, file)
'''


def write_checkout(folder: Path, *, old: bool = False) -> Path:
    """`old`: parameters, attributes and outputs as they were called before YOLOv5 6.2."""
    (folder / "models").mkdir(parents=True)
    (folder / "utils").mkdir()
    for empty in ("models/__init__.py", "utils/__init__.py", "utils/general.py"):
        (folder / empty).write_text("")
    result = "torch.cat(rows, 1), maps" if old else "(torch.cat(rows, 1),) if self.export else (torch.cat(rows, 1), maps)"
    yolo = YOLO.replace("{dynamic}", "onnx_dynamic" if old else "dynamic").replace("{result}", result)
    (folder / "models" / "yolo.py").write_text(yolo)
    experimental = EXPERIMENTAL.replace("{device}", "map_location" if old else "device")
    (folder / "models" / "experimental.py").write_text(experimental)
    return folder


def make_weights(checkout: Path, *wanted: tuple[Path, int, list[str]]) -> None:
    """A `.pt` file for each (path, classes, names): the pickle of a model whose code is in the checkout."""
    arguments = [f"{path}|{classes}|{','.join(names)}" for path, classes, names in wanted]
    subprocess.run([sys.executable, "-c", MAKE, *arguments], cwd=checkout, check=True)
