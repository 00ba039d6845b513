"""What phase 5 says of the files it wrote: `dataset_manifest.json` and, per row, `{side}.rows.jsonl`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import GateError, UsageError

MANIFEST = "dataset_manifest.json"
AGAIN = "run phase5 again"


@dataclass(frozen=True)
class RowFacts:
    sha256: str
    # None when phase 5 had no tokenizer and could only estimate.
    tokens: int | None
    answer_tokens: int | None


@dataclass(frozen=True)
class DatasetFile:
    path: Path
    bytes: int
    sha256: str
    rows: int
    rows_path: Path

    def check(self) -> None:
        """Raises GateError when the file is not, byte for byte, the one phase 5 wrote."""
        try:
            size = self.path.stat().st_size
            digest = hashlib.sha256()
            with self.path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        except OSError as error:
            raise UsageError(self.path, f"cannot be read ({error.strerror})", AGAIN) from None
        if size != self.bytes or digest.hexdigest() != self.sha256:
            raise GateError(self.path, f"is not the file that {MANIFEST} names ({size} bytes, there {self.bytes})", AGAIN)

    def read_facts(self) -> Iterator[RowFacts]:
        number = 0
        try:
            with self.rows_path.open(encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    facts = json.loads(line)
                    yield RowFacts(facts["sha256"], facts["tokens"], facts["answer_tokens"])
        except OSError as error:
            raise UsageError(self.rows_path, f"cannot be read ({error.strerror})", AGAIN) from None
        except (ValueError, KeyError, TypeError):
            raise UsageError(f"{self.rows_path}, line {number}", "is not {sha256, tokens, answer_tokens}", AGAIN) from None


@dataclass(frozen=True)
class DatasetManifest:
    path: Path
    max_seq_length: int
    counted_by_tokenizer: bool
    tokenizer_sha256: str | None
    files: dict[str, DatasetFile]


def read_manifest(folder: Path) -> DatasetManifest:
    """Raises UsageError when it is missing or of another shape, GateError when the rows are meant for another template."""
    path = folder / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        mend = "run phase5 first (--without-manifest takes train.jsonl and val.jsonl as they are)"
        raise UsageError(path, "is missing, so nothing says what the rows must be", mend) from None
    except (OSError, ValueError) as error:
        raise UsageError(path, f"cannot be read as JSON ({error})", AGAIN) from None
    try:
        if document["version"] != 1:
            raise UsageError(path, f"has version {document['version']}, not 1", "use versions that belong together")
        template = document["chat_template"]
        if template != {"family": "qwen3", "enable_thinking": False}:
            raise GateError(path, f"the rows are meant for {json.dumps(template)}", "train a Qwen3 without thinking, " + AGAIN)
        return DatasetManifest(
            path=path,
            max_seq_length=int(document["max_seq_length"]),
            counted_by_tokenizer=document["length"]["counted_by"] == "tokenizer",
            tokenizer_sha256=document["length"]["tokenizer_sha256"],
            files={side: _file_of(folder, entry) for side, entry in document["files"].items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UsageError(path, f"is not the manifest of a data set ({error!r})", AGAIN) from None


def _file_of(folder: Path, entry: dict[str, Any]) -> DatasetFile:
    return DatasetFile(
        folder / entry["file"], int(entry["bytes"]), entry["sha256"], int(entry["rows"]), folder / entry["rows_file"]
    )
