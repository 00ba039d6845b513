"""`models.json`, and the parts that it is put together from.

The networks may need different environments, so each run leaves a part per network (`spaces.part.json`), and
`models.json` is written as soon as all five are there.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import ExportError, first_line
from .network_names import INPUT_SIZES, NETWORK_NAMES, NetworkName

VERSION = 1

#: What a landscape sheet is reduced to for the networks that do not see it whole: 1/8 of a standard one.
SHEET = (620, 436)
REDUCED: tuple[NetworkName, ...] = ("objects", "structures", "spaces")

Entry = dict[str, Any]


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def base_entry(network: NetworkName, *, mean: tuple[float, ...] = (0, 0, 0), std: tuple[float, ...] = (1, 1, 1)) -> Entry:
    """What every network has, but its file: input size for a landscape sheet and the scaling of its values."""
    width, height = INPUT_SIZES[network]
    sheet = {"sheet": {"width": SHEET[0], "height": SHEET[1]}} if network in REDUCED else {}
    return {
        "normalisation": {"scale": 1 / 255, "mean": list(mean), "std": list(std)},
        "input": {"width": width, "height": height, "layout": "NCHW", **sheet},
    }


def part_name(network: NetworkName) -> str:
    return f"{network}.part.json"


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def read_part(path: Path) -> Entry:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExportError(path, f"cannot be read ({first_line(error)})", "export this network again") from error
    if not isinstance(value, dict) or not {"file", "sha256", "input"} <= value.keys():
        raise ExportError(path, "is no part of a manifest", "export this network again")
    return value


def collect_parts(out: Path, fresh: Mapping[NetworkName, Entry]) -> dict[NetworkName, Entry]:
    """The fresh entries and those of earlier runs, in the manifest's order."""
    parts: dict[NetworkName, Entry] = {}
    for network in NETWORK_NAMES:
        if network in fresh:
            parts[network] = fresh[network]
        elif (path := out / part_name(network)).exists():
            parts[network] = read_part(path)
    return parts


def assemble(name: str, parts: Mapping[NetworkName, Entry]) -> dict[str, Any]:
    return {"version": VERSION, "name": name, "networks": {network: parts[network] for network in NETWORK_NAMES}}
