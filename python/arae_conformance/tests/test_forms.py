"""What is taken and what is refused, beyond the vectors."""

import json
import sys

import pytest
from arae_conformance import (
    AnalysisError, FloorPlanAnalysis, RagContextError, StrictFloorPlanAnalysis, TopologyGraph, TopologyGraphError, analysis_json_schema,
    find_contradictions, parse_analysis, parse_rag_context, parse_topology_graph,
)  # fmt: skip
from pydantic import ValidationError

LEAST = (
    '{"image_name":"a","structure_type":"판상형","bay_count":1,"total_spaces":1,"room_count":1,"bathroom_count":1,"balcony_ratio":0,'
    '"windowless_ratio":0,"ventilation_quality":"우수","summary":"","spaces":[{"space_name":"a","space_type":"b","evaluation_comment":"c"}]}'
)


@pytest.fixture
def text(vectors):
    """A graph with two spaces and a door."""
    return next(one["text"] for one in vectors["graphs"] if one["name"] == "as it is")


def test_defaults_of_an_analysis():
    analysis = parse_analysis(LEAST)
    assert analysis.spaces[0].has_window is True
    assert analysis.compliance is None
    with pytest.raises(AnalysisError, match=r"^no analysis: spaces\.0\.area_m2: Field required$") as caught:
        parse_analysis(LEAST, strict=True)
    assert caught.value.path == "spaces.0.area_m2"


def test_the_strict_form_is_what_the_server_is_told(vectors):
    told, form = analysis_json_schema(), StrictFloorPlanAnalysis.model_json_schema()
    assert list(form["properties"]) == list(told["properties"])
    assert form["required"] == told["required"]
    assert form["additionalProperties"] is told["additionalProperties"] is False
    for name in ("structure_type", "ventilation_quality"):
        assert form["properties"][name]["enum"] == told["properties"][name]["enum"]
    space = told["properties"]["spaces"]["items"]
    assert form["$defs"]["StrictSpaceAnalysis"]["required"] == space["required"] == list(space["properties"])
    compliance = told["properties"]["compliance"]["anyOf"][0]
    assert form["$defs"]["StrictCompliance"]["required"] == compliance["required"]


def test_the_strict_form_is_an_analysis_too(vectors, text):
    base = next(one["text"] for one in vectors["answers"] if one["name"] == "as it is")
    strict, lenient = parse_analysis(base, strict=True), parse_analysis(base)
    assert isinstance(strict, StrictFloorPlanAnalysis)
    assert isinstance(strict, FloorPlanAnalysis)
    assert strict.model_dump() == lenient.model_dump()
    graph = parse_topology_graph(text)
    assert find_contradictions(strict, graph) == find_contradictions(lenient, graph)


def test_messages_are_one_line_and_say_where(text):
    broken = text.replace('"node_id":"space_1"', '"node_id":"space_0"')
    with pytest.raises(TopologyGraphError, match=r"^no topology graph: nodes\.1\.node_id: space_0 occurs twice$"):
        parse_topology_graph(broken)
    with pytest.raises(TopologyGraphError, match=r"edges\.0\.source_node: there is no node a \\ud800 b") as caught:
        parse_topology_graph(text.replace('"source_node":"space_0"', '"source_node":"a\\n\\ud800\\nb"'))
    str(caught.value).encode()
    with pytest.raises(TopologyGraphError, match="^no topology graph: NaN is no JSON$") as caught:
        parse_topology_graph("NaN")
    assert caught.value.path == ""
    with pytest.raises(RagContextError, match=r"^no context: retrieved_chunks: Field required$"):
        parse_rag_context('{"query":"a"}')
    with pytest.raises(RagContextError, match="^no context: Expecting value"):
        parse_rag_context("")


def test_nothing_but_the_error_of_the_form_for_any_nesting():
    for depth in (10, 5_000, 200_000):
        with pytest.raises(TopologyGraphError):
            parse_topology_graph("[" * depth + "]" * depth)


def test_thousands_of_digits_are_a_number_to_javascript(text):
    digits = "1" * (sys.get_int_max_str_digits() + 1 if hasattr(sys, "get_int_max_str_digits") else 5_000)
    assert parse_topology_graph(text[:-1] + f',"further":{digits}}}').model_extra == {"further": float("inf")}


def test_the_models_by_themselves_refuse_alike(vectors):
    # A web framework reads JSON in its own way and hands over values.
    for vector in vectors["graphs"]:
        if vector["name"].startswith("no JSON"):
            continue
        value = json.loads(vector["text"])
        if vector["refused_at"] is None:
            TopologyGraph.model_validate(value)
        else:
            with pytest.raises(ValidationError):
                TopologyGraph.model_validate(value)


def test_unknown_fields_are_kept(text):
    graph = parse_topology_graph(text[:-1] + ',"provenance":{"tool":"a"},"\\ud800":1}')
    assert graph.model_extra == {"provenance": {"tool": "a"}}
