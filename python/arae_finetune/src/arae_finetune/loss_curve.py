"""The loss over the steps, as figures and as a picture."""

from pathlib import Path
from typing import Any


def curve_of(log_history: list[dict[str, Any]]) -> dict[str, list[dict[str, float]]]:
    """{train: [{step, loss, learning_rate}], eval: [{step, loss}]} of what the trainer logged."""
    train = [
        {"step": entry["step"], "loss": float(entry["loss"]), "learning_rate": float(entry.get("learning_rate", 0))}
        for entry in log_history
        if "loss" in entry
    ]
    evaluations = [{"step": entry["step"], "loss": float(entry["eval_loss"])} for entry in log_history if "eval_loss" in entry]
    return {"train": train, "eval": evaluations}


def draw_curve(curve: dict[str, list[dict[str, float]]], best_step: int | None, paths: list[Path]) -> None:
    """Draws it once per path (.png, .svg)."""
    import matplotlib

    matplotlib.use("Agg")
    # The same figures make the same file.
    matplotlib.rcParams["svg.hashsalt"] = "arae-finetune"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for name, style in (("train", "-"), ("eval", "o-")):
        points = curve[name]
        axes.plot([point["step"] for point in points], [point["loss"] for point in points], style, label=name, markersize=4)
    if best_step is not None:
        axes.axvline(best_step, linestyle=":", color="grey", label="best")
    axes.set_xlabel("step")
    axes.set_ylabel("loss per answer token")
    axes.legend()
    axes.grid(alpha=0.3)
    figure.tight_layout()
    for path in paths:
        figure.savefig(path, dpi=120, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)
