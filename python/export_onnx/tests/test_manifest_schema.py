"""The manifest by the schema that the program reading it has (TypeScript, in the same repository)."""

import json
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest

from arae_export_onnx.categories import DEFAULT_CLASSES
from arae_export_onnx.manifest import assemble, base_entry, to_json
from arae_export_onnx.network_names import NETWORK_NAMES

REPOSITORY = Path(__file__).parents[3]
SCHEMA = REPOSITORY / "libs/cv-inference/src/networks/models-manifest.ts"

PARSE = """
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [schema, file] = process.argv.slice(1);
const { modelsManifestSchema } = await import(pathToFileURL(schema).href);
const result = modelsManifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
console.log(JSON.stringify(result.success ? { data: result.data } : { error: result.error.issues }));
"""


def node() -> list[str] | None:
    """Node that runs TypeScript: the repository's own, installed by npm."""
    npx = shutil.which("npx")
    return [npx, "--no-install", "node"] if npx and (REPOSITORY / "node_modules" / "zod").is_dir() else None


def a_manifest() -> dict:
    parts = {name: {"file": f"{name}.onnx", "sha256": "0" * 64, **base_entry(name)} for name in NETWORK_NAMES}
    for name, classes in DEFAULT_CLASSES.items():
        parts[name]["classes"] = list(classes)
    for name in ("objects", "textDetection"):
        parts[name] |= {"confidence": 0.4, "iou": 0.5}
    parts["textRecognition"] |= {"vocabulary": "-가나", "filler": ""}
    parts["structures"]["output"] = {"kind": "scores"}
    parts["spaces"]["output"] = {"kind": "logits", "activation": "softmax"}
    return assemble("arae", parts)


def parsed(manifest: dict, folder: Path) -> dict:
    command = node()
    if command is None or not SCHEMA.exists():
        warnings.warn("skipped: the schema of models.json needs the repository with its npm packages", stacklevel=2)
        pytest.skip("the schema of models.json needs the repository with its npm packages")
    (folder / "models.json").write_text(to_json(manifest), encoding="utf-8")
    script = ["--input-type=module", "-e", PARSE, str(SCHEMA), str(folder / "models.json")]
    run = subprocess.run([*command, *script], cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_every_field_is_said_and_none_is_strange(tmp_path: Path) -> None:
    # Equal after parsing: nothing was refused, and nothing was left to a default.
    assert parsed(a_manifest(), tmp_path) == {"data": a_manifest()}


def test_the_schema_is_really_asked(tmp_path: Path) -> None:
    manifest = a_manifest()
    manifest["networks"]["spaces"]["sha256"] = "x"
    assert "error" in parsed(manifest, tmp_path)
