"""Many images as an array: a NumPy file, or nothing but their levels."""

from io import BytesIO

import numpy as np
from numpy.lib import format as npy

from backend.api.errors import Problem, shortened
from backend.api.schemas import MOST_IMAGES, PIXELS
from model_training.framing import SIDE

NPY = "application/x-npy"
LEVELS = "application/octet-stream"
# The versions of the format that NumPy writes for an array of numbers. The array is never unpickled.
HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
SHAPES = ((SIDE, SIDE), (PIXELS,))


def images_of_levels(body: bytes) -> np.ndarray:
    """Return the images, (n, 28, 28) uint8, whose levels `body` holds, one byte each, row by row.

    Raises Problem 422 if these aren't 1 to 1,000 images.
    """
    if not body or len(body) % PIXELS or len(body) > MOST_IMAGES * PIXELS:
        raise _problem(f"must hold {PIXELS} bytes for each of 1 to {MOST_IMAGES:,} images, got {len(body):,}")
    return np.frombuffer(body, np.uint8).reshape(-1, SIDE, SIDE)


def images_of_npy(body: bytes) -> np.ndarray:
    """Return the images, (n, 28, 28) uint8, of the NumPy file `body`: an array (n, 28, 28) or (n, 784) uint8.

    Raises Problem: 400 if it is no such file or cut off, 422 if it holds another array.
    """
    file = BytesIO(body)
    try:
        shape, by_columns, dtype = HEADERS[npy.read_magic(file)](file)
    except Exception:  # whatever it is that NumPy's and Python's parsers make of bytes that are no such head
        raise Problem(400, "The body is not a NumPy file (.npy), as numpy.save writes it.") from None
    if dtype != np.uint8:
        raise _problem(
            f"must be an array of uint8, 0 for paper to 255 for full ink, got {shortened(str(dtype))}"
        )
    if shape[1:] not in SHAPES or not 1 <= shape[0] <= MOST_IMAGES:
        got = shortened(str(shape))
        raise _problem(
            f"must have the shape (n, 28, 28) or (n, 784) with n from 1 to {MOST_IMAGES:,}, got {got}"
        )
    levels = np.frombuffer(body, np.uint8, offset=file.tell())
    if levels.size != shape[0] * PIXELS:
        raise Problem(
            400, f"The NumPy file announces {shape[0] * PIXELS:,} levels and holds {levels.size:,}."
        )
    return levels.reshape(shape, order="F" if by_columns else "C").reshape(-1, SIDE, SIDE)


def _problem(message: str) -> Problem:
    return Problem(422, f"body {message}.", [{"location": "body", "message": message}])
