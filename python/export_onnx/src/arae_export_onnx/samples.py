"""What networks are tried on."""

from pathlib import Path

import numpy as np

from .errors import ExportError, first_line


def noise(shape: tuple[int, int, int, int], seed: int) -> np.ndarray:
    """Uniform in 0…1, the same for the same seed."""
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def flat(shape: tuple[int, int, int, int], value: float) -> np.ndarray:
    return np.full(shape, value, dtype=np.float32)


def read_sample(path: Path, wanted: tuple[int | None, int, int | None, int | None]) -> np.ndarray:
    """A `.npy` file of float32 `[N, 3, H, W]`; None in `wanted`: any size that is a multiple of 32."""
    try:
        sample = np.load(path, allow_pickle=False)
    except FileNotFoundError:
        raise ExportError(path, "no such file", "check --sample") from None
    except (OSError, ValueError, EOFError) as error:
        raise ExportError(path, f"is no .npy file ({first_line(error)})", "save it with numpy.save") from error
    fits = sample.ndim == 4 and all(
        (size == want) if want is not None else size > 0 and (axis == 0 or size % 32 == 0)
        for axis, (size, want) in enumerate(zip(sample.shape, wanted))
    )
    if not fits or sample.dtype != np.float32:
        sizes = ", ".join("any" if want is None else str(want) for want in wanted)
        raise ExportError(
            path,
            f"is {sample.dtype} {list(sample.shape)} where float32 [{sizes}] is needed",
            "save the network's input as the service makes it (sides that are open: multiples of 32)",
        )
    return np.ascontiguousarray(sample)
