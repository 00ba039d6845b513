"""From a chat to what the trainer is given: tokens, and which of them carry loss."""

from dataclasses import dataclass
from typing import Any

from .chat_row import ChatRow
from .errors import GateError

IGNORED = -100
END_OF_TURN = "<|im_end|>"
EMPTY_THOUGHT = "<think>\n\n</think>\n\n"
# Texts of these mean something to the model wherever they stand: a turn could end inside a question.
CONTROL = ("<|im_start|>", END_OF_TURN, "<|endoftext|>", "<think>", "</think>")


@dataclass(frozen=True)
class EncodedRow:
    text: str
    input_ids: list[int]
    # input_ids where the answer and the token that ends it stand, IGNORED elsewhere.
    labels: list[int]

    @property
    def answer_tokens(self) -> int:
        return sum(label != IGNORED for label in self.labels)


def encode_row(row: ChatRow, tokenizer: Any) -> EncodedRow:
    """
    Renders the row with the tokenizer's chat template and marks the answer.

    What stands before the answer must be, token for token, what the served model is asked with when thinking is switched off. Raises
    GateError where it is not, and where a text holds a control token.
    """
    place = row.place
    for message in row.messages:
        found = next((token for token in CONTROL if token in message["content"]), None)
        if found is not None:
            raise GateError(place, f"the text of {message['role']} holds {found}", "take it out, the model reads it as its own sign")
    text = render(tokenizer, row.messages)
    prompt = render(tokenizer, row.messages[:-1], add_generation_prompt=True)
    mend = "use the tokenizer and chat template of a hybrid Qwen3 model, such as Qwen/Qwen3-8B"
    if not prompt.endswith(EMPTY_THOUGHT):
        raise GateError(place, f"a question without thinking ends in {prompt[-30:]!r}, not in an empty think block", mend)
    if text != f"{prompt}{row.answer}{END_OF_TURN}\n":
        raise GateError(place, "the rendered row is not the question as it is asked, the answer and the end of the turn", mend)
    input_ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    prompt_ids = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    if input_ids[: len(prompt_ids)] != prompt_ids:
        raise GateError(place, "the answer begins inside the last token of the question", "answers must begin with a letter or {")
    end = tokenizer.convert_tokens_to_ids(END_OF_TURN)
    last = len(input_ids) - 1 - input_ids[::-1].index(end)
    labels = [IGNORED] * len(input_ids)
    labels[len(prompt_ids) : last + 1] = input_ids[len(prompt_ids) : last + 1]
    return EncodedRow(text, input_ids, labels)


def render(tokenizer: Any, messages: list[dict[str, str]], *, add_generation_prompt: bool = False) -> str:
    """The chat as text, with thinking switched off, as the service asks."""
    return tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=add_generation_prompt, enable_thinking=False
    )
