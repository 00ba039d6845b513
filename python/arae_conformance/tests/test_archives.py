"""What is built is whole: the wheel runs by itself, the source archive can be tested and built without the repository."""

import ast
import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = sorted((PROJECT / "src" / "arae_conformance").glob("*.py"))

needs_hatchling = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed (pip install 'arae-conformance[test]')")


def run(folder, *arguments, path=None):
    # Nothing of this process's search path, so that only the archive itself is found.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTEST_ADDOPTS")}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def unpack(folder):
    """The files of the one wheel and the one source archive of a folder, unpacked."""
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "wheel")
    for source in folder.glob("*.tar.gz"):
        with tarfile.open(source) as archive:
            # Not in every 3.10 and 3.11.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder)
        return folder / "wheel", folder / source.name.removesuffix(".tar.gz")
    return folder / "wheel", None


def contents(folder):
    return {str(path.relative_to(folder).as_posix()): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    done = run(PROJECT, "-m", "hatchling", "build", "-d", folder)
    assert done.returncode == 0, done.stderr
    return unpack(folder)


@needs_hatchling
def test_the_wheel_runs_by_itself(built, tmp_path, pytestconfig):
    wheel, _ = built
    script = "import arae_conformance as a; print(a.__file__); print(a.DEFAULT_PROMPT_PACK); print(a.load_prompt_pack().name)"
    done = run(tmp_path, "-c", script, path=wheel)
    assert done.returncode == 0, done.stderr
    module, pack, name = done.stdout.splitlines()
    assert Path(module).is_relative_to(wheel)
    assert Path(pack).is_relative_to(wheel)
    assert name == "grounded-ko"
    done = run(tmp_path, "-m", "arae_conformance", "check", pytestconfig.getoption("vectors").resolve(), path=wheel)
    assert (done.returncode, done.stderr) == (0, "")
    # Without a folder it has nothing to look at.
    assert run(tmp_path, "-m", "arae_conformance", "check", path=wheel).returncode == 2


@needs_hatchling
def test_the_wheel_holds_the_package_and_nothing_else(built):
    wheel, _ = built
    names = contents(wheel)
    package = {name for name in names if not name.startswith("arae_conformance-")}
    wanted = {f"arae_conformance/{path.name}" for path in SOURCES} | {"arae_conformance/py.typed"}
    wanted |= {f"arae_conformance/prompt_packs/grounded-ko/{name}" for name in ("pack.json", "system.md", "user.md")}
    assert package == wanted
    assert any(name.endswith("licenses/LICENSE") for name in names)


@needs_hatchling
def test_the_source_archive_is_tested_and_built_without_the_repository(built, vectors, pytestconfig, tmp_path):
    wheel, source = built
    folder = pytestconfig.getoption("vectors")
    assert {name: (source / "vectors" / name).read_bytes() for name in os.listdir(folder)} == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {path.name for path in (source / "tests").iterdir()} >= {path.name for path in (PROJECT / "tests").glob("*.py")}

    done = run(source, "-m", "arae_conformance", "check", path=source / "src")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{sum(map(len, vectors.values()))} vectors, 0 differences\n"
    done = run(source, "-m", "pytest", "-q", "tests/test_prompt.py", "tests/test_readme.py", "tests/test_forms.py")
    assert done.returncode == 0, done.stdout

    done = run(source, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    assert done.returncode == 0, done.stderr
    again, _ = unpack(tmp_path)
    assert contents(again) == contents(wheel)


def test_pydantic_is_all_that_is_needed():
    imported = set()
    for path in SOURCES:
        # Also that it is written for 3.10.
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 10))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add((node.module or "").partition(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"pydantic", "pydantic_core"}
