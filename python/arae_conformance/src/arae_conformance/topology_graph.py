"""`topology_graph.json`, with the same verdicts as the TypeScript schema."""

from typing import Any, Literal

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from .fields import Box, Count, CountByName, FilledText, Flag, Loose, NotNegative, Number, Percent, Point, Positive, Whole, first_fault
from .js_json import parse

StructureType = Literal["판상형", "타워형", "혼합형"]


class TopologyGraphError(ValueError):
    """The text is no topology graph."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(" ".join(f"no topology graph: {f'{path}: ' if path else ''}{detail}".split()))
        self.path = path
        """Where in the graph, as `nodes.3.area`; empty when it is the whole, or when the text is no JSON at all."""


class ImageInfo(Loose):
    file_name: FilledText
    width: Positive
    height: Positive


class ContainedObject(Loose):
    object_id: str
    category_id: Whole
    category_name: str
    bbox: Box


class ContainedStructure(Loose):
    structure_id: str
    type: str
    bbox: Box | None
    """None where the detection came with an outline only."""


class Structures(Loose):
    doors: list[ContainedStructure]
    windows: list[ContainedStructure]
    walls: list[Any]


class Contains(Loose):
    objects: list[ContainedObject]
    ocr_labels: list[str]
    structures: Structures


class TopologyNode(Loose):
    node_id: str
    node_type: str
    category_id: Whole
    category_name: str
    label: str
    space_type: str
    is_outside: Flag
    bbox: Box | None
    """None where the detection came with an outline only."""
    segmentation: list[list[Number | None]] | None
    """Rings as flat lists of coordinates, as detected: None stands for what was not."""
    area: NotNegative
    """px²"""
    area_ratio: NotNegative | None
    """Share (0–1) of the inside area; None outside."""
    centroid: Point
    contains: Contains


class TopologyEdge(Loose):
    edge_id: str
    source_node: str
    target_node: str
    connection_type: Literal["door", "window", "open"]
    connection_id: str | None


class TopologyStatistics(Loose):
    total_image_area: NotNegative
    """px²"""
    total_space_area: NotNegative
    """px²"""
    total_inside_area: NotNegative
    """px²"""
    space_count: Count
    inside_space_count: Count
    room_count: Count
    bathroom_count: Count
    balcony_count: Count
    bay_count: Count
    space_type_count: CountByName
    structure_type: StructureType
    balcony_ratio: NotNegative
    """Per cent of the inside area."""
    windowless_ratio: Percent
    """Per cent of the inside spaces."""


class TopologyGraph(Loose):
    """Unknown further fields are kept."""

    image_info: ImageInfo
    nodes: list[TopologyNode]
    edges: list[TopologyEdge]
    statistics: TopologyStatistics

    @model_validator(mode="after")
    def _names_and_ends(self) -> "TopologyGraph":
        seen: set[str] = set()
        for index, node in enumerate(self.nodes):
            if node.node_id in seen:
                raise _fault(("nodes", index, "node_id"), "{id} occurs twice", node.node_id)
            seen.add(node.node_id)
        for index, edge in enumerate(self.edges):
            for end in ("source_node", "target_node"):
                if getattr(edge, end) not in seen:
                    raise _fault(("edges", index, end), "there is no node {id}", getattr(edge, end))
        return self


def parse_topology_graph(text: str) -> TopologyGraph:
    """
    Parses the text of `topology_graph.json`.

    :raises TopologyGraphError: with the first fault; what is taken and what is refused, and where, equals TypeScript's `parseTopologyGraph`.
    """
    try:
        return TopologyGraph.model_validate(parse(text))
    except ValidationError as error:
        raise TopologyGraphError(*first_fault(error)) from None
    except ValueError as error:
        raise TopologyGraphError("", str(error)) from None


def _fault(place: tuple[int | str, ...], message: Any, node_id: str) -> ValidationError:
    # A message must be Unicode text, a node_id need not be.
    shown = node_id.encode("utf-8", "backslashreplace").decode()
    detail = InitErrorDetails(type=PydanticCustomError("node_id", message, {"id": shown}), loc=place, input=None)
    return ValidationError.from_exception_data("TopologyGraph", [detail])
