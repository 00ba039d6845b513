"""The checkpoints of a training, and whether another run may go on from them."""

import json
import shutil
from pathlib import Path
from typing import Any

from .batch_plan import BatchPlan
from .errors import UsageError
from .write_atomic import write_json

RUN = "run.json"
# The trainer writes its state last.
NEEDED = ("adapter_model.safetensors", "optimizer.pt", "scheduler.pt", "trainer_state.json")


class Checkpoints:
    """
    The folder `checkpoints/` of one training.

    `run.json` in it says what the training is (`identity`: settings that change the loss curve, data, versions of the backend) and the
    batch that a card without enough memory led to.
    """

    def __init__(self, folder: Path, identity: dict[str, Any]) -> None:
        self.folder = folder
        self.identity = identity

    def last(self) -> Path | None:
        """The newest checkpoint that is whole; those that a kill broke off are deleted."""
        whole = None
        for path in sorted(self.folder.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1])):
            if _is_whole(path):
                whole = path
            else:
                shutil.rmtree(path)
        return whole

    def open(self, plan: BatchPlan, *, resume: bool, restart: bool) -> tuple[BatchPlan, list[dict[str, Any]]]:
        """
        The plan to train with and what ran out of memory before. Raises UsageError when checkpoints are there and neither `resume` nor
        `restart` says what to do with them, and when a resumed training would be another one.
        """
        if restart and self.folder.exists():
            shutil.rmtree(self.folder)
        if self.last() is not None:
            if not resume:
                raise UsageError(
                    self.folder, "holds checkpoints of an earlier training", "go on from them with --resume, or drop them with --restart"
                )
            run = self._read()
            changed = [name for name, value in self.identity.items() if run["identity"].get(name) != value]
            if changed:
                raise UsageError(
                    self.folder,
                    f"the training there was started with another {', '.join(changed)}",
                    "resume it with the same settings and data, or drop it with --restart",
                )
            kept = BatchPlan(run["batch_size"], run["gradient_accumulation"])
            if kept.rows_per_step == plan.rows_per_step:
                return kept, run["out_of_memory"]
            raise UsageError(
                self.folder,
                f"the training there takes {kept.rows_per_step} rows per step, not {plan.rows_per_step}",
                "resume it with the same batchSize × gradientAccumulation, or drop it with --restart",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write(plan, [])
        return plan, []

    def write(self, plan: BatchPlan, out_of_memory: list[dict[str, Any]]) -> None:
        write_json(
            self.folder / RUN,
            {
                "version": 1,
                "identity": self.identity,
                "batch_size": plan.batch_size,
                "gradient_accumulation": plan.gradient_accumulation,
                "out_of_memory": out_of_memory,
            },
        )

    def _read(self) -> dict[str, Any]:
        try:
            run = json.loads((self.folder / RUN).read_text(encoding="utf-8"))
            return {name: run[name] for name in ("identity", "batch_size", "gradient_accumulation", "out_of_memory")}
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError(
                self.folder / RUN, "cannot be read, so nothing says what the checkpoints are of", "drop them with --restart"
            ) from None


def _is_whole(path: Path) -> bool:
    try:
        json.loads((path / "trainer_state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return all((path / name).exists() for name in NEEDED)
