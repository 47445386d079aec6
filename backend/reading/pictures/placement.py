"""Where a place on the cleaned picture lies on the picture that was sent."""

from dataclasses import dataclass

import numpy as np

from backend.reading.pictures.decoding import Picture


@dataclass(frozen=True)
class Placement:
    """x, y on the picture that was sent, upright, are `origin` + `scale` times x, y on the cleaned one."""

    origin: tuple[float, float]  # px
    scale: float

    def box(self, box: np.ndarray, most: tuple[int, int]) -> list[int]:
        """Return `box`, (4,) left, top, width, height on the cleaned picture, in whole px of the sent one.

        It is at least 1 px a side and lies within `most`, width and height.
        """
        low = [start + self.scale * float(at) for start, at in zip(self.origin, box[:2], strict=True)]
        high = [start + self.scale * float(size) for start, size in zip(low, box[2:], strict=True)]
        first = [min(max(round(at), 0), side - 1) for at, side in zip(low, most, strict=True)]
        last = [
            min(max(round(at), start + 1), side) for at, start, side in zip(high, first, most, strict=True)
        ]
        return [*first, last[0] - first[0], last[1] - first[1]]


def full_size(picture: Picture) -> tuple[int, int]:
    """Return width and height of the picture that was sent, upright, in px."""
    return picture.full_size or picture.colours.shape[1::-1]


def place(picture: Picture, part: np.ndarray, enlarged: float, shape: tuple[int, ...]) -> Placement:
    """Return where a cleaned picture of `shape` (height, width) lies.

    It was made of `part`, a view of the picture's colours, `enlarged`, with as much added at every side.
    """
    whole = picture.colours
    rows, columns = whole.strides[:2]
    offset = part.__array_interface__["data"][0] - whole.__array_interface__["data"][0]
    top, left = (offset // rows, offset % rows // columns) if np.shares_memory(part, whole) else (0, 0)
    margins = [
        (side - round(length * enlarged)) / 2 for side, length in zip(shape, part.shape[:2], strict=True)
    ]
    shrunk = full_size(picture)[0] / whole.shape[1]
    origin = ((left - margins[1] / enlarged) * shrunk, (top - margins[0] / enlarged) * shrunk)
    return Placement(origin, shrunk / enlarged)
