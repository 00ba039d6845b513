"""What ARAE's local model sees and what its answers are held against, byte for byte as the training data was made."""

from .grounding import Contradiction, find_contradictions
from .plan_view import PlanSpace, PlanView, plan_view
from .prompt import (
    DEFAULT_PROMPT_PACK,
    PromptPack,
    PromptPackError,
    answer_text,
    call_settings,
    load_prompt_pack,
    query_text,
    render_grounded_graph,
    render_legacy_graph,
    render_prompt,
    render_question,
    render_rag_context,
)
from .rubric import Rubric, evaluate_rubric
from .schemas import FloorPlanAnalysis, RagContext, TopologyGraph, analysis_json_schema

__all__ = [
    "DEFAULT_PROMPT_PACK", "Contradiction", "FloorPlanAnalysis", "PlanSpace", "PlanView", "PromptPack", "PromptPackError", "RagContext",
    "Rubric", "TopologyGraph", "analysis_json_schema", "answer_text", "call_settings", "evaluate_rubric", "find_contradictions",
    "load_prompt_pack", "plan_view", "query_text", "render_grounded_graph", "render_legacy_graph", "render_prompt", "render_question",
    "render_rag_context",
]  # fmt: skip
