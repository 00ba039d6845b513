"""The training from the handshake to the adapter and its report."""

import gc
import importlib.metadata
import json
import math
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .batch_plan import BatchPlan
from .checkpoints import Checkpoints
from .choose_machine import Machine, choose_machine, versions
from .disk_space import check_space, training_bytes
from .errors import GateError, Interrupted
from .folder_lock import folder_lock
from .loss_curve import curve_of, draw_curve
from .serve_line import write_serve_script
from .settings import CURVE_SETTINGS, Settings
from .write_atomic import write_folder, write_json

ADAPTER = "adapter_model"
REPORT = "training_report.json"


def _say_nothing(_: str) -> None:
    pass


@dataclass(frozen=True)
class Effects:
    say: Callable[[str], None] = _say_nothing
    free_bytes: Callable[[Path], int] = lambda place: shutil.disk_usage(place).free
    # Seconds, of any beginning.
    now: Callable[[], float] = time.monotonic
    today: Callable[[], datetime] = lambda: datetime.now(UTC)
    # More callbacks of the trainer.
    callbacks: list[Any] = field(default_factory=list)


def train(
    settings: Settings,
    data: Path,
    out: Path,
    *,
    resume: bool = False,
    restart: bool = False,
    with_manifest: bool = True,
    effects: Effects | None = None,
) -> dict[str, Any]:
    """
    Trains, and writes `adapter_model/`, `training_report.json`, `loss_curve.png`, `loss_curve.svg` and `serve_vllm.sh` to `out`.

    Returns the report. Raises UsageError for what the user can mend, GateError when rows are not as phase 5 wrote them or memory is too
    small, Interrupted after a signal, when a checkpoint is written.
    """
    effects = effects or Effects()
    machine = choose_machine(settings)
    # After Unsloth, which must be imported before transformers.
    from .callbacks import SayProgress, StopOnSignal
    from .load_rows import load_rows
    from .load_tokenizer import load_tokenizer

    for note in machine.notes:
        effects.say(f"note: {note}")
    tokenizer, digest = load_tokenizer(settings.base_model, settings.revision)
    rows = load_rows(
        data, tokenizer, tokenizer_sha256=digest, max_seq_length=settings.max_seq_length, with_manifest=with_manifest
    )
    for warning in rows.warnings:
        effects.say(f"warning: {warning}")
    effects.say(f"{len(rows.train)} rows to train and {len(rows.val)} to evaluate are as expected, {machine.backend} on {machine.name}")
    check_space(out, settings.min_free_bytes, effects.free_bytes)
    with folder_lock(out), StopOnSignal(effects.say) as stop:
        identity = _identity(settings, machine, rows.sha256)
        finished = None if restart else _finished(out / REPORT, identity)
        if finished is not None and resume:
            effects.say("this training is finished already")
            return finished
        checkpoints = Checkpoints(out / "checkpoints", identity)
        plan, out_of_memory = checkpoints.open(
            BatchPlan(settings.batch_size, settings.gradient_accumulation), resume=resume, restart=restart
        )
        # From here on it tells of another training.
        (out / REPORT).unlink(missing_ok=True)
        started = effects.today()
        progress = SayProgress(effects.say, effects.now)
        while True:
            trainer = None
            try:
                trainer, result, resumed_from = _one_leg(
                    settings, machine, rows, tokenizer, plan, checkpoints, [progress, stop, *effects.callbacks], effects, out
                )
                break
            except Exception as error:
                if not _is_out_of_memory(error):
                    raise
                smaller = plan.smaller()
                if smaller is None or out_of_memory:
                    raise GateError(
                        machine.name,
                        f"its memory does not hold {plan.batch_size} rows of up to {rows.max_seq_length} tokens",
                        "set batchSize to 1, precision to 4bit, or take a larger card",
                    ) from None
                effects.say(f"out of memory: going on with {smaller.batch_size} × {smaller.gradient_accumulation} rows")
                out_of_memory = [{"before": asdict(plan), "after": asdict(smaller), "at": effects.today().isoformat()}]
                plan = smaller
                checkpoints.write(plan, out_of_memory)
            # Outside of `except`, whose traceback holds the tensors.
            trainer = None
            _free_memory()
        if stop.asked:
            raise Interrupted(f"interrupted at step {trainer.state.global_step}, a checkpoint is written: --resume goes on from it")
        best = trainer.state.best_metric
        if best is None or not math.isfinite(best):
            raise GateError(out, "the evaluation loss is no number", "lower learningRate, look at the rows with preview, and --restart")
        write_folder(out / ADAPTER, lambda folder: _save_adapter(trainer, tokenizer, folder))
        curve = curve_of(trainer.state.log_history)
        best_step = trainer.state.best_global_step
        draw_curve(curve, best_step, [out / "loss_curve.png", out / "loss_curve.svg"])
        serve = write_serve_script(out / "serve_vllm.sh", settings, out / ADAPTER, rows.max_seq_length)
        report = {
            "version": 1,
            "started": started.isoformat(),
            "finished": effects.today().isoformat(),
            "base_model": settings.base_model,
            "machine": {key: value for key, value in asdict(machine).items() if key != "notes"},
            "notes": [*machine.notes, *rows.warnings],
            "versions": versions(),
            "settings": settings.to_json(),
            "identity": identity,
            "data": {"sha256": rows.sha256, "max_seq_length": rows.max_seq_length, **rows.handshake},
            "batch_size": plan.batch_size,
            "gradient_accumulation": plan.gradient_accumulation,
            "out_of_memory": out_of_memory,
            "resumed_from_step": resumed_from,
            "steps": trainer.state.global_step,
            "planned_steps": trainer.state.max_steps,
            "stopped_early": trainer.state.global_step < trainer.state.max_steps,
            "best_step": best_step,
            "best_eval_loss": best,
            "curve": curve,
            **_speed(result, rows, plan, trainer.state.global_step - (resumed_from or 0), machine),
            "adapter": ADAPTER,
            "serve": serve,
        }
        write_json(out / REPORT, report)
    return report


def _one_leg(
    settings: Settings,
    machine: Machine,
    rows: Any,
    tokenizer: Any,
    plan: BatchPlan,
    checkpoints: Checkpoints,
    callbacks: list[Any],
    effects: Effects,
    out: Path,
) -> tuple[Any, Any, int | None]:
    from .build_trainer import build_trainer

    trainer = build_trainer(settings, machine, rows, tokenizer, plan, checkpoints.folder, callbacks)
    needed = training_bytes(trainer.model, machine.optimizer, settings.checkpoints_kept)
    check_space(out, needed + settings.min_free_bytes, effects.free_bytes)
    last = checkpoints.last()
    if last is not None:
        effects.say(f"going on from {last}")
    result = trainer.train(resume_from_checkpoint=str(last) if last is not None else None)
    return trainer, result, int(last.name.split("-")[1]) if last is not None else None


def _identity(settings: Settings, machine: Machine, sha256: dict[str, str]) -> dict[str, Any]:
    values = settings.to_json()
    names = {name: "".join(part.title() if index else part for index, part in enumerate(name.split("_"))) for name in CURVE_SETTINGS}
    return {
        **{camel: values[camel] for camel in names.values()},
        "data": sha256,
        "backend": machine.backend,
        "dtype": machine.dtype,
        "trl": importlib.metadata.version("trl"),
    }


def _finished(path: Path, identity: dict[str, Any]) -> dict[str, Any] | None:
    """The report of the same training when it has come to its end."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) and report.get("identity") == identity else None


def _save_adapter(trainer: Any, tokenizer: Any, folder: Path) -> None:
    trainer.model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))


def _speed(result: Any, rows: Any, plan: BatchPlan, steps: int, machine: Machine) -> dict[str, Any]:
    """Of the last leg: seconds (evaluations included), tokens of training rows per second, the most memory the card held."""
    seconds = result.metrics.get("train_runtime", 0.0)
    mean_tokens = rows.handshake["tokens"]["train"] / len(rows.train)
    tokens = mean_tokens * steps * plan.rows_per_step
    memory = None
    if machine.device == "cuda":
        import torch

        memory = torch.cuda.max_memory_allocated()
    return {
        "seconds": round(seconds, 1),
        "tokens_per_second": round(tokens / seconds, 1) if seconds > 0 else None,
        "peak_memory_bytes": memory,
    }


def _is_out_of_memory(error: BaseException) -> bool:
    import torch

    return isinstance(error, torch.OutOfMemoryError)


def _free_memory() -> None:
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
