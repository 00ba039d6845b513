"""The graph as ARAE's service of 2026 rendered it."""

from typing import Any

from .js_json import SpelledNumber, parse_spelled, stringify


def render_legacy_graph(graph_text: str) -> str:
    """
    The slimmed graph as ARAE's service of 2026 puts it into its prompt, with its oddity: doors and windows are lost.

    :param graph_text: the text of `topology_graph.json`; its spelling of numbers is kept
    :raises ValueError: when it is no JSON object
    """
    graph = parse_spelled(graph_text)
    if not isinstance(graph, dict):
        raise ValueError("the topology graph is no JSON object")
    slim: dict[str, Any] = {}
    if "image_info" in graph:
        info = graph["image_info"]
        name = info.get("file_name") if isinstance(info, dict) else None
        slim["image_info"] = {"file_name": "" if name is None else name}
    if "nodes" in graph:
        slim["nodes"] = [_slim_node(node) for node in _items(graph["nodes"])]
    if "edges" in graph:
        slim["edges"] = [_pick(edge, ("source_node", "target_node", "connection_type")) for edge in _items(graph["edges"])]
    if "statistics" in graph:
        slim["statistics"] = graph["statistics"]
    return stringify(slim, 2)


def _slim_node(node: Any) -> Any:
    slim = _pick(node, ("node_id", "label", "space_type", "is_outside", "area", "area_ratio"))
    contains = node.get("contains") if isinstance(node, dict) else None
    if isinstance(contains, dict):
        kept = {}
        if _is_filled(contains.get("objects")):
            kept["objects"] = [_name_of(item) for item in _items(contains["objects"])]
        if _is_filled(contains.get("ocr_labels")):
            kept["ocr_labels"] = contains["ocr_labels"]
        if _is_filled(contains.get("structures")):
            kept["structures"] = [_name_of(item) for item in _items(contains["structures"])]
        if kept:
            slim["contains"] = kept
    return slim


def _pick(value: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    source = value if isinstance(value, dict) else {}
    return {key: source.get(key) for key in keys}


def _items(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, str, dict)) else []


def _name_of(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return item["type"] if _is_filled(item.get("type")) else item.get("category_name")


def _is_filled(value: Any) -> bool:
    return not value.is_zero if isinstance(value, SpelledNumber) else bool(value)
