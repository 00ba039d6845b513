"""How the networks see a sheet: the steps that `@arae/cv-inference` takes before each network, in OpenCV."""

import cv2
import numpy as np

#: Every network sees the sheet cut to multiples of this from the top left.
CROP_MULTIPLE = 32

#: Width and height that a landscape sheet is reduced to for segmentation, on a white canvas of `PLANE_CANVAS`.
PLANE_SHEET = (620, 436)
PLANE_CANVAS = (640, 448)
#: The same for fixtures: a quarter of a standard sheet, between two grey bars.
OBJECT_SHEET = (1280, 900)
OBJECT_CANVAS = (1280, 928)
#: Texts are looked for on half the sheet.
TEXT_LONG_SIDE = 2496
TEXT_CANVAS = (2496, 1760)

#: A text crop: height and width, and by how much its box is grown.
CROP_HEIGHT, CROP_WIDTH = 60, 250
CROP_MARGIN = 5

Grey = np.ndarray


def cropped(sheet: Grey) -> Grey:
    height, width = sheet.shape
    return sheet[: height - height % CROP_MULTIPLE, : width - width % CROP_MULTIPLE]


def plane_picture(sheet: Grey) -> Grey:
    return cv2.resize(sheet, PLANE_SHEET, interpolation=cv2.INTER_AREA)


def object_picture(sheet: Grey) -> Grey:
    return cv2.resize(sheet, OBJECT_SHEET, interpolation=cv2.INTER_AREA)


def text_picture(sheet: Grey) -> Grey:
    height, width = sheet.shape
    growth = TEXT_LONG_SIDE / max(width, height)
    size = (round(width * growth), round(height * growth))
    return cv2.resize(sheet, size, interpolation=cv2.INTER_LINEAR)


def text_crop(sheet: Grey, box: tuple[float, float, float, float]) -> Grey:
    """The part of the sheet that the recogniser sees for a box `x0, y0, x1, y1`, 60 × 250 on white."""
    x0, y0, x1, y1 = box
    height, width = sheet.shape
    left, top = max(0, int(x0) - CROP_MARGIN), max(0, int(y0) - CROP_MARGIN)
    right, bottom = min(width, int(x1) + CROP_MARGIN), min(height, int(y1) + CROP_MARGIN)
    piece = sheet[top:bottom, left:right][:CROP_HEIGHT, :CROP_WIDTH]
    canvas = np.full((CROP_HEIGHT, CROP_WIDTH), 255, np.uint8)
    start = (CROP_HEIGHT - piece.shape[0]) // 2
    canvas[start : start + piece.shape[0], : piece.shape[1]] = piece
    return canvas
