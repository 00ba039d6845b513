"""`rag_context.json`: the criteria that were found for one plan."""

from pydantic import BaseModel, ValidationError

from .fields import Number, Positive, first_fault
from .js_json import parse


class RagContextError(ValueError):
    """The text is no context."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(" ".join(f"no context: {f'{path}: ' if path else ''}{detail}".split()))
        self.path = path
        """Where in the context, as `retrieved_chunks.0.rank`."""


class RetrievedChunk(BaseModel):
    rank: Positive
    """From 1, best first."""
    content: str
    similarity: Number
    """Cosine, -1 … 1."""
    source: str


class RagContext(BaseModel):
    query: str
    retrieved_chunks: list[RetrievedChunk]


def parse_rag_context(text: str) -> RagContext:
    """:raises RagContextError: with the first fault."""
    try:
        return RagContext.model_validate(parse(text))
    except ValidationError as error:
        raise RagContextError(*first_fault(error)) from None
    except ValueError as error:
        raise RagContextError("", str(error)) from None


def render_rag_context(context: RagContext) -> str:
    """The text that replaces `{rag_context}` in a prompt."""
    return "\n".join(f"[참고 {number}]\n{chunk.content}\n" for number, chunk in enumerate(context.retrieved_chunks, 1))
