"""The reading of a graph that is shown to the model, and on which rubric and grounding work."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from .js_json import js_round
from .js_text import trim
from .topology_graph import TopologyGraph, TopologyNode

SPACE_FIELDS = ("label", "space_type", "is_outside", "area_ratio", "windows", "doors", "objects", "connections")
_STATISTICS = (
    "structure_type", "bay_count", "space_count", "inside_space_count", "room_count", "bathroom_count", "balcony_count",
    "balcony_ratio", "windowless_ratio",
)  # fmt: skip
_PREFIX = re.compile(r"^(?:공간|객체|구조)_")


@dataclass(frozen=True)
class PlanSpace:
    name: str
    """Unique within the plan."""
    label: str | None
    """The text in the drawing; None where it is the name."""
    category: str
    space_type: str
    is_outside: bool
    area_ratio: float | None
    """Per cent of the inside area, two decimals; None outside."""
    windows: list[str]
    doors: list[str]
    objects: list[str]
    connections: list[dict[str, str]]

    def to_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"name": self.name}
        if self.label is not None:
            fields["label"] = self.label
        fields |= {name: getattr(self, name) for name in ("category", *SPACE_FIELDS[1:])}
        return fields


@dataclass(frozen=True)
class PlanView:
    image_name: str
    statistics: dict[str, Any]
    spaces: list[PlanSpace]


def plan_view(graph: TopologyGraph) -> PlanView:
    names = unique_space_names(graph.nodes)
    name_by_id = {node.node_id: name for node, name in zip(graph.nodes, names, strict=True)}
    connections: dict[str, list[dict[str, str]]] = {node.node_id: [] for node in graph.nodes}
    for edge in graph.edges:
        connections[edge.source_node].append({"to": name_by_id[edge.target_node], "by": edge.connection_type})
        connections[edge.target_node].append({"to": name_by_id[edge.source_node], "by": edge.connection_type})
    return PlanView(
        image_name=graph.image_info.file_name,
        statistics={name: getattr(graph.statistics, name) for name in _STATISTICS},
        spaces=[
            PlanSpace(
                name=name,
                label=None if node.label == name else node.label,
                category=without_category_prefix(node.category_name),
                space_type=node.space_type,
                is_outside=node.is_outside,
                # A share of four decimals in per cent of two, without the noise of binary fractions.
                area_ratio=None if node.area_ratio is None else js_round(node.area_ratio * 10_000) / 100,
                windows=[window.type for window in node.contains.structures.windows],
                doors=[door.type for door in node.contains.structures.doors],
                objects=[without_category_prefix(item.category_name) for item in node.contains.objects],
                connections=connections[node.node_id],
            )
            for node, name in zip(graph.nodes, names, strict=True)
        ],
    )


def unique_space_names(nodes: list[TopologyNode]) -> list[str]:
    """The label, numbered from 1 where it repeats; a number that another node has as its own label is passed over."""
    labels = [
        (without_category_prefix(node.category_name) or "공간") if trim(node.label) == "" else node.label for node in nodes
    ]
    taken = set(labels)
    occurrences = Counter(labels)
    last_number: dict[str, int] = {}
    names = []
    for label in labels:
        if occurrences[label] == 1:
            names.append(label)
            continue
        number = last_number.get(label, 0) + 1
        while f"{label}{number}" in taken:
            number += 1
        last_number[label] = number
        taken.add(f"{label}{number}")
        names.append(f"{label}{number}")
    return names


def without_category_prefix(category_name: str) -> str:
    """`공간_침실` → `침실`; other names as they are."""
    return _PREFIX.sub("", category_name, count=1)
