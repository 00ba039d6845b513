"""`arae-export-onnx`: 0 done, 1 ONNX and PyTorch differ, 2 something that the user can mend."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .categories import DEFAULT_CLASSES
from .errors import DifferenceError, ExportError
from .network_names import ARAE_NAMES, NETWORK_NAMES, NetworkName
from .settings import Settings


def flag_of(network: NetworkName) -> str:
    """textDetection → --text-detection."""
    return "--" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in network)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
        # PyTorch takes seconds to load, which --help and a typing mistake need not wait for.
        if options.command == "export":
            from .export_networks import export_networks

            export_networks(settings, options.out, options.name, print)
        else:
            from .check_networks import check_networks

            check_networks(settings, options.out, print)
    except DifferenceError as error:
        print(f"arae-export-onnx: {error}", file=sys.stderr)
        return 1
    except (ExportError, OSError) as error:
        print(f"arae-export-onnx: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="arae-export-onnx", description="Turns ARAE's trained networks into ONNX files and models.json."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="write ONNX files, compared with PyTorch, and models.json")
    export.add_argument("--name", default="arae", help="name of the set, for the provenance of graphs")
    export.add_argument("--fixed", action="store_true", help="one input size, landscape sheets only (default: open)")
    export.add_argument("--opset", type=int, default=17)
    _add_description(export)
    check = commands.add_parser("check", help="compare ONNX files that were written before with PyTorch")
    for command in (export, check):
        _add_sources(command)
    return parser


def _add_sources(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the ONNX files")
    for network in NETWORK_NAMES:
        command.add_argument(
            flag_of(network), dest=network, type=Path, metavar="FILE", help=f"{ARAE_NAMES[network]}, .pt or .pth"
        )
    command.add_argument("--yolov5", type=Path, metavar="DIR", help="a checkout of YOLOv5, for the .pt files")
    command.add_argument(
        "--trust-pickle", action="store_true", help="load files that run code when loaded; know where they come from"
    )
    command.add_argument("--encoder", default="resnet50", help="of a DeepLabV3+ state dict (default resnet50)")
    command.add_argument("--crnn-names", type=Path, metavar="FILE", help="JSON: part of the CRNN → prefix in its file")
    command.add_argument("--tolerance", type=float, default=1e-4, help="largest difference allowed (default 0.0001)")
    command.add_argument("--seed", type=int, default=0, help="of the random samples")
    command.add_argument(
        "--sample",
        action="append",
        default=[],
        metavar="NETWORK=FILE.npy",
        help="a network input to compare on too, float32 [N, 3, H, W]",
    )


def _add_description(export: argparse.ArgumentParser) -> None:
    export.add_argument("--vocabulary", type=Path, metavar="FILE", help="symbols of the text recogniser, JSON or text")
    export.add_argument("--filler", default="", help="text that the recogniser uses for nothing")
    for field, default in (("mean", "0,0,0"), ("std", "1,1,1")):
        export.add_argument(
            f"--recognition-{field}",
            type=_three_numbers,
            default=_three_numbers(default),
            metavar="R,G,B",
            help=f"{field} of the recogniser's input after division by 255 (default {default})",
        )
    export.add_argument("--confidence", type=_share, default=0.4)
    export.add_argument("--iou", type=_share, default=0.5)
    for network in DEFAULT_CLASSES:
        export.add_argument(
            f"--{network}-classes", type=_categories(network), metavar="ID,…", help="category of each class, in order"
        )
    export.add_argument("--output-kind", choices=("auto", "scores", "logits"), default="auto", help="of STR and SPA")
    export.add_argument("--activation", choices=("sigmoid", "softmax"), help="what makes scores of their logits")


def _settings(options: argparse.Namespace) -> Settings:
    values = vars(options)
    weights = {network: values[network] for network in NETWORK_NAMES if values[network] is not None}
    if not weights:
        flags = ", ".join(flag_of(network) for network in NETWORK_NAMES)
        raise ExportError(options.command, "no network is given", f"give at least one of {flags}")
    shared = {
        key: values[key]
        for key in (
            "trust_pickle, yolov5, encoder, crnn_names, tolerance, seed, vocabulary, filler, recognition_mean, "
            "recognition_std, confidence, iou, output_kind, activation, fixed, opset"
        ).split(", ")
        if key in values
    }
    classes = {
        network: values[f"{network}_classes"] for network in DEFAULT_CLASSES if values.get(f"{network}_classes")
    }
    return Settings(weights=weights, classes=classes, samples=_samples(options.sample), **shared)


def _samples(pairs: list[str]) -> dict[NetworkName, Path]:
    samples: dict[NetworkName, Path] = {}
    for pair in pairs:
        name, _, file = pair.partition("=")
        network = next((known for known in NETWORK_NAMES if known == name), None)
        if network is None or not file:
            raise ExportError("--sample", f"{pair!r} names no network", f"NETWORK=FILE.npy, of {', '.join(NETWORK_NAMES)}")
        samples[network] = Path(file)
    return samples


def _three_numbers(text: str) -> tuple[float, ...]:
    numbers = tuple(float(part) for part in text.split(","))
    if len(numbers) != 3:
        raise argparse.ArgumentTypeError("three numbers are needed, one a colour")
    return numbers


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("must be 0 to 1")
    return value


def _categories(network: NetworkName):
    known = DEFAULT_CLASSES[network]

    def read(text: str) -> tuple[int, ...]:
        ids = tuple(int(part) for part in text.split(","))
        if len(set(ids)) != len(ids) or not set(ids) <= set(known):
            raise argparse.ArgumentTypeError(f"must be different ones of {', '.join(map(str, known))}")
        return ids

    return read
