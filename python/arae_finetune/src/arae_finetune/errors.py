"""What ends a command, as one line."""


class UsageError(Exception):
    """One line: where, what is wrong, and the mend. The command ends with exit code 2."""

    def __init__(self, place: object, problem: str, mend: str) -> None:
        # Messages of other libraries have line breaks; ours is one line whatever they say.
        super().__init__(" ".join(f"{place}: {problem}: {mend}".split()))


class GateError(UsageError):
    """The same, for work that was stopped by a check or by the machine. The command ends with exit code 1."""


class Interrupted(Exception):
    """The user stopped it; what is saved stays. The command ends with exit code 130."""


def first_line(error: BaseException) -> str:
    """The first line of an exception's text, or its class where it says nothing."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
