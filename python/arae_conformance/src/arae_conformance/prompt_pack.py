"""The texts that frame a graph in a prompt, and how the graph is rendered into them."""

import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from .fields import Exact, FilledText, Whole, first_fault
from .js_json import parse, stringify

_IN_WHEEL = Path(__file__).parent / "prompt_packs" / "grounded-ko"
_IN_REPOSITORY = Path(__file__).resolve().parents[4] / "libs" / "floorplan" / "prompt-packs" / "grounded-ko"
DEFAULT_PROMPT_PACK = _IN_WHEEL if _IN_WHEEL.exists() else _IN_REPOSITORY


class PromptPackError(ValueError):
    """A prompt pack that cannot be used."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(" ".join(f"prompt pack {folder}: {detail}".split()))
        self.folder = folder


@dataclass(frozen=True)
class PromptPack:
    name: str
    version: str
    system: str
    user_template: str
    render: dict[str, Any]
    """`mode`, and for `grounded` the `indent` and, where the pack chooses, the `fields` of a space."""
    hash: str
    """SHA-256 over all of the above: equal hashes, equal prompts."""


def _of_the_folder(name: str) -> str:
    if posixpath.basename(name) != name or name in (".", ".."):
        raise PydanticCustomError("file_name", "must be a file of the pack folder")
    return name


_FileName = Annotated[FilledText, AfterValidator(_of_the_folder)]


class _Grounded(Exact):
    mode: Literal["grounded"]
    indent: Annotated[Whole, Field(ge=0, le=8)] = 0
    fields_: list[Literal["label", "space_type", "is_outside", "area_ratio", "windows", "doors", "objects", "connections"]] = Field(
        default=[], alias="fields"
    )

    def to_json(self) -> dict[str, Any]:
        # No fields and no choice of fields are two things.
        return {"mode": self.mode, "indent": self.indent} | ({"fields": self.fields_} if "fields_" in self.model_fields_set else {})


class _Legacy(Exact):
    mode: Literal["legacy"]

    def to_json(self) -> dict[str, Any]:
        return {"mode": self.mode}


class _Description(Exact):
    name: FilledText
    version: FilledText
    system: _FileName = "system.md"
    user: _FileName = "user.md"
    render: Annotated[_Grounded | _Legacy, Field(discriminator="mode")]


def load_prompt_pack(folder: Path = DEFAULT_PROMPT_PACK) -> PromptPack:
    """
    Texts are used as they are, nothing is trimmed.

    :raises PromptPackError: when a file is missing, `pack.json` is wrong, or the template lacks a place for graph or criteria.
    """
    text = _read(folder, "pack.json")
    try:
        description = _Description.model_validate(parse(text))
    except ValidationError as error:
        place, detail = first_fault(error)
        raise PromptPackError(folder, f"pack.json: {f'{place}: ' if place else ''}{detail}") from None
    except ValueError as error:
        raise PromptPackError(folder, f"pack.json is no JSON ({error})") from None
    name, version, render = description.name, description.version, description.render.to_json()
    system, user_template = _read(folder, description.system), _read(folder, description.user)
    for place in ("{topology_json}", "{rag_context}"):
        if place not in user_template:
            raise PromptPackError(folder, f"{description.user} has no {place}")
    digest = hashlib.sha256(stringify([name, version, render, system, user_template]).encode()).hexdigest()
    return PromptPack(name, version, system, user_template, render, digest)


def _read(folder: Path, name: str) -> str:
    try:
        # Bytes, so that line breaks stay what they are.
        return (Path(folder) / name).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise PromptPackError(folder, f"{name} cannot be read ({error.strerror})") from None
    except ValueError:
        # A null character, or half a surrogate pair.
        raise PromptPackError(folder, f"{name!a} is no name of a file") from None
