"""Puts an adapter into its base model, for servers that take no adapters."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .disk_space import check_space
from .errors import GateError, UsageError, first_line
from .write_atomic import write_folder

PROBE = "판상형 건축물 4Bay, 침실 3개, 거실과 주방이 넓다."


def merge(
    adapter: Path, out: Path, *, base_model: str | None, revision: str | None, min_free_bytes: int, free_bytes: Callable[[Path], int]
) -> dict[str, Any]:
    """
    Writes the merged model, in the precision that the base model is stored in (16 bit for Qwen3), to the folder `out`.

    Works on the CPU, with memory for the whole model. `base_model` None: the one the adapter names. Returns how far the logits of a
    probe text moved by merging. Raises GateError when they are no numbers.
    """
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    base = base_model or _base_of(adapter)
    try:
        tokenizer = AutoTokenizer.from_pretrained(adapter)
        model = AutoModelForCausalLM.from_pretrained(base, revision=revision, dtype="auto")
        model = PeftModel.from_pretrained(model, str(adapter)).eval()
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(adapter, f"cannot be put on {base} ({first_line(error)})", "name its own base with --base-model") from None
    ids = torch.tensor([tokenizer(PROBE, add_special_tokens=False)["input_ids"]])
    with torch.no_grad():
        before = model(input_ids=ids).logits.float()
        merged = model.merge_and_unload(safe_merge=True)
        after = merged(input_ids=ids).logits.float()
    if not bool(torch.isfinite(after).all()):
        raise GateError(adapter, "merged with its base it gives no numbers", "train again, or serve the adapter without merging")
    check_space(out, sum(value.numel() * value.element_size() for value in merged.parameters()) + min_free_bytes, free_bytes)

    def fill(folder: Path) -> None:
        merged.save_pretrained(str(folder))
        tokenizer.save_pretrained(str(folder))

    write_folder(out, fill)
    return {
        "base_model": base,
        "dtype": str(merged.dtype).removeprefix("torch."),
        "largest_logit_change": round(float((before - after).abs().max()), 6),
        "same_first_choice": round(float((before.argmax(-1) == after.argmax(-1)).float().mean()), 4),
    }


def _base_of(adapter: Path) -> str:
    path = adapter / "adapter_config.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["base_model_name_or_path"]
    except (OSError, ValueError, KeyError):
        raise UsageError(path, "cannot be read", "run phase6 first, or name the adapter with --adapter") from None
