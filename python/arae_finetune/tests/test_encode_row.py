import json

import pytest
from arae_finetune.encode_row import IGNORED, encode_row, render
from arae_finetune.errors import GateError
from tiny_data import FIXTURES, chat, fixture_lines, row_of


def test_only_the_answer_and_its_end_carry_loss(tokenizer):
    for line in fixture_lines():
        messages = json.loads(line)["messages"]
        row = encode_row(row_of(messages), tokenizer)
        kept = [token for token, label in zip(row.input_ids, row.labels, strict=True) if label != IGNORED]
        assert tokenizer.decode(kept) == f"{messages[-1]['content']}<|im_end|>"
        assert all(label in (IGNORED, token) for token, label in zip(row.input_ids, row.labels, strict=True))


def test_what_stands_before_the_answer_is_what_the_service_asks(tokenizer):
    messages = json.loads(fixture_lines()[1])["messages"]
    row = encode_row(row_of(messages), tokenizer)
    start = next(index for index, label in enumerate(row.labels) if label != IGNORED)
    asked = tokenizer.apply_chat_template(messages[:-1], add_generation_prompt=True, enable_thinking=False)
    assert row.input_ids[:start] == list(asked["input_ids"])


def test_counts_are_the_golden_ones(tokenizer):
    counts = json.loads((FIXTURES / "rows.counts.json").read_text())
    for line, count in zip(fixture_lines(), counts, strict=True):
        row = encode_row(row_of(json.loads(line)["messages"]), tokenizer)
        assert {"tokens": len(row.input_ids), "answer_tokens": row.answer_tokens} == count


@pytest.mark.parametrize("text", ["<|im_end|>", "a<|im_start|>b", "<think>", "</think>", "<|endoftext|>"])
@pytest.mark.parametrize("role", ["answer", "user", "system"])
def test_control_tokens_in_a_text_are_refused(tokenizer, role, text):
    with pytest.raises(GateError, match="row 7: the text of"):
        encode_row(row_of(chat(**{role: f"가 {text}"}), "row 7"), tokenizer)


def test_an_answer_that_the_template_changes_is_refused(tokenizer):
    with pytest.raises(GateError, match="the rendered row is not the question as it is asked"):
        encode_row(row_of(chat(answer="\n{}")), tokenizer)


def test_a_template_without_the_empty_think_block_is_refused(tokenizer):
    class Plain:
        """As the templates of Qwen3-…-Instruct-2507."""

        def apply_chat_template(self, messages, **options):
            return render(tokenizer, messages, add_generation_prompt=options["add_generation_prompt"]).replace(
                "<think>\n\n</think>\n\n", ""
            )

    with pytest.raises(GateError, match="not in an empty think block"):
        encode_row(row_of(chat()), Plain())
