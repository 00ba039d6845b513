"""The base model, with the adapter that is trained."""

from typing import Any

from .choose_machine import Machine
from .errors import UsageError, first_line
from .settings import Settings

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def load_with_peft(settings: Settings, machine: Machine) -> tuple[Any, Any]:
    """The base model, and the LoRA settings that TRL's trainer applies to it."""
    import torch
    from peft import LoraConfig
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    dtype = getattr(torch, machine.dtype)
    options: dict[str, Any] = {"dtype": dtype, "attn_implementation": "sdpa"}
    if machine.device == "cuda":
        options["device_map"] = {"": 0}
    if settings.precision == "4bit":
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=dtype
        )
    with_base = _from(settings.base_model, AutoModelForCausalLM.from_pretrained, settings.base_model, revision=settings.revision, **options)
    lora = LoraConfig(
        r=settings.lora_rank,
        lora_alpha=settings.lora_alpha,
        lora_dropout=settings.lora_dropout,
        target_modules=TARGETS,
        bias="none",
        task_type="CAUSAL_LM",
    )
    return with_base, lora


def load_with_unsloth(settings: Settings, machine: Machine, max_seq_length: int, *, loader: Any = None) -> Any:
    """The model with its adapter. `loader` is Unsloth's FastLanguageModel."""
    import torch

    if loader is None:
        from unsloth import FastLanguageModel as loader
    model, _ = _from(
        settings.base_model,
        loader.from_pretrained,
        model_name=settings.base_model,
        max_seq_length=max_seq_length,
        dtype=getattr(torch, machine.dtype),
        load_in_4bit=settings.precision == "4bit",
        load_in_16bit=settings.precision == "16bit",
        revision=settings.revision,
        # Otherwise a copy under another name, quantised by others, is trained and stands in the adapter as its base.
        use_exact_model_name=True,
        random_state=settings.seed,
        max_lora_rank=max(64, settings.lora_rank),
    )
    return loader.get_peft_model(
        model,
        r=settings.lora_rank,
        target_modules=TARGETS,
        lora_alpha=settings.lora_alpha,
        lora_dropout=settings.lora_dropout,
        bias="none",
        use_gradient_checkpointing="unsloth" if settings.gradient_checkpointing else False,
        random_state=settings.seed,
    )


def _from(base_model: str, load: Any, *args: Any, **options: Any) -> Any:
    try:
        return load(*args, **options)
    except (OSError, ValueError) as error:
        mend = "name a Qwen3 model on the hub, or a folder that holds one"
        raise UsageError(base_model, f"cannot be loaded ({first_line(error)})", mend) from None
