"""What the model answers: one form for reading, one that the model is held to."""

from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from .fields import Exact, Flag, Number, Whole, first_fault
from .js_json import parse, stringify

STRUCTURE_TYPES = ("판상형", "타워형", "혼합형")
VENTILATION_QUALITIES = ("우수", "양호", "보통", "미흡")
OVERALL_GRADES = ("최우수", "우수", "보통", "미흡", "불합격")
"""From best to worst."""
EVALUATION_CATEGORIES = ("채광", "환기", "가족융화", "수납")


class AnalysisError(ValueError):
    """The text is no analysis."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(" ".join(f"no analysis: {f'{path}: ' if path else ''}{detail}".split()))
        self.path = path
        """Where in the analysis, as `spaces.0.has_window`."""


class SpaceAnalysis(BaseModel):
    space_name: str
    space_type: str
    area_m2: Number | None = None
    area_ratio: Number | None = None
    """Per cent of the inside area."""
    has_window: Flag = True
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
    """For reading: missing keys get ARAE's defaults, further ones are dropped. The order of the keys is part of the format."""

    image_name: str
    structure_type: str
    bay_count: Whole
    total_spaces: Whole
    room_count: Whole
    bathroom_count: Whole
    balcony_ratio: Number
    """Per cent of the inside area."""
    windowless_ratio: Number
    """Per cent of the inside spaces."""
    ventilation_quality: str
    summary: str
    spaces: list[SpaceAnalysis] = []
    design_evaluation: DesignEvaluation | None = None
    recommendations: list[str] | None = None
    compliance: Compliance | None = None


class StrictSpaceAnalysis(Exact, SpaceAnalysis):
    area_m2: Number | None
    area_ratio: Number | None
    has_window: Flag
    features: list[str]
    connected_spaces: list[str]


class StrictDesignEvaluation(Exact, DesignEvaluation):
    pass


class StrictNonCompliantItem(Exact, NonCompliantItem):
    category: Literal["채광", "환기", "가족융화", "수납"]


class StrictCompliance(Exact, Compliance):
    overall_grade: Literal["최우수", "우수", "보통", "미흡", "불합격"]
    compliant_items: list[str]
    # Narrower lists, which nobody adds to.
    non_compliant_items: list[StrictNonCompliantItem]  # type: ignore[assignment]


class StrictFloorPlanAnalysis(Exact, FloorPlanAnalysis):
    """What the model is held to: every key there, null where a value may be missing, words from lists, no further keys."""

    structure_type: Literal["판상형", "타워형", "혼합형"]
    ventilation_quality: Literal["우수", "양호", "보통", "미흡"]
    spaces: list[StrictSpaceAnalysis]  # type: ignore[assignment]
    design_evaluation: StrictDesignEvaluation | None
    recommendations: list[str] | None
    compliance: StrictCompliance | None


def parse_analysis(text: str, *, strict: bool = False) -> FloorPlanAnalysis:
    """
    Parses an answer of the model, which is JSON and nothing else.

    :param strict: by `StrictFloorPlanAnalysis`, the share of which an evaluation reports as schema compliance
    :raises AnalysisError: with the first fault
    """
    form = StrictFloorPlanAnalysis if strict else FloorPlanAnalysis
    try:
        return form.model_validate(parse(text))
    except ValidationError as error:
        raise AnalysisError(*first_fault(error)) from None
    except ValueError as error:
        raise AnalysisError("", str(error)) from None


def answer_text(analysis: FloorPlanAnalysis) -> str:
    """The analysis as a training row holds it: compact JSON."""
    return stringify(analysis.model_dump())


def analysis_json_schema() -> dict[str, Any]:
    """The strict form as JSON Schema, as a server that guides the answer takes it."""
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
