"""ARAE's categories: which class of a network is which."""

from .network_names import NetworkName

CATEGORY_NAMES: dict[int, str] = {
    1: "공간_다목적공간",
    2: "공간_엘리베이터홀",
    3: "공간_계단실",
    4: "객체_변기",
    5: "객체_세면대",
    6: "객체_싱크대",
    7: "객체_욕조",
    8: "객체_가스레인지",
    9: "구조_출입문",
    10: "구조_창호",
    11: "구조_벽체",
    13: "공간_거실",
    14: "공간_침실",
    15: "공간_주방",
    16: "공간_현관",
    17: "공간_발코니",
    18: "공간_화장실",
    19: "공간_실외기실",
    20: "공간_드레스룸",
    22: "공간_기타",
    23: "공간_엘리베이터",
}

#: The category of each class, in the order of the network's outputs.
DEFAULT_CLASSES: dict[NetworkName, tuple[int, ...]] = {
    "objects": (4, 5, 6, 7, 8),
    "structures": (9, 10, 11),
    "spaces": (1, 2, 3, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23),
}


def classes_by_name(network: NetworkName, names: list[str]) -> tuple[int, ...] | None:
    """The categories in the order of the names that a network carries; None: they are not ARAE's names."""
    known = {CATEGORY_NAMES[category]: category for category in DEFAULT_CLASSES[network]}
    # Some training sets leave the group (객체_) out.
    known |= {name.partition("_")[2]: category for name, category in known.items()}
    categories = tuple(known[name] for name in names if name in known)
    return categories if names and len(categories) == len(set(categories)) == len(names) else None
