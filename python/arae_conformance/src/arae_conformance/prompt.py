"""The messages that the model is asked with, byte for byte as its training rows hold them."""

import re
from collections.abc import Mapping
from typing import Any

from .js_json import js_text
from .prompt_pack import PromptPack
from .rag_context import RagContext, render_rag_context
from .render_grounded_graph import render_grounded_graph
from .render_legacy_graph import render_legacy_graph
from .topology_graph import TopologyGraph, TopologyStatistics, parse_topology_graph

_PLACE = re.compile(r"\{(topology_json|rag_context)\}")


def render_prompt(pack: PromptPack, graph_text: str, context: RagContext, graph: TopologyGraph | None = None) -> list[dict[str, str]]:
    """
    The system and the user message of one plan.

    :param graph_text: the text of `topology_graph.json` as it lies on the disk
    :param graph: what `parse_topology_graph` makes of that text, where it is known already
    :raises TopologyGraphError: when it is no topology graph
    """
    if pack.render["mode"] == "legacy":
        topology_json = render_legacy_graph(graph_text)
    else:
        known = parse_topology_graph(graph_text) if graph is None else graph
        topology_json = render_grounded_graph(known, pack.render["indent"], pack.render.get("fields"))
    values = {"topology_json": topology_json, "rag_context": render_rag_context(context)}
    # One pass, so that a text from a drawing that looks like a place stays what it is.
    user = _PLACE.sub(lambda place: values[place.group(1)], pack.user_template)
    return [{"role": "system", "content": pack.system}, {"role": "user", "content": user}]


def query_text(statistics: TopologyStatistics | Mapping[str, Any]) -> str:
    """What is searched for in the criteria: structure, bays and bedrooms of a plan."""
    known = statistics.model_dump() if isinstance(statistics, TopologyStatistics) else statistics
    structure, bays, rooms = (js_text(known.get(key, other)) for key, other in _ASKED.items())
    return f"{structure} 건축물 {bays}Bay 침실 {rooms}개"


_ASKED = {"structure_type": "혼합형", "bay_count": 0, "room_count": 0}
