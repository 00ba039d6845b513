"""The vectors that the TypeScript libraries were run on, and what comes out here."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .grounding import find_contradictions
from .js_json import parse, stringify
from .prompt import answer_text, call_settings, load_prompt_pack, query_text, render_legacy_graph, render_prompt, render_question
from .schemas import FloorPlanAnalysis, RagContext, TopologyGraph

_IN_REPOSITORY = Path(__file__).parents[4] / "test-fixtures" / "conformance"


def vectors_folder() -> Path:
    """Those of the repository, when this runs inside it."""
    return _IN_REPOSITORY


def check_shared(folder: Path) -> Iterator[str]:
    """One line for each difference in what all plans share."""
    shared = json.loads((folder / "shared.json").read_text(encoding="utf-8"))
    pack = load_prompt_pack()
    facts = {"name": pack.name, "version": pack.version, "hash": pack.hash, "system_sha256": _sha256(pack.system)}
    yield from _differences("prompt pack", facts, shared["pack"])
    settings = {name: stringify(call_settings(structured=name == "structured")) for name in ("structured", "free")}
    yield from _differences("call settings", settings, shared["call_settings"])


def read_cases(folder: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    return cases


def check_case(case: dict[str, Any]) -> Iterator[str]:
    """One line for each difference from what TypeScript made of this plan."""
    name, text = case["name"], case["graph"]
    document = parse(text)
    graph = TopologyGraph.model_validate(document)
    messages = render_prompt(load_prompt_pack(), text, RagContext.model_validate(case["context"]))
    made = {
        "query": query_text(document["statistics"]),
        "user": messages[1]["content"],
        "question_sha256": _sha256(render_question(messages)),
        "legacy_sha256": _sha256(render_legacy_graph(text)),
    }
    yield from _differences(name, made, case)
    for expected in case["analyses"]:
        analysis = FloorPlanAnalysis.model_validate(parse(expected["text"]))
        found = {
            "answer": answer_text(analysis),
            "contradictions": stringify(find_contradictions(analysis, graph)),
        }
        wanted = {"answer": expected["answer"], "contradictions": stringify(expected["contradictions"])}
        yield from _differences(f"{name}, analysis {expected['name']}", found, wanted)


def check_all(folder: Path) -> tuple[int, list[str]]:
    """How many plans were looked at, and the differences."""
    cases = read_cases(folder)
    return len(cases), [*check_shared(folder), *(line for case in cases for line in check_case(case))]


def _differences(place: str, made: dict[str, str], wanted: dict[str, Any]) -> Iterator[str]:
    for field, value in made.items():
        if value != wanted[field]:
            at = next((i for i, (a, b) in enumerate(zip(value, wanted[field], strict=False)) if a != b), min(len(value), len(wanted[field])))
            yield f"{place}: {field} differs from character {at} on: …{value[max(0, at - 20) : at + 40]!r}, not …{wanted[field][max(0, at - 20) : at + 40]!r}"


def _sha256(text: str) -> str:
    # As Node encodes: half a pair becomes the replacement character.
    return hashlib.sha256(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()).hexdigest()
