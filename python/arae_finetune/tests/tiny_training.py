"""A training that takes seconds: `python tiny_training.py FOLDER [--kill-at STEP] [--resume]` for those that must die."""

import argparse
import json
import os
import random
import signal
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
# Two threads that wait for each other are slower than one on matrices of this size.
os.environ["OMP_NUM_THREADS"] = "1"
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]

from arae_finetune.settings import Settings  # noqa: E402
from arae_finetune.train import Effects, train  # noqa: E402
from tiny_data import chat, write_data  # noqa: E402
from tiny_model import write_model  # noqa: E402
from transformers import TrainerCallback  # noqa: E402


def tiny_lines(count: int, seed: int = 3) -> list[str]:
    """Rows whose answers follow from the question, about 60 tokens long."""
    draw = random.Random(seed)
    lines = []
    for _ in range(count):
        bays = draw.randint(1, 5)
        messages = chat(answer=f'{{"structure_type":"판상형","bay_count":{bays}}}', user=f"베이 {bays}개", system="평가하라.")
        lines.append(json.dumps({"messages": messages}, ensure_ascii=False))
    return lines


def tiny_folder(folder: Path) -> Path:
    write_model(folder / "model")
    write_data(folder / "data", tiny_lines(64), tiny_lines(8, seed=4))
    return folder


def tiny_settings(folder: Path, **changes: object) -> Settings:
    values = {
        "base_model": str(folder / "model"), "device": "cpu", "precision": "16bit", "lora_rank": 16, "lora_alpha": 32,
        "learning_rate": 5e-3, "epochs": 3.0, "batch_size": 2, "gradient_accumulation": 2, "eval_steps": 8,
        "logging_steps": 4, "min_free_bytes": 0, "gradient_checkpointing": False,
    }  # fmt: skip
    return Settings(**{**values, **changes})


class DieAt(TrainerCallback):
    """Ends the process as `kill -9` does, after that many steps."""

    def __init__(self, step: int) -> None:
        self.step = step

    def on_step_end(self, args, state, control, **_) -> None:
        if state.global_step == self.step:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--kill-at", type=int)
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    callbacks = [] if options.kill_at is None else [DieAt(options.kill_at)]
    train(
        tiny_settings(options.folder), options.folder / "data", options.out, resume=options.resume, effects=Effects(callbacks=callbacks)
    )
