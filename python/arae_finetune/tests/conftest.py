import os

# Nothing is looked up on the hub: what is not on the disk is an error at once.
os.environ["HF_HUB_OFFLINE"] = "1"
# Two threads that wait for each other are slower than one on matrices as small as the tests'.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest  # noqa: E402
from tiny_data import TOKENIZER, fixture_lines, write_data  # noqa: E402


@pytest.fixture(scope="session")
def tokenizer():
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(TOKENIZER)


@pytest.fixture
def data(tmp_path):
    lines = fixture_lines()
    return write_data(tmp_path / "data", lines[:12], lines[12:16])
