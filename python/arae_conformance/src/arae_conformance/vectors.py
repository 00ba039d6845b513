"""The vectors that the TypeScript libraries were run on, and what comes out here."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .chat import call_settings, render_question
from .floor_plan_analysis import AnalysisError, answer_text, parse_analysis
from .grounding import find_contradictions
from .js_json import js_number, parse, stringify
from .plan_view import plan_view
from .prompt import query_text, render_prompt
from .prompt_pack import PromptPack, PromptPackError, load_prompt_pack
from .rag_context import RagContext, RagContextError, parse_rag_context, render_rag_context
from .render_grounded_graph import render_grounded_graph
from .render_legacy_graph import render_legacy_graph
from .rubric import evaluate_rubric
from .topology_graph import TopologyGraphError, parse_topology_graph
from .training_row import ControlTokenError, training_line, training_messages

Vector = dict[str, Any]


def vectors_folder() -> Path:
    """The vectors beside this package: those of the repository, or those of the source archive."""
    here = Path(__file__).resolve()
    archived = here.parents[2] / "vectors"
    return archived if archived.exists() else here.parents[min(4, len(here.parents) - 1)] / "test-fixtures" / "conformance"


def check_vector(kind: str, vector: Vector) -> Iterator[str]:
    """
    One line for each difference from what TypeScript made of this vector.

    :param kind: the name of its file without `.json`
    """
    yield from _CHECKS[kind](vector)


def read_vectors(folder: Path) -> dict[str, list[Vector]]:
    """
    The vectors of each file, by its name without `.json`.

    :raises ValueError: when a file is missing, or holds vectors that this version does not know
    """
    names = {path.stem for path in Path(folder).glob("*.json")}
    if missing := sorted(_CHECKS.keys() - names):
        raise ValueError(f"{missing[0]}.json is missing")
    if unknown := sorted(names - _CHECKS.keys()):
        raise ValueError(f"{unknown[0]}.json holds vectors that this version of arae_conformance does not know")
    return {name: _list_of(name, json.loads((Path(folder) / f"{name}.json").read_bytes())) for name in sorted(names)}


def check_all(folder: Path) -> tuple[dict[str, int], list[str]]:
    """How many vectors of each kind were looked at, and the differences."""
    vectors = read_vectors(folder)
    differences = [line for kind, some in vectors.items() for vector in some for line in check_vector(kind, vector)]
    return {kind: len(some) for kind, some in vectors.items()}, differences


def _list_of(kind: str, document: Any) -> list[Vector]:
    """One vector each, with what the file says for all of them."""
    if kind == "shared":
        return [{"name": "shared", **document}]
    if isinstance(document, list):
        return [{"name": vector.get("name", vector.get("spelled")), **vector} for vector in document]
    if "packs" in document:
        return [{"graph": document["graph"], **vector} for vector in document["packs"]]
    base: str = document["base"]
    return [{"text": _splice(base, vector), **vector} for vector in document["verdicts"]]


def _splice(base: str, vector: Vector) -> str:
    start, end = vector["kept"]
    put: str = vector["put"]
    return base[:start] + put + base[len(base) - end :]


def _check_shared(shared: Vector) -> Iterator[str]:
    pack = load_prompt_pack()
    facts = {"name": pack.name, "version": pack.version, "hash": pack.hash, "system_sha256": sha256(pack.system)}
    yield from _differences("prompt pack", facts, shared["pack"])
    settings = {name: stringify(call_settings(structured=name == "structured")) for name in ("structured", "free")}
    yield from _differences("call settings", settings, shared["call_settings"])


def _check_case(case: Vector) -> Iterator[str]:
    name, text = case["name"], case["graph"]
    graph = parse_topology_graph(text)
    pack, context = load_prompt_pack(), RagContext.model_validate(case["context"])
    messages = render_prompt(pack, text, context, graph)
    made = {
        "query": query_text(graph.statistics),
        "user": messages[1]["content"],
        "question_sha256": sha256(render_question(messages)),
        "legacy_sha256": sha256(render_legacy_graph(text)),
    }
    yield from _differences(name, made, case)
    for expected in case["analyses"]:
        analysis = parse_analysis(expected["text"])
        found = {
            "answer": answer_text(analysis),
            "contradictions": stringify(find_contradictions(analysis, graph)),
            **_row(pack, text, context, expected["answer"]),
        }
        yield from _differences(f"{name}, analysis {expected['name']}", found, {**expected, "contradictions": stringify(expected["contradictions"])})


def _check_swept(plan: Vector) -> Iterator[str]:
    name, text = plan["name"], plan["graph"]
    graph = parse_topology_graph(text)
    pack, context = load_prompt_pack(), RagContext(query="", retrieved_chunks=[])
    messages = render_prompt(pack, text, context)
    grounded = render_grounded_graph(graph)
    rubric = evaluate_rubric(plan_view(graph))
    main_bedroom = None if rubric.main_bedroom is None else rubric.main_bedroom.name
    made = {
        "query": query_text(parse(text)["statistics"]),
        "rubric": stringify({"levels": rubric.levels, "main_bedroom": main_bedroom, "must_met": rubric.must_met, "grade": rubric.grade}),
        "grounded_sha256": sha256(grounded),
        "legacy_sha256": sha256(render_legacy_graph(text)),
        "user_sha256": sha256(messages[1]["content"]),
        "question_sha256": sha256(render_question(messages)),
    }
    if "made" in plan:
        # First, since it shows what differs.
        wanted = plan["made"]
        analysis = parse_analysis(wanted["answer"], strict=True)
        whole = {"grounded": grounded, "answer": answer_text(analysis), **_row(pack, text, context, wanted["answer"])}
        yield from _differences(name, whole, wanted)
        yield from _differences(name, {"contradictions": stringify(find_contradictions(analysis, graph))}, {"contradictions": "[]"})
    yield from _differences(name, made, {**plan, "rubric": stringify(plan["rubric"])})


def _row(pack: PromptPack, text: str, context: RagContext, answer: str) -> dict[str, str | None]:
    try:
        messages = training_messages(pack, text, context, parse_analysis(answer))
    except ControlTokenError as error:
        return {"row_sha256": None, "control_token": error.token}
    return {"row_sha256": sha256(training_line(messages)), "control_token": None}


def _check_graph(vector: Vector) -> Iterator[str]:
    made: dict[str, str | None] = {"refused_at": None}
    try:
        made["grounded_sha256"] = sha256(render_grounded_graph(parse_topology_graph(vector["text"])))
    except TopologyGraphError as error:
        made["refused_at"] = error.path
    yield from _differences(f"graph, {vector['name']}", made, vector)


def _check_answer(vector: Vector) -> Iterator[str]:
    made: dict[str, str | None] = {"refused_at": None, "strict_refused_at": None}
    try:
        made["answer_sha256"] = sha256(answer_text(parse_analysis(vector["text"])))
    except AnalysisError as error:
        made["refused_at"] = error.path
    try:
        parse_analysis(vector["text"], strict=True)
    except AnalysisError as error:
        made["strict_refused_at"] = error.path
    yield from _differences(f"answer, {vector['name']}", made, vector)


def _check_context(vector: Vector) -> Iterator[str]:
    made: dict[str, str | None] = {"refused_at": None}
    try:
        made["rendered"] = render_rag_context(parse_rag_context(vector["text"]))
    except RagContextError as error:
        made["refused_at"] = error.path
    yield from _differences(f"context, {vector['name']}", made, vector)


def _check_pack(vector: Vector) -> Iterator[str]:
    made: dict[str, Any] = {"refused": False}
    with TemporaryDirectory() as folder:
        for name, text in vector["files"].items():
            (Path(folder) / name).write_bytes(text.encode("utf-8"))
        try:
            pack = load_prompt_pack(Path(folder))
        except PromptPackError:
            made["refused"] = True
        else:
            messages = render_prompt(pack, vector["graph"], RagContext(query="", retrieved_chunks=[]))
            made |= {"hash": pack.hash, "user_sha256": sha256(messages[1]["content"])}
    yield from _differences(f"pack, {vector['name']}", made, vector)


def _check_number(vector: Vector) -> Iterator[str]:
    yield from _differences(f"number {vector['spelled']}", {"written": js_number(parse(vector["spelled"]))}, vector)


_CHECKS = {
    "answers": _check_answer, "cases": _check_case, "contexts": _check_context, "graphs": _check_graph, "numbers": _check_number,
    "packs": _check_pack, "shared": _check_shared, "sweep": _check_swept,
}  # fmt: skip


def _differences(place: str, made: dict[str, Any], wanted: Vector) -> Iterator[str]:
    for field, value in made.items():
        other = wanted.get(field)
        if value == other:
            continue
        if isinstance(value, str) and isinstance(other, str):
            at = next((i for i, (a, b) in enumerate(zip(value, other, strict=False)) if a != b), min(len(value), len(other)))
            start, end = max(0, at - 20), at + 40
            detail = f"differs from character {at} on: …{_quoted(value[start:end])}, not …{_quoted(other[start:end])}"
        else:
            detail = f"is {value!r}, not {other!r}"
        yield f"{place}: {field} {detail}"


def _quoted(text: str) -> str:
    """The text in quotes; halves of surrogate pairs, which no terminal takes, as escapes."""
    return repr(text).encode("utf-8", "backslashreplace").decode()


def sha256(text: str) -> str:
    """Of the text in UTF-8, as hexadecimal digits."""
    # As Node encodes: half a pair becomes the replacement character.
    return hashlib.sha256(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()).hexdigest()
