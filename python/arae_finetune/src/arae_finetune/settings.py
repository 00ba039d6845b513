"""Everything of a training that can be set, with its default; the names in a settings file are written in camelCase."""

import json
import re
import types
import typing
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from .errors import UsageError


@dataclass(frozen=True)
class Settings:
    # Name on the Hugging Face hub, or a folder.
    base_model: str = "Qwen/Qwen3-8B"
    # Commit, branch or tag on the hub; None: the newest.
    revision: str | None = None
    # unsloth, peft, or auto: Unsloth where it can be imported.
    backend: Literal["auto", "unsloth", "peft"] = "auto"
    # auto: the GPU, and none is an error. cpu: for trials with small models.
    device: Literal["auto", "cuda", "cpu"] = "auto"
    # 4bit: the base model in NF4 (QLoRA); 16bit: in bf16 or fp16 (on the CPU in 32 bit).
    precision: Literal["4bit", "16bit"] = "4bit"
    # Tokens of the longest row; None: what phase 5 found, or without its manifest the longest row itself.
    max_seq_length: int | None = None
    lora_rank: int = 64
    lora_alpha: int = 128
    lora_dropout: float = 0.05
    learning_rate: float = 2e-4
    epochs: float = 3.0
    # Rows that the card works on at the same time, and how many times until a step.
    batch_size: int = 2
    gradient_accumulation: int = 8
    warmup_ratio: float = 0.03
    weight_decay: float = 0.01
    max_grad_norm: float = 1.0
    optimizer: Literal["adamw_8bit", "adamw_torch"] = "adamw_8bit"
    gradient_checkpointing: bool = True
    # Steps between evaluations, each with a checkpoint.
    eval_steps: int = 100
    logging_steps: int = 10
    checkpoints_kept: int = 3
    # Evaluations without a better loss after which it ends; None: never early.
    early_stopping_patience: int | None = 3
    early_stopping_threshold: float = 0.0
    seed: int = 42
    # Bytes to leave free on the disk beside what the training writes.
    min_free_bytes: int = 2 * 1024**3

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            problem = _problem_of(name, value)
            if problem is not None:
                raise UsageError(f"setting {_camel(name)}", problem, "mend it")

    def to_json(self) -> dict[str, Any]:
        return {_camel(name): value for name, value in asdict(self).items()}


# What changes the loss curve: a resumed training must have the same.
CURVE_SETTINGS = (
    "base_model", "revision", "precision", "lora_rank", "lora_alpha", "lora_dropout", "learning_rate", "epochs",
    "warmup_ratio", "weight_decay", "max_grad_norm", "optimizer", "seed",
)  # fmt: skip


def read_settings(path: Path | None, changes: dict[str, Any] | None = None) -> Settings:
    """Settings of a JSON file, with `changes` (snake_case, None for no change) over them."""
    values: dict[str, Any] = {}
    if path is not None:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(path, f"cannot be read as JSON ({error})", "name a file of settings") from None
        if not isinstance(document, dict):
            raise UsageError(path, "is no JSON object", "write {\"loraRank\": 64, …}")
        known = {_camel(field.name): field.name for field in fields(Settings)}
        for name, value in document.items():
            if name not in known:
                raise UsageError(path, f'there is no setting "{name}"', f"known are {', '.join(sorted(known))}")
            values[known[name]] = value
    values.update({name: value for name, value in (changes or {}).items() if value is not None})
    hints = typing.get_type_hints(Settings)
    return Settings(**{name: _typed(name, value, hints[name]) for name, value in values.items()})


def _typed(name: str, value: Any, hint: Any) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if typing.get_origin(option) is Literal:
            if value in typing.get_args(option):
                return value
        elif option is types.NoneType:
            if value is None:
                return None
        elif option is float:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return float(value)
        elif isinstance(value, option) and not (option is int and isinstance(value, bool)):
            return value
    wanted = " or ".join(
        ", ".join(typing.get_args(option)) if typing.get_origin(option) is Literal else getattr(option, "__name__", str(option))
        for option in options
    )
    raise UsageError(f"setting {_camel(name)}", f"{json.dumps(value)} is not {wanted}".replace("NoneType", "null"), "mend it")


_POSITIVE = {
    "max_seq_length", "lora_rank", "lora_alpha", "learning_rate", "epochs", "batch_size", "gradient_accumulation",
    "max_grad_norm", "eval_steps", "logging_steps", "early_stopping_patience",
}  # fmt: skip
_NOT_NEGATIVE = {"weight_decay", "early_stopping_threshold", "seed", "min_free_bytes"}


def _problem_of(name: str, value: Any) -> str | None:
    if value is None:
        return None
    if name in _POSITIVE and not value > 0:
        return f"{value} is not over 0"
    if name in _NOT_NEGATIVE and not value >= 0:
        return f"{value} is under 0"
    if name in ("lora_dropout", "warmup_ratio") and not 0 <= value < 1:
        return f"{value} is not from 0 to under 1"
    # The best and the last one must both stay.
    if name == "checkpoints_kept" and value < 2:
        return f"{value} is under 2"
    return None


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match.group(1).upper(), name)
