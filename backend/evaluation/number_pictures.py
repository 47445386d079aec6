"""How a number was read, as pictures: candidate cuts, the lattice's segments, the outputs along a line."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from backend.reading.segmentation.judging import Judged, decide
from backend.reading.segmentation.line_images import LineImage
from backend.reading.segmentation.pieces import cut, find_units
from backend.reading.segmentation.whole_lines import WholeLine

CUT_COLOUR = (200, 30, 30)


def with_cuts(image: LineImage) -> np.ndarray:
    """Return a line, dark on white, (height, width, 3) uint8, with every cut that may part two characters."""
    shown = np.dstack([255 - image.levels] * 3)
    for unit in find_units(image):
        for path in cut(unit, image.pen).cuts:
            rows = unit.top + np.arange(len(path.columns))
            columns = np.minimum(unit.left + path.columns, shown.shape[1] - 1)
            inside = rows < len(shown)
            shown[rows[inside], columns[inside]] = CUT_COLOUR
    return shown


def segments_of(line: Judged, labels: Sequence[str]) -> list[dict[str, Any]]:
    """Return the segments of a line, each with what the model says of it and whether it was chosen."""
    chosen = set(decide(line).chosen)
    return [
        {
            "from": segment.start,
            "to": segment.end,
            "read as": labels[int(line.probabilities[index].argmax())],
            "probability": float(line.probabilities[index].max()),
            "is a digit": float(line.is_digit[index]),
            "cuts": segment.cuts,
            "chosen": index in chosen,
        }
        for index, segment in enumerate(line.lattice.segments)
    ]


def lattice_picture(line: Judged, labels: Sequence[str], unit: int = 44) -> np.ndarray:
    """Return the lattice as a picture, (height, width, 3) uint8: a bar from node to node for each segment.

    The darker, the surer is the model that it is a digit; what was chosen has a red edge.
    """
    rows = segments_of(line, labels)
    rows.sort(key=lambda row: (row["to"] - row["from"], row["from"]))
    height = 22
    shown = np.full((height * (len(rows) + 1), unit * (line.lattice.nodes - 1) + 2, 3), 255, np.uint8)
    for place, row in enumerate(rows):
        left, right = (unit * row[side] for side in ("from", "to"))
        top = height * place
        level = round(255 * (1 - row["is a digit"]))
        cv2.rectangle(shown, (left + 2, top + 2), (right - 2, top + height - 3), (level,) * 3, -1)
        edge = CUT_COLOUR if row["chosen"] else (160, 160, 160)
        cv2.rectangle(
            shown, (left + 2, top + 2), (right - 2, top + height - 3), edge, 2 if row["chosen"] else 1
        )
        ink = (255,) * 3 if level < 128 else (0,) * 3
        middle = (left + right) // 2 - 5
        cv2.putText(
            shown, str(row["read as"]), (middle, top + 17), cv2.FONT_HERSHEY_SIMPLEX, 0.5, ink, 1, cv2.LINE_AA
        )
    return shown


def outputs_picture(whole: WholeLine, row: int = 6) -> np.ndarray:
    """Return a line as it was read whole, (height, width, 3) uint8, and what was read along it.

    Beneath the ink is a row, `row` px high, for each label from 0 on and a last one for the blank: the
    darker, the more probable there.
    """
    places = np.exp(whole.log_probabilities.T)
    beneath = np.repeat(np.repeat(1 - places, row, axis=0), whole.ink.shape[1] // places.shape[1], axis=1)
    shown = np.vstack([255 - whole.ink, np.round(255 * beneath).astype(np.uint8)])
    return np.dstack([shown] * 3)
