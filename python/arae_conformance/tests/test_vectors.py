"""The same vectors that the tests of the TypeScript libraries hold."""

import copy
import json
import shutil

import pytest
from arae_conformance.__main__ import main
from arae_conformance.vectors import check_vector, read_vectors, vectors_folder


def test_what_typescript_made_is_made_here(vector):
    kind, expected = vector
    assert list(check_vector(kind, expected)) == []


def _changed(value):
    """Another value of the same kind."""
    if isinstance(value, str):
        return value + " "
    if isinstance(value, bool):
        return not value
    return "elsewhere" if value is None else [*value, {}] if isinstance(value, list) else {**value, "further": 1}


# What a vector is made from; all else in it is a claim.
GIVEN = {"name", "text", "kept", "put", "graph", "context", "files", "spelled", "analyses", "made", "pack", "call_settings"}


@pytest.mark.parametrize("kind", ["answers", "cases", "contexts", "graphs", "numbers", "packs", "shared", "sweep"])
def test_a_change_of_any_claim_is_a_difference(vectors, kind):
    some = vectors[kind][:2] + vectors[kind][-3:]
    seen = 0
    for vector in some:
        whole = copy.deepcopy(vector)
        parts = [whole, *whole.get("analyses", []), *(whole[name] for name in ("made", "pack", "call_settings") if name in whole)]
        for part in parts:
            for field in part.keys() - (GIVEN if part is not whole.get("pack") else set()):
                kept = part[field]
                part[field] = _changed(kept)
                assert list(check_vector(kind, whole)), (kind, vector["name"], field)
                part[field] = kept
                seen += 1
    assert seen >= len(some)


def test_a_difference_is_shown_where_it_is(vectors):
    changed = copy.deepcopy(vectors["cases"][0])
    changed["user"] = changed["user"][:30] + "\ud800" + changed["user"][31:]
    (line,) = check_vector("cases", changed)
    assert f"{changed['name']}: user differs from character 30 on: …'" in line
    line.encode()


def test_command_line(tmp_path, capsys, pytestconfig):
    folder = pytestconfig.getoption("vectors")
    shutil.copytree(folder, tmp_path / "vectors")
    total = sum(map(len, read_vectors(folder).values()))
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == f"{total} vectors, 0 differences\n"

    shared = json.loads((folder / "shared.json").read_bytes())
    shared["pack"]["hash"] = "other"
    (tmp_path / "vectors" / "shared.json").write_text(json.dumps(shared), encoding="utf-8")
    assert main(["check", str(tmp_path / "vectors")]) == 1
    output = capsys.readouterr()
    assert output.out == f"{total} vectors, 1 differences\n"
    assert output.err.startswith("prompt pack: hash differs from character 0 on: ")


def test_folders_that_hold_other_than_vectors(tmp_path, capsys):
    shutil.copytree(vectors_folder(), tmp_path / "vectors")
    (tmp_path / "vectors" / "later.json").write_text("[]", encoding="utf-8")
    assert main(["check", str(tmp_path / "vectors")]) == 2
    assert "later.json holds vectors that this version of arae_conformance does not know" in capsys.readouterr().err
    (tmp_path / "vectors" / "later.json").rename(tmp_path / "later.json")
    (tmp_path / "vectors" / "cases.json").write_text("[1]", encoding="utf-8")
    assert main(["check", str(tmp_path / "vectors")]) == 2
    (tmp_path / "vectors" / "cases.json").unlink()
    assert main(["check", str(tmp_path / "vectors")]) == 2
    assert "cases.json is missing: " not in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 2
    assert "name test-fixtures/conformance" in capsys.readouterr().err
