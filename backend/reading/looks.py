"""A picture that is read with doubt is looked at again, in other ways, and the surest reading is kept."""

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from backend.reading.middle import Candidate, at_edge, middle_pieces
from backend.reading.pictures.cleaning import (
    PALE,
    STRONG,
    WEAK,
    CleanedPicture,
    Look,
    clean,
    pen_width,
    remove_unwritten,
    typical_contrast,
    window_around,
)
from backend.reading.pictures.digit import Ink, choose_digit
from backend.reading.pictures.parts import find_parts

# In nats, what speaks against a way to look.
NO_SHEET = 0.15  # that there is none, if something like a character was found on one
NO_SHADOW = 0.1  # that something broad is a stain, where ink without it has no more contrast

# All others were found on forms, registers and desks, with digits by writers that the model was trained on.
SHADE = 1.4  # times as dark as a shadow, that the ink over it is at least
FINGER, STAIN = 0.06, 0.08  # of the longer side, how broad a finger's shadow is at least, and a stain
BROADER = 1.5  # times as wide as strokes are, that a shadow is at least
OUT_OF_SHADOW = 1.01  # times its contrast in it, that ink has: what is paler is gone
PENS = 70  # percent of the ink that lies in strokes no wider than the pen
FINE = 0.65  # of the pen's width; what is as thin is a printed line
LEAST_FINE = 0.03  # of the ink, that printed lines are


def further_looks(ink: Ink, refused: bool) -> Iterator[list[Candidate]]:
    """Yield what else may be the digit on the picture of `ink`, ways that take least time first.

    Those that clean the picture anew are for what was `refused`, or where only a part was looked at.
    """
    cleaned = ink.cleaned
    unboxed = _with_boxes(cleaned)
    yield _looked(unboxed) if unboxed else []
    whole = cleaned
    if cleaned.photographed and cleaned.only_part:
        whole = clean(cleaned.picture, Look(whole=True))
        yield [Candidate(choose_digit(whole), 0 if refused else NO_SHEET)]
    shaded = _out_of_shadow(whole) if cleaned.photographed and refused else []
    yield shaded
    # What a pen that runs dry leaves is thin, too, and most often read.
    other = _darkest(cleaned), _broadest(cleaned) if refused else None
    yield [
        *(Candidate(choose_digit(each)) for each in other if each),
        *middle_pieces(cleaned),
    ]
    if not cleaned.photographed or not refused:
        return
    if not shaded or cleaned.only_part:
        yield [Candidate(choose_digit(clean(cleaned.picture, Look(shadow=STAIN))), NO_SHADOW)]
    if _is_cut_off(cleaned):
        again = clean(cleaned.picture, Look(even=True, whole=True))
        yield [*_looked(again), *middle_pieces(again)]


def likelier_looks(ink: Ink) -> list[Candidate]:
    """Return what is likelier the digit than `ink`, however surely that is read; most often nothing is.

    What runs from edge to edge of a photograph may be a shadow, or something that a false sheet cuts off.
    """
    cleaned = ink.cleaned
    if not cleaned.photographed or not ink.chosen.any():
        return []
    rows, columns = window_around(ink.chosen > 0, 0)
    height, width = (side - cleaned.margin - 1 for side in ink.chosen.shape)
    first = cleaned.margin + 1
    at_edges = sum((rows.start <= first, columns.start <= first, rows.stop >= height, columns.stop >= width))
    dark = _darkest(cleaned) if at_edges else None
    if dark is None and at_edges < 2:
        return []
    whole = clean(cleaned.picture, Look(whole=True)) if cleaned.only_part else cleaned
    shaded = _out_of_shadow(whole) if dark else []
    if at_edges < 2:
        return shaded
    return [
        *shaded,
        *(_looked(dark) if dark else []),
        *(_looked(whole) if cleaned.only_part else []),
    ]


def _out_of_shadow(whole: CleanedPicture) -> list[Candidate]:
    """What is written on a picture, cleaned as a `whole`, if what is broader than strokes is a shadow."""
    again = clean(whole.picture, Look(shadow=FINGER, whole=True))
    # Of strokes that are as broad as a shadow only their edges are left.
    before, after = (typical_contrast(each.paper_removed, each.floor) for each in (whole, again))
    return _looked(again) if after > OUT_OF_SHADOW * before else []


def _looked(cleaned: CleanedPicture) -> list[Candidate]:
    return [Candidate(choose_digit(cleaned))]


def _with_boxes(cleaned: CleanedPicture) -> CleanedPicture | None:
    """`cleaned` with the box that was found around the digit; None if none was. It may be a part of it."""
    if cleaned.for_model or not cleaned.parts.mass.any():
        return None
    bare = remove_unwritten(cleaned.paper_removed, cleaned.floor, boxes=False)
    if np.array_equal(bare > 0, cleaned.contrast > 0):
        return None
    ink = typical_contrast(bare, cleaned.floor)
    parts = find_parts(bare, max(cleaned.floor, PALE * ink), STRONG * ink)
    return replace(cleaned, contrast=bare, parts=parts)


def _darkest(cleaned: CleanedPicture) -> CleanedPicture | None:
    """`cleaned` without what is much paler than the ink, as shadows are; None if there is no such thing."""
    contrast = cleaned.contrast
    weak = max(cleaned.floor, WEAK * typical_contrast(contrast, cleaned.floor))
    standing_out = contrast[contrast > weak]
    if standing_out.size == 0:
        return None
    levels = (255 * np.clip(standing_out, 0, 1)).astype(np.uint8)
    between, is_dark = cv2.threshold(levels, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = is_dark.ravel() > 0
    if dark.all() or standing_out[dark].mean() < SHADE * standing_out[~dark].mean():
        return None
    # What is paler, but no wider than a stroke, is where the pen left less ink.
    pen = pen_width(contrast > weak)
    pale = ((contrast > weak) & (contrast <= between / 255)).astype(np.uint8)
    if 2 * cv2.distanceTransform(pale, cv2.DIST_L2, 3).max() < BROADER * pen:
        return None
    return replace(cleaned, parts=find_parts(contrast, between / 255, between / 255))


def _broadest(cleaned: CleanedPicture) -> CleanedPicture | None:
    """`cleaned` without what is thinner than the pen's strokes; None if there is no such thing."""
    contrast = cleaned.contrast
    ink = typical_contrast(contrast, cleaned.floor)
    mask = (contrast > max(cleaned.floor, WEAK * ink)).astype(np.uint8)
    if mask.all():
        return None
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    ridge = np.sort(inside[(inside > 0) & (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))])
    if ridge.size == 0:
        return None
    share = np.cumsum(ridge)
    pen = 2 * float(ridge[int(np.searchsorted(share, PENS / 100 * share[-1]))])
    side = round(FINE * pen) | 1
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    broad = cv2.bitwise_and(cv2.dilate(cv2.morphologyEx(mask, cv2.MORPH_OPEN, disk), disk), mask)
    if np.count_nonzero(broad) > (1 - LEAST_FINE) * np.count_nonzero(mask):
        return None
    bare = np.where((mask == 0) | (broad > 0), contrast, np.float32(0))
    parts = find_parts(bare, max(cleaned.floor, WEAK * ink), WEAK * ink)
    return replace(cleaned, contrast=bare, parts=parts)


def _is_cut_off(cleaned: CleanedPicture) -> bool:
    """Whether something that is written runs out of the picture."""
    return bool(at_edge(cleaned.parts, cleaned.margin).any())
