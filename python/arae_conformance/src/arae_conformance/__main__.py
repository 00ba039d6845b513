"""`python -m arae_conformance check [DIR]`: exit code 0 when everything is equal, 1 when something differs, 2 for wrong usage."""

import argparse
import sys
from pathlib import Path

from .vectors import check_all, vectors_folder


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="arae_conformance", description="Holds this package against the vectors of the TypeScript libraries.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="compare with the vectors in a folder")
    check.add_argument(
        "folder", type=Path, nargs="?", default=vectors_folder(),
        help="test-fixtures/conformance of the repository; not needed inside the repository and the source archive",
    )  # fmt: skip
    folder: Path = parser.parse_args(arguments).folder
    try:
        counts, differences = check_all(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"arae_conformance: {folder} holds no vectors ({type(error).__name__}: {error}): name test-fixtures/conformance", file=sys.stderr)
        return 2
    for line in differences:
        print(line.encode("utf-8", "backslashreplace").decode(), file=sys.stderr)
    print(f"{sum(counts.values())} vectors, {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
