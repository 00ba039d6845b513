"""`check`: exported ONNX files against the networks that they came from."""

from pathlib import Path

from . import trial
from .comparison import OnnxNetwork, max_difference
from .errors import DifferenceError, ExportError, first_line
from .export_networks import Say, report_difference
from .manifest import part_name, read_part, sha256_of
from .network_names import NetworkName
from .open_network import open_network
from .settings import Settings


def check_networks(settings: Settings, out: Path, say: Say) -> None:
    """Compares every network that `settings.weights` names, and its SHA-256 with what was recorded.

    Raises DifferenceError after all were compared, ExportError at once.
    """
    differing: list[str] = []
    for network in settings.weights:
        try:
            report_difference(network, _difference(network, settings, out), settings.tolerance, say)
        except DifferenceError as error:
            differing.append(str(error))
    if differing:
        raise DifferenceError("; ".join(differing))


def _difference(network: NetworkName, settings: Settings, out: Path) -> float:
    part = read_part(out / part_name(network))
    path = out / part["file"]
    onnx = OnnxNetwork(path)
    if sha256_of(path) != part["sha256"]:
        raise ExportError(path, "is not the file that was exported (another SHA-256)", "export it again")
    samples = trial.samples(network, settings, fixed=onnx.input_shape[2] is not None)
    try:
        outputs = open_network(network, settings).run(samples)
    except ExportError:
        raise
    except Exception as error:
        raise ExportError(
            settings.weights[network], f"cannot be run ({first_line(error)})", f"check that it is the file for {network}"
        ) from error
    return max_difference(network, onnx, samples, outputs)
