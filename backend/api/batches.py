"""A batch of images is answered, from the bytes of the request to those of the answer."""

from collections import Counter
from collections.abc import Callable

import numpy as np
from pydantic_core import to_json

from backend.api.arrays import LEVELS, NPY, images_of_levels, images_of_npy
from backend.api.bodies import JSON, parse_json
from backend.api.schemas import BATCH_REQUEST
from backend.api.services import BatchAnswer
from backend.reading.classifier import Classifier
from backend.reading.predict import predict, to_images


def _images_of_json(body: bytes) -> np.ndarray:
    return to_images(parse_json(body, BATCH_REQUEST).images)


# By media type, what makes images, (n, 28, 28) of 0..255, of a body.
READERS: dict[str, Callable[[bytes], np.ndarray]] = {
    JSON: _images_of_json,
    NPY: images_of_npy,
    LEVELS: images_of_levels,
}


def answer_batch(body: bytes, media_type: str, classifier: Classifier) -> BatchAnswer:
    """Return the answer to the request with `body`, of which `media_type` says what it is.

    Raises Problem if it isn't a batch; an image that can't be used fails all of it, by its index.
    """
    predictions, _ = predict(READERS[media_type](body), classifier)
    document = {
        "predictions": predictions,
        "labels": classifier.alphabet.labels,
        "model": classifier.facts["version"],
    }
    counts = Counter((each["character"], each.get("reason")) for each in predictions)
    return BatchAnswer(to_json(document), dict(counts))
