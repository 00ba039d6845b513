"""`MODEL_CARD.md`: how the networks were made and how good they are. Every figure in it is written here."""

from dataclasses import dataclass
from pathlib import Path

from .reductions import CROP_HEIGHT, CROP_WIDTH
from .settings import Settings, Stage

#: What each figure is called, and where `evaluate-cv` says it.
FIGURES = (
    ("rooms found (IoU ≥ 0.5)", ("rooms", "recall")),
    ("rooms found with the right category", ("rooms", "foundWithCategory")),
    ("mean IoU of the rooms found", ("rooms", "meanIou")),
    ("category of the rooms found", ("rooms", "categoryAccuracy")),
    ("label of the rooms found", ("rooms", "labelAccuracy")),
    ("rooms, precision", ("rooms", "precision")),
    ("doors, F1 (IoU ≥ 0.5)", ("doors", "f1")),
    ("doors, F1 (IoU ≥ 0.3)", ("doors", "f1At03")),
    ("windows, F1 (IoU ≥ 0.5)", ("windows", "f1")),
    ("windows, F1 (IoU ≥ 0.3)", ("windows", "f1At03")),
    ("fixtures, F1 (IoU ≥ 0.5)", ("fixtures", "f1")),
    ("edges, F1", ("edges", "f1")),
    ("edges whatever their kind, F1", ("edges", "f1OfPairs")),
    ("room_count right", ("statistics", "room_count")),
    ("bathroom_count right", ("statistics", "bathroom_count")),
    ("bay_count right", ("statistics", "bay_count")),
    ("structure_type right", ("statistics", "structure_type")),
)


@dataclass(frozen=True)
class Scored:
    """What `evaluate-cv` says of a set of sheets."""

    title: str
    report: dict


def write_model_card(path: Path, manifest: dict, settings: Settings, scored: list[Scored], models: Path) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_text(_card(manifest, settings, scored, models), encoding="utf-8")
    unfinished.replace(path)


def _card(manifest: dict, settings: Settings, scored: list[Scored], models: Path) -> str:
    networks = manifest["networks"]
    files = [
        f"| {name} | `{entry['file']}` | {(models / entry['file']).stat().st_size / 1e6:.2f} MB | `{entry['sha256']}` |"
        for name, entry in networks.items()
    ]
    header = " | ".join(f"{part.title} ({part.report['summary']['drawings']})" for part in scored)
    rows = [
        f"| {name} | " + " | ".join(f"{_value(part.report['summary'], place):.3f}" for part in scored) + " |"
        for name, place in FIGURES
    ]
    return f"""# {manifest["name"]}

Written by `npm run train:cv`; nothing in it is typed by hand.

## Files

| network | file | size | SHA-256 |
| --- | --- | --- | --- |
{chr(10).join(files)}

## How they were made

Trained only on sheets of `tools/plan-generator`: {settings.sheets} sheets of seed {settings.sheet_seed}. No real drawing was
used. First weights, order and augmentation follow seed {settings.seed}; a fixed number of threads a network, so the same
machine gives the same files.

| network | steps | batch | piece of the sheet | learning rate |
| --- | --- | --- | --- | --- |
{_stage_row("spaces and structures (one trunk)", settings.planes)}
{_stage_row("objects", settings.objects)}
{_stage_row("textDetection", settings.text_detection)}
{_stage_row("textRecognition", settings.text_recognition)}

Spaces and structures: a U-Net on 1/8 of the sheet, cross entropy with more weight on narrow gaps between rooms. Objects (1/4 of
the sheet) and texts (1/2): detectors without anchors, focal loss and GIoU, rows in YOLOv5's shape. Texts: a CRNN with CTC,
{len(networks["textRecognition"]["vocabulary"])} symbols. AdamW, one cycle, averaged weights, stored in half precision.

## How good they are

Scored by `arae-pipeline evaluate-cv` on sheets that no network was trained on: the first {settings.test_sheets} of seed
{settings.test_seed}, and real ones where they were at hand.

| figure | {header} |
| --- |{" --- |" * len(scored)}
{chr(10).join(rows)}

The true graphs of real sheets come from ARAE's own networks and have faults of their own; their labels are corrected by ARAE's
rules, which drop numbers (침실 2 becomes 침실), so agreement on labels is lower than what can be read.

## Limits

- Only room labels of the generator's vocabulary can be read; a word outside it is read as the nearest.
- The border between living room and kitchen is a matter of taste where no wall marks it.
- Presentation plans in colour are seen as grey. Hand-drawn plans, photographs and other kinds of buildings were never seen.
"""


def _stage_row(name: str, stage: Stage) -> str:
    piece = f"{stage.crop[1]} × {stage.crop[0]}" if stage.crop else f"{CROP_WIDTH} × {CROP_HEIGHT}"
    return f"| {name} | {stage.steps} | {stage.batch} | {piece} | {stage.learning_rate} |"


def _value(summary: dict, place: tuple[str, str]) -> float:
    return float(summary[place[0]][place[1]])
