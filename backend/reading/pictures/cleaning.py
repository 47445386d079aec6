"""A picture is cleaned: what remains is what was written on it, in parts, whatever the paper."""

from dataclasses import dataclass

import cv2
import numpy as np

from backend.reading.pictures.boxes import remove_boxes
from backend.reading.pictures.crops import even_paper, margin_of, paper_of_crop
from backend.reading.pictures.decoding import Picture
from backend.reading.pictures.lines import remove_lines
from backend.reading.pictures.paper import WIDEST_STROKE, remove_paper
from backend.reading.pictures.parts import Parts, find_parts
from backend.reading.pictures.placement import Placement, place
from backend.reading.pictures.sheet import only_sheet
from backend.reading.pictures.surroundings import inset, remove_frames, remove_surroundings

SMALLEST = 256  # px, the longer side to which smaller photographs are enlarged
FAINTEST = 0.12  # contrast with the paper; less is no writing
# Less is, where the paper is of one level, as no camera sees it: a line of 1 px in one of over 2,300 px.
EVEN, FAINTEST_ON_EVEN = 0.001, 0.06
NOISE_FACTOR = 6  # what differs more from the paper than its own spread may be ink
FAINT_LINE = 0.12  # of the ink's contrast: what a printed line has at least
WEAK, STRONG = 0.3, 0.55  # of the ink's contrast: what a stroke has at least, and somewhere
# The same of one digit, wherever its pen left less ink. Of 150 digits of skipping ballpoints, by writers that
# the model was trained on, 15 were missed with 0.3, 10 with 0.22, 6 with 0.15.
PALE = 0.15
FULL = 75  # percent of a digit's pixels are fainter than its full ink; the others, blurred, are its edges
# On 60 pens running dry and 60 markers 0.36 and 0.45 read alike; the larger keeps more of the paper out.
PALEST = 0.45  # of full ink, that pale strokes are taken for at least; what has half of that is paper
EDGE = (0.25, 0.75)  # of the ink's contrast, between which a stroke's edge lies

SOFT_EDGE = 2  # px, beyond what is chosen, that belong to its soft edges
LARGEST_ELLIPSE = 31  # px; the time of a larger one would grow with its area, a rectangle's doesn't
CLEAN_SPREAD = 2  # levels, how even the border of a picture is that no camera took
SMALL = 40  # px; a picture of this size that no camera took was made for a model
FULL_CONTRAST = 200 / 255  # stronger ink is left as it is


@dataclass(frozen=True)
class Look:
    """What is taken for granted of a picture."""

    shadow: float = 0.0  # of the longer side; what is so broad is a shadow, as of fingers, and no stroke
    whole: bool = False  # all of it is the sheet
    several: bool = False  # characters are written there; what is printed around them is looked for later
    even: bool = False  # its paper is of one level, most of it paper, strokes reach its edges


PLAINLY = Look()


@dataclass(frozen=True)
class CleanedPicture:
    """What is written on a picture, without the paper, what surrounds it, and what is printed on it."""

    picture: Picture
    photographed: bool  # else no camera took it, and its levels are kept
    for_model: bool  # an image as models take it: all that is on it is one digit
    paper_removed: np.ndarray  # (height, width) float32, the contrast with the paper
    contrast: np.ndarray  # (height, width) float32, the same where something may be written, else 0
    parts: Parts  # of `contrast`; none has mass where nothing is written
    placement: Placement  # where `contrast` lies in the picture as it was sent
    floor: float  # contrast, up to which nothing is ink
    only_part: bool  # whether a sheet was told from what lies around it
    margin: int  # px of paper that were added at every side

    def ink_of(self, chosen: np.ndarray) -> np.ndarray:
        """Return the ink, (height, width) uint8, where `chosen`, (height, width) bool, and close around.

        A photograph's has soft edges and full contrast, also where the pen left less ink than elsewhere.
        What no camera took keeps its levels, so an image that was made for the model comes through unchanged;
        in a larger one only what is pale all across a stroke becomes full ink.
        """
        ink = np.zeros(self.contrast.shape, np.uint8)
        if not chosen.any():
            return ink
        pen = pen_width(chosen)
        near = window_around(chosen, SOFT_EDGE + pen // 2)  # nothing else matters
        contrast, chosen = self.contrast[near], chosen[near]
        if self.photographed:
            full = float(np.percentile(contrast[chosen], FULL))
            level = (contrast / local_ink(contrast, pen, full) - EDGE[0]) / (EDGE[1] - EDGE[0])
        else:
            strongest = float(self.paper_removed.max())
            level = contrast if strongest > FULL_CONTRAST else contrast / strongest
            if not self.for_model:
                level = level * strongest / local_ink(contrast, pen, strongest)
        square = np.ones((2 * SOFT_EDGE + 1,) * 2, np.uint8)
        soft_edges = cv2.dilate(chosen.astype(np.uint8), square) > 0
        ink[near] = to_levels(np.where(soft_edges, level, 0))
        return ink


def clean(picture: Picture, look: Look = PLAINLY) -> CleanedPicture:
    """Return what is written on `picture`; one of its parts, or several, may be a digit."""
    shown = colours = picture.colours
    if not look.whole:
        shown, colours = only_sheet(inset(picture.colours))
    plain = None if picture.lossy or not _is_grey(colours) else plain_contrast(colours[..., 0])
    contrast, margin = (plain, 0) if plain is not None else photograph_contrast(colours, look)
    floor = FAINTEST / 2 if plain is not None else max(FAINTEST / 2, NOISE_FACTOR * grain(contrast))
    for_model = plain is not None and max(contrast.shape) <= SMALL
    if contrast.max() < faintest(contrast):
        bare = np.zeros_like(contrast)
    else:
        bare = contrast if for_model else remove_unwritten(contrast, floor, boxes=not look.several)
    ink = typical_contrast(bare, floor)
    parts = find_parts(bare, max(floor, (WEAK if look.several else PALE) * ink), STRONG * ink)
    enlarged = 1.0 if plain is not None else enlargement(colours)
    placement = place(picture, shown, enlarged, contrast.shape)
    only_part = shown.shape != picture.colours.shape
    return CleanedPicture(
        picture, plain is None, for_model, contrast, bare, parts, placement, floor, only_part, margin
    )


def plain_contrast(grey: np.ndarray) -> np.ndarray | None:
    """Return the contrast, float32, of `grey`, uint8, with its paper if the border is even: else None."""
    border = _border(grey)
    paper = float(np.median(border))
    spread = np.percentile(np.abs(border - paper), 95)
    if spread > CLEAN_SPREAD:
        return None
    difference = (grey - np.float32(paper)) / 255
    if difference.sum() < 0:
        difference = -difference
    return np.where(difference > spread / 255, difference, 0)


def photograph_contrast(colours: np.ndarray, look: Look = PLAINLY) -> tuple[np.ndarray, int]:
    """Return the contrast of `colours`, (height, width, 3) uint8, with its paper, enlarged if small.

    Beside it, how many px of paper are added around it.
    """
    colours = _enlarge(colours)
    paper = even_paper(colours) if look.even else None if look.shadow else paper_of_crop(colours)
    contrast = remove_paper(colours, paper, look.shadow or WIDEST_STROKE)
    margin = 0 if paper is None else margin_of(contrast.shape)
    return cv2.GaussianBlur(np.pad(contrast, margin), (0, 0), 0.8), margin


def grain(contrast: np.ndarray) -> float:
    """Return one standard deviation of `contrast`, (height, width) float32, where paper is."""
    # Half the picture may be ink, but what is as bright as paper, or brighter, is paper.
    low, middle = np.percentile(contrast[::4, ::4], [5, 25])
    return float(middle - low)


def remove_unwritten(contrast: np.ndarray, floor: float, boxes: bool = True) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without what surrounds the paper or is printed on it.

    Nothing up to `floor` is ink; where nothing stands out, nothing is left. Without `boxes` there are none.
    """
    ink = typical_contrast(contrast, floor)
    if ink < faintest(contrast):
        return np.zeros_like(contrast)
    bare = remove_surroundings(contrast, max(floor, WEAK * ink))
    ink = typical_contrast(bare, floor)
    if boxes:
        bare = remove_boxes(bare, max(floor, WEAK * ink), ink)
        bare = remove_frames(bare, max(floor, WEAK * ink))
    return remove_lines(bare, max(floor, FAINT_LINE * ink), ink)


def faintest(contrast: np.ndarray) -> float:
    """Return what writing has at least on a picture of this `contrast` with its paper, (height, width)."""
    return FAINTEST_ON_EVEN if grain(contrast) < EVEN else FAINTEST


def typical_contrast(contrast: np.ndarray, floor: float) -> float:
    """Return the contrast of the ink in `contrast`, which is what stands out most; 0 where nothing does."""
    standing_out = contrast[contrast > floor].astype(np.float64)
    square = standing_out * standing_out
    return float(square @ standing_out / square.sum()) if standing_out.size else 0.0


def pen_width(chosen: np.ndarray) -> int:
    """Return about how wide the strokes of `chosen`, (height, width) bool, are, in px, an odd number."""
    solid = chosen[window_around(chosen, 0)].astype(np.uint8)
    eroded = cv2.erode(solid, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    outline = cv2.countNonZero(solid) - cv2.countNonZero(eroded)
    broadest = round(WIDEST_STROKE * max(chosen.shape))  # what is broader is no stroke
    return min(round(2 * cv2.countNonZero(solid) / max(1, outline)), broadest) | 1


def local_ink(contrast: np.ndarray, pen: int, full: float) -> np.ndarray:
    """Return the contrast, (height, width) float32, of ink in strokes of `pen` px in each place.

    It is at most `full`: a pen that runs dry, or presses less, leaves less, all across its stroke.
    """
    shape = cv2.MORPH_ELLIPSE if pen <= LARGEST_ELLIPSE else cv2.MORPH_RECT
    around = cv2.dilate(contrast, cv2.getStructuringElement(shape, (pen, pen)))
    return np.clip(around, PALEST * full, full)


def window_around(chosen: np.ndarray, reach: int) -> tuple[slice, slice]:
    """Return rows and columns of `chosen`, (height, width) bool with some true, and `reach` px around."""
    sides = []
    for axis, length in enumerate(chosen.shape):
        some = np.flatnonzero(chosen.any(axis=1 - axis))
        sides.append(slice(max(int(some[0]) - reach, 0), min(int(some[-1]) + 1 + reach, length)))
    return sides[0], sides[1]


def to_levels(share: np.ndarray) -> np.ndarray:
    """Return `share`, 0..1 and cut off beyond, as levels, uint8."""
    return np.floor(255 * np.clip(share, 0, 1) + 0.5).astype(np.uint8)


def enlargement(colours: np.ndarray) -> float:
    """Return how many times larger than `colours`, (height, width, 3), its contrast is, its margin apart."""
    return max(1.0, SMALLEST / max(colours.shape[:2]))


def _enlarge(colours: np.ndarray) -> np.ndarray:
    height, width = colours.shape[:2]
    scale = enlargement(colours)
    if scale == 1:
        return colours
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(colours, size, interpolation=cv2.INTER_CUBIC)


def _border(grey: np.ndarray) -> np.ndarray:
    height, width = grey.shape
    depth = max(1, min(height, width) // 20)
    if min(height, width) <= 2 * depth:
        return grey.ravel()
    inner = grey[depth : height - depth]
    sides = (grey[:depth], grey[height - depth :], inner[:, :depth], inner[:, width - depth :])
    return np.concatenate([side.ravel() for side in sides])


def _is_grey(colours: np.ndarray) -> bool:
    first, second, third = cv2.split(colours)
    return np.array_equal(first, second) and np.array_equal(first, third)
