import json
import re

import pytest
from arae_finetune.errors import GateError, UsageError
from arae_finetune.load_rows import load_rows
from arae_finetune.load_tokenizer import load_tokenizer
from tiny_data import TOKENIZER, fixture_lines, write_data


def load(folder, **changes):
    tokenizer, digest = load_tokenizer(str(TOKENIZER), None)
    options = {"tokenizer_sha256": digest, "max_seq_length": None, "with_manifest": True, **changes}
    return load_rows(folder, tokenizer, **options)


def test_rows_that_are_as_phase_5_says(data):
    rows = load(data)
    assert (len(rows.train), len(rows.val), rows.max_seq_length) == (12, 4, 4096)
    assert rows.handshake["token_counts_compared"]
    assert rows.warnings == []


def change(path, before, after):
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after, 1))


def test_a_byte_that_changed_stops(data):
    change(data / "train.jsonl", b'"bay_count', b'"bay_Count')
    with pytest.raises(GateError, match="train.jsonl: is not the file that dataset_manifest.json names"):
        load(data)


def test_a_row_with_another_hash_stops(data):
    lines = (data / "train.rows.jsonl").read_text().splitlines()
    (data / "train.rows.jsonl").write_text("\n".join([lines[1], lines[0], *lines[2:]]) + "\n")
    with pytest.raises(GateError, match=re.escape("train.jsonl, line 1: is not the row that train.rows.jsonl names")):
        load(data)


@pytest.mark.parametrize(("field", "name"), [("tokens", "tokens"), ("answer_tokens", "answer tokens")])
def test_another_token_count_stops(data, field, name):
    lines = [json.loads(line) for line in (data / "val.rows.jsonl").read_text().splitlines()]
    lines[2][field] += 1
    (data / "val.rows.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    with pytest.raises(GateError, match=rf"val.jsonl, line 3: has \d+ {name} here, \d+ in phase 5"):
        load(data)


def test_row_facts_that_end_too_early_stop(data):
    lines = (data / "val.rows.jsonl").read_text().splitlines()
    (data / "val.rows.jsonl").write_text("\n".join(lines[:-1]) + "\n")
    with pytest.raises(GateError, match="line 4: val.rows.jsonl has no line for it"):
        load(data)


def test_estimated_lengths_are_not_compared_but_said(tmp_path):
    lines = fixture_lines()
    length = {"counted_by": "estimate", "tokenizer_sha256": None}
    folder = write_data(tmp_path, lines[:3], lines[3:5], length=length)
    for side in ("train", "val"):
        facts = [json.loads(line) for line in (folder / f"{side}.rows.jsonl").read_text().splitlines()]
        text = "".join(json.dumps({**fact, "tokens": None, "answer_tokens": None}) + "\n" for fact in facts)
        (folder / f"{side}.rows.jsonl").write_text(text)
    rows = load(folder)
    assert not rows.handshake["token_counts_compared"]
    assert "estimated" in rows.warnings[0]


def test_a_row_longer_than_allowed_stops_and_nothing_is_cut(data):
    longest = load(data).handshake["longest"]
    with pytest.raises(GateError, match=f"1 rows are longer than {longest - 1} tokens, the longest has {longest}"):
        load(data, max_seq_length=longest - 1)


def test_rows_for_another_template_stop(tmp_path):
    lines = fixture_lines()
    template = {"family": "qwen3", "enable_thinking": True}
    with pytest.raises(GateError, match="the rows are meant for"):
        load(write_data(tmp_path, lines[:2], lines[2:3], chat_template=template))


def test_without_a_manifest(data):
    (data / "dataset_manifest.json").unlink()
    with pytest.raises(UsageError, match="dataset_manifest.json: is missing.*run phase5 first"):
        load(data)
    rows = load(data, with_manifest=False)
    assert rows.max_seq_length == rows.handshake["longest"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON"),
        ("[]", 'has no list "messages"'),
        ('{"messages":[{"role":"user","content":"a"}]}', "is not a system text, a question and an answer"),
        ('{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null}]}', "has a message without a text"),
    ],
)
def test_a_broken_line_is_named(data, line, said):
    lines = (data / "train.jsonl").read_text().splitlines()
    (data / "train.jsonl").write_text("\n".join([*lines[:4], line, *lines[5:]]) + "\n")
    with pytest.raises(UsageError, match=f"train.jsonl, line 5: {said}"):
        load(data, with_manifest=False)


def test_files_that_are_empty_or_missing(data):
    (data / "val.jsonl").write_text("")
    with pytest.raises(UsageError, match="val.jsonl: holds no row: run phase5 again"):
        load(data, with_manifest=False)
    (data / "val.jsonl").unlink()
    with pytest.raises(UsageError, match="val.jsonl: cannot be read"):
        load(data, with_manifest=False)
