"""The symbols of the text recogniser."""

import json
from collections.abc import Mapping
from pathlib import Path

from .errors import ExportError, first_line

#: The extra last symbol of the network's output, which the vocabulary does not list.
EXTRA_SYMBOL = "@"


def read_vocabulary(path: Path, symbol_count: int) -> list[str]:
    """The symbol of each class but the last, in order.

    The file is JSON (a string, a list of symbols, or an object index → symbol) or text (all symbols in one line, or
    one a line), UTF-8. A list that ends with the extra symbol and has `symbol_count` entries loses it.
    """
    symbols = _symbols(path)
    if len(symbols) == symbol_count and symbols[-1] == EXTRA_SYMBOL:
        symbols = symbols[:-1]
    if len(symbols) != symbol_count - 1:
        raise ExportError(
            path,
            f"has {len(symbols)} symbols where the network has {symbol_count} (one of them the extra {EXTRA_SYMBOL!r})",
            "bring the vocabulary that the network was trained with",
        )
    if len(symbols) < 2:
        raise ExportError(path, "has fewer than 2 symbols", "bring the whole vocabulary")
    return symbols


def _symbols(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ExportError(path, "no such file", "check --vocabulary") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(path, f"cannot be read ({first_line(error)})", "save it as UTF-8") from error
    if path.suffix.lower() != ".json":
        lines = text.rstrip("\r\n").split("\n")
        # A blank is a symbol like any other, so lines lose nothing but their end.
        return list(lines[0].rstrip("\r")) if len(lines) == 1 else [line.rstrip("\r") for line in lines]
    try:
        return _symbols_in_json(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise ExportError(
            path, f"is no vocabulary ({first_line(error)})", "give a string, a list, or an object index → symbol"
        ) from error


def _symbols_in_json(value: object) -> list[str]:
    if isinstance(value, str):
        return list(value)
    if isinstance(value, Mapping):
        by_index = {int(index): symbol for index, symbol in value.items()}
        value = [by_index[index] for index in range(len(by_index))]
    if not isinstance(value, list) or not all(isinstance(symbol, str) for symbol in value):
        raise TypeError("something in it is no text")
    return value
