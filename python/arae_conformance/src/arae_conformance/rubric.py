"""The criteria as one table: four items, one must, and the grade that follows."""

import re
from dataclasses import dataclass
from typing import Literal

from .js_json import js_round
from .plan_view import PlanSpace, PlanView

Level = Literal["suitable", "slight", "severe"]
_MAIN_BEDROOM = re.compile(r"(?:안방|부부침실|침실[0-9]*\(안방\))")
_STORAGE = (
    "드레스룸", "드레스실", "옷방", "wic", "워크인클로짓", "팬트리", "키친팬트리", "식료품실", "pantry", "알파룸", "창고", "붙박이장",
)  # fmt: skip


@dataclass(frozen=True)
class Rubric:
    levels: dict[str, Level]
    main_bedroom: PlanSpace | None
    """None in a plan without bedrooms, where the must does not apply."""
    must_met: bool
    """The main bedroom has a window."""
    grade: str


def evaluate_rubric(view: PlanView) -> Rubric:
    """Shares are added as hundredths of a per cent, as whole numbers, so that 30.00 % is exactly 30 %."""
    statistics, spaces = view.statistics, view.spaces
    kitchens = [space for space in spaces if _is_kitchen(space)]
    has_windowless_kitchen = any(not space.windows for space in kitchens)
    family = _sum_of_ratios([space for space in spaces if space.category == "거실" or _is_kitchen(space)])
    storage = _sum_of_ratios([space for space in spaces if _is_storage(space)])
    missed = (statistics["bay_count"] < 3) + (statistics["windowless_ratio"] > 30)
    levels: dict[str, Level] = {
        "채광": ("suitable", "slight", "severe")[missed],
        "환기": "severe" if has_windowless_kitchen else "suitable" if statistics["structure_type"] == "판상형" else "slight",
        "가족융화": "suitable" if 30 <= family <= 40 else "slight" if 25 <= family <= 50 else "severe",
        "수납": "suitable" if storage >= 10 else "slight" if storage >= 5 else "severe",
    }
    main_bedroom = _main_bedroom(spaces)
    must_met = main_bedroom is None or bool(main_bedroom.windows)
    return Rubric(levels, main_bedroom, must_met, _grade(list(levels.values())) if must_met else "불합격")


def normalise_text(text: str) -> str:
    """As labels are compared: lower case, without blanks and slashes."""
    return text.lower().replace(" ", "").replace("/", "")


def _grade(levels: list[Level]) -> str:
    suitable, slight = levels.count("suitable"), levels.count("slight")
    if suitable == 4:
        return "최우수"
    if suitable == 3 and slight == 1:
        return "우수"
    return "보통" if suitable >= 2 else "미흡"


def _is_kitchen(space: PlanSpace) -> bool:
    return space.category in ("주방", "주방및식당")


def _is_storage(space: PlanSpace) -> bool:
    label = _comparable(space)
    return space.category == "드레스룸" or any(word in label for word in _STORAGE)


def _main_bedroom(spaces: list[PlanSpace]) -> PlanSpace | None:
    bedrooms = [space for space in spaces if space.category == "침실"]
    for space in bedrooms:
        if _MAIN_BEDROOM.fullmatch(_comparable(space)):
            return space
    # The first of the largest.
    return max(bedrooms, key=lambda space: space.area_ratio or 0, default=None)


def _sum_of_ratios(spaces: list[PlanSpace]) -> float:
    # Not by sum(), which since Python 3.12 makes up for lost digits as JavaScript does not.
    total = 0.0
    for space in spaces:
        total += js_round((space.area_ratio or 0) * 100)
    return total / 100


def _comparable(space: PlanSpace) -> str:
    return normalise_text(space.name if space.label is None else space.label).replace(".", "")
