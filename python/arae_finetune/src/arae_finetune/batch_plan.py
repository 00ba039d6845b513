"""How many rows at a time, and how many steps that makes."""

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class BatchPlan:
    batch_size: int
    gradient_accumulation: int

    @property
    def rows_per_step(self) -> int:
        return self.batch_size * self.gradient_accumulation

    def smaller(self) -> "BatchPlan | None":
        """Fewer rows at a time and as many per step; None when it is one row already."""
        for divisor in range(2, self.batch_size + 1):
            if self.batch_size % divisor == 0:
                return replace(
                    self, batch_size=self.batch_size // divisor, gradient_accumulation=self.gradient_accumulation * divisor
                )
        return None

    def steps(self, rows: int, epochs: float) -> int:
        """Steps of the whole training, as the trainer of transformers counts them."""
        batches = math.ceil(rows / self.batch_size)
        return max(1, math.ceil(epochs * max(1, math.ceil(batches / self.gradient_accumulation))))
