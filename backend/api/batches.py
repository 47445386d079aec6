"""A batch of images is answered, from the bytes of the request to those of the answer."""

from collections import Counter

from pydantic_core import to_json

from backend.api.bodies import parse_json
from backend.api.schemas import BATCH_REQUEST
from backend.api.services import BatchAnswer
from backend.reading.classifier import Classifier
from backend.reading.predict import predict, to_images


def answer_batch(body: bytes, classifier: Classifier) -> BatchAnswer:
    """Return the answer to the request with `body`.

    Raises Problem if it isn't a batch; an image that can't be used fails all of it, by its index.
    """
    predictions, _ = predict(to_images(parse_json(body, BATCH_REQUEST).images), classifier)
    document = {
        "predictions": predictions,
        "labels": classifier.alphabet.labels,
        "model": classifier.facts["version"],
    }
    counts = Counter((each["character"], each.get("reason")) for each in predictions)
    return BatchAnswer(to_json(document), dict(counts))
