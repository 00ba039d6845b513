"""The golden vectors that libs/embeddings is held against are those of its committed network."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from make_tiny_qwen3 import main

COMMITTED = Path(__file__).parents[3] / "libs" / "embeddings" / "src" / "testing" / "tiny-qwen3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    main(folder)
    return folder


def texts(folder: Path) -> dict:
    return json.loads((folder / "golden.json").read_text(encoding="utf-8"))["texts"]


def test_the_committed_vectors_are_made_again(made: Path):
    committed, again = texts(COMMITTED), texts(made)
    assert committed.keys() == again.keys()
    for name, values in committed.items():
        assert values["ids"] == again[name]["ids"]
        for key in set(values) - {"text", "ids"}:
            assert np.allclose(values[key], again[name][key], atol=2e-6), (name, key)


def test_the_committed_file_is_the_network_that_gave_them():
    session = onnxruntime.InferenceSession(COMMITTED / "onnx" / "model.onnx")
    for name, values in texts(COMMITTED).items():
        ids = np.array([values["ids"]], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "position_ids": np.arange(ids.shape[1])[None]}
        (hidden,) = session.run(None, feed)
        last = hidden[0, -1] / np.linalg.norm(hidden[0, -1])
        assert np.dot(last, values[f"last_token_{hidden.shape[2]}"]) > 1 - 1e-6, name
