"""Golden cases of framing: the degenerate inputs by name, shared by both twins.

`golden_cases.json` holds each case's input and the framed 28x28 image, a row of 56 hex digits a line,
so that a change is readable in a diff, and what becomes of a probability of `SCORE` where that is coarse.
`python -m model_training.tests.golden_cases` writes it anew after a deliberate change of framing.
"""

import json
from pathlib import Path

import numpy as np

from model_training.alphabets import DIGITS, LETTERS
from model_training.coarseness import with_coarse_odds
from model_training.framing import SIDE, frame
from model_training.strokes import frame_strokes

PATH = Path(__file__).with_name("golden_cases.json")
SCORE = 0.2
ALPHABETS = (DIGITS.name, LETTERS.name)

# An ink bitmap is a size and rectangles [top, left, height, width, level], drawn in order.
INK = {
    "empty": {"size": [28, 28], "rectangles": []},
    "no pixels at all": {"size": [0, 0], "rectangles": []},
    "one pixel": {"size": [28, 28], "rectangles": [[3, 5, 1, 1, 255]]},
    "one pixel image": {"size": [1, 1], "rectangles": [[0, 0, 1, 1, 9]]},
    "one faint pixel": {"size": [28, 28], "rectangles": [[0, 27, 1, 1, 1]]},
    "speck of 3 px": {"size": [28, 28], "rectangles": [[20, 2, 3, 2, 200]]},
    "smallest shape": {"size": [28, 28], "rectangles": [[20, 2, 4, 2, 200]]},
    "vertical line": {"size": [28, 28], "rectangles": [[2, 3, 24, 1, 255]]},
    "horizontal line": {"size": [28, 28], "rectangles": [[25, 1, 2, 9, 255]]},
    "long thin line": {"size": [3, 900], "rectangles": [[1, 0, 1, 900, 255]]},
    "full image": {"size": [28, 28], "rectangles": [[0, 0, 28, 28, 255]]},
    "touching every edge": {
        "size": [28, 28],
        "rectangles": [[0, 0, 28, 1, 255], [0, 27, 28, 1, 255], [0, 0, 1, 28, 90], [27, 0, 1, 28, 90]],
    },
    "off-centre": {"size": [28, 28], "rectangles": [[1, 1, 7, 2, 255], [1, 1, 2, 5, 180]]},
    "heavy at one end": {"size": [40, 40], "rectangles": [[5, 10, 20, 1, 4], [24, 10, 2, 12, 255]]},
    "tiny in a huge box": {"size": [500, 400], "rectangles": [[400, 17, 9, 4, 255], [400, 17, 3, 8, 255]]},
    "huge": {"size": [700, 600], "rectangles": [[10, 10, 650, 90, 255], [300, 10, 70, 500, 128]]},
    "framed already": {"size": [28, 28], "rectangles": [[4, 12, 20, 4, 255]]},
    "two parts": {"size": [60, 60], "rectangles": [[5, 5, 10, 3, 255], [40, 30, 17, 5, 70]]},
    "faint among full": {"size": [90, 90], "rectangles": [[9, 9, 61, 7, 255], [80, 60, 1, 1, 1]]},
}

# A drawing is strokes of [x, y] in units of the drawing box, y down.
STROKES = {
    "no strokes": [],
    "stroke without points": [[]],
    "one dot": [[[0.5, 0.5]]],
    "dot in a corner": [[[0, 0]]],
    "shaky dot": [[[0.3, 0.7], [0.305, 0.702], [0.301, 0.709]]],
    "duplicate points": [[[0.4, 0.2], [0.4, 0.2], [0.4, 0.8], [0.4, 0.8]]],
    "vertical line": [[[0.5, 0.1], [0.5, 0.9]]],
    "horizontal line": [[[0.1, 0.5], [0.9, 0.5]]],
    "diagonal": [[[0.9, 0.1], [0.1, 0.9]]],
    "two dots": [[[0.3, 0.3]], [[0.3, 0.6]]],
    "tiny seven": [[[0.9, 0.91], [0.94, 0.91], [0.92, 0.97]]],
    "huge seven": [[[0, 0], [1, 0], [0.4, 1]]],
    "beyond the box": [[[-0.4, 0.5], [1.3, 0.2], [0.7, 1.6]]],
    "crossed seven in two strokes": [[[0.2, 0.2], [0.7, 0.18], [0.4, 0.85]], [[0.3, 0.5], [0.65, 0.5]]],
    "four in two strokes": [[[0.4, 0.2], [0.3, 0.55], [0.7, 0.55]], [[0.6, 0.3], [0.58, 0.9]]],
    "i with a dot": [[[0.5, 0.4], [0.5, 0.9]], [[0.5, 0.2]]],
    "closed square": [[[0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8], [0.2, 0.2]]],
}


def ink_of(case: dict) -> np.ndarray:
    """Draw the rectangles of an ink case: (height, width) uint8."""
    ink = np.zeros(case["size"], np.uint8)
    for top, left, height, width, level in case["rectangles"]:
        ink[top : top + height, left : left + width] = level
    return ink


def strokes_of(case: list) -> list[np.ndarray]:
    """The strokes of a drawing as a list of (N, 2) arrays."""
    return [np.array(stroke, dtype=float).reshape(-1, 2) for stroke in case]


def pixels_of(rows: list[str]) -> np.ndarray:
    """Decode a stored framed image: (28, 28) uint8."""
    return np.frombuffer(bytes.fromhex("".join(rows)), np.uint8).reshape(SIDE, SIDE)


def main() -> None:
    """Write golden_cases.json from the cases above."""
    golden = {
        "score": SCORE,
        "ink": [{"name": n, **c, **_expected(frame(ink_of(c)))} for n, c in INK.items()],
        "strokes": [
            {"name": n, "strokes": c, **_expected(frame_strokes(strokes_of(c)))} for n, c in STROKES.items()
        ],
    }
    PATH.write_text(json.dumps(golden, indent=1) + "\n")


def _expected(framed: np.ndarray) -> dict:
    scores = {name: float(with_coarse_odds(np.array([SCORE]), framed[None], name)[0]) for name in ALPHABETS}
    return {"framed": [row.tobytes().hex() for row in framed], "coarse_scores": scores}


if __name__ == "__main__":
    main()
