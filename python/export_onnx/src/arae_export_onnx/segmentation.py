"""DeepLabV3+ of segmentation-models-pytorch: a whole pickled model, or a state dict for the installed version."""

from pathlib import Path

import torch

from .checkpoint_file import read_checkpoint, state_dict_in
from .errors import ExportError, first_line


def open_segmentation(path: Path, *, trust_pickle: bool, encoder: str) -> torch.nn.Module:
    """A module `[1, 3, H, W]` → `[1, classes, H, W]`; a state dict gives one that ends with logits."""
    value = read_checkpoint(path, trust_pickle=trust_pickle)
    if isinstance(value, torch.nn.DataParallel):
        value = value.module
    if isinstance(value, torch.nn.Module):
        return value
    state = state_dict_in(value)
    if state is None:
        raise ExportError(path, "holds neither a model nor a state dict", "check which file it is")
    return _from_state_dict(path, state, encoder)


def _from_state_dict(path: Path, state: dict[str, torch.Tensor], encoder: str) -> torch.nn.Module:
    head = state.get("segmentation_head.0.weight")
    if head is None or head.ndim != 4:
        raise ExportError(path, 'has no "segmentation_head.0.weight", so it is no DeepLabV3+', "check which file it is")
    try:
        import segmentation_models_pytorch as smp
    except ImportError as error:
        raise ExportError(
            path,
            f"a DeepLabV3+ state dict needs segmentation-models-pytorch ({first_line(error)})",
            "pip install segmentation-models-pytorch",
        ) from error
    try:
        module = smp.DeepLabV3Plus(
            encoder, encoder_weights=None, classes=head.shape[0], decoder_channels=head.shape[1], activation=None
        )
        module.load_state_dict(state)
    except Exception as error:
        # PyTorch lists every name that does not fit, one a line; the first tells enough.
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise ExportError(
            path,
            f"does not fit DeepLabV3+ with encoder {encoder} ({' '.join(lines[:2])[:200]})",
            "name its encoder with --encoder, and use the version of segmentation-models-pytorch that made it",
        ) from error
    return module
