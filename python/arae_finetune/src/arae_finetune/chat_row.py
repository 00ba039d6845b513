"""Reads the rows of train.jsonl and val.jsonl."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import UsageError

ROLES = (["system", "user", "assistant"], ["user", "assistant"])


@dataclass(frozen=True)
class ChatRow:
    # File and line, for messages.
    place: str
    # Over the line's bytes without its end.
    sha256: str
    messages: list[dict[str, str]]

    @property
    def answer(self) -> str:
        return self.messages[-1]["content"]


def read_chat_rows(path: Path) -> Iterator[ChatRow]:
    """The rows one by one. Raises UsageError that names the line for a broken one, and for a file without rows."""
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                line = line.removesuffix(b"\n")
                place = f"{path}, line {number}"
                yield ChatRow(place, hashlib.sha256(line).hexdigest(), _messages_of(line, place))
    except OSError as error:
        raise UsageError(path, f"cannot be read ({error.strerror})", "run phase5 first") from None
    if number == 0:
        raise UsageError(path, "holds no row", "run phase5 again")


def _messages_of(line: bytes, place: str) -> list[dict[str, str]]:
    mend = "run phase5 again, or arae-pipeline audit for all such lines"
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(place, f"is no JSON ({error})", mend) from None
    messages = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        raise UsageError(place, 'has no list "messages"', mend)
    if [message.get("role") for message in messages] not in ROLES:
        raise UsageError(place, "is not a system text, a question and an answer", mend)
    if not all(isinstance(message.get("content"), str) for message in messages):
        raise UsageError(place, "has a message without a text", mend)
    return messages
