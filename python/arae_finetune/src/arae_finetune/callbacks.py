"""What happens beside the steps: progress lines, and an orderly stop."""

import signal
from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback


class SayProgress(TrainerCallback):
    """One line for each figure that the trainer logs. `now` is in seconds."""

    def __init__(self, say: Callable[[str], None], now: Callable[[], float]) -> None:
        self.say = say
        self.now = now
        self.started: tuple[float, int] | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.started = (self.now(), state.global_step)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        place = f"step {state.global_step} of {state.max_steps}"
        if logs and "eval_loss" in logs:
            self.say(f"{place}: evaluation loss {logs['eval_loss']:.4f}")
        elif logs and "loss" in logs:
            self.say(f"{place}: loss {float(logs['loss']):.4f}{self._left(state)}")

    def _left(self, state: Any) -> str:
        begun, first = self.started or (self.now(), state.global_step)
        done = state.global_step - first
        if done == 0:
            return ""
        seconds = (self.now() - begun) / done
        left = int(seconds * (state.max_steps - state.global_step))
        return f", {seconds:.1f} s per step, {left // 3600}:{left // 60 % 60:02d} h left"


class StopOnSignal(TrainerCallback):
    """At the first Ctrl-C or SIGTERM the step is finished and a checkpoint written; the second one stops at once."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "StopOnSignal":
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, *_: object) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self.say("stopping: this step is finished and a checkpoint written; once more to stop at once")

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self.asked:
            control.should_save = True
            control.should_training_stop = True
