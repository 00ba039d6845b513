"""The tokenizer of the base model, checked for what training needs of it."""

import hashlib
from pathlib import Path
from typing import Any

from .encode_row import END_OF_TURN
from .errors import UsageError, first_line


def load_tokenizer(base_model: str, revision: str | None) -> tuple[Any, str | None]:
    """The tokenizer, and the SHA-256 of its `tokenizer.json` (None where there is none to find)."""
    from transformers import AutoTokenizer
    from transformers.utils import cached_file

    mend = "name a Qwen3 model on the hub, or a folder that holds one"
    try:
        tokenizer = AutoTokenizer.from_pretrained(base_model, revision=revision)
        found = cached_file(base_model, "tokenizer.json", revision=revision, _raise_exceptions_for_missing_entries=False)
    except (OSError, ValueError) as error:
        raise UsageError(base_model, f"its tokenizer cannot be loaded ({first_line(error)})", mend) from None
    if not tokenizer.chat_template:
        raise UsageError(base_model, "has no chat template", mend)
    if tokenizer.convert_tokens_to_ids(END_OF_TURN) in (None, tokenizer.unk_token_id):
        raise UsageError(base_model, f"its tokenizer does not know {END_OF_TURN}", mend)
    if tokenizer.pad_token_id is None or tokenizer.pad_token == END_OF_TURN:
        # Padding carries no loss: were it the token that ends a turn, the model would never learn to stop.
        raise UsageError(base_model, "pads with nothing, or with the token that ends a turn", mend)
    return tokenizer, hashlib.sha256(Path(found).read_bytes()).hexdigest() if found else None
