"""The five networks, as `models.json` names them."""

from typing import Literal, get_args

NetworkName = Literal["objects", "textDetection", "textRecognition", "structures", "spaces"]
NETWORK_NAMES: tuple[NetworkName, ...] = get_args(NetworkName)

#: What ARAE calls them.
ARAE_NAMES: dict[NetworkName, str] = {
    "objects": "OBJ",
    "textDetection": "OCR detection",
    "textRecognition": "OCR recognition",
    "structures": "STR",
    "spaces": "SPA",
}

#: Width and height in pixels for a landscape sheet.
INPUT_SIZES: dict[NetworkName, tuple[int, int]] = {
    "objects": (640, 480),
    "textDetection": (4960, 3488),
    "textRecognition": (250, 60),
    "structures": (640, 448),
    "spaces": (640, 448),
}

#: Where a full sheet would only cost time: the sizes at which a network of open size is tried.
TRIAL_SIZES: dict[NetworkName, tuple[int, int]] = INPUT_SIZES | {"textDetection": (640, 448)}
