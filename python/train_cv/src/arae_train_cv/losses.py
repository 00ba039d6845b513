"""What the networks are trained to make small."""

import torch
from torch import Tensor
from torch.nn import functional as F

from .box_targets import IGNORED
from .networks import box_sides

#: Exponent of the focal loss (Lin et al. 2017): cells that are right already count little.
FOCUS = 2.0


def plane_loss(scores: Tensor, labels: Tensor, weights: Tensor, class_weights: Tensor) -> Tensor:
    """Cross entropy over all pixels, `scores` `[N, 1 + classes, H, W]`, weighted by pixel and by class."""
    losses = F.cross_entropy(scores.float(), labels.long(), weight=class_weights.to(scores.device), reduction="none")
    return (losses * weights).mean()


def box_loss(raw: Tensor, presence: Tensor, sides: Tensor, kinds: Tensor) -> Tensor:
    """Focal loss of presence, 1 − GIoU of the sides (Rezatofighi et al. 2019), cross entropy of the class."""
    raw = raw.float()
    known = presence != IGNORED
    target = presence.clamp(min=0)
    logits = raw[:, 0]
    chance = torch.sigmoid(logits)
    wrong = (target - chance).abs() ** FOCUS
    weight = torch.where(target > 0, 0.75, 0.25)
    focal = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * wrong * weight
    answering = presence > 0
    count = answering.sum().clamp(min=1)
    loss = 4 * (focal * known).sum() / count
    if answering.any():
        found = box_sides(raw).permute(0, 2, 3, 1)[answering]
        true = sides.permute(0, 2, 3, 1)[answering].clamp(min=0.5)
        loss = loss + 2 * (1 - _giou(found, true)).mean()
        if raw.shape[1] > 5:
            loss = loss + 0.5 * F.cross_entropy(raw[:, 5:].permute(0, 2, 3, 1)[answering], kinds[answering])
    return loss


def _giou(a: Tensor, b: Tensor) -> Tensor:
    """Of boxes around one point, given by the distances of their sides from it."""
    shared = _area(torch.minimum(a, b))
    union = _area(a) + _area(b) - shared
    hull = _area(torch.maximum(a, b))
    return shared / union - (hull - union) / hull


def _area(sides: Tensor) -> Tensor:
    return (sides[:, 0] + sides[:, 2]) * (sides[:, 1] + sides[:, 3])


def text_loss(readings: Tensor, targets: Tensor, lengths: Tensor) -> Tensor:
    """CTC (Graves et al. 2006) with symbol 0 as the blank; `readings` `[steps, N, symbols]`."""
    steps = torch.full((readings.shape[1],), readings.shape[0], dtype=torch.long)
    return F.ctc_loss(readings.float().log_softmax(2), targets, steps, lengths, zero_infinity=True)
