"""Stages of a picture as small pictures for the answer."""

import base64
from collections.abc import Mapping
from io import BytesIO

import numpy as np
from PIL import Image

SEEN = "what the model sees"
LONGEST = 256  # px, the longer side of a stage's picture


def stages_for_json(stages: Mapping[str, np.ndarray]) -> list[dict[str, str]]:
    """Return `stages`, 2-D uint8 by name, as name and PNG data URL of at most 256 px a side."""
    return [{"name": name, "image": thumbnail_url(levels)} for name, levels in stages.items()]


def thumbnail_url(levels: np.ndarray) -> str:
    """Return `data_url` of `levels`, shrunk to at most 256 px a side."""
    small = Image.fromarray(levels)
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return data_url(np.asarray(small))


def data_url(levels: np.ndarray) -> str:
    """Return `levels`, uint8 (height, width) or (height, width, 3), as a PNG in a data URL."""
    file = BytesIO()
    Image.fromarray(levels).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
