"""The examples of the README do what it says."""

import asyncio
import json
import re
from pathlib import Path
from types import SimpleNamespace

import arae_conformance
import pytest
from arae_conformance import RagContext, call_settings, load_prompt_pack, render_prompt

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
CONTEXT = {"query": "", "retrieved_chunks": [{"rank": 1, "content": "창", "similarity": 0.9, "source": "unknown"}]}


@pytest.fixture
def graph_text(vectors):
    return next(one["text"] for one in vectors["graphs"] if one["name"] == "as it is")


@pytest.fixture
def answer():
    """Right but for its bays."""
    space = {"evaluation_comment": "", "has_window": True, "connected_spaces": ["침실"]}
    return json.dumps(
        {
            "image_name": "EDGE.PNG", "structure_type": "판상형", "bay_count": 4, "total_spaces": 2, "room_count": 2, "bathroom_count": 1,
            "balcony_ratio": 0, "windowless_ratio": 50, "ventilation_quality": "우수", "summary": "",
            "spaces": [
                {**space, "space_name": "거실", "space_type": "미분류", "area_ratio": 10},
                {**space, "space_name": "침실", "space_type": "미분류", "has_window": False, "connected_spaces": ["거실"]},
            ],
        }
    )  # fmt: skip


def test_there_are_two_examples():
    assert len(EXAMPLES) == 2


def test_one_plan(graph_text, answer, tmp_path, monkeypatch, capsys):
    for name, text in {"topology_graph": graph_text, "rag_context": json.dumps(CONTEXT), "llm_analysis": answer}.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(EXAMPLES[0], "README.md", "exec"), {})
    expected = re.findall(r"# → (.*)$", EXAMPLES[0], re.MULTILINE)
    assert len(expected) == 3
    assert capsys.readouterr().out.splitlines() == expected


def test_in_a_service(graph_text, answer):
    asked, routes = [], {}

    async def create(**request):
        asked.append(request)
        return SimpleNamespace(choices=[SimpleNamespace(message=SimpleNamespace(content=answer))])

    def post(path):
        return lambda handler: routes.setdefault(path, handler)

    client = SimpleNamespace(chat=SimpleNamespace(completions=SimpleNamespace(create=create)))
    exec(compile(EXAMPLES[1], "README.md", "exec"), {"app": SimpleNamespace(post=post), "client": client})
    context = RagContext.model_validate(CONTEXT)
    given = asyncio.run(routes["/analyses"](graph_text, context))

    assert given["analysis"].bay_count == 4
    assert [one["path"] for one in given["contradictions"]] == ["/bay_count"]
    (request,) = asked
    extra = request.pop("extra_body")
    assert request.pop("messages") == render_prompt(load_prompt_pack(), graph_text, context)
    assert request.pop("model") == "arae"
    assert {**request, **extra} == call_settings(structured=True)


def test_every_function_of_the_table_is_there():
    names = re.findall(r"^\| `([a-z_]+)\(", README, re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if not callable(getattr(arae_conformance, name, None))] == []


def test_every_file_of_the_vectors_is_described(vectors):
    assert sorted(re.findall(r"^\| `([a-z]+)\.json`", README, re.MULTILINE)) == sorted(vectors)
