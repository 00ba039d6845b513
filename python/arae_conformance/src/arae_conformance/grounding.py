"""Holds an analysis against its graph."""

import re
from collections.abc import Iterator
from typing import Any

from .floor_plan_analysis import OVERALL_GRADES, Compliance, FloorPlanAnalysis, NonCompliantItem
from .js_text import WHITE_SPACE, code_units
from .plan_view import PlanSpace, PlanView, plan_view
from .rubric import Rubric, evaluate_rubric
from .topology_graph import TopologyGraph

Contradiction = dict[str, Any]
"""`path` (JSON Pointer into the analysis), `claim`, `fact`, `severity`: `severe` decides a grade or a window, or invents a space."""

_RATIO_TOLERANCE = 0.1
# Recommendations of the criteria that the rubric does not grade: bathroom windows and a central common space.
_BEYOND_RUBRIC = re.compile("욕실|화장실|중앙")
# 창 as in window; 창고 is a storeroom.
_WINDOW = re.compile("창(?!고)")
# Behind a name that goes on: 침실1 is not 침실10, 안방 is not 안방욕실.
_OTHER_ROOM = re.compile(f"(?:[0-9]|[{WHITE_SPACE}]*(?:욕실|화장실|드레스룸|파우더룸|발코니))")
_DENIAL = re.compile("없|미설치|미확보|부재|부족|않|못")
_LACKS_WINDOW = re.compile("[^과와,.제]{0,12}창(?!고)[^,.]{0,8}(?:없|부재|미설치|미확|되지 않|이지 않)")


def find_contradictions(analysis: FloorPlanAnalysis, graph: TopologyGraph) -> list[Contradiction]:
    """Deterministic, in the order of the analysis."""
    view = plan_view(graph)
    return [*_facts(analysis, view), *_spaces(analysis, view), *_compliance(analysis, view)]


def _contradiction(path: str, claim: Any, fact: Any, severity: str) -> Contradiction:
    return {"path": path, "claim": claim, "fact": fact, "severity": severity}


def _facts(analysis: FloorPlanAnalysis, view: PlanView) -> Iterator[Contradiction]:
    statistics = view.statistics
    exact = {
        "image_name": view.image_name,
        "structure_type": statistics["structure_type"],
        "bay_count": statistics["bay_count"],
        "total_spaces": statistics["space_count"],
        "room_count": statistics["room_count"],
        "bathroom_count": statistics["bathroom_count"],
    }
    for field, fact in exact.items():
        if getattr(analysis, field) != fact:
            yield _contradiction(f"/{field}", getattr(analysis, field), fact, "minor")
    for field in ("balcony_ratio", "windowless_ratio"):
        if _differs(getattr(analysis, field), statistics[field]):
            yield _contradiction(f"/{field}", getattr(analysis, field), statistics[field], "minor")


def _spaces(analysis: FloorPlanAnalysis, view: PlanView) -> Iterator[Contradiction]:
    by_name = {space.name: space for space in view.spaces}
    met: set[str] = set()
    for index, claimed in enumerate(analysis.spaces):
        path = f"/spaces/{index}"
        space = by_name.get(claimed.space_name)
        if space is None:
            yield _unknown_name(f"{path}/space_name", claimed.space_name, view)
            continue
        if space.name in met:
            yield _contradiction(f"{path}/space_name", claimed.space_name, "listed twice", "severe")
            continue
        met.add(space.name)
        if claimed.area_m2 is not None:
            yield _contradiction(f"{path}/area_m2", claimed.area_m2, "the graph has no scale", "minor")
        if claimed.area_ratio is not None and (space.area_ratio is None or _differs(claimed.area_ratio, space.area_ratio)):
            yield _contradiction(f"{path}/area_ratio", claimed.area_ratio, space.area_ratio, "minor")
        if claimed.has_window != bool(space.windows):
            yield _contradiction(f"{path}/has_window", claimed.has_window, bool(space.windows), "severe")
        yield from _connections(claimed.connected_spaces, space, f"{path}/connected_spaces")
    missing = [space.name for space in view.spaces if space.name not in met]
    if missing:
        yield _contradiction("/spaces", "all spaces", {"missing": missing}, "minor")


def _unknown_name(path: str, name: str, view: PlanView) -> Contradiction:
    """A label that several spaces share names none of them, but does not invent one either."""
    meant = [space.name for space in view.spaces if space.label == name]
    if meant:
        return _contradiction(path, name, {"one_of": meant}, "minor")
    return _contradiction(path, name, "no such space", "severe")


def _connections(claims: list[str], space: PlanSpace, path: str) -> Iterator[Contradiction]:
    facts = list(dict.fromkeys(connection["to"] for connection in space.connections))
    for index, claim in enumerate(claims):
        if claim not in facts:
            yield _contradiction(f"{path}/{index}", claim, "not connected", "minor")
    missing = [name for name in facts if name not in claims]
    if missing:
        yield _contradiction(path, "all connections", {"missing": missing}, "minor")


def _compliance(analysis: FloorPlanAnalysis, view: PlanView) -> Iterator[Contradiction]:
    compliance = analysis.compliance
    if compliance is None:
        return
    rubric = evaluate_rubric(view)
    claim, fact = compliance.overall_grade, rubric.grade
    fails_must = (claim == "불합격") != (fact == "불합격")
    is_known = claim in OVERALL_GRADES
    if not is_known or fails_must or abs(OVERALL_GRADES.index(claim) - OVERALL_GRADES.index(fact)) > 1:
        yield _contradiction("/compliance/overall_grade", claim, fact, "severe")
    yield from _items(compliance, rubric)


def _items(compliance: Compliance, rubric: Rubric) -> Iterator[Contradiction]:
    room = rubric.main_bedroom
    for index, claim in enumerate(compliance.compliant_items):
        if room is not None and not rubric.must_met and _is_on_its_window(room, claim) and not _DENIAL.search(claim):
            yield _contradiction(f"/compliance/compliant_items/{index}", claim, f"{room.name} has no window", "severe")
    for index, missed in enumerate(compliance.non_compliant_items):
        path = f"/compliance/non_compliant_items/{index}"
        if room is not None and _misses_its_window(room, missed):
            if rubric.must_met:
                yield _contradiction(path, missed.item, f"{room.name} has a window", "severe")
            continue
        # A missed must is a fault of daylight, however it is worded.
        is_suitable = rubric.levels.get(missed.category) == "suitable"
        is_beyond = any(_BEYOND_RUBRIC.search(text) for text in (missed.item, missed.reason))
        if is_suitable and not is_beyond and (rubric.must_met or missed.category != "채광"):
            yield _contradiction(path, missed.item, f"{missed.category} is suitable", "minor")


def _is_on_its_window(room: PlanSpace, text: str) -> bool:
    return bool(_behind_its_name(room, text)) and bool(_WINDOW.search(text)) and not _BEYOND_RUBRIC.search(text)


def _misses_its_window(room: PlanSpace, missed: NonCompliantItem) -> bool:
    behind = _behind_its_name(room, missed.reason)
    return _is_on_its_window(room, missed.item) or any(_LACKS_WINDOW.match(code_units(text)) for text in behind)


def _behind_its_name(room: PlanSpace, text: str) -> list[str]:
    parts = [part for word in ("안방", room.name) for part in text.split(word)[1:]]
    return [part for part in parts if not _OTHER_ROOM.match(part)]


def _differs(claim: float, fact: float) -> bool:
    # The tolerance itself is not a difference, whatever binary fractions make of it.
    return abs(claim - fact) > _RATIO_TOLERANCE + 1e-9
