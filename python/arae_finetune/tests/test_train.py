"""A real training on the CPU: it learns, it can be killed, and what it writes can be used."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tiny_training
from arae_finetune.errors import GateError, Interrupted, UsageError
from arae_finetune.merge import merge
from arae_finetune.train import Effects, train
from tiny_training import tiny_folder, tiny_settings
from transformers import TrainerCallback

STEPS = 48


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny_folder(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def whole(folder):
    """The training without a break: its report and what it said."""
    said = []
    report = train(tiny_settings(folder), folder / "data", folder / "whole", effects=Effects(say=said.append))
    return report, said


def losses(report):
    return {point["step"]: point["loss"] for point in report["curve"]["train"]}


def test_the_loss_falls_by_half(whole):
    report, said = whole
    curve = losses(report)
    assert report["steps"] == STEPS
    assert curve[STEPS] < curve[1] / 2
    assert report["curve"]["eval"][-1]["step"] == STEPS
    assert report["best_eval_loss"] == min(point["loss"] for point in report["curve"]["eval"])
    assert any(line.startswith(f"step {STEPS} of {STEPS}: loss ") for line in said)


def test_what_is_written(folder, whole):
    report, _ = whole
    out = folder / "whole"
    assert json.loads((out / "training_report.json").read_text()) == json.loads(json.dumps(report))
    assert (out / "loss_curve.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (out / "loss_curve.svg").read_text()
    assert len(list((out / "checkpoints").glob("checkpoint-*"))) == 3
    assert report["serve"].startswith(f"vllm serve {folder}/model --enable-lora --max-lora-rank 16 --lora-modules arae=")
    assert report["machine"]["backend"] == "peft"
    assert report["versions"]["trl"]
    config = json.loads((out / "adapter_model" / "adapter_config.json").read_text())
    assert sorted(config["target_modules"]) == sorted(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"])
    assert (config["r"], config["lora_alpha"], config["bias"]) == (16, 32, "none")


def start(folder, out, *arguments):
    script = Path(tiny_training.__file__)
    return subprocess.run([sys.executable, str(script), str(folder), str(out), *arguments], capture_output=True, text=True, check=False)


def test_killed_and_resumed_gives_the_same_curve(folder, whole):
    out = folder / "killed"
    killed = start(folder, out, "--kill-at", "21")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (out / "training_report.json").exists()
    # As a kill in the middle of a checkpoint leaves it.
    broken = out / "checkpoints" / "checkpoint-24"
    broken.mkdir()
    (broken / "adapter_model.safetensors").write_bytes(b"half")

    with pytest.raises(UsageError, match="holds checkpoints of an earlier training.*--resume"):
        train(tiny_settings(folder), folder / "data", out)
    with pytest.raises(UsageError, match="was started with another learningRate"):
        train(tiny_settings(folder, learning_rate=1e-3), folder / "data", out, resume=True)

    resumed = start(folder, out, "--resume")
    assert resumed.returncode == 0, resumed.stderr
    report = json.loads((out / "training_report.json").read_text())
    assert report["resumed_from_step"] == 16
    expected, found = losses(whole[0]), losses(report)
    assert found.keys() == expected.keys()
    assert max(abs(found[step] - expected[step]) for step in expected) < 1e-3
    assert abs(report["curve"]["eval"][-1]["loss"] - whole[0]["curve"]["eval"][-1]["loss"]) < 1e-3


def test_a_finished_training_is_not_done_again(folder, whole):
    said = []
    report = train(
        tiny_settings(folder), folder / "data", folder / "whole", resume=True, effects=Effects(say=said.append)
    )
    assert said[-1] == "this training is finished already"
    assert losses(report) == losses(whole[0])


def logits(model, tokenizer):
    import torch

    ids = torch.tensor([tokenizer("베이 3개")["input_ids"]])
    with torch.no_grad():
        return model.eval()(input_ids=ids).logits


def test_the_adapter_loads_again_and_merged_gives_the_same_logits(folder, whole, tokenizer):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    out = folder / "whole"
    base = AutoModelForCausalLM.from_pretrained(folder / "model")
    plain = logits(base, tokenizer)
    adapted = logits(PeftModel.from_pretrained(base, out / "adapter_model"), tokenizer)
    assert (adapted - plain).abs().max() > 0.1
    figures = merge(
        out / "adapter_model", out / "merged_model", base_model=None, revision=None, min_free_bytes=0, free_bytes=lambda _: 10**12
    )
    merged = logits(AutoModelForCausalLM.from_pretrained(out / "merged_model"), tokenizer)
    torch.testing.assert_close(merged, adapted, rtol=1e-4, atol=1e-4)
    assert figures["largest_logit_change"] < 1e-3
    assert figures["same_first_choice"] == 1


def test_merging_what_is_not_there_or_does_not_fit(folder, whole, tmp_path):
    options = {"base_model": None, "revision": None, "min_free_bytes": 0}
    with pytest.raises(UsageError, match="adapter_config.json: cannot be read: run phase6 first"):
        merge(tmp_path, tmp_path / "merged", free_bytes=lambda _: 10**12, **options)
    with pytest.raises(UsageError, match=r"0.0 GB are free on the disk"):
        merge(folder / "whole" / "adapter_model", tmp_path / "merged", free_bytes=lambda _: 1000, **options)
    assert not (tmp_path / "merged").exists()


class OutOfMemoryAt(TrainerCallback):
    """A card that cannot hold more than so many rows, first noticed at a step."""

    def __init__(self, step: int, rows: int) -> None:
        self.step, self.rows = step, rows

    def on_step_begin(self, args, state, control, **_) -> None:
        import torch

        if state.global_step >= self.step and args.per_device_train_batch_size > self.rows:
            raise torch.OutOfMemoryError("CUDA out of memory")


def test_out_of_memory_halves_the_batch_once_and_goes_on(folder, whole, tmp_path):
    report = train(
        tiny_settings(folder, epochs=1.0), folder / "data", tmp_path, effects=Effects(callbacks=[OutOfMemoryAt(10, rows=1)])
    )
    assert (report["batch_size"], report["gradient_accumulation"]) == (1, 4)
    assert report["out_of_memory"][0]["before"] == {"batch_size": 2, "gradient_accumulation": 2}
    assert report["resumed_from_step"] == 8
    assert report["steps"] == 16


def test_out_of_memory_with_one_row_ends_it(folder, tmp_path):
    with pytest.raises(GateError, match="CPU: its memory does not hold 1 rows.*set batchSize to 1"):
        train(tiny_settings(folder), folder / "data", tmp_path, effects=Effects(callbacks=[OutOfMemoryAt(0, rows=0)]))


class SignalAt(TrainerCallback):
    def on_step_begin(self, args, state, control, **_) -> None:
        if state.global_step == 2:
            signal.raise_signal(signal.SIGTERM)


def test_a_signal_writes_a_checkpoint_first(folder, tmp_path):
    with pytest.raises(Interrupted, match="interrupted at step 3, a checkpoint is written: --resume goes on"):
        train(tiny_settings(folder), folder / "data", tmp_path, effects=Effects(callbacks=[SignalAt()]))
    assert (tmp_path / "checkpoints" / "checkpoint-3" / "trainer_state.json").exists()
    assert not (tmp_path / "adapter_model").exists()


def test_early_stopping(folder, tmp_path):
    # Nothing is better by so much.
    settings = tiny_settings(folder, early_stopping_patience=2, early_stopping_threshold=100.0, epochs=3.0, eval_steps=2)
    report = train(settings, folder / "data", tmp_path)
    assert report["stopped_early"]
    assert report["steps"] == 6


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"device": "auto"}, "GPU: PyTorch finds none"),
        ({"device": "cpu", "precision": "4bit"}, "setting precision: 4bit needs a GPU"),
        ({"device": "cpu", "backend": "unsloth"}, "setting backend: unsloth needs a GPU"),
        ({"base_model": "/no/such/model"}, "its tokenizer cannot be loaded"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_written(folder, tmp_path, changes, said):
    import torch

    if torch.cuda.is_available() and changes.get("device") == "auto":
        pytest.skip("there is a GPU here")
    with pytest.raises(UsageError, match=said):
        train(tiny_settings(folder, **changes), folder / "data", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_too_little_disk(folder, tmp_path):
    settings = tiny_settings(folder, min_free_bytes=5 * 10**9)
    with pytest.raises(UsageError, match=r"4.0 GB are free on the disk, 5.0 GB are needed"):
        train(settings, folder / "data", tmp_path / "out", effects=Effects(free_bytes=lambda _: 4 * 10**9))
    assert not (tmp_path / "out").exists()
    with pytest.raises(UsageError, match="0.0 GB are free on the disk"):
        train(tiny_settings(folder), folder / "data", tmp_path / "out", effects=Effects(free_bytes=lambda _: 10**6))


def test_rows_that_are_not_those_of_phase_5_are_not_trained(folder, tmp_path):
    import shutil

    shutil.copytree(folder / "data", tmp_path / "data")
    path = tmp_path / "data" / "val.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"bay_count', b'"bay_kount', 1))
    with pytest.raises(GateError, match="val.jsonl: is not the file"):
        train(tiny_settings(folder), tmp_path / "data", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_training_at_a_time(folder, tmp_path):
    from arae_finetune.folder_lock import folder_lock

    with folder_lock(tmp_path), pytest.raises(UsageError, match="another training runs in it"):
        train(tiny_settings(folder), folder / "data", tmp_path)
