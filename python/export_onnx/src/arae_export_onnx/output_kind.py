"""Whether a segmentation network ends with scores or with logits."""

from collections.abc import Iterable

import numpy as np


def is_scores(outputs: Iterable[np.ndarray]) -> bool:
    """Scores lie in 0…1 on every sample; logits leave that range on noise, black or white."""
    return all(float(output.min()) >= 0 and float(output.max()) <= 1 for output in outputs)
