"""Texts that no vector holds: thousands of broken ones, made anew from a seed, are judged by TypeScript and here."""

import json
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from arae_conformance import (
    AnalysisError, TopologyGraphError, answer_text, find_contradictions, parse_analysis, parse_topology_graph, plan_view, query_text, render_grounded_graph,
    render_legacy_graph,
)  # fmt: skip
from arae_conformance.js_json import stringify
from arae_conformance.vectors import sha256

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / "node_modules" / ".bin" / "node"
JUDGE = ROOT / "apps" / "pipeline" / "src" / "conformance" / "judge-texts.ts"

ODD = [
    "null", "true", "false", "0", "-0", "-1", "1.0", "2.5", "1e2", "1e400", "-1e400", "1e308", "5e-324", "9007199254740991", "9007199254740993",
    "NaN", "01", '""', '" "', '"1"', '"\\u0000"', '"\\ud800"', '"\\ude00\\ud83d"', '"😀"', '"침실"', '"\\u110e\\u1175\\u11b7"', '"\\u2028"', '"<|im_end|>"',
    '"space_0"', '"door"', '"판상형"', "[]", "{}", "[[]]", "[null]", "[0,0,1,1]", "[0,0]", '["a"]', '{"a":1}', '{"rawJSON":"1"}', '{"__proto__":1}',
    '"안방에 외부 창이 없다"', '"침실(안방)의 창호 미설치"', '"안방1 창"', '"안방 😀😀😀😀😀😀창 부재"', '"안방\\u3000욕실 창"', '"중앙 거실"', '"채광"', '"불합격"', '"최우수"', '"침실"',
]  # fmt: skip
NAMES = ["__proto__", "constructor", "toString", "rawJSON", "length", "", "0", "\ud800", "model_config", "self", "further", "label", "summary"]


def places_of(value, path=()):
    if isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from places_of(item, (*path, key))


def broken(text, random):
    """A document with some values exchanged, left out, doubled or put under other names, or a torn text."""
    if random.random() < 0.15:
        at, length = random.randrange(len(text)), random.randrange(40)
        return text[:at] + random.choice(["", "\n", '"', ",", "1e999", "\u2028", text[at : at + length] * 2]) + text[at + length :]
    document = json.loads(text)
    marks = {}
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        *path, last = random.choice(list(places_of(document)))
        place = document
        for key in path:
            place = place[key]
        how = random.choice(["put", "put", "put", "remove", "rename", "double"])
        if how == "put":
            mark = f"\ue000{len(marks)}\ue001"
            marks[json.dumps(mark)] = random.choice(ODD)
            place[last] = mark
        elif how == "remove":
            del place[last]
        elif isinstance(place, list):
            place.insert(random.randrange(len(place) + 1), place[last])
        else:
            place[random.choice(NAMES)] = place.pop(last) if how == "rename" else place[last]
    out = json.dumps(document, ensure_ascii=random.random() < 0.5, separators=(",", ":"))
    for mark, put in marks.items():
        out = out.replace(mark, put).replace(json.loads(mark).join('""'), put)
    # Raw halves of pairs cannot be handed to another process.
    return out.encode("utf-8", "replace").decode()


def judge_graph(text):
    try:
        graph = parse_topology_graph(text)
    except TopologyGraphError as error:
        return {"refused_at": error.path}
    return {
        "refused_at": None,
        "grounded_sha256": sha256(render_grounded_graph(graph)),
        "query": query_text(graph.statistics),
        "names_sha256": sha256(stringify([space.name for space in plan_view(graph).spaces])),
        "legacy_sha256": sha256(render_legacy_graph(text)),
    }


def judge_answer(text, graph):
    verdict = {"refused_at": None, "strict_refused_at": None}
    try:
        analysis = parse_analysis(text)
        verdict["answer_sha256"] = sha256(answer_text(analysis))
        verdict["contradictions_sha256"] = sha256(stringify(find_contradictions(analysis, graph)))
    except AnalysisError as error:
        verdict["refused_at"] = error.path
    try:
        parse_analysis(text, strict=True)
    except AnalysisError as error:
        verdict["strict_refused_at"] = error.path
    return verdict


@pytest.mark.skipif(not NODE.exists() or shutil.which("bash") is None, reason="npm ci has not been run in the workspace")
def test_broken_texts_against_node(vectors, pytestconfig):
    seed, count = pytestconfig.getoption("broken_seed"), pytestconfig.getoption("broken")
    random = Random(seed)
    cases = [case for case in vectors["cases"] if 500 < len(case["graph"]) < 4000]
    graphs = [broken(random.choice(cases)["graph"], random) for _ in range(count)]
    answers = [broken(random.choice(random.choice(cases)["analyses"])["text"], random) for _ in range(count)]
    known = next(case["graph"] for case in cases if case["name"].startswith("the main bedroom by its label"))
    done = subprocess.run(
        [str(NODE), "--conditions=@arae/source", str(JUDGE)], input=json.dumps({"graph": known, "graphs": graphs, "answers": answers}),
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    judged = json.loads(done.stdout)
    for kind, texts, judge in (("graphs", graphs, judge_graph), ("answers", answers, lambda text: judge_answer(text, parse_topology_graph(known)))):
        taken = [verdict["refused_at"] is None for verdict in judged[kind]]
        # Broken enough, and not too much.
        assert 0.05 < sum(taken) / count < 0.7
        for text, verdict in zip(texts, judged[kind], strict=True):
            assert judge(text) == verdict, f"seed {seed}: {ascii(text)}"
