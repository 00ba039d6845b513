"""The text that Qwen3's chat template makes of messages, and how the model is asked."""

import re
from typing import Any

from .floor_plan_analysis import analysis_json_schema

EMPTY_THINKING = "<think>\n\n</think>\n\n"
"""What begins the answer when thinking is off: the same in a training row and in a request."""
_CONTROL_TOKEN = re.compile(r"<\|[a-z_]+\|>|</?(?:think|tool_call|tool_response)>")


def render_question(messages: list[dict[str, str]]) -> str:
    """
    The text of the system and the user message with thinking off, up to where the answer begins, for servers that take text.

    :param messages: of `render_prompt`; of `training_messages` the answer is left out
    """
    turns = "".join(f"<|im_start|>{message['role']}\n{message['content']}<|im_end|>\n" for message in messages if message["role"] != "assistant")
    return f"{turns}<|im_start|>assistant\n{EMPTY_THINKING}"


def control_token_in(text: str) -> str | None:
    """The first string that Qwen3's tokenizer or template would take for a control token rather than for text."""
    found = _CONTROL_TOKEN.search(text)
    return found.group() if found else None


def call_settings(*, structured: bool) -> dict[str, Any]:
    """
    Fields of a chat completion beside `model` and `messages`, as the model was evaluated.

    :param structured: have the server hold the answer to the strict schema
    """
    settings: dict[str, Any] = {"temperature": 0, "max_tokens": 8000, "chat_template_kwargs": {"enable_thinking": False}}
    if structured:
        schema = {"name": "FloorPlanAnalysis", "strict": True, "schema": analysis_json_schema()}
        settings["response_format"] = {"type": "json_schema", "json_schema": schema}
    return settings
