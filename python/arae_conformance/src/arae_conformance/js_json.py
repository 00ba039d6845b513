"""JSON text as JavaScript writes it: the prompts of the training data were written by `JSON.stringify`."""

import json
import math
import re
from typing import Any

MAX_SAFE_INTEGER = 2**53 - 1
"""Whole numbers beyond it are not told apart by JavaScript."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_INDEX = re.compile("0|[1-9][0-9]{0,9}")


class SpelledNumber:
    """A number that keeps the spelling it had in a file."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def is_zero(self) -> bool:
        """As JavaScript sees a number that it would spell just so; another spelling is an object to it."""
        return self.text == "0"


def stringify(value: Any, indent: int = 0) -> str:
    """
    What `JSON.stringify(value, null, indent)` gives: keys in their order, nothing but what JSON demands is escaped, numbers as
    JavaScript spells them (`2.0` is `2`, `1e-07` is `1e-7`), NaN and infinities as null.

    :raises TypeError: for what JSON has no text for.
    """
    return _write(value, " " * min(indent, 10), "")


def parse_spelled(text: str) -> Any:
    """
    Parses JSON and keeps the spelling of its numbers (as `SpelledNumber`).

    :raises ValueError: when it is no JSON.
    """
    return _load(text, parse_float=SpelledNumber, parse_int=SpelledNumber, object_pairs_hook=_in_js_order)


def parse(text: str) -> Any:
    """
    Parses JSON as JavaScript does: no NaN, and every number a double, so that whole numbers beyond 2^53 lose digits and 1e400 is infinite.

    :raises ValueError: when it is no JSON, or nested deeper than Python's own limit (several hundred levels).
    """
    return _load(text, parse_int=_js_integer, object_pairs_hook=_in_js_order)


def js_number(value: float) -> str:
    """The text of a number: the shortest digits that give it again, with an exponent from 1e21 and below 1e-6."""
    number = float(value)
    if not math.isfinite(number):
        return "null"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent_text = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    # Where the point stands, counted from the first digit that is not 0.
    leading = len(whole.lstrip("0")) or -(len(fraction) - len(fraction.lstrip("0")))
    point = leading + int(exponent_text or 0)
    digits = digits.rstrip("0")
    if 0 < point <= 21:
        text = digits.ljust(point, "0") if len(digits) <= point else f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        power = point - 1
        text = f"{digits[0]}{'.' + digits[1:] if len(digits) > 1 else ''}e{'+' if power > 0 else '-'}{abs(power)}"
    return sign + text


def js_text(value: Any) -> str:
    """What `${value}` gives for a text, a number, true, false or null."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    return ("true" if value else "false") if isinstance(value, bool) else js_number(value)


def js_round(value: float) -> float:
    """`Math.round`: halves go up; a double, as JavaScript has it."""
    if not math.isfinite(value) or abs(value) >= 2**52:
        return float(value)
    floor = math.floor(value)
    return float(floor + 1 if value - floor >= 0.5 else floor)


def _write(value: Any, step: str, margin: str) -> str:
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, SpelledNumber):
        return value.text
    if isinstance(value, (int, float)):
        return js_number(value)
    inner = margin + step
    if isinstance(value, dict):
        colon = ": " if step else ":"
        return _enclose("{}", [f"{_write_text(str(key))}{colon}{_write(item, step, inner)}" for key, item in value.items()], step, margin)
    if isinstance(value, (list, tuple)):
        return _enclose("[]", [_write(item, step, inner) for item in value], step, margin)
    raise TypeError(f"a {type(value).__name__} has no JSON text")


def _enclose(brackets: str, parts: list[str], step: str, margin: str) -> str:
    if not parts or not step:
        return brackets[0] + ",".join(parts) + brackets[1]
    inner = f"\n{margin}{step}"
    return brackets[0] + inner + f",{inner}".join(parts) + f"\n{margin}" + brackets[1]


def _write_text(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    if not _LONE_SURROGATE.search(written):
        return written
    # Two halves side by side are one character to JavaScript; half a pair cannot be written in UTF-8, so it is escaped.
    whole = written.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half.group()):04x}", whole)


def _load(text: str, **how: Any) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, **how)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def _js_integer(text: str) -> int | float:
    # Python would refuse thousands of digits.
    if len(text) > 17:
        return float(text)
    value = int(text)
    return value if abs(value) <= MAX_SAFE_INTEGER else float(text)


def _in_js_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JavaScript puts keys that are whole numbers first, from the lowest on."""
    value = dict(pairs)
    if not any(key[:1].isdigit() for key in value):
        return value
    indices = sorted((key for key in value if _INDEX.fullmatch(key) and int(key) < 2**32 - 1), key=int)
    return {key: value[key] for key in dict.fromkeys([*indices, *value])}


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
