"""The same vectors that the tests of the TypeScript libraries hold."""

import copy
import json

import pytest
from arae_conformance.__main__ import main
from arae_conformance.vectors import check_case, check_shared, read_cases, vectors_folder

CASES = read_cases(vectors_folder())


def test_pack_and_call_settings():
    assert list(check_shared(vectors_folder())) == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    assert list(check_case(case)) == []


def test_a_difference_is_seen_wherever_it_is():
    case = next(one for one in CASES if any(analysis["contradictions"] for analysis in one["analyses"]))
    for change in (
        lambda one: one.update(user=one["user"] + " "),
        lambda one: one.update(query="판상형"),
        lambda one: one.update(legacy_sha256="0" * 64),
        lambda one: one["analyses"][0].update(answer="{}"),
        lambda one: one["analyses"][-1]["contradictions"].pop(),
    ):
        changed = copy.deepcopy(case)
        change(changed)
        assert len(list(check_case(changed))) == 1


def test_command_line(tmp_path, capsys):
    assert main(["check", str(vectors_folder())]) == 0
    assert f"{len(CASES)} plans, 0 differences" in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 2
    assert "name test-fixtures/conformance" in capsys.readouterr().err
    shared = json.loads((vectors_folder() / "shared.json").read_text(encoding="utf-8"))
    shared["pack"]["hash"] = "other"
    (tmp_path / "shared.json").write_text(json.dumps(shared), encoding="utf-8")
    (tmp_path / "cases.json").write_text("[]", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "prompt pack: hash differs" in capsys.readouterr().err
