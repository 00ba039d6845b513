"""`arae-finetune`: 0 done, 1 stopped by a check, 2 something that the user can mend, 130 interrupted."""

import argparse
import contextlib
import json
import os
import shutil
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from .errors import GateError, Interrupted, UsageError, first_line
from .settings import read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    # Nothing of a run is sent anywhere.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # Names that this version of a library still takes: not for whoever trains.
    warnings.filterwarnings("ignore", category=FutureWarning)
    options.stdout = sys.stdout
    try:
        # Libraries print what they like; standard output is for figures.
        with contextlib.redirect_stdout(sys.stderr):
            return options.run(options)
    except (Interrupted, KeyboardInterrupt) as error:
        return _fail(str(error) or "interrupted", error, options.verbose, 130)
    except GateError as error:
        return _fail(str(error), error, options.verbose, 1)
    except UsageError as error:
        return _fail(str(error), error, options.verbose, 2)
    except ModuleNotFoundError as error:
        return _fail(
            f"the Python package {error.name} is missing: pip install -r python/arae_finetune/requirements.txt",
            error, options.verbose, 2,
        )  # fmt: skip
    except OSError as error:
        return _fail(f"{error.filename or 'disk'}: {error.strerror or error}: mend that and start again", error, options.verbose, 2)
    # The stack of what nobody foresaw is needed where it happened, on a machine that is rented by the hour.
    except Exception as error:
        return _fail(f"{type(error).__name__}: {first_line(error)}: the stack stands above, train --resume goes on", error, True, 1)


def _fail(line: str, error: BaseException, verbose: bool, code: int) -> int:
    if verbose:
        traceback.print_exception(error)
    print(f"arae-finetune: {line}", file=sys.stderr)
    return code


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _preview(options: argparse.Namespace) -> int:
    settings = read_settings(options.settings, {"base_model": _whole_path(options.base_model)})
    # PyTorch takes seconds to load, which --help and a typing mistake need not wait for.
    from .load_rows import load_rows
    from .load_tokenizer import load_tokenizer
    from .preview import preview_lines

    tokenizer, digest = load_tokenizer(settings.base_model, settings.revision)
    rows = load_rows(
        options.data,
        tokenizer,
        tokenizer_sha256=digest,
        max_seq_length=settings.max_seq_length,
        with_manifest=not options.without_manifest,
    )
    for line in rows.warnings:
        _say(f"warning: {line}")
    if options.json:
        figures = {**rows.handshake, "max_seq_length": rows.max_seq_length, "warnings": rows.warnings}
        print(json.dumps(figures), file=options.stdout)
    else:
        print("\n".join(preview_lines(rows, tokenizer, show=options.show, seed=settings.seed)), file=options.stdout)
    return 0


def _train(options: argparse.Namespace) -> int:
    changes = {name: getattr(options, name) for name in ("device", "precision", "backend")}
    settings = read_settings(options.settings, {"base_model": _whole_path(options.base_model), **changes})
    if options.resume and options.restart:
        raise UsageError("--resume and --restart", "are both given", "leave one out")
    # One card: a second one that is seen would make the trainer split every batch.
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "0")
    from .train import Effects, train

    out = options.out or options.data / "qwen3_finetuned"
    report = train(
        settings,
        options.data,
        out,
        resume=options.resume,
        restart=options.restart,
        with_manifest=not options.without_manifest,
        effects=Effects(say=_say),
    )
    _say(
        f"{report['steps']} of {report['planned_steps']} steps in {report['seconds']:.0f} s, "
        f"best evaluation loss {report['best_eval_loss']:.4f} at step {report['best_step']}"
    )
    _say(f"written: {out / report['adapter']}, {out / 'training_report.json'}, {out / 'loss_curve.png'}, {out / 'serve_vllm.sh'}")
    if options.json:
        print(json.dumps(report, ensure_ascii=False), file=options.stdout)
    return 0


def _merge(options: argparse.Namespace) -> int:
    settings = read_settings(options.settings)
    from .merge import merge

    folder = options.data / "qwen3_finetuned"
    out = options.out or folder / "merged_model"
    figures = merge(
        options.adapter or folder / "adapter_model",
        out,
        base_model=_whole_path(options.base_model),
        revision=settings.revision,
        min_free_bytes=settings.min_free_bytes,
        free_bytes=lambda place: shutil.disk_usage(place).free,
    )
    _say(f"written: {out}, logits moved by at most {figures['largest_logit_change']} on the way to {figures['dtype']}")
    if options.json:
        print(json.dumps(figures, ensure_ascii=False), file=options.stdout)
    return 0


def _whole_path(base_model: str | None) -> str | None:
    """A folder by its whole path, which stands in the adapter; a name on the hub as it is."""
    return str(Path(base_model).resolve()) if base_model is not None and Path(base_model).is_dir() else base_model


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arae-finetune", description="Fine-tunes Qwen3 on train.jsonl of a data folder.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    preview = _command(commands, "preview", "show rows as they are trained, and compare all with phase 5's manifest", _preview)
    _check_options(preview)
    preview.add_argument("--show", type=int, default=3, metavar="N", help="rows to show (default 3)")
    train = _command(commands, "train", "train the adapter", _train)
    _check_options(train)
    train.add_argument("--out", type=Path, help="where it goes (default: qwen3_finetuned in the data folder)")
    train.add_argument("--resume", action="store_true", help="go on from the last checkpoint, where there is one")
    train.add_argument("--restart", action="store_true", help="drop the checkpoints that are there and begin anew")
    for name, choices in (("device", ("auto", "cuda", "cpu")), ("precision", ("4bit", "16bit")), ("backend", ("auto", "unsloth", "peft"))):
        train.add_argument(f"--{name}", choices=choices, help="instead of the settings'")
    merge = _command(commands, "merge", "put the adapter into the base model, in 16 bit", _merge)
    merge.add_argument("--adapter", type=Path, metavar="DIR", help="default: qwen3_finetuned/adapter_model in the data folder")
    merge.add_argument("--out", type=Path, help="default: qwen3_finetuned/merged_model in the data folder")
    return parser


def _command(commands, name: str, text: str, run) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.set_defaults(run=run)
    command.add_argument("--data", type=Path, default=Path("training_data"), help="the data folder (default training_data)")
    command.add_argument("--settings", type=Path, metavar="FILE", help="settings as JSON")
    command.add_argument("--base-model", metavar="NAME", help="instead of the settings': a name on the hub or a folder")
    command.add_argument("--json", action="store_true", help="print the figures as JSON on standard output")
    command.add_argument("--verbose", action="store_true", help="show the stack of errors")
    return command


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--without-manifest", action="store_true", help="take the rows as they are, nothing to compare with")
