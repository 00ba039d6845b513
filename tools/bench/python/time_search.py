"""NumPy's side of `bench:search`: waits for a line on standard input, does the search once, answers with its seconds.

Arguments: rows.npy, queries.npy (float32), float32 or float64, `whole` or `product`.
"""

import sys
import time

import numpy as np

K = 5


def unit(table: np.ndarray) -> np.ndarray:
    return table / np.linalg.norm(table, axis=1, keepdims=True)


def best_five(similarities: np.ndarray) -> np.ndarray:
    return np.argpartition(-similarities, K, axis=1)[:, :K]


def main() -> None:
    rows_file, queries_file, kind, job = sys.argv[1:]
    rows = unit(np.load(rows_file).astype(kind))
    asked = list(np.load(queries_file))
    units = unit(np.stack(asked).astype(kind))
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        if job == "product":
            best_five(units @ rows.T)
        else:
            # What a caller needs: from single vectors to places and similarities in order.
            similarities = unit(np.stack(asked).astype(kind)) @ rows.T
            found = best_five(similarities)
            values = np.take_along_axis(similarities, found, axis=1)
            np.take_along_axis(found, np.argsort(-values, axis=1, kind="stable"), axis=1)
        print(time.perf_counter() - start, flush=True)


main()
