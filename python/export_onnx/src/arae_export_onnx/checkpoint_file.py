"""Reads `.pt` and `.pth` files. A pickle can run any code, so only tensors are read unless the user says otherwise."""

import pickle
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from .errors import ExportError, first_line

# Training scripts put the tensors beside the epoch and the optimiser under one of these.
WRAPPER_KEYS = ("state_dict", "model_state_dict", "model")

StateDict = dict[str, torch.Tensor]


def read_checkpoint(path: Path, *, trust_pickle: bool) -> Any:
    """What the file holds.

    Raises ExportError when there is no such file, it is no PyTorch file, or it needs code to be run and
    `trust_pickle` is off.
    """
    if (value := read_plain(path)) is not None:
        return value
    if not trust_pickle:
        raise needs_trust(path)
    try:
        return torch.load(path, map_location="cpu", weights_only=False)
    except (ImportError, AttributeError) as error:
        raise ExportError(
            path,
            f"was saved with code that is not installed here ({first_line(error)})",
            "install the version it was saved with; segmentation-models-pytorch 0.2.1: requirements-smp021.txt",
        ) from error
    except Exception as error:
        raise ExportError(path, f"cannot be read ({first_line(error)})", "bring the whole file again") from error


def read_plain(path: Path) -> Any | None:
    """What the file holds if it can be read without running code of it; None: it cannot."""
    require_torch_file(path)
    try:
        with warnings.catch_warnings():
            # It warns of pickle protocols, which end in the refusal below anyway.
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        return None
    except Exception as error:
        raise ExportError(path, f"cannot be read ({first_line(error)})", "bring the whole file again") from error


def needs_trust(path: Path) -> ExportError:
    return ExportError(
        path,
        "is a pickle, and loading it runs code that is inside it",
        "pass --trust-pickle if you know where the file comes from",
    )


def require_torch_file(path: Path) -> None:
    """Tells a missing, cut or foreign file from a pickle, which PyTorch's own message does not."""
    if not path.is_file():
        raise ExportError(path, "no such file", "check the path")
    if zipfile.is_zipfile(path):
        return
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"PK"):
        raise ExportError(path, "is cut off", "bring the whole file again")
    # Files of PyTorch before 1.6 are bare pickles, which begin with the protocol mark.
    if not head.startswith(b"\x80"):
        raise ExportError(path, "is no PyTorch file", "check the path")


def state_dict_in(value: Any) -> StateDict | None:
    """The state dict in what a file holds, without the prefix of DataParallel; None: there is none."""
    if isinstance(value, torch.nn.Module):
        value = value.state_dict()
    if not isinstance(value, Mapping):
        return None
    for key in WRAPPER_KEYS:
        inner = value.get(key)
        if isinstance(inner, torch.nn.Module):
            inner = inner.state_dict()
        if isinstance(inner, Mapping):
            value = inner
            break
    if not value or not all(isinstance(tensor, torch.Tensor) for tensor in value.values()):
        return None
    return {str(key).removeprefix("module."): tensor.float() for key, tensor in value.items()}

