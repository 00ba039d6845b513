"""What ARAE's local model sees and what its answers are held against, byte for byte as the training data was made."""

from .chat import call_settings, control_token_in, render_question
from .floor_plan_analysis import AnalysisError, FloorPlanAnalysis, StrictFloorPlanAnalysis, analysis_json_schema, answer_text, parse_analysis
from .grounding import Contradiction, find_contradictions
from .plan_view import PlanSpace, PlanView, plan_view
from .prompt import query_text, render_prompt
from .prompt_pack import DEFAULT_PROMPT_PACK, PromptPack, PromptPackError, load_prompt_pack
from .rag_context import RagContext, RagContextError, parse_rag_context, render_rag_context
from .render_grounded_graph import render_grounded_graph
from .render_legacy_graph import render_legacy_graph
from .rubric import Rubric, evaluate_rubric
from .topology_graph import TopologyGraph, TopologyGraphError, parse_topology_graph
from .training_row import ControlTokenError, training_line, training_messages

__all__ = [
    "DEFAULT_PROMPT_PACK", "AnalysisError", "Contradiction", "ControlTokenError", "FloorPlanAnalysis", "PlanSpace", "PlanView", "PromptPack",
    "PromptPackError", "RagContext", "RagContextError", "Rubric", "StrictFloorPlanAnalysis", "TopologyGraph", "TopologyGraphError",
    "analysis_json_schema", "answer_text", "call_settings", "control_token_in", "evaluate_rubric", "find_contradictions", "load_prompt_pack",
    "parse_analysis", "parse_rag_context", "parse_topology_graph", "plan_view", "query_text", "render_grounded_graph", "render_legacy_graph",
    "render_prompt", "render_question", "render_rag_context", "training_line", "training_messages",
]  # fmt: skip
