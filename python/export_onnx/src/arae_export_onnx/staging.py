"""Files that appear whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from .errors import ExportError, first_line


class Staging:
    """A hidden folder beside the results; `publish` renames its files into place, an error leaves nothing."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> "Staging":
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=".export-", dir=self.out))
        except OSError as error:
            raise ExportError(self.out, f"cannot be written ({first_line(error)})", "choose another --out") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name: str) -> Path:
        return self.folder / name

    def publish(self, names: list[str]) -> None:
        """In the order given: what describes the others comes last."""
        for name in names:
            os.replace(self.folder / name, self.out / name)
