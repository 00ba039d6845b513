"""Reads a CRNN's state dict; the sizes of the network follow from the shapes of its tensors."""

from collections.abc import Mapping
from pathlib import Path

from .checkpoint_file import StateDict, read_checkpoint, state_dict_in
from .crnn import Crnn, CrnnShape, Gru
from .crnn_names import rename
from .errors import ExportError, first_line
from .network_names import INPUT_SIZES
from .resnet_trunk import CHANNELS


def open_crnn(path: Path, *, trust_pickle: bool, names: Mapping[str, str]) -> Crnn:
    state = state_dict_in(read_checkpoint(path, trust_pickle=trust_pickle))
    if state is None:
        raise ExportError(path, "holds no state dict", "check which file it is")
    state = rename(state, names, path)
    try:
        crnn = Crnn(crnn_shape(state))
        crnn.load_state_dict(state)
    except KeyError as error:
        raise ExportError(path, f"has no tensor {error} (in our names)", "map the names with --crnn-names") from error
    except (RuntimeError, ValueError) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise ExportError(
            path, f"does not fit a CRNN ({' '.join(lines[:2])[:200]})", "check the file, or map the names with --crnn-names"
        ) from error
    return crnn


def crnn_shape(state: StateDict) -> CrnnShape:
    """Raises KeyError for a missing tensor, ValueError for sizes that do not meet."""
    stages = max((stage for stage in range(1, 5) if f"trunk.{stage + 3}.0.conv1.weight" in state), default=0)
    if stages == 0:
        raise KeyError("trunk.4.0.conv1.weight")
    neck_weight = state.get("neck_conv.weight")
    columns, projected = state["project.weight"].shape[1], state["project.weight"].shape[0]
    neck = None
    if neck_weight is not None:
        neck = (neck_weight.shape[0], (neck_weight.shape[2], neck_weight.shape[3]))
    classify = state["classify.weight"].shape
    second = state["gru2.weight_ih_l0"].shape[1]
    gru1 = _gru(state, "gru1", projected, second)
    return CrnnShape(
        stages=stages,
        neck=neck,
        neck_norm="neck_norm.weight" in state,
        neck_bias="neck_conv.bias" in state,
        neck_padding=_neck_padding(stages, neck, columns),
        project=(columns, projected),
        gru1=gru1,
        gru2=_gru(state, "gru2", gru1.outputs, classify[1]),
        symbols=classify[0],
    )


def _gru(state: StateDict, part: str, inputs: int, outputs: int) -> Gru:
    """`outputs` is what the next part takes, which tells whether the directions are added."""
    hidden = state[f"{part}.weight_hh_l0"].shape[1]
    layers = 1
    while f"{part}.weight_ih_l{layers}" in state:
        layers += 1
    bidirectional = f"{part}.weight_ih_l0_reverse" in state
    gru = Gru(inputs, hidden, layers, bidirectional, summed=bidirectional and outputs == hidden)
    if gru.outputs != outputs:
        raise ValueError(f"{part} gives {gru.outputs} values where the next part takes {outputs}")
    return gru


def _neck_padding(stages: int, neck: tuple[int, tuple[int, int]] | None, columns: int) -> int:
    """No tensor tells the padding; the height that the next part takes does."""
    height = INPUT_SIZES["textRecognition"][1]
    for _ in range(stages + 1):
        height = (height + 1) // 2
    if neck is None:
        if columns != CHANNELS[stages - 1] * height:
            raise ValueError(f"columns of {columns} values where the trunk gives {CHANNELS[stages - 1] * height}")
        return 0
    channels, kernel = neck
    padding, rest = divmod(columns // channels - height + kernel[0] - 1, 2)
    if columns % channels or rest or padding < 0:
        raise ValueError(f"columns of {columns} values do not come from {channels} channels of {height} rows")
    return padding
