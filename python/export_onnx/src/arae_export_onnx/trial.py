"""On what a network is exported and compared."""

from pathlib import Path

import numpy as np

from .network_names import INPUT_SIZES, TRIAL_SIZES, NetworkName
from .onnx_export import OnnxTarget
from .samples import flat, noise, read_sample
from .settings import Settings

Shape = tuple[int, int, int, int]


def open_axes(network: NetworkName, *, fixed: bool) -> tuple[dict[int, str], dict[int, str]]:
    """The axes of the input and of the output whose size stays open."""
    if network == "textRecognition":
        # Crops go through in batches of any size; [T, N, symbols].
        return {0: "batch"}, {1: "batch"}
    if fixed:
        return {}, {}
    sides = {2: "height", 3: "width"}
    return sides, ({1: "rows"} if network in ("objects", "textDetection") else sides)


def shapes(network: NetworkName, *, fixed: bool) -> list[Shape]:
    """The first is traced; a further one shows that nothing of it became a constant."""
    if network == "textRecognition":
        width, height = INPUT_SIZES[network]
        return [(2, 3, height, width), (1, 3, height, width), (5, 3, height, width)]
    width, height = (INPUT_SIZES if fixed else TRIAL_SIZES)[network]
    landscape = (1, 3, height, width)
    return [landscape] if fixed else [landscape, (1, 3, width, height)]


def samples(network: NetworkName, settings: Settings, *, fixed: bool) -> list[np.ndarray]:
    """Noise of each shape, black and white (whose outputs are extreme), and the user's sample."""
    wanted = shapes(network, fixed=fixed)
    made = [noise(shape, settings.seed + index) for index, shape in enumerate(wanted)]
    made += [flat(wanted[0], 0), flat(wanted[0], 1)]
    if network in settings.samples:
        made.append(read_sample(settings.samples[network], sample_shape(network, fixed=fixed)))
    return made


def sample_shape(network: NetworkName, *, fixed: bool) -> tuple[int | None, int, int | None, int | None]:
    width, height = INPUT_SIZES[network]
    if network == "textRecognition":
        return None, 3, height, width
    return (1, 3, height, width) if fixed else (1, 3, None, None)


def target(network: NetworkName, path: Path, settings: Settings) -> OnnxTarget:
    inputs, outputs = open_axes(network, fixed=settings.fixed)
    return OnnxTarget(path, settings.opset, inputs, outputs)
