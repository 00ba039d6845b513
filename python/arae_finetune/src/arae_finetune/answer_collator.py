"""Puts encoded rows into one batch, padded on the right."""

from collections.abc import Sequence
from typing import Any

from .encode_row import IGNORED

# Matrix units of GPUs work on multiples of this.
MULTIPLE = 8


class AnswerCollator:
    """Batches of {input_ids, labels}: both and the attention mask as (rows, tokens), padding without loss."""

    def __init__(self, pad_token_id: int) -> None:
        self.pad_token_id = pad_token_id

    def __call__(self, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
        import torch

        longest = max(len(row["input_ids"]) for row in rows)
        length = -(-longest // MULTIPLE) * MULTIPLE

        def padded(values: Sequence[int], filler: int) -> list[int]:
            return [*values, *[filler] * (length - len(values))]

        return {
            "input_ids": torch.tensor([padded(row["input_ids"], self.pad_token_id) for row in rows]),
            "labels": torch.tensor([padded(row["labels"], IGNORED) for row in rows]),
            "attention_mask": torch.tensor([padded([1] * len(row["input_ids"]), 0) for row in rows]),
        }
