"""The project's own commands, which make the sheets and score the networks."""

import json
import subprocess
from pathlib import Path

from .errors import TrainError

#: python/train_cv/src/arae_train_cv → the workspace.
ROOT = Path(__file__).resolve().parents[4]


def generate_sheets(folder: Path, *, count: int, seed: int) -> None:
    """`count` sheets with their truth; nothing is done when they are there already.

    Raises TrainError when the folder holds other sheets than these or the generator fails.
    """
    note = folder / "sheets.json"
    wanted = {"count": count, "seed": seed}
    if note.exists():
        if json.loads(note.read_text(encoding="utf-8")) == wanted:
            return
        raise TrainError(folder, "holds sheets of other settings", "delete it or name another folder with --work")
    _run(["arae-plan-generator", "--count", str(count), "--seed", str(seed), "--out", str(folder)])
    note.write_text(json.dumps(wanted), encoding="utf-8")


def score_networks(manifest: Path, *, images: Path, truth: Path, data: Path) -> dict:
    """Runs phase 1 with the networks over a folder of sheets and compares the graphs with those in `truth`."""
    stems = sorted(path.stem for path in images.glob("*.PNG"))
    data.mkdir(parents=True, exist_ok=True)
    (data / "sampled_images.json").write_text(json.dumps(stems), encoding="utf-8")
    shared = ["--data", str(data), "--images", str(images)]
    _run(["arae-pipeline", "phase1", *shared, "--models", str(manifest)])
    return json.loads(_run(["arae-pipeline", "evaluate-cv", *shared, "--truth", str(truth), "--json"]))


def _run(command: list[str]) -> str:
    """Runs it from the workspace; what it says on standard error is passed on."""
    finished = subprocess.run(["npx", "--no", "--", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if finished.returncode:
        raise TrainError(
            command[0], f"ended with exit code {finished.returncode}", "its message stands above; run npm ci if it is missing"
        )
    return finished.stdout
