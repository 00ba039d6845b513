"""The rows that the model is trained on."""

from .chat import control_token_in
from .floor_plan_analysis import FloorPlanAnalysis, answer_text
from .js_json import stringify
from .prompt import render_prompt
from .prompt_pack import PromptPack
from .rag_context import RagContext
from .topology_graph import TopologyGraph


class ControlTokenError(ValueError):
    """A text of a row holds what the model would obey rather than read. Phase 5 leaves such rows out."""

    def __init__(self, role: str, token: str) -> None:
        super().__init__(f"no training row: the text of {role} holds {token}, which the model would obey")
        self.role = role
        self.token = token


def training_messages(
    pack: PromptPack, graph_text: str, context: RagContext, analysis: FloorPlanAnalysis, graph: TopologyGraph | None = None
) -> list[dict[str, str]]:
    """
    The three messages of a training row: what the service asks, and what the model should answer.

    :param graph_text: the text of `topology_graph.json` as it lies on the disk
    :param graph: what `parse_topology_graph` makes of that text, where it is known already
    :raises TopologyGraphError: when it is no topology graph
    :raises ControlTokenError: when a message holds a control token
    """
    messages = [*render_prompt(pack, graph_text, context, graph), {"role": "assistant", "content": answer_text(analysis)}]
    for message in messages:
        token = control_token_in(message["content"])
        if token is not None:
            raise ControlTokenError(message["role"], token)
    return messages


def training_line(messages: list[dict[str, str]]) -> str:
    """The line of `train.jsonl` that holds these messages, without its line break."""
    return stringify({"messages": messages})
