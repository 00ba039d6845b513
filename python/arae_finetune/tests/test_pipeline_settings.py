"""`arae-pipeline phase6` hands its settings over under the names and with the defaults of this package."""

import json
from pathlib import Path

from arae_finetune.settings import Settings

SCHEMA = Path(__file__).resolve().parents[3] / "apps" / "pipeline" / "pipeline.config.schema.json"
# Of phase6 itself.
OWN = {"command", "requireManifest", "merge"}


def test_names_and_defaults_are_the_same():
    properties = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["finetune"]["properties"]
    defaults = {name: value["default"] for name, value in properties.items() if name not in OWN}
    assert defaults == Settings().to_json()
