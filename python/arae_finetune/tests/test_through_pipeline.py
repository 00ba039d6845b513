"""The whole way: `arae-pipeline phase6` starts this package, which trains, and gives its figures back."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_training import tiny_folder, tiny_settings

WORKSPACE = Path(__file__).resolve().parents[3]
NODE = WORKSPACE / "node_modules" / ".bin" / "node"
PIPELINE = WORKSPACE / "apps" / "pipeline" / "bin" / "arae-pipeline.js"

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="npm ci has not been run in the workspace")


def phase6(folder, *flags):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARAE_PIPELINE_", "NX_"))}
    return subprocess.run(
        [str(NODE), str(PIPELINE), "phase6", "--data", "data", "--config", "config.json", *flags],
        cwd=folder,
        env={**environment, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def test_train_merge_and_a_difference(tmp_path):
    folder = tiny_folder(tmp_path)
    settings = tiny_settings(folder, epochs=0.5, eval_steps=4).to_json()
    (folder / "config.json").write_text(json.dumps({"finetune": settings}))

    shown = phase6(folder, "--preview", "1")
    assert shown.returncode == 0, shown.stderr
    assert "files and rows and token counts are as phase 5 wrote them" in shown.stderr

    done = phase6(folder, "--json", "--merge")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["figures"]["trained"] == "peft on CPU"
    assert summary["figures"]["steps"] == "8 of 8"
    out = folder / "data" / "qwen3_finetuned"
    assert (out / "adapter_model" / "adapter_model.safetensors").exists()
    assert (out / "merged_model" / "model.safetensors").exists()

    again = phase6(folder)
    assert again.returncode == 2
    assert "go on from them with --resume" in again.stderr.splitlines()[-1]

    shutil.copy(folder / "data" / "val.jsonl", folder / "data" / "train.jsonl")
    other = phase6(folder, "--restart")
    assert other.returncode == 1
    assert "train.jsonl: is not the file that dataset_manifest.json names" in other.stderr.splitlines()[-1]
