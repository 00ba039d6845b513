"""`arae-train-cv`: 0 done, 2 something that the user can mend, 130 interrupted (run it again to go on)."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .errors import TrainError
from .settings import PRESETS, Settings


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    settings = PRESETS[options.preset]
    try:
        if options.stage is not None:
            # PyTorch takes seconds to load, which --help and a typing mistake need not wait for.
            from .run_stage import run_stage

            run_stage(options.stage, options.work, settings, _say)
        else:
            train_all(settings, options.preset, options.work, options.out, options.workers, options.real)
    except (TrainError, OSError) as error:
        print(f"arae-train-cv: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("arae-train-cv: interrupted; the same command goes on", file=sys.stderr)
        return 130
    return 0


def train_all(settings: Settings, preset: str, work: Path, out: Path, workers: int, real: Path | None) -> None:
    """Sheets, training, export, figures: everything that the package holds comes out of this."""
    from .export_compact import export_compact
    from .model_card import Scored, write_model_card
    from .prepare_sheets import prepare_sheets
    from .run_stage import STAGES, load_class_weights, load_objects, load_planes, load_text_detection, load_texts
    from .workspace_commands import generate_sheets, score_networks

    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    sheets, tests = work / "sheets", work / "test-sheets"
    generate_sheets(sheets, count=settings.sheets, seed=settings.sheet_seed)
    _say(f"{settings.sheets} sheets are there, preparing them")
    prepare_sheets(sheets, work / "prepared", count=settings.sheets, workers=workers)
    _train_stages(STAGES, preset, work, workers)
    recogniser, vocabulary = load_texts(work, settings)
    manifest = export_compact(
        load_planes(work, settings),
        load_class_weights(work),
        load_objects(work, settings),
        load_text_detection(work, settings),
        recogniser,
        vocabulary,
        out / "models",
    )
    _say(f'networks "{manifest["name"]}" written to {out / "models"}')
    generate_sheets(tests, count=settings.test_sheets, seed=settings.test_seed)
    models = (out / "models" / "models.json").resolve()
    data = work / "scored" / manifest["name"].split()[-1]
    scored = [Scored("generated sheets", score_networks(models, images=tests / "images", truth=tests, data=data / "generated"))]
    if real is not None:
        report = score_networks(models, images=real / "sheets", truth=real / "topology", data=data / "real")
        scored.append(Scored("real sheets", report))
    write_model_card(out / "MODEL_CARD.md", manifest, settings, scored, out / "models")
    _say(f"{out / 'MODEL_CARD.md'} written")


def _train_stages(stages: Sequence[str], preset: str, work: Path, workers: int) -> None:
    pool = ThreadPoolExecutor(workers)
    try:
        # In order: the longest comes first.
        list(pool.map(lambda stage: _train_in_process(stage, preset, work), stages))
    finally:
        # After a failure or Ctrl-C no further stage begins.
        pool.shutdown(cancel_futures=True)


def _train_in_process(stage: str, preset: str, work: Path) -> None:
    command = [sys.executable, "-m", str(__package__), "--preset", preset, "--work", str(work), "--stage", stage]
    # Also when the package is not installed but on the path.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = subprocess.run(command, env=environment, check=False).returncode
    if code:
        raise TrainError(f"training of {stage}", f"ended with exit code {code}", "its message stands above; run again to go on")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="arae-train-cv", description="Trains the compact networks on generated sheets and writes their model card."
    )
    parser.add_argument("--out", type=Path, default=Path("libs/cv-models-compact"), help="the package (models/, MODEL_CARD.md)")
    parser.add_argument("--work", type=Path, default=Path(".tmp/train-cv"), help="sheets, checkpoints and logs")
    parser.add_argument("--preset", choices=tuple(PRESETS), default="full", help="tiny: minutes, to see that everything runs")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time (default 2); no effect on the weights")
    parser.add_argument(
        "--real",
        type=Path,
        metavar="DIR",
        help="real sheets to score on too: sheets/*.PNG and topology/{stem}/topology_graph.json",
    )
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    return parser
