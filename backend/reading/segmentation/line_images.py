"""A line of writing as an image of its own: level, of one height, its pen as wide as the model knows it."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.segmentation.text_lines import TextLine

HEIGHT = 48  # px, of the characters; more than twice what framing keeps
ROOM = 0.3  # of the height, around the line
LEVEL = 0.03  # a slope that is no more is left as it is
PEN_WIDTHS = (2.0, 3.2)  # px where characters are 20 px high; what the model reads best
INK = 127  # levels; more is ink, less its soft edge


@dataclass(frozen=True)
class LineImage:
    """One line of writing, its characters about 48 px high."""

    levels: np.ndarray  # (height, width) uint8 ink
    to_picture: np.ndarray  # (2, 3) from x, y here to x, y in what it was cut out of
    pen: float  # px, the width of its strokes
    row: int = 0  # of the picture, from the top

    def box_in_picture(self, left: float, top: float, width: float, height: float) -> np.ndarray:
        """Return the box as (4,) left, top, width, height, around the same place where it was cut out."""
        corners = np.array([[left, left + width] * 2, [top, top, top + height, top + height], [1] * 4])
        x, y = self.to_picture @ corners
        return np.array([x.min(), y.min(), np.ptp(x), np.ptp(y)])


def line_image(ink: np.ndarray, labels: np.ndarray, chosen: np.ndarray, line: TextLine) -> LineImage:
    """Return `line` of `ink`, 2-D uint8, as an image.

    `labels`, (height, width), says which part of the picture each pixel is of, 0 if of none, and `chosen`,
    (parts,) bool, which parts are the line's: what is of others is left out.
    """
    box, slope = line.box, line.slope
    scale = HEIGHT / line.height
    room = ROOM * line.height
    low = np.maximum(np.floor(box[:2] - room), 0).astype(int)
    high = np.minimum(np.ceil(box[2:] + room), ink.shape[::-1]).astype(int)
    window = slice(low[1], high[1]), slice(low[0], high[0])
    mine = chosen | (np.arange(len(chosen)) == 0)
    cut = np.where(mine[labels[window]], ink[window], 0)
    size = np.maximum(np.round((high - low) * scale), 1).astype(int)
    levels = cv2.resize(cut, size.tolist(), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    grown = size / (high - low)
    back = np.array([[1 / grown[0], 0, low[0]], [0, 1 / grown[1], low[1]]])
    if abs(slope) > LEVEL:
        angle = np.arctan(slope)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        corners = turn @ np.array([[0, size[0], 0, size[0]], [0, 0, size[1], size[1]]])
        first = corners.min(axis=1)
        turned = np.ceil(np.ptp(corners, axis=1)).astype(int)
        levels = cv2.warpAffine(levels, np.column_stack([turn, -first]), turned.tolist())
        back = np.column_stack([back[:, :2] @ turn.T, back[:, :2] @ turn.T @ first + back[:, 2]])
    levels, pen = with_even_pen(levels)
    return LineImage(levels, back, pen, line.row)


def with_even_pen(levels: np.ndarray) -> tuple[np.ndarray, float]:
    """Return `levels`, 2-D uint8, with strokes as wide as the model knows them, and their width in px."""
    solid = (levels > INK).astype(np.uint8)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    ridge = inside[(inside > 0) & (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))]
    if ridge.size == 0 or solid.all():
        return levels, PEN_WIDTHS[0] * HEIGHT / 20
    least, most = (width * HEIGHT / 20 for width in PEN_WIDTHS)
    width = 2 * float(np.median(ridge))
    wanted = min(max(width, least), most)
    if wanted == width:
        return levels, width
    beyond = cv2.distanceTransform(1 - solid, cv2.DIST_L2, 5) - inside
    share = ((wanted - width) / 2 - beyond) / 2 + 0.5
    return np.floor(255 * np.clip(share, 0, 1) + 0.5).astype(np.uint8), wanted
