"""From the names in a CRNN's state dict to ours."""

import json
from collections.abc import Mapping
from pathlib import Path

from .checkpoint_file import StateDict
from .errors import ExportError, first_line

#: Our part → its prefix in the file. Parts of the neck may be absent from a file.
DEFAULT_NAMES: dict[str, str] = {
    "trunk": "cnn_p1",
    "neck_conv": "cnn_p2.0",
    "neck_norm": "cnn_p2.1",
    "project": "linear1",
    "gru1": "rnn1",
    "gru2": "rnn2",
    "classify": "linear2",
}

# A trunk cut from a ResNet by position has numbers, one cut by name has names.
TRUNK_PARTS = {"conv1": "0", "bn1": "1", "layer1": "4", "layer2": "5", "layer3": "6", "layer4": "7"}


def read_names(path: Path | None) -> dict[str, str]:
    """The defaults with what the JSON file changes in them."""
    if path is None:
        return dict(DEFAULT_NAMES)
    try:
        changes = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExportError(path, "no such file", "check --crnn-names") from None
    except (OSError, ValueError) as error:
        raise ExportError(path, f"is no JSON ({first_line(error)})", "mend it") from error
    known = ", ".join(DEFAULT_NAMES)
    if not isinstance(changes, Mapping) or not all(isinstance(prefix, str) for prefix in changes.values()):
        raise ExportError(path, "is no object of texts", f"map any of {known} to prefixes")
    if strangers := sorted(set(changes) - set(DEFAULT_NAMES)):
        raise ExportError(path, f"names an unknown part {strangers[0]!r}", f"map any of {known} to prefixes")
    return {**DEFAULT_NAMES, **changes}


def rename(state: StateDict, names: Mapping[str, str], path: Path) -> StateDict:
    """The state dict in our names; raises ExportError for a tensor that belongs to no part."""
    # The longest prefix first, so that "rnn.1" does not take what belongs to "rnn.1.gru".
    prefixes = sorted(((prefix, part) for part, prefix in names.items()), key=lambda pair: -len(pair[0]))
    renamed: StateDict = {}
    for key, tensor in state.items():
        for prefix, part in prefixes:
            if key.startswith(f"{prefix}."):
                rest = key[len(prefix) + 1 :]
                renamed[f"{part}.{_trunk_part(rest) if part == 'trunk' else rest}"] = tensor
                break
        else:
            raise ExportError(path, f'has "{key}", which belongs to no part of a CRNN', "map the names with --crnn-names")
    return renamed


def _trunk_part(rest: str) -> str:
    first, _, others = rest.partition(".")
    return f"{TRUNK_PARTS.get(first, first)}.{others}"
