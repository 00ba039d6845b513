"""The graph as a model sees it."""

from .js_json import stringify
from .plan_view import SPACE_FIELDS, plan_view
from .topology_graph import TopologyGraph


def render_grounded_graph(graph: TopologyGraph, indent: int = 0, fields: list[str] | None = None) -> str:
    """
    Unique names, and the doors and windows of every space, as JSON.

    :param indent: blanks per level, 0–8; 0 is compact
    :param fields: what a space shows beside its name and category, of `SPACE_FIELDS`; None is all
    """
    view = plan_view(graph)
    shown = ("name", "category", *(SPACE_FIELDS if fields is None else fields))
    spaces = [{key: value for key, value in space.to_json().items() if key in shown} for space in view.spaces]
    text = stringify({"image_name": view.image_name, "statistics": view.statistics, "spaces": spaces}, indent)
    # No text of a drawing may be read as a control token of the chat template.
    return text.replace("<", "\\u003c")
