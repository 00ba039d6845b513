"""The loop that trains one network: seeded, resumable, the same whatever else the machine does."""

import math
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .settings import Stage

Batch = Sequence[Tensor]

WARM_UP = 0.05
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 1.0
#: The served weights are a running mean over about the last 1 ÷ (1 − this) steps.
AVERAGING = 0.998
CHECKPOINT_EVERY = 200
LOG_EVERY = 50


def train(
    name: str,
    network: nn.Module,
    stage: Stage,
    draw_batch: Callable[[np.random.Generator], Batch],
    loss_of: Callable[..., Tensor],
    *,
    seed: int,
    checkpoint: Path,
    log: Callable[[str], None] = print,
) -> nn.Module:
    """Trains `network` and returns it with averaged weights, on the CPU, in evaluation mode.

    A step depends on the seed, its number and the weights only: a run that goes on from `checkpoint` ends with the same
    weights as one that was never stopped. Half precision is used where the machine computes in it, so another kind of
    machine gives slightly other weights.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    is_half_fast = computes_bfloat16(device)
    network = network.to(device, memory_format=torch.channels_last).train()
    optimiser = torch.optim.AdamW(_groups(network), lr=stage.learning_rate, weight_decay=WEIGHT_DECAY)
    mean = {key: value.detach().clone() for key, value in network.state_dict().items()}
    first = _resume(checkpoint, stage, network, optimiser, mean)
    began, total, counted = time.monotonic(), 0.0, 0
    for step in range(first, stage.steps):
        for group in optimiser.param_groups:
            group["lr"] = stage.learning_rate * _schedule(step / stage.steps)
        batch = [part.to(device) for part in draw_batch(np.random.default_rng([seed, step]))]
        with torch.autocast(device, torch.bfloat16, enabled=is_half_fast):
            answer = network(batch[0].contiguous(memory_format=torch.channels_last))
        loss = loss_of(answer, *batch[1:])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
        optimiser.step()
        _average(mean, network.state_dict(), min(AVERAGING, step / (step + 10)))
        total, counted = total + float(loss.detach()), counted + 1
        if (step + 1) % LOG_EVERY == 0 or step + 1 == stage.steps:
            pace = (time.monotonic() - began) / (step + 1 - first)
            log(f"{name}: step {step + 1} of {stage.steps}, loss {total / counted:.4f}, {pace:.2f} s a step")
            total, counted = 0.0, 0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == stage.steps:
            _save(checkpoint, stage, step + 1, network, optimiser, mean)
    network.load_state_dict(mean)
    return network.to("cpu", memory_format=torch.contiguous_format).eval()


def computes_bfloat16(device: str) -> bool:
    """Whether the machine has instructions for it: emulated, a step takes eight times as long as in single precision."""
    if device == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def _groups(network: nn.Module) -> list[dict]:
    """Biases and normalisation are not pulled towards zero."""
    parameters = list(network.parameters())
    return [
        {"params": [item for item in parameters if item.ndim > 1]},
        {"params": [item for item in parameters if item.ndim <= 1], "weight_decay": 0.0},
    ]


def _schedule(done: float) -> float:
    if done < WARM_UP:
        return max(done / WARM_UP, 0.02)
    return 0.5 * (1 + math.cos(math.pi * (done - WARM_UP) / (1 - WARM_UP))) + 0.002


def _average(mean: dict[str, Tensor], now: dict[str, Tensor], keep: float) -> None:
    for key, value in now.items():
        if value.dtype.is_floating_point:
            mean[key].lerp_(value.detach(), 1 - keep)
        else:
            mean[key].copy_(value)


def _save(checkpoint: Path, stage: Stage, step: int, network: nn.Module, optimiser: torch.optim.Optimizer, mean: dict) -> None:
    unfinished = checkpoint.with_suffix(".part")
    state = {"step": step, "stage": repr(stage), "network": network.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean}
    torch.save(state, unfinished)
    os.replace(unfinished, checkpoint)


def _resume(checkpoint: Path, stage: Stage, network: nn.Module, optimiser: torch.optim.Optimizer, mean: dict) -> int:
    """Number of steps done before, 0 when there are none with these settings."""
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    if state["stage"] != repr(stage):
        return 0
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    for key, value in state["mean"].items():
        mean[key].copy_(value)
    return state["step"]
