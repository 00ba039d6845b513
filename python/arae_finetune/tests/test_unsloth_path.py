"""Unsloth needs a GPU; what it is called with is held against the names that its published version takes."""

import json
from inspect import Parameter, Signature
from pathlib import Path

from arae_finetune.build_trainer import trainer_arguments
from arae_finetune.batch_plan import BatchPlan
from arae_finetune.choose_machine import Machine
from arae_finetune.load_model import TARGETS, load_with_unsloth
from arae_finetune.settings import Settings

SIGNATURES = json.loads((Path(__file__).parent / "unsloth_signatures.json").read_text())
CARD = Machine("unsloth", "cuda", "A100", "bfloat16", "adamw_8bit", [])


class PublishedLoader:
    """Takes what FastLanguageModel of that version names, and nothing else."""

    def __init__(self):
        self.loaded = self.wrapped = None

    def from_pretrained(self, **options):
        self.loaded = self._bound("from_pretrained", options)
        return "base", "tokenizer"

    def get_peft_model(self, model, **options):
        self.wrapped = self._bound("get_peft_model", {"model": model, **options})
        return "wrapped"

    @staticmethod
    def _bound(name, options):
        parameters = [Parameter(parameter, Parameter.KEYWORD_ONLY, default=None) for parameter in SIGNATURES[name]]
        return Signature(parameters).bind(**options).arguments


def test_what_unsloth_is_asked_for():
    loader = PublishedLoader()
    assert load_with_unsloth(Settings(), CARD, 6144, loader=loader) == "wrapped"
    assert loader.loaded["model_name"] == "Qwen/Qwen3-8B"
    assert loader.loaded["max_seq_length"] == 6144
    assert (loader.loaded["load_in_4bit"], loader.loaded["load_in_16bit"]) == (True, False)
    # Otherwise the adapter would name a base that was quantised by others.
    assert loader.loaded["use_exact_model_name"] is True
    assert loader.wrapped["model"] == "base"
    assert loader.wrapped["target_modules"] == TARGETS
    assert (loader.wrapped["r"], loader.wrapped["lora_alpha"], loader.wrapped["lora_dropout"]) == (64, 128, 0.05)
    assert loader.wrapped["use_gradient_checkpointing"] == "unsloth"


def test_16_bit_is_asked_for_in_so_many_words():
    loader = PublishedLoader()
    load_with_unsloth(Settings(precision="16bit"), CARD, 6144, loader=loader)
    # Four bits are its default.
    assert (loader.loaded["load_in_4bit"], loader.loaded["load_in_16bit"]) == (False, True)


def test_what_the_trainer_is_given_on_the_pod(tmp_path):
    arguments = trainer_arguments(Settings(), CARD, BatchPlan(2, 8), rows=1800, folder=tmp_path)
    expected = {
        "per_device_train_batch_size": 2,
        "gradient_accumulation_steps": 8,
        "learning_rate": 2e-4,
        "lr_scheduler_type": "cosine",
        # 3 % of 3 × 113 steps
        "warmup_steps": 11,
        "optim": "adamw_8bit",
        "eval_steps": 100,
        "save_steps": 100,
        "logging_steps": 10,
        "save_total_limit": 3,
        "bf16": True,
        "fp16": False,
        "packing": False,
        "max_length": None,
        "seed": 42,
    }
    assert {name: arguments[name] for name in expected} == expected


def test_the_arguments_are_known_to_trl():
    from inspect import signature

    from trl import SFTConfig

    arguments = trainer_arguments(Settings(), CARD, BatchPlan(2, 8), rows=10, folder=Path("out"))
    assert set(arguments) <= set(signature(SFTConfig).parameters)


def test_a_pod_without_bf16():
    old = Machine("peft", "cuda", "T4", "float16", "adamw_8bit", [])
    arguments = trainer_arguments(Settings(), old, BatchPlan(2, 8), rows=10, folder=Path("out"))
    assert (arguments["bf16"], arguments["fp16"]) == (False, True)
    assert "tf32" not in arguments
