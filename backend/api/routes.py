"""The routes: each view decodes, calls and encodes."""

from threading import Lock

import numpy as np
from apiflask import APIFlask
from flask import Response, request
from pydantic_core import to_json

from backend.api.bodies import (
    JSON,
    MULTIPART,
    check_headers,
    decode_base64,
    parse_json,
    parse_upload,
    read_body,
    wants_stages,
)
from backend.api.errors import Problem
from backend.api.schemas import (
    BATCH_REQUEST,
    PREDICT_REQUEST,
    BatchResponse,
    ExplainResponse,
    HealthResponse,
    ImageRequest,
    ModelResponse,
    PredictResponse,
)
from backend.reading.classifier import Classifier
from backend.reading.explain import explain
from backend.reading.pictures.digit import Ink
from backend.reading.pictures.stages import SEEN, stages_for_json
from backend.reading.predict import predict, predict_picture, to_images
from backend.serving.config import Config
from backend.serving.metrics import Metrics


def install_routes(app: APIFlask, config: Config, classifier: Classifier, metrics: Metrics) -> None:
    """Add every route of the API to `app`."""

    # Threads that all want the interpreter take it from each other; a queue costs less.
    turn = Lock()

    @app.post("/predict")
    @app.output(PredictResponse)
    @app.doc(operation_id="predict", tags=["predict"])
    def predict_one() -> Response:
        """Say which digit an image shows.

        The image comes as 784 numbers, as a picture in base64, or as an uploaded file. With
        `?stages=true` the answer shows how a picture became what the model was given.
        """
        with_stages = wants_stages(request)
        predictions, framed, ink = predicted()
        metrics.count_predictions(predictions)
        document = as_document(predictions[0], framed[0])
        if with_stages:
            stages = ink.stages if ink else {}
            document["stages"] = stages_for_json({**stages, SEEN: framed[0]})
        return json_response(document)

    @app.post("/explain")
    @app.output(ExplainResponse)
    @app.doc(operation_id="explain", tags=["predict"])
    def explain_one() -> Response:
        """Say which digit an image shows, and why.

        The image comes as it does to `/predict`, and the answer holds the same and more: which ink speaks
        for the digit, what would make it another one, and what each layer of the network makes of it.
        """
        (prediction,), (framed,), _ = predicted()
        reasons = explain(framed, prediction["probabilities"], classifier)
        return json_response(as_document(prediction, framed) | reasons)

    def predicted() -> tuple[list[dict], np.ndarray, Ink | None]:
        """Return what `predict` says of the one image that was sent, and the ink if it was a picture."""
        limits = {JSON: config.max_json_bytes, MULTIPART: config.max_file_bytes}
        if check_headers(request, limits) == MULTIPART:
            picture = parse_upload(read_body(request, config.body_timeout), request.mimetype_params)
        else:
            body = read_body(request, config.body_timeout)
            with turn:
                sent = parse_json(body, PREDICT_REQUEST)
                if not isinstance(sent, ImageRequest):
                    return *predict(to_images([sent.pixels]), classifier), None
            picture = decode_base64(sent.image)
        return predict_picture(picture, config.max_image_pixels, classifier)

    def as_document(prediction: dict, framed: np.ndarray) -> dict:
        return {
            **prediction,
            "pixels": framed.reshape(-1).tolist(),
            "model": classifier.facts["version"],
        }

    @app.post("/predict/batch")
    @app.output(BatchResponse)
    @app.doc(operation_id="predictBatch", tags=["predict"])
    def predict_batch() -> Response:
        """Say which digits up to 1,000 images show.

        All are computed in one call; an image that can't be used fails the whole batch, by its index.
        """
        check_headers(request, {JSON: config.max_batch_bytes})
        sent = parse_json(read_body(request, config.body_timeout), BATCH_REQUEST)
        predictions, _ = predict(to_images(sent.images), classifier)
        metrics.count_predictions(predictions)
        return json_response({"predictions": predictions, "model": classifier.facts["version"]})

    @app.get("/health")
    @app.output(HealthResponse)
    @app.doc(operation_id="health", tags=["server"])
    def health() -> Response:
        """Say whether predictions are answered: 200 if the model answers, else 503."""
        try:
            predict(to_images([[0] * 784]), classifier)
        except Exception:
            sentence = "The model does not answer. Try again in a moment."
            raise Problem(503, sentence, headers={"Retry-After": "1"}) from None
        return json_response({"status": "ready"})

    @app.get("/health/live")
    @app.output(HealthResponse)
    @app.doc(operation_id="healthLive", tags=["server"])
    def health_live() -> Response:
        """Say whether the process answers at all, whatever the state of the model."""
        return json_response({"status": "alive"})

    @app.get("/model")
    @app.output(ModelResponse)
    @app.doc(operation_id="model", tags=["server"])
    def model() -> Response:
        """Give the facts of the model that is served, its measured figures among them."""
        return json_response(classifier.facts)

    @app.get("/metrics")
    @app.doc(operation_id="metrics", tags=["server"])
    def prometheus() -> Response:
        """Give the server's metrics in Prometheus format."""
        return Response(metrics.exposition(), content_type=metrics.content_type)


def json_response(document: dict) -> Response:
    """Return the answer 200 with `document` as JSON."""
    return Response(to_json(document), content_type=JSON)
