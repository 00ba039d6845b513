import json

from arae_finetune.cli import main
from tiny_data import TOKENIZER


def test_rows_with_what_carries_loss(data, capsys):
    assert main(["preview", "--data", str(data), "--base-model", str(TOKENIZER), "--show", "2"]) == 0
    out = capsys.readouterr().out
    assert out.count("── row ") == 2
    assert out.count("<think>") == 2
    assert out.count('⟦{"structure_type"') == 2
    assert out.count("<|im_end|>⟧") == 2
    assert "files and rows and token counts are as phase 5 wrote them" in out


def test_figures_as_json(data, capsys):
    assert main(["preview", "--data", str(data), "--base-model", str(TOKENIZER), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["rows"] == {"train": 12, "val": 4}
    assert 0 < figures["answer_tokens"]["train"] < figures["tokens"]["train"]


def test_a_difference_ends_with_1_and_one_line(data, capsys):
    (data / "train.jsonl").write_bytes((data / "train.jsonl").read_bytes() + b"\n")
    assert main(["preview", "--data", str(data), "--base-model", str(TOKENIZER)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("arae-finetune: ")
    assert error.count("\n") == 1


def test_wrong_input_ends_with_2(data, tmp_path, capsys):
    assert main(["preview", "--data", str(tmp_path / "none"), "--base-model", str(TOKENIZER)]) == 2
    assert "run phase5 first" in capsys.readouterr().err
    assert main(["preview", "--data", str(data), "--base-model", str(tmp_path / "no-model")]) == 2
    assert "its tokenizer cannot be loaded" in capsys.readouterr().err
