"""A network's entry in the manifest, from what it answered on the samples."""

from collections.abc import Sequence

import numpy as np

from .categories import DEFAULT_CLASSES, classes_by_name
from .errors import ExportError
from .manifest import Entry, base_entry
from .network_names import NetworkName
from .output_kind import is_scores
from .settings import Settings
from .vocabulary import read_vocabulary


def describe(
    network: NetworkName,
    settings: Settings,
    samples: Sequence[np.ndarray],
    outputs: Sequence[np.ndarray],
    class_names: list[str],
) -> Entry:
    """Raises ExportError when the outputs are not of the shape that the network must have."""
    for output, sample in zip(outputs, samples, strict=True):
        _require_shape(network, settings, sample, output)
    match network:
        case "objects":
            classes = _classes(network, settings, outputs[0].shape[2] - 5, class_names)
            return {**base_entry(network), **_thresholds(settings), "classes": classes}
        case "textDetection":
            return {**base_entry(network), **_thresholds(settings)}
        case "textRecognition":
            if settings.vocabulary is None:
                raise ExportError(settings.weights[network], "comes without its vocabulary", "give --vocabulary FILE")
            symbols = read_vocabulary(settings.vocabulary, outputs[0].shape[2])
            return {
                **base_entry(network, mean=settings.recognition_mean, std=settings.recognition_std),
                # A text is easier to read and to compare; symbols of several characters need a list.
                "vocabulary": "".join(symbols) if all(len(symbol) == 1 for symbol in symbols) else symbols,
                "filler": settings.filler,
            }
        case "structures" | "spaces":
            classes = _classes(network, settings, outputs[0].shape[1], [])
            return {**base_entry(network), "output": _output(network, settings, outputs), "classes": classes}


def _require_shape(network: NetworkName, settings: Settings, sample: np.ndarray, output: np.ndarray) -> None:
    batch, _, height, width = sample.shape
    match network:
        case "objects":
            wanted, fits = "[1, rows, 5 + classes]", output.ndim == 3 and output.shape[0] == 1 and output.shape[2] > 5
        case "textDetection":
            # One class: a text.
            wanted, fits = "[1, rows, 6]", output.ndim == 3 and output.shape[::2] == (1, 6)
        case "textRecognition":
            wanted, fits = f"[T, {batch}, symbols]", output.ndim == 3 and output.shape[1] == batch
        case "structures" | "spaces":
            wanted = f"[1, classes, {height}, {width}]"
            fits = output.ndim == 4 and output.shape[0] == 1 and output.shape[2:] == (height, width)
    if not fits or output.dtype != np.float32:
        raise ExportError(
            settings.weights[network],
            f"answers {output.dtype} {list(output.shape)} to {list(sample.shape)} where float32 {wanted} is needed",
            f"check that it is the file for {network}",
        )


def _thresholds(settings: Settings) -> Entry:
    return {"confidence": settings.confidence, "iou": settings.iou}


def _classes(network: NetworkName, settings: Settings, count: int, class_names: list[str]) -> list[int]:
    classes = settings.classes.get(network) or classes_by_name(network, class_names) or DEFAULT_CLASSES[network]
    if len(classes) != count:
        raise ExportError(
            settings.weights[network],
            f"has {count} classes where {len(classes)} categories are given",
            f"name the category of each class, in order: --{network}-classes",
        )
    return list(classes)


def _output(network: NetworkName, settings: Settings, outputs: Sequence[np.ndarray]) -> Entry:
    if settings.output_kind == "scores" or (settings.output_kind == "auto" and is_scores(outputs)):
        return {"kind": "scores"}
    if settings.activation is None:
        raise ExportError(
            settings.weights[network],
            "answers logits, and nothing in the file tells how it was trained",
            "pass --activation softmax (one class a pixel) or --activation sigmoid",
        )
    return {"kind": "logits", "activation": settings.activation}
