"""Kinds of values as the TypeScript schemas take them: nothing is converted, `"3"` and `true` are no numbers."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from .js_json import MAX_SAFE_INTEGER


def _whole(value: Any) -> int:
    # JavaScript has one kind of number, so 3.0 is whole.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("int_type", "Input should be a whole number")
    if not abs(value) <= MAX_SAFE_INTEGER or value != int(value):
        raise PydanticCustomError("int_from_float", "Input should be a whole number between -(2^53 - 1) and 2^53 - 1")
    return int(value)


def _filled(text: str) -> str:
    # Not by Field(min_length=1), which refuses halves of surrogate pairs.
    if text == "":
        raise PydanticCustomError("string_too_short", "Input should have a character at least")
    return text


def _of_length(length: int) -> BeforeValidator:
    """Before the items are looked at, as zod does."""

    def check(value: Any) -> Any:
        if isinstance(value, list) and len(value) != length:
            raise PydanticCustomError("list_length", "Input should be a list of {length} numbers", {"length": length})
        return value

    return BeforeValidator(check)


def _counted(value: Any) -> Any:
    # As zod passes it over.
    return {name: count for name, count in value.items() if name != "__proto__"} if isinstance(value, dict) else value


Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
NotNegative = Annotated[Number, Field(ge=0)]
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[Whole, Field(ge=0)]
Positive = Annotated[Whole, Field(gt=0)]
Percent = Annotated[Number, Field(ge=0, le=100)]
CountByName = Annotated[dict[str, Count], BeforeValidator(_counted)]
Flag = Annotated[bool, Field(strict=True)]
FilledText = Annotated[str, AfterValidator(_filled)]
Box = Annotated[list[Number], _of_length(4)]
"""`[x, y, width, height]` in pixels of the drawing."""
Point = Annotated[list[Number], _of_length(2)]


class Loose(BaseModel):
    """Unknown fields are kept, but for names that are no Unicode text, which Pydantic cannot hold."""

    model_config = ConfigDict(extra="allow")

    @model_validator(mode="before")
    @classmethod
    def _drop_broken_names(cls, value: Any) -> Any:
        if isinstance(value, dict) and any(_is_broken(name) for name in value):
            return {name: item for name, item in value.items() if not _is_broken(name)}
        return value


class Exact(BaseModel):
    """No further fields, whatever their names."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _spell_broken_names(cls, value: Any) -> Any:
        # Pydantic would tell of such a name before all other faults.
        if isinstance(value, dict) and any(_is_broken(name) for name in value):
            return {ascii(name) if _is_broken(name) else name: item for name, item in value.items()}
        return value


def _is_broken(name: Any) -> bool:
    return isinstance(name, str) and not name.isascii() and any("\ud800" <= character <= "\udfff" for character in name)


def first_fault(error: ValidationError) -> tuple[str, str]:
    """Where and what the first fault is: the place as `nodes.0.area`, as the TypeScript schemas name it."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = first["loc"]
    if first["type"] == "extra_forbidden":
        # The fault is the object's, which must have no such key.
        place = place[:-1]
    return ".".join(str(part) for part in place), first["msg"]
