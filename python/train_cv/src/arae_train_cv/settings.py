"""How much is trained, and on what. Everything that decides the weights stands here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One network's training."""

    steps: int
    batch: int
    #: Peak of the one-cycle schedule (AdamW).
    learning_rate: float
    #: Height and width of the pieces that are cut out of the sheets; None where inputs have one size.
    crop: tuple[int, int] | None = None


@dataclass(frozen=True)
class Settings:
    sheets: int
    #: Of the sheets that are trained on.
    sheet_seed: int
    #: Of the sheets that the figures of the model card come from; never trained on.
    test_seed: int
    test_sheets: int
    #: Of the first weights, the order of the samples and the augmentation.
    seed: int
    planes: Stage
    objects: Stage
    text_detection: Stage
    text_recognition: Stage
    #: Channels of the segmentation trunk at 1/2, 1/4 … 1/32 of its input.
    plane_channels: tuple[int, ...] = (24, 56, 96, 128, 160)
    #: Channels of the detectors at 1/4 and 1/8 of their input.
    object_channels: tuple[int, ...] = (32, 64, 96)
    text_channels: tuple[int, ...] = (24, 48, 64)
    #: Channels of the recogniser's convolutions and width of its recurrent layer.
    recogniser_channels: tuple[int, ...] = (24, 48, 96, 128)
    recogniser_hidden: int = 96


FULL = Settings(
    sheets=1000,
    sheet_seed=1,
    test_seed=4,
    test_sheets=100,
    seed=0,
    planes=Stage(steps=8000, batch=4, learning_rate=2e-3, crop=(288, 320)),
    objects=Stage(steps=7500, batch=4, learning_rate=2e-3, crop=(320, 320)),
    text_detection=Stage(steps=5000, batch=4, learning_rate=2e-3, crop=(320, 320)),
    text_recognition=Stage(steps=2600, batch=32, learning_rate=2e-3),
)

#: Minutes on any machine: shows that everything runs, not that it learns much.
TINY = Settings(
    sheets=4,
    sheet_seed=1,
    test_seed=2,
    test_sheets=2,
    seed=0,
    planes=Stage(steps=6, batch=2, learning_rate=2e-3, crop=(96, 128)),
    objects=Stage(steps=6, batch=2, learning_rate=2e-3, crop=(128, 128)),
    text_detection=Stage(steps=6, batch=2, learning_rate=2e-3, crop=(128, 128)),
    text_recognition=Stage(steps=6, batch=4, learning_rate=2e-3),
    plane_channels=(8, 8, 8, 8, 8),
    object_channels=(8, 8, 8),
    text_channels=(8, 8, 8),
    recogniser_channels=(8, 8, 8, 8),
    recogniser_hidden=8,
)

PRESETS = {"full": FULL, "tiny": TINY}
