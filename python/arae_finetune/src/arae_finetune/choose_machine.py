"""What the training runs on and with, decided from the settings and from what is there."""

import importlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from typing import Any, Literal

from .errors import UsageError, first_line
from .settings import Settings


@dataclass(frozen=True)
class Machine:
    backend: Literal["unsloth", "peft"]
    device: Literal["cuda", "cpu"]
    # Of the card, or of nothing in particular.
    name: str
    dtype: Literal["bfloat16", "float16", "float32"]
    optimizer: str
    # What differs from what was asked, for the report.
    notes: list[str]


def choose_machine(settings: Settings) -> Machine:
    """Raises UsageError when what was asked for is not there. Imports Unsloth, which must come before TRL and transformers."""
    import torch

    has_gpu = torch.cuda.is_available()
    device = settings.device if settings.device != "auto" else "cuda"
    if device == "cuda" and not has_gpu:
        raise UsageError("GPU", "PyTorch finds none", "train on a machine with one, or set device to cpu for a trial of a small model")
    if device == "cpu" and settings.precision == "4bit":
        raise UsageError("setting precision", "4bit needs a GPU", "set it to 16bit")
    notes: list[str] = []
    backend = _choose_backend(settings, device, notes)
    if device == "cpu":
        return Machine(backend, device, "CPU", "float32", _optimizer(settings, device, notes), notes)
    if torch.cuda.device_count() > 1:
        raise UsageError("GPU", "several are visible, one is used", "name it with CUDA_VISIBLE_DEVICES=0")
    # Cards before Ampere compute bf16 in software.
    dtype: Literal["bfloat16", "float16"] = "bfloat16" if torch.cuda.get_device_capability()[0] >= 8 else "float16"
    if settings.precision == "4bit" and importlib.util.find_spec("bitsandbytes") is None:
        raise UsageError("setting precision", "4bit needs the package bitsandbytes", "pip install it, or set 16bit")
    return Machine(backend, device, torch.cuda.get_device_name(), dtype, _optimizer(settings, device, notes), notes)


def _choose_backend(settings: Settings, device: str, notes: list[str]) -> Literal["unsloth", "peft"]:
    if settings.backend == "peft":
        return "peft"
    if device == "cpu":
        # Unsloth stops at import without a GPU.
        if settings.backend == "unsloth":
            raise UsageError("setting backend", "unsloth needs a GPU", "set it to peft")
        return "peft"
    try:
        importlib.import_module("unsloth")
        return "unsloth"
    # Whatever it raises on a machine that it does not like.
    except Exception as error:
        if settings.backend == "unsloth":
            raise UsageError("setting backend", f"unsloth cannot be imported ({first_line(error)})", "install it, or set peft") from None
        notes.append(f"TRL and PEFT instead of Unsloth, which cannot be imported ({first_line(error)})")
        return "peft"


def _optimizer(settings: Settings, device: str, notes: list[str]) -> str:
    if settings.optimizer == "adamw_8bit" and (device == "cpu" or importlib.util.find_spec("bitsandbytes") is None):
        notes.append("adamw_torch instead of adamw_8bit, which needs a GPU and bitsandbytes")
        return "adamw_torch"
    return settings.optimizer


def versions() -> dict[str, str]:
    names = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "unsloth", "unsloth_zoo")
    found: dict[str, Any] = {}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
