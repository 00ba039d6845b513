"""The golden files that other programs are checked against are what transformers makes of the template now."""

import json

from make_chat_golden import count, render
from tiny_data import FIXTURES, fixture_lines


def test_golden_texts_are_what_transformers_renders(tokenizer):
    golden = json.loads((FIXTURES / "golden.json").read_text(encoding="utf-8"))
    assert len(golden) == 12
    for chat in golden:
        assert render(tokenizer, chat) == chat["text"], chat["name"]


def test_golden_counts_are_those_of_the_tokenizer(tokenizer):
    counts = json.loads((FIXTURES / "rows.counts.json").read_text(encoding="utf-8"))
    rows = [json.loads(line)["messages"] for line in fixture_lines()]
    assert len(rows) == 200
    assert [count(tokenizer, messages) for messages in rows] == counts


def test_the_tokenizer_brings_the_template_along(tokenizer):
    assert tokenizer.chat_template == (FIXTURES / "qwen3.jinja").read_text(encoding="utf-8")
