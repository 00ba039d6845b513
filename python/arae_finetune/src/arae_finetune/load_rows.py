"""Loads the rows of a data folder as the trainer gets them, and compares each with what phase 5 says of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from .chat_row import ChatRow, read_chat_rows
from .dataset_manifest import MANIFEST, DatasetFile, DatasetManifest, read_manifest
from .encode_row import EncodedRow, encode_row
from .errors import GateError

SIDES = ("train", "val")


@dataclass(frozen=True)
class LoadedRows:
    train: list[EncodedRow]
    val: list[EncodedRow]
    max_seq_length: int
    # SHA-256 of both files: what a resumed training must be fed with.
    sha256: dict[str, str]
    # What was compared, for the report.
    handshake: dict[str, Any]
    warnings: list[str]


def load_rows(
    folder: Path, tokenizer: Any, *, tokenizer_sha256: str | None, max_seq_length: int | None, with_manifest: bool
) -> LoadedRows:
    """
    Both sides of the data set, rendered and masked.

    Raises GateError at the first row, token count or file that is not as the manifest says, and when a row is longer than
    `max_seq_length` (given, or the manifest's): nothing is ever cut.
    """
    manifest = read_manifest(folder) if with_manifest else None
    sides = {side: _load_side(folder, side, tokenizer, manifest) for side in SIDES}
    longest = max(len(row.input_ids) for rows in sides.values() for row in rows)
    limit = max_seq_length or (manifest.max_seq_length if manifest else longest)
    too_long = [row for rows in sides.values() for row in rows if len(row.input_ids) > limit]
    if too_long:
        raise GateError(
            folder,
            f"{len(too_long)} rows are longer than {limit} tokens, the longest has {longest}",
            "run phase5 with --tokenizer, which leaves them out, or set maxSeqLength",
        )
    warnings = []
    if manifest and not manifest.counted_by_tokenizer:
        warnings.append("phase 5 estimated the lengths, so token counts could not be compared")
    if manifest and manifest.tokenizer_sha256 not in (None, tokenizer_sha256):
        warnings.append("the tokenizer is another file than phase 5 counted with, though it gives the same counts")
    return LoadedRows(
        train=sides["train"],
        val=sides["val"],
        max_seq_length=limit,
        sha256={side: hashlib.sha256((folder / f"{side}.jsonl").read_bytes()).hexdigest() for side in SIDES},
        handshake={
            "manifest": manifest is not None,
            "token_counts_compared": bool(manifest and manifest.counted_by_tokenizer),
            "rows": {side: len(rows) for side, rows in sides.items()},
            "tokens": {side: sum(len(row.input_ids) for row in rows) for side, rows in sides.items()},
            "answer_tokens": {side: sum(row.answer_tokens for row in rows) for side, rows in sides.items()},
            "longest": longest,
        },
        warnings=warnings,
    )


def _load_side(folder: Path, side: str, tokenizer: Any, manifest: DatasetManifest | None) -> list[EncodedRow]:
    if manifest is None:
        return [encode_row(row, tokenizer) for row in read_chat_rows(folder / f"{side}.jsonl")]
    file = manifest.files.get(side)
    if file is None:
        raise GateError(folder / MANIFEST, f'names no file "{side}"', "run phase5 again")
    file.check()
    rows = list(_compared(file, read_chat_rows(file.path), tokenizer))
    if len(rows) != file.rows:
        raise GateError(file.path, f"holds {len(rows)} rows, {MANIFEST} says {file.rows}", "run phase5 again")
    return rows


def _compared(file: DatasetFile, rows: Iterable[ChatRow], tokenizer: Any) -> Iterable[EncodedRow]:
    for row, facts in zip(rows, chain(file.read_facts(), repeat(None)), strict=False):
        if facts is None:
            raise GateError(row.place, f"{file.rows_path.name} has no line for it", "run phase5 again")
        if facts.sha256 != row.sha256:
            raise GateError(row.place, f"is not the row that {file.rows_path.name} names", "run phase5 again")
        encoded = encode_row(row, tokenizer)
        for name, counted, found in (
            ("tokens", facts.tokens, len(encoded.input_ids)),
            ("answer tokens", facts.answer_tokens, encoded.answer_tokens),
        ):
            if counted is not None and counted != found:
                raise GateError(
                    row.place, f"has {found} {name} here, {counted} in phase 5", "give both the tokenizer of the base model"
                )
        yield encoded
