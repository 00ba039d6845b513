"""`export`: from trained networks to ONNX files and `models.json`."""

from collections.abc import Callable
from pathlib import Path

from . import trial
from .categories import CATEGORY_NAMES
from .comparison import OnnxNetwork, max_difference
from .describe import describe
from .errors import DifferenceError, ExportError, first_line
from .manifest import Entry, assemble, collect_parts, part_name, sha256_of, to_json
from .network_names import ARAE_NAMES, NETWORK_NAMES, NetworkName
from .open_network import open_network
from .settings import Settings
from .staging import Staging

Say = Callable[[str], None]


def export_networks(settings: Settings, out: Path, name: str, say: Say) -> None:
    """Exports and compares every network that `settings.weights` names; nothing is published unless all hold.

    Raises ExportError, or DifferenceError when an ONNX file differs from PyTorch by more than the tolerance.
    """
    with Staging(out) as staging:
        fresh = {network: _export(network, settings, staging, say) for network in settings.weights}
        parts = collect_parts(out, fresh)
        missing = [network for network in NETWORK_NAMES if network not in parts]
        for network, entry in fresh.items():
            staging.path(part_name(network)).write_text(to_json(entry), encoding="utf-8")
        files = [name for network in fresh for name in (f"{network}.onnx", part_name(network))]
        if not missing:
            staging.path("models.json").write_text(to_json(assemble(name, parts)), encoding="utf-8")
            files.append("models.json")
        staging.publish(files)
    if missing:
        say(f"{out}: models.json needs {', '.join(missing)} too; what is there stays for the next run")
    else:
        say(f"{out / 'models.json'}: written")


def _export(network: NetworkName, settings: Settings, staging: Staging, say: Say) -> Entry:
    source = settings.weights[network]
    path = staging.path(f"{network}.onnx")
    samples = trial.samples(network, settings, fixed=settings.fixed)
    opened = open_network(network, settings)
    try:
        outputs = opened.run(samples, trial.target(network, path, settings))
    except ExportError:
        raise
    except Exception as error:
        raise ExportError(
            source, f"cannot be exported ({first_line(error)})", f"check that it is the file for {network}"
        ) from error
    entry = describe(network, settings, samples, outputs, getattr(opened, "class_names", []))
    difference = max_difference(network, OnnxNetwork(path), samples, outputs)
    report_difference(network, difference, settings.tolerance, say)
    if "classes" in entry:
        say(f"{network}: classes {', '.join(f'{id} {CATEGORY_NAMES[id]}' for id in entry['classes'])}")
    return {"file": path.name, "sha256": sha256_of(path), **entry}


def report_difference(network: NetworkName, difference: float, tolerance: float, say: Say) -> None:
    line = f"{network} ({ARAE_NAMES[network]}): largest difference ONNX to PyTorch {difference:.3g}"
    # Written so that NaN fails.
    if not difference <= tolerance:
        raise DifferenceError(f"{line}, more than {tolerance:g}")
    say(f"{line} (at most {tolerance:g})")
