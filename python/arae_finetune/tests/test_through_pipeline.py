"""The whole way: `arae-pipeline phase6` starts this package, which trains, and gives its figures back."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_data import TOKENIZER
from tiny_model import write_model
from tiny_training import tiny_folder, tiny_settings

WORKSPACE = Path(__file__).resolve().parents[3]
NODE = WORKSPACE / "node_modules" / ".bin" / "node"
PIPELINE = WORKSPACE / "apps" / "pipeline" / "bin" / "arae-pipeline.js"

pytestmark = pytest.mark.skipif(not NODE.exists(), reason="npm ci has not been run in the workspace")


GENERATOR = WORKSPACE / "tools" / "plan-generator" / "bin" / "arae-plan-generator.js"


def phase6(folder, *flags):
    return node(folder, PIPELINE, "phase6", "--data", "data", "--config", "config.json", *flags)


def node(folder, script, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARAE_PIPELINE_", "NX_"))}
    return subprocess.run(
        [str(NODE), str(script), *arguments],
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


def test_rows_and_token_counts_of_phase_5_are_found_again(tmp_path):
    """From plans to the preview of the trainer: what phase 5 counted in TypeScript, transformers counts, too."""
    from datasets import load_dataset

    write_model(tmp_path / "model")
    settings = tiny_settings(tmp_path, max_seq_length=100_000).to_json()
    (tmp_path / "config.json").write_text(json.dumps({"finetune": settings}))
    pipeline = [PIPELINE, "--data", "data"]
    for step in (
        [GENERATOR, "--count", "12", "--seed", "3", "--out", "plans", "--no-drawings"],
        [*pipeline, "phase1", "--import", "plans/graphs"],
        [*pipeline, "phase2"],
        [*pipeline, "phase3a", "--simulate"],
    ):
        done = node(tmp_path, *step)
        assert done.returncode == 0, done.stderr
    (tmp_path / "data" / "selected_model.txt").write_text("openai")
    built = node(tmp_path, *pipeline, "phase5", "--tokenizer", str(TOKENIZER), "--over-length", "keep")
    assert built.returncode == 0, built.stderr

    shown = phase6(tmp_path, "--preview", "1")
    assert shown.returncode == 0, shown.stderr
    assert "files and rows and token counts are as phase 5 wrote them" in shown.stderr

    files = {side: str(tmp_path / "data" / f"{side}.jsonl") for side in ("train", "val")}
    loaded = load_dataset("json", data_files=files, cache_dir=str(tmp_path / "cache"))
    report = json.loads((tmp_path / "data" / "stats_report.json").read_text())
    assert {side: rows.num_rows for side, rows in loaded.items()} == {side: report["sides"][side]["rows"] for side in files}
    assert [message["role"] for message in loaded["train"][0]["messages"]] == ["system", "user", "assistant"]

    lines = (tmp_path / "data" / "train.rows.jsonl").read_text().splitlines()
    facts = json.loads(lines[0])
    lines[0] = json.dumps({**facts, "tokens": facts["tokens"] + 1})
    (tmp_path / "data" / "train.rows.jsonl").write_text("\n".join(lines) + "\n")
    other = phase6(tmp_path, "--preview", "1")
    assert other.returncode == 1
    assert "tokens" in other.stderr.splitlines()[-1]
