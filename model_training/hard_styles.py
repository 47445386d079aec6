"""Styles of writing that the model finds hard, drawn by us for the model card.

`python -m model_training.hard_styles` draws them, asks the shipped model, and writes the picture that
`models/README.md` shows.
"""

import keras
import numpy as np

from model_training import plots
from model_training.model_file import MODEL_PATH
from model_training.network import predict
from model_training.strokes import frame_strokes

PICTURE = MODEL_PATH.with_name("hard_styles.png")

# By name: the digit that was meant, and its strokes as x, y in a box of side 100, y down.
STYLES = {
    "hooked nine": (9, ["62,22 50,14 40,22 44,34 58,34 64,24 72,40 74,60 66,78 46,88 26,84 20,74"]),
    "curled nine": (9, ["66,30 54,24 46,32 54,40 66,34 60,16 40,18 70,48 76,70 58,88 30,86"]),
    "three without a notch": (3, ["26,20 56,14 74,26 72,44 70,62 62,82 40,90 24,84"]),
    "flat three": (3, ["24,16 70,16 52,44 72,58 70,76 48,88 26,80"]),
    "looped flag": (1, ["40,48 52,20 62,12 56,30 42,46 56,24 60,14 54,60 50,90"]),
    "long flag": (1, ["16,58 58,10 56,90"]),
    "narrow closed four": (4, ["56,12 34,52 60,50", "58,12 54,90"]),
    "open four": (4, ["30,12 26,50 70,48", "66,14 64,90"]),
    "six with a bar": (6, ["74,12 46,16 32,50 38,84 60,86 66,66 50,56 34,68"]),
    "eight left open": (8, ["70,20 46,12 34,28 56,48 66,70 48,88 32,72 50,50 66,34"]),
    "crossed seven": (7, ["22,16 74,14 50,56 42,90", "34,52 68,48"]),
    "slashed zero": (0, ["50,10 28,28 26,66 46,90 70,72 74,34 52,10", "76,10 26,92"]),
}


def framed() -> dict[str, np.ndarray]:
    """Each style framed as the page does: (28, 28) uint8."""
    return {
        name: frame_strokes([_points(stroke) for stroke in strokes]) for name, (_, strokes) in STYLES.items()
    }


def _points(stroke: str) -> np.ndarray:
    return np.array([point.split(",") for point in stroke.split()], float) / 100


def main() -> None:
    """Write the picture."""
    images = list(framed().values())
    answers = predict(keras.models.load_model(MODEL_PATH), np.stack(images))
    titles = [f"{name}\n{row.argmax()} at {row.max():.0%}" for name, row in zip(STYLES, answers, strict=True)]
    plots.plot_bars(answers, images, titles).savefig(PICTURE, dpi=100)


if __name__ == "__main__":
    main()
