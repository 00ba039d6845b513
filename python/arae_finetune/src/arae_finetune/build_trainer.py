"""TRL's trainer over rows that are tokens already."""

import math
from pathlib import Path
from typing import Any

from .answer_collator import AnswerCollator
from .batch_plan import BatchPlan
from .choose_machine import Machine
from .encode_row import EncodedRow
from .load_model import load_with_peft, load_with_unsloth
from .load_rows import LoadedRows
from .settings import Settings


def build_trainer(
    settings: Settings, machine: Machine, rows: LoadedRows, tokenizer: Any, plan: BatchPlan, folder: Path, callbacks: list[Any]
) -> Any:
    """An SFTTrainer whose checkpoints go to `folder`. Loads the base model."""
    from transformers import EarlyStoppingCallback, PrinterCallback, set_seed

    # The adapter begins with random numbers.
    set_seed(settings.seed)
    if machine.backend == "unsloth":
        model, lora = load_with_unsloth(settings, machine, rows.max_seq_length), None
    else:
        model, lora = load_with_peft(settings, machine)
    # After Unsloth, which changes it when it is imported.
    from trl import SFTConfig, SFTTrainer

    model.config.pad_token_id = tokenizer.pad_token_id
    arguments = SFTConfig(**trainer_arguments(settings, machine, plan, len(rows.train), folder))
    if settings.early_stopping_patience is not None:
        callbacks = [*callbacks, EarlyStoppingCallback(settings.early_stopping_patience, settings.early_stopping_threshold)]
    trainer = SFTTrainer(
        model=model,
        args=arguments,
        train_dataset=_dataset(rows.train),
        eval_dataset=_dataset(rows.val),
        processing_class=tokenizer,
        data_collator=AnswerCollator(tokenizer.pad_token_id),
        peft_config=lora,
        callbacks=callbacks,
    )
    # It prints every figure as a dictionary; there are lines for them already.
    trainer.remove_callback(PrinterCallback)
    return trainer


def trainer_arguments(settings: Settings, machine: Machine, plan: BatchPlan, rows: int, folder: Path) -> dict[str, Any]:
    """What SFTConfig is given; tried with TRL 1.15 and 1.16."""
    steps = plan.steps(rows, settings.epochs)
    # A training shorter than that is evaluated once, at its end.
    every = min(settings.eval_steps, steps)
    arguments: dict[str, Any] = {
        "output_dir": str(folder),
        "num_train_epochs": settings.epochs,
        "per_device_train_batch_size": plan.batch_size,
        "per_device_eval_batch_size": plan.batch_size,
        "gradient_accumulation_steps": plan.gradient_accumulation,
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": math.ceil(steps * settings.warmup_ratio),
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.max_grad_norm,
        "optim": machine.optimizer,
        "gradient_checkpointing": settings.gradient_checkpointing,
        "eval_strategy": "steps",
        "eval_steps": every,
        "save_strategy": "steps",
        "save_steps": every,
        "save_total_limit": settings.checkpoints_kept,
        "load_best_model_at_end": True,
        "metric_for_best_model": "eval_loss",
        "greater_is_better": False,
        "prediction_loss_only": True,
        "logging_steps": settings.logging_steps,
        "logging_first_step": True,
        "seed": settings.seed,
        "data_seed": settings.seed,
        "bf16": machine.dtype == "bfloat16",
        "fp16": machine.dtype == "float16",
        "use_cpu": machine.device == "cpu",
        "dataloader_pin_memory": machine.device == "cuda",
        "report_to": "none",
        "disable_tqdm": True,
        # Rows are tokens with labels, no longer than allowed: the trainer has nothing to prepare and nothing to cut. Packing without
        # FlashAttention lets rows see each other, and with rows of thousands of tokens it would gain little.
        "dataset_kwargs": {"skip_prepare_dataset": True},
        "remove_unused_columns": False,
        "max_length": None,
        "packing": False,
        "padding_free": False,
    }
    if machine.backend == "peft" and settings.gradient_checkpointing:
        arguments["gradient_checkpointing_kwargs"] = {"use_reentrant": False}
    if machine.dtype == "bfloat16":
        arguments["tf32"] = True
    return arguments


def _dataset(rows: list[EncodedRow]) -> Any:
    import numpy
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "input_ids": [numpy.array(row.input_ids, dtype=numpy.int32) for row in rows],
            "labels": [numpy.array(row.labels, dtype=numpy.int32) for row in rows],
        }
    )
