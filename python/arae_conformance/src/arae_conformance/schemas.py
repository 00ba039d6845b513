"""The forms of a topology graph, of retrieved criteria and of an analysis, as Pydantic models."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

StructureType = Literal["판상형", "타워형", "혼합형"]
OVERALL_GRADES = ("최우수", "우수", "보통", "미흡", "불합격")
"""From best to worst."""
EVALUATION_CATEGORIES = ("채광", "환기", "가족융화", "수납")
VENTILATION_QUALITIES = ("우수", "양호", "보통", "미흡")
STRUCTURE_TYPES = ("판상형", "타워형", "혼합형")

Count = Annotated[int, Field(ge=0)]
NotNegative = Annotated[float, Field(ge=0)]
Box = Annotated[list[float], Field(min_length=4, max_length=4)]


class _Loose(BaseModel):
    """Unknown fields are kept."""

    model_config = ConfigDict(extra="allow")


class ImageInfo(_Loose):
    file_name: Annotated[str, Field(min_length=1)]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]


class ContainedObject(_Loose):
    object_id: str
    category_id: int
    category_name: str
    bbox: Box


class ContainedStructure(_Loose):
    structure_id: str
    type: str
    bbox: Box | None


class Structures(_Loose):
    doors: list[ContainedStructure]
    windows: list[ContainedStructure]
    walls: list[Any]


class Contains(_Loose):
    objects: list[ContainedObject]
    ocr_labels: list[str]
    structures: Structures


class TopologyNode(_Loose):
    node_id: str
    node_type: str
    category_id: int
    category_name: str
    label: str
    space_type: str
    is_outside: bool
    bbox: Box | None
    segmentation: list[list[float | None]] | None
    area: NotNegative
    """px²"""
    area_ratio: NotNegative | None
    """Share (0–1) of the inside area; None outside."""
    centroid: Annotated[list[float], Field(min_length=2, max_length=2)]
    contains: Contains


class TopologyEdge(_Loose):
    edge_id: str
    source_node: str
    target_node: str
    connection_type: Literal["door", "window", "open"]
    connection_id: str | None


class TopologyStatistics(_Loose):
    total_image_area: NotNegative
    total_space_area: NotNegative
    total_inside_area: NotNegative
    space_count: Count
    inside_space_count: Count
    room_count: Count
    bathroom_count: Count
    balcony_count: Count
    bay_count: Count
    space_type_count: dict[str, Count]
    structure_type: StructureType
    balcony_ratio: NotNegative
    """Per cent of the inside area."""
    windowless_ratio: Annotated[float, Field(ge=0, le=100)]
    """Per cent of the inside spaces."""


class TopologyGraph(_Loose):
    image_info: ImageInfo
    nodes: list[TopologyNode]
    edges: list[TopologyEdge]
    statistics: TopologyStatistics

    @model_validator(mode="after")
    def _ends_exist(self) -> "TopologyGraph":
        ids = [node.node_id for node in self.nodes]
        if len(set(ids)) < len(ids):
            raise ValueError("a node_id occurs twice")
        for edge in self.edges:
            for end in (edge.source_node, edge.target_node):
                if end not in set(ids):
                    raise ValueError(f"there is no node {end}")
        return self


class RetrievedChunk(BaseModel):
    rank: Annotated[int, Field(ge=1)]
    content: str
    similarity: float
    source: str


class RagContext(BaseModel):
    query: str
    retrieved_chunks: list[RetrievedChunk]


class SpaceAnalysis(BaseModel):
    space_name: str
    space_type: str
    area_m2: float | None = None
    area_ratio: float | None = None
    """Per cent of the inside area."""
    has_window: bool = True
    features: list[str] = []
    connected_spaces: list[str] = []
    evaluation_comment: str


class DesignEvaluation(BaseModel):
    채광: str
    환기: str
    가족융화: str
    수납: str


class NonCompliantItem(BaseModel):
    category: str
    item: str
    reason: str
    recommendation: str


class Compliance(BaseModel):
    overall_grade: str
    compliant_items: list[str] = []
    non_compliant_items: list[NonCompliantItem] = []
    summary: str


class FloorPlanAnalysis(BaseModel):
    """What the model answers, for reading: missing keys get ARAE's defaults, further ones are dropped."""

    image_name: str
    structure_type: str
    bay_count: int
    total_spaces: int
    room_count: int
    bathroom_count: int
    balcony_ratio: float
    windowless_ratio: float
    ventilation_quality: str
    summary: str
    spaces: list[SpaceAnalysis] = []
    design_evaluation: DesignEvaluation | None = None
    recommendations: list[str] | None = None
    compliance: Compliance | None = None


def analysis_json_schema() -> dict[str, Any]:
    """The strict schema that the model is held to: every key required, words from lists, nothing else."""
    text: dict[str, Any] = {"type": "string"}
    texts = {"type": "array", "items": text}
    integer, number = {"type": "integer"}, {"type": "number"}
    number_or_null = {"type": ["number", "null"]}
    space = _strict(
        space_name=text, space_type=text, area_m2=number_or_null, area_ratio=number_or_null, has_window={"type": "boolean"},
        features=texts, connected_spaces=texts, evaluation_comment=text,
    )  # fmt: skip
    item = _strict(category=_one_of(EVALUATION_CATEGORIES), item=text, reason=text, recommendation=text)
    compliance = _strict(
        overall_grade=_one_of(OVERALL_GRADES), compliant_items=texts,
        non_compliant_items={"type": "array", "items": item}, summary=text,
    )  # fmt: skip
    return _strict(
        image_name=text, structure_type=_one_of(STRUCTURE_TYPES), bay_count=integer, total_spaces=integer, room_count=integer,
        bathroom_count=integer, balcony_ratio=number, windowless_ratio=number,
        ventilation_quality=_one_of(VENTILATION_QUALITIES), summary=text, spaces={"type": "array", "items": space},
        design_evaluation=_or_null(_strict(**{category: text for category in EVALUATION_CATEGORIES})),
        recommendations=_or_null(texts), compliance=_or_null(compliance),
    )  # fmt: skip


def _strict(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _one_of(words: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
