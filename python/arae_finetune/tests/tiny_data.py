"""Small data folders as phase 5 writes them, with the tokenizer of test-fixtures."""

import hashlib
import json
from pathlib import Path
from typing import Any

from arae_finetune.chat_row import ChatRow
from arae_finetune.encode_row import encode_row
from transformers import AutoTokenizer

FIXTURES = Path(__file__).resolve().parents[3] / "test-fixtures" / "chat-template"
TOKENIZER = FIXTURES / "tokenizer"


def fixture_lines() -> list[str]:
    return (FIXTURES / "rows.jsonl").read_text(encoding="utf-8").splitlines()


def row_of(messages: list[dict[str, str]], place: str = "row") -> ChatRow:
    return ChatRow(place, "", messages)


def chat(answer: str = '{"bay_count":3}', user: str = "도면", system: str = "너는 전문가다.") -> list[dict[str, str]]:
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": user},
        {"role": "assistant", "content": answer},
    ]


def write_data(folder: Path, train: list[str], val: list[str], **manifest: Any) -> Path:
    """train.jsonl and val.jsonl of these lines, with their manifest; `manifest` replaces fields of it."""
    tokenizer = AutoTokenizer.from_pretrained(TOKENIZER)
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for side, lines in (("train", train), ("val", val)):
        content = "".join(f"{line}\n" for line in lines).encode()
        (folder / f"{side}.jsonl").write_bytes(content)
        facts = []
        for line in lines:
            encoded = encode_row(row_of(json.loads(line)["messages"]), tokenizer)
            digest = hashlib.sha256(line.encode()).hexdigest()
            facts.append({"sha256": digest, "tokens": len(encoded.input_ids), "answer_tokens": encoded.answer_tokens})
        (folder / f"{side}.rows.jsonl").write_text("".join(f"{json.dumps(fact)}\n" for fact in facts))
        files[side] = {
            "file": f"{side}.jsonl",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "rows": len(lines),
            "rows_file": f"{side}.rows.jsonl",
        }
    document = {
        "version": 1,
        "max_seq_length": 4096,
        "length": {
            "counted_by": "tokenizer",
            "tokenizer_sha256": hashlib.sha256((TOKENIZER / "tokenizer.json").read_bytes()).hexdigest(),
        },
        "chat_template": {"family": "qwen3", "enable_thinking": False},
        "files": files,
        **manifest,
    }
    (folder / "dataset_manifest.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
    return folder
