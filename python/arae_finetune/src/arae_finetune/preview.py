"""Shows rows as the model will be given them, with what carries loss, after the whole handshake."""

import random
from typing import Any

from .encode_row import IGNORED, EncodedRow
from .load_rows import LoadedRows


def preview_lines(rows: LoadedRows, tokenizer: Any, *, show: int, seed: int) -> list[str]:
    """`show` random rows of the training side (at most all of them), and the sums."""
    chosen = sorted(random.Random(seed).sample(range(len(rows.train)), min(show, len(rows.train))))
    lines = [line for index in chosen for line in (f"── row {index + 1} of train.jsonl", *marked(rows.train[index], tokenizer))]
    facts = rows.handshake
    for side in facts["rows"]:
        lines.append(
            f"{side}: {facts['rows'][side]} rows, {facts['tokens'][side]} tokens, {facts['answer_tokens'][side]} of them with loss"
        )
    lines.append(f"longest row {facts['longest']} tokens, at most {rows.max_seq_length} allowed")
    compared = "files and rows" + (" and token counts" if facts["token_counts_compared"] else "")
    lines.append(f"{compared} are as phase 5 wrote them" if facts["manifest"] else "not compared: there is no manifest")
    return lines


def marked(row: EncodedRow, tokenizer: Any) -> list[str]:
    """The row's text, what carries loss between ⟦ and ⟧, from the token ids themselves, so that it is what is trained."""
    start = next(index for index, label in enumerate(row.labels) if label != IGNORED)
    end = start + row.answer_tokens
    parts = [tokenizer.decode(ids) for ids in (row.input_ids[:start], row.input_ids[start:end], row.input_ids[end:])]
    return f"{parts[0]}⟦{parts[1]}⟧{parts[2]}".rstrip("\n").split("\n")
