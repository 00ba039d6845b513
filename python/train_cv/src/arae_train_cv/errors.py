"""What a user can mend, as one line."""


class TrainError(Exception):
    """One line: where, what is wrong, and the mend. The command ends with exit code 2."""

    def __init__(self, place: object, problem: str, mend: str) -> None:
        super().__init__(" ".join(f"{place}: {problem}: {mend}".split()))
