"""The messages that the model is asked with, byte for byte as its training rows hold them."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .js_json import SpelledNumber, parse, parse_spelled, stringify
from .plan_view import SPACE_FIELDS, plan_view
from .schemas import FloorPlanAnalysis, RagContext, TopologyGraph, analysis_json_schema

_IN_WHEEL = Path(__file__).parent / "prompt_packs" / "grounded-ko"
_IN_REPOSITORY = Path(__file__).parents[4] / "libs" / "floorplan" / "prompt-packs" / "grounded-ko"
DEFAULT_PROMPT_PACK = _IN_WHEEL if _IN_WHEEL.exists() else _IN_REPOSITORY
_PLACE = re.compile(r"\{(topology_json|rag_context)\}")


class PromptPackError(ValueError):
    """A prompt pack that cannot be used."""


@dataclass(frozen=True)
class PromptPack:
    name: str
    version: str
    system: str
    user_template: str
    render: dict[str, Any]
    hash: str
    """SHA-256 over all of the above: equal hashes, equal prompts."""


def load_prompt_pack(folder: Path = DEFAULT_PROMPT_PACK) -> PromptPack:
    """:raises PromptPackError: when a file is missing, `pack.json` is wrong, or the template lacks a place."""
    try:
        description = parse(_read(folder, "pack.json"))
        name, version, render = description["name"], description["version"], description["render"]
        system_file, user_file = description.get("system", "system.md"), description.get("user", "user.md")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, PromptPackError):
            raise
        raise PromptPackError(f"prompt pack {folder}: pack.json: {error!r}") from None
    if render.get("mode") == "grounded":
        render = {"mode": "grounded", "indent": render.get("indent", 0)} | ({"fields": render["fields"]} if "fields" in render else {})
    elif render != {"mode": "legacy"}:
        raise PromptPackError(f"prompt pack {folder}: pack.json: render.mode is neither grounded nor legacy")
    system, user_template = _read(folder, system_file), _read(folder, user_file)
    for place in ("{topology_json}", "{rag_context}"):
        if place not in user_template:
            raise PromptPackError(f"prompt pack {folder}: {user_file} has no {place}")
    digest = hashlib.sha256(stringify([name, version, render, system, user_template]).encode()).hexdigest()
    return PromptPack(name, version, system, user_template, render, digest)


def render_prompt(pack: PromptPack, graph_text: str, context: RagContext) -> list[dict[str, str]]:
    """
    The system and the user message of one plan.

    :param graph_text: the text of `topology_graph.json` as it lies on the disk
    :raises ValueError: when it is no topology graph (`pydantic.ValidationError` is one)
    """
    if pack.render["mode"] == "legacy":
        topology_json = render_legacy_graph(graph_text)
    else:
        topology_json = render_grounded_graph(TopologyGraph.model_validate(parse(graph_text)), **{k: v for k, v in pack.render.items() if k != "mode"})
    values = {"topology_json": topology_json, "rag_context": render_rag_context(context)}
    # One pass, so that a text from a drawing that looks like a place stays what it is.
    user = _PLACE.sub(lambda place: values[place.group(1)], pack.user_template)
    return [{"role": "system", "content": pack.system}, {"role": "user", "content": user}]


def render_rag_context(context: RagContext) -> str:
    return "\n".join(f"[참고 {number}]\n{chunk.content}\n" for number, chunk in enumerate(context.retrieved_chunks, 1))


def query_text(statistics: dict[str, Any]) -> str:
    """What is searched for in the criteria."""
    return f"{statistics.get('structure_type', '혼합형')} 건축물 {statistics.get('bay_count', 0)}Bay 침실 {statistics.get('room_count', 0)}개"


def render_grounded_graph(graph: TopologyGraph, indent: int = 0, fields: list[str] | None = None) -> str:
    view = plan_view(graph)
    shown = ("name", "category", *(SPACE_FIELDS if fields is None else fields))
    spaces = [{key: value for key, value in space.to_json().items() if key in shown} for space in view.spaces]
    text = stringify({"image_name": view.image_name, "statistics": view.statistics, "spaces": spaces}, indent)
    # No text of a drawing may be read as a control token of the chat template.
    return text.replace("<", "\\u003c")


def render_legacy_graph(graph_text: str) -> str:
    """The slimmed graph as ARAE's service of 2026 puts it into its prompt, with its oddity: doors and windows are lost."""
    graph = parse_spelled(graph_text)
    if not isinstance(graph, dict):
        raise ValueError("the topology graph is no JSON object")
    slim: dict[str, Any] = {}
    if "image_info" in graph:
        info = graph["image_info"]
        name = info.get("file_name") if isinstance(info, dict) else None
        slim["image_info"] = {"file_name": "" if name is None else name}
    if "nodes" in graph:
        slim["nodes"] = [_slim_node(node) for node in _items(graph["nodes"])]
    if "edges" in graph:
        slim["edges"] = [_pick(edge, ("source_node", "target_node", "connection_type")) for edge in _items(graph["edges"])]
    if "statistics" in graph:
        slim["statistics"] = graph["statistics"]
    return stringify(slim, 2)


def render_question(messages: list[dict[str, str]]) -> str:
    """The text that Qwen3's chat template makes of the messages with thinking off, up to where the answer begins."""
    turns = "".join(f"<|im_start|>{message['role']}\n{message['content']}<|im_end|>\n" for message in messages)
    return f"{turns}<|im_start|>assistant\n<think>\n\n</think>\n\n"


def call_settings(*, structured: bool) -> dict[str, Any]:
    """Fields of a chat completion beside `model` and `messages`, as the model was evaluated."""
    settings: dict[str, Any] = {"temperature": 0, "max_tokens": 8000, "chat_template_kwargs": {"enable_thinking": False}}
    if structured:
        schema = {"name": "FloorPlanAnalysis", "strict": True, "schema": analysis_json_schema()}
        settings["response_format"] = {"type": "json_schema", "json_schema": schema}
    return settings


def answer_text(analysis: FloorPlanAnalysis) -> str:
    """The analysis as a training row holds it: compact JSON."""
    return stringify(analysis.model_dump())


def _slim_node(node: Any) -> Any:
    slim = _pick(node, ("node_id", "label", "space_type", "is_outside", "area", "area_ratio"))
    contains = node.get("contains") if isinstance(node, dict) else None
    if isinstance(contains, dict):
        kept = {}
        if _is_filled(contains.get("objects")):
            kept["objects"] = [_name_of(item) for item in _items(contains["objects"])]
        if _is_filled(contains.get("ocr_labels")):
            kept["ocr_labels"] = contains["ocr_labels"]
        if _is_filled(contains.get("structures")):
            kept["structures"] = [_name_of(item) for item in _items(contains["structures"])]
        if kept:
            slim["contains"] = kept
    return slim


def _pick(value: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    source = value if isinstance(value, dict) else {}
    return {key: source.get(key) for key in keys}


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, str, dict)) else []


def _name_of(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return item["type"] if _is_filled(item.get("type")) else item.get("category_name")


def _is_filled(value: Any) -> bool:
    return not value.is_zero if isinstance(value, SpelledNumber) else bool(value)


def _read(folder: Path, name: str) -> str:
    try:
        # Bytes, so that line breaks stay what they are.
        return (folder / name).read_bytes().decode("utf-8")
    except OSError as error:
        raise PromptPackError(f"prompt pack {folder}: {name} cannot be read ({error.strerror})") from None
