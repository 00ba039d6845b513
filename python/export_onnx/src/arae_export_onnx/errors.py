"""What a user can mend, as one line."""


class ExportError(Exception):
    """One line: what is wrong, where, and the mend. The command ends with exit code 2."""

    def __init__(self, place: object, problem: str, mend: str) -> None:
        # Messages of other libraries have line breaks; ours is one line whatever they say.
        super().__init__(" ".join(f"{place}: {problem}: {mend}".split()))


class DifferenceError(Exception):
    """The ONNX file answers otherwise than PyTorch. The command ends with exit code 1."""


def first_line(error: BaseException) -> str:
    """The first line of an exception's text, or its class where it says nothing."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
