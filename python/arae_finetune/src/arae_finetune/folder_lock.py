"""One training at a time in a folder; the lock goes with the process, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import UsageError


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "training.lock").open("a+") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise UsageError(folder, "another training runs in it", "wait for it, or name another --out") from None
        yield


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
