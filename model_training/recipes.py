"""Recipes: everything that decides what a training run gives, apart from the data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model_training.alphabets import DIGITS, LETTERS
from model_training.augmentation import Augmentation


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a training run gives, apart from the data."""

    name: str
    epochs: int
    batch_size: int = 128
    learning_rate: float = 4e-3  # the peak of a warm-up and cosine decay
    dropout: float = 0.25
    label_smoothing: float = 0.03
    ema_momentum: float | None = 0.999  # of the weights' moving average; None for none
    pen_share: float = 0.25  # of each batch: pen strokes, strangers' among them; the rest is scanned
    pen_variants: int = 10  # distorted copies drawn of each pen stroke drawing, on average
    scans: int = 60_000  # bad scans drawn
    scan_share: float = 0.12  # of each batch
    negatives: int = 80_000  # images that show no character
    negative_share: float = 0.13  # of each batch
    # What is different in a last stage, of images distorted by MILD; without it there's none.
    finish: Mapping[str, Any] = field(default_factory=dict)
    patience: int = 10  # epochs without a lower loss on the validation characters before stopping
    steps: int | None = None  # batches an epoch; None for as many as show every scanned image once
    precision: str = "mixed_bfloat16"  # while training; the saved model is float32
    xla: bool = True  # compiles each step as a whole, for 20 s of a core first: too long for a short run
    images: int | None = None  # scanned, and a tenth as many drawings and to validate by; None for all
    seed: int = 1


# Strong distortion teaches what a digit may look like; the last epochs are nearer to what is written.
MILD = Augmentation(
    rotation=6, slant=0.09, zoom=0.06, shift=0.8, elastic=0.35, thickness=0.4, blur=0.5, ink=0.25, noise=0.15
)

RECIPES = {
    "full": Recipe(
        "full",
        epochs=46,
        dropout=0.15,
        patience=30,
        finish={
            "epochs": 14,
            "learning_rate": 1e-3,
            "pen_share": 0.14,
            "scan_share": 0.06,
            "negative_share": 0.08,
        },
    ),
    "notebook": Recipe(
        "notebook",
        epochs=6,
        dropout=0.15,
        ema_momentum=0.998,
        pen_share=0.2,
        pen_variants=3,
        scans=10_000,
        scan_share=0.06,
        negatives=16_000,
        negative_share=0.1,
        finish={"epochs": 2, "learning_rate": 1e-3},
    ),
    "quick": Recipe(
        "quick",
        epochs=2,
        batch_size=64,
        ema_momentum=None,
        pen_share=0.2,
        pen_variants=1,
        scans=250,
        scan_share=0.05,
        negatives=500,
        negative_share=0.1,
        precision="float32",  # without XLA, a processor that has no bfloat16 takes six times as long with it
        xla=False,
        images=2_560,
    ),
}

# Letters are strokes for the most part (there are no scanned ones but EMNIST's), so more of them are spoilt.
LETTER_RECIPES = {
    "full": Recipe(
        "full",
        epochs=18,
        steps=700,
        dropout=0.15,
        patience=30,
        pen_share=0.5,
        pen_variants=3,
        scans=40_000,
        scan_share=0.2,
        negatives=60_000,
        negative_share=0.16,
        finish={
            "epochs": 14,
            "learning_rate": 1.5e-3,
            "scan_share": 0.12,
            "negative_share": 0.14,
        },
    ),
    "notebook": Recipe(
        "notebook",
        epochs=4,
        steps=500,
        dropout=0.15,
        ema_momentum=0.998,
        pen_share=0.5,
        pen_variants=1,
        scans=10_000,
        scan_share=0.2,
        negatives=12_000,
        negative_share=0.12,
        finish={"epochs": 2, "learning_rate": 1e-3},
    ),
    "quick": Recipe(
        "quick",
        epochs=2,
        steps=60,
        batch_size=32,
        ema_momentum=None,
        pen_share=0.5,
        pen_variants=1,
        scans=200,
        scan_share=0.1,
        negatives=400,
        negative_share=0.1,
        precision="float32",
        xla=False,
        images=2_000,
    ),
}
OF_ALPHABET = {DIGITS.name: RECIPES, LETTERS.name: LETTER_RECIPES}
