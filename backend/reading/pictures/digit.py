"""The digit on a picture: chosen among all that is written there, as ink to be framed."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.levels import ink_of
from backend.reading.pictures.cleaning import FULL, CleanedPicture, clean, faintest, to_levels, window_around
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.parts import choose_parts
from backend.reading.pictures.pen import even_pen
from backend.reading.pictures.placement import full_size
from model_training.framing import crop_to_ink

LEAST_SIZE = 0.03  # of the picture's longer side; what is smaller is a speck
MOST_INK = 0.6  # of the picture
RING = (9, 17)  # px, within which paper shows around a stroke
MOST_AROUND = 0.5  # of the ink's contrast, that remains there; more is a shade and not a stroke


@dataclass(frozen=True)
class Ink:
    """The ink of one digit, and the picture that it was found on."""

    levels: np.ndarray  # (height, width) uint8, to be framed; all 0 where nothing is written
    chosen: np.ndarray  # (height, width) uint8, as it stands on the cleaned picture, its pen as it was
    cleaned: CleanedPicture

    @property
    def box(self) -> list[int] | None:
        """Left, top, width and height in px of the picture as it was sent, upright; None without ink."""
        if not self.chosen.any():
            return None
        rows, columns = window_around(self.chosen > 0, 0)
        box = (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
        return self.cleaned.placement.box(np.array(box), full_size(self.cleaned.picture))

    @property
    def stages(self) -> dict[str, np.ndarray]:
        """How the picture became ink: stages by name, in order, each 2-D uint8.

        "grey" is the picture upright, "paper removed" its contrast with the paper, "ink" the digit, and
        "pen evened", only where that was tried, the digit with strokes of the width that the model knows.
        """
        stages = {
            "grey": cv2.cvtColor(self.cleaned.picture.colours, cv2.COLOR_RGB2GRAY),
            "paper removed": to_levels(self.cleaned.paper_removed),
            "ink": self.chosen,
        }
        return stages if self.levels is self.chosen else stages | {"pen evened": self.levels}


def picture_to_ink(content: bytes, most_memory: int) -> Ink:
    """Return the ink of the digit in the picture file `content`.

    Raises PictureTooLargeError, before decoding, where that would take over `most_memory` bytes;
    PictureError if it can't be decoded.
    """
    return choose_digit(clean(decode(content, most_memory)))


def choose_digit(cleaned: CleanedPicture) -> Ink:
    """Return the ink of the one digit among what is written; where nothing is, it is empty."""
    if cleaned.for_model:
        digit = np.full(cleaned.contrast.shape, cleaned.parts.mass.any())
    else:
        digit = choose_parts(cleaned.parts)
        digit &= is_written(cleaned.contrast, digit, faintest(cleaned.paper_removed))
    chosen = cleaned.ink_of(digit)
    if cleaned.for_model:
        chosen = ink_of(chosen)
    return Ink(chosen if cleaned.for_model or not chosen.any() else even_pen(chosen), chosen, cleaned)


def is_written(contrast: np.ndarray, digit: np.ndarray, least: float) -> bool:
    """Return whether `digit`, a mask, is large enough, and darker by far than what lies close around it.

    It has at least a contrast of `least`.
    """
    shape = crop_to_ink(digit).shape
    if max(shape) < LEAST_SIZE * max(digit.shape) or np.count_nonzero(digit) > MOST_INK * digit.size:
        return False
    window = window_around(digit, RING[1] // 2)
    contrast, digit = contrast[window], digit[window]
    mask = digit.astype(np.uint8)
    near, far = (cv2.dilate(mask, np.ones((side, side), np.uint8)) for side in RING)
    ring = contrast[far > near]
    level, full = np.percentile(contrast[digit], [50, FULL])
    return bool(full > least) and (ring.size == 0 or float(np.median(ring)) < MOST_AROUND * level)
