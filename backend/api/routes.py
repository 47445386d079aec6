"""The routes: each view decodes, calls and encodes."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from flask import Flask, Response, request
from pydantic_core import to_json

from backend.api.batches import READERS, answer_batch
from backend.api.bodies import (
    JSON,
    MULTIPART,
    check_headers,
    decode_base64,
    parse_json,
    parse_upload,
    read_body,
)
from backend.api.errors import Problem
from backend.api.openapi import described
from backend.api.predictions import as_document
from backend.api.queries import classifier_for, wants_stages
from backend.api.schemas import (
    IMAGE_REQUEST,
    PREDICT_REQUEST,
    BatchResponse,
    ExplainResponse,
    HealthResponse,
    ImageRequest,
    ModelResponse,
    PredictResponse,
    ReadResponse,
    VersionsResponse,
)
from backend.api.services import Metrics, Services
from backend.api.settings import ApiSettings
from backend.reading.alphabet import Alphabet
from backend.reading.classifier import Classifier
from backend.reading.explain import explain
from backend.reading.numbers import read_picture
from backend.reading.pictures.digit import Ink
from backend.reading.pictures.stages import SEEN, stages_for_json
from backend.reading.predict import predict_pixels
from backend.reading.predict_picture import predict_picture

BLANK = [0] * 784


def install_routes(
    app: Flask, settings: ApiSettings, classifiers: Sequence[Classifier], services: Services
) -> None:
    """Add every route of the API to `app`."""

    metrics = services.metrics
    # Threads that all want the interpreter take it from each other; a queue costs less.
    turn = Lock()

    @app.post("/predict")
    @described("predict", PredictResponse)
    def predict_one() -> Response:
        """Say which digit an image shows, or which letter.

        The image comes as 784 numbers, as a picture in base64, or as an uploaded file. With
        `?stages=true` the answer shows how a picture became what the model was given.
        """
        classifier = classifier_for(request, classifiers)
        with_stages = wants_stages(request)
        prediction, pixels, ink = predicted(classifier)
        metrics.count_prediction(classifier.alphabet, prediction["character"], prediction.get("reason"))
        document = as_document(prediction, pixels.reshape(-1).tolist(), classifier)
        if with_stages:
            document["stages"] = stages_for_json({**(ink.stages if ink else {}), SEEN: pixels})
        return json_response(document)

    @app.post("/explain")
    @described("explain", ExplainResponse)
    def explain_one() -> Response:
        """Say which digit an image shows, or which letter, and why.

        The image comes as it does to `/predict`, and the answer holds the same and more: which ink speaks
        for the answer, what would make it another one, and what each layer of the network makes of it.
        """
        classifier = classifier_for(request, classifiers)
        prediction, pixels, _ = predicted(classifier)
        metrics.count_explanation(classifier.alphabet, prediction["character"])
        reasons = explain(pixels, prediction["probabilities"], classifier)
        return json_response(as_document(prediction, pixels.reshape(-1).tolist(), classifier) | reasons)

    def predicted(classifier: Classifier) -> tuple[dict[str, Any], np.ndarray, Ink | None]:
        """Return the prediction of the one image that was sent, how it was framed, and a picture's ink."""
        limits = {JSON: settings.max_json_bytes, MULTIPART: settings.max_file_bytes}
        media_type = check_headers(request, limits)
        body = read_body(request, settings.body_timeout)
        if media_type == MULTIPART:
            picture = parse_upload(body, request.mimetype_params)
            del body  # the picture is a copy, and both may be large
        else:
            with turn:
                sent = parse_json(body, PREDICT_REQUEST)
                if not isinstance(sent, ImageRequest):
                    return *predict_pixels(sent.pixels, classifier), None
            picture = decode_base64(sent.image)
        return predict_picture(picture, settings.max_picture_memory, classifier)

    @app.post("/read")
    @described("read", ReadResponse)
    def read() -> Response:
        """Say which numbers stand on a picture, digit by digit, or which words, letter by letter.

        The picture comes in base64 or as an uploaded file: a photograph or a scan of one line or several,
        the digits apart or touching, in boxes or on lines. Points, commas, dashes and strokes between
        digits are not read, nor is text among them; of letters, written apart, there are no gaps told between
        words. An answer has a box for every character.
        """
        classifier = classifier_for(request, classifiers)
        limits = {JSON: settings.max_json_bytes, MULTIPART: settings.max_file_bytes}
        media_type = check_headers(request, limits)
        body = read_body(request, settings.body_timeout)
        if media_type == MULTIPART:
            picture = parse_upload(body, request.mimetype_params)
            del body  # as above
        else:
            with turn:
                text = parse_json(body, IMAGE_REQUEST).image
            picture = decode_base64(text)
        answer, _ = read_picture(picture, settings.max_picture_memory, classifier)
        count_read(answer, classifier.alphabet, metrics)
        labels, model = classifier.alphabet.labels, classifier.facts["version"]
        return json_response({**answer, "labels": labels, "model": model})

    @app.post("/predict/batch")
    @described("predictBatch", BatchResponse)
    def predict_batch() -> Response:
        """Say which digits, or letters, up to 1,000 images show.

        They come as JSON, as a NumPy file, or as nothing but their levels. All are computed in one call; an
        image that can't be used fails the whole batch, by its index.
        """
        classifier = classifier_for(request, classifiers)
        alphabet = classifier.alphabet
        media_type = check_headers(request, dict.fromkeys(READERS, settings.max_batch_bytes))
        body = read_body(request, settings.body_timeout)
        if services.batches:
            answer = services.batches.answer(body, media_type, alphabet.name)
        else:
            answer = answer_batch(body, media_type, classifier)
        for (character, reason), times in answer.counts.items():
            metrics.count_prediction(alphabet, character, reason, times)
        return Response(answer.document, content_type=JSON)

    @app.get("/health")
    @described("health", HealthResponse)
    def health() -> Response:
        """Say whether predictions are answered: 200 if every model answers, else 503."""
        try:
            for classifier in classifiers:
                predict_pixels(BLANK, classifier)
        except Exception:
            sentence = "The model does not answer. Try again in a moment."
            raise Problem(503, sentence, headers={"Retry-After": "1"}) from None
        return json_response({"status": "ready"})

    @app.get("/health/live")
    @described("healthLive", HealthResponse)
    def health_live() -> Response:
        """Say whether the process answers at all, whatever the state of the model."""
        return json_response({"status": "alive"})

    @app.get("/model")
    @described("model", ModelResponse)
    def model() -> Response:
        """Give the facts of a model that is served, its measured figures among them."""
        return json_response(dict(classifier_for(request, classifiers).facts))

    @app.get("/model/versions")
    @described("modelVersions", VersionsResponse)
    def versions() -> Response:
        """Give the versions of a model: what it learnt from corrections, and what that changed."""
        classifier = classifier_for(request, classifiers)
        line = services.versions.line(classifier.alphabet.name) if services.versions else [alone(classifier)]
        return json_response({"versions": line})

    def alone(classifier: Classifier) -> dict[str, Any]:
        facts = classifier.facts
        return {
            "version": facts["version"],
            "parent": None,
            "created": facts.get("created"),
            "lessons": 0,
            "figures": {},
            "served": True,
            "shipped": True,
        }

    @app.get("/metrics")
    @described("metrics", None)
    def prometheus() -> Response:
        """Give the server's metrics in Prometheus format."""
        return Response(metrics.exposition(), content_type=metrics.content_type)


def count_read(answer: dict[str, Any], alphabet: Alphabet, metrics: Metrics) -> None:
    """Count the characters in the answer to `/read`, or why there are none."""
    for character in answer["characters"]:
        metrics.count_prediction(alphabet, character["character"], None)
    if not answer["characters"]:
        metrics.count_prediction(alphabet, None, answer["reason"])


def json_response(document: dict[str, Any]) -> Response:
    """Return the answer 200 with `document` as JSON."""
    return Response(to_json(document), content_type=JSON)
