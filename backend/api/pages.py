"""The page that needs no JavaScript: a form that takes a picture, and the answer in HTML."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask, Response, g, render_template, request
from markupsafe import Markup

from backend.api.bodies import MULTIPART, check_headers, parse_upload, read_body
from backend.api.errors import MEDIA_TYPE
from backend.api.observation import SECURITY_HEADERS
from backend.api.queries import classifier_for, wants_numbers
from backend.api.routes import count_read
from backend.api.services import Services
from backend.api.settings import ApiSettings
from backend.reading.classifier import Classifier
from backend.reading.numbers import read_picture, with_boxes
from backend.reading.pictures.decoding import FORMATS
from backend.reading.pictures.stages import SEEN, data_url, stages_for_json, thumbnail_url
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import MEBIBYTE
from model_training.framing import SIDE

STYLE = Path(__file__).with_name("templates").joinpath("form.css").read_text("utf-8")
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# Pictures are those that we encoded ourselves; nothing is loaded, and no script runs.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
EXTENSIONS = [".heic", ".heif", ".tif", ".tiff"]  # not every system tells these files' types
MOST_SHOWN = 40  # characters of numbers, each as the model sees it
ENDPOINTS = ("empty_form", "answered_form")


def install_pages(
    app: Flask, settings: ApiSettings, classifiers: Sequence[Classifier], services: Services
) -> None:
    """Add the page at `/` to `app`; whatever fails there is said on the page.

    The form changes nothing on the server and there are no cookies, so it needs no token.
    """

    @app.get("/")
    def empty_form() -> str:
        return page()

    @app.post("/")
    def answered_form() -> str:
        classifier = classifier_for(request, classifiers)
        check_headers(request, {MULTIPART: settings.max_file_bytes})
        body = read_body(request, settings.body_timeout)
        content = parse_upload(body, request.mimetype_params)
        del body  # the picture is a copy, and both may be large
        if wants_numbers(request):
            return answered_numbers(content, classifier)
        prediction, pixels, ink = predict_picture(content, settings.max_picture_memory, classifier)
        services.metrics.count_prediction(
            classifier.alphabet, prediction["character"], prediction.get("reason")
        )
        picture = {"name": "the picture", "image": thumbnail_url(ink.cleaned.picture.colours)}
        stages = [picture, *stages_for_json({**ink.stages, SEEN: pixels})]
        return page(prediction=prediction, stages=stages, alphabet=classifier.alphabet)

    def answered_numbers(content: bytes, classifier: Classifier) -> str:
        answer, cleaned = read_picture(content, settings.max_picture_memory, classifier)
        count_read(answer, classifier.alphabet, services.metrics)
        picture = {"name": "the picture", "image": thumbnail_url(with_boxes(cleaned, answer))}
        seen = [
            {"name": f"{each['character']} {each['confidence']:.0%}", "image": data_url(pixels_of(each))}
            for each in answer["characters"][:MOST_SHOWN]
        ]
        left_out = len(answer["characters"]) - len(seen)
        return page(numbers=answer, stages=[picture, *seen], left_out=left_out, alphabet=classifier.alphabet)

    @app.after_request
    def problem_on_page(response: Response) -> Response:
        if request.endpoint in ENDPOINTS and response.content_type == MEDIA_TYPE:
            response.set_data(page(problem=response.get_json(force=True)["detail"]))
            response.content_type = "text/html; charset=utf-8"
        return response

    def page(**shown: Any) -> str:
        g.security_headers = SECURITY_HEADERS | {"Content-Security-Policy": POLICY}
        return render_template(
            "form.html",
            style=Markup(STYLE),
            formats=f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}",
            accepted=",".join([f"image/{name.lower()}" for name in FORMATS] + EXTENSIONS),
            most_megabytes=settings.max_file_bytes // MEBIBYTE,
            alphabets=[classifier.alphabet.name for classifier in classifiers],
            **shown,
        )


def pixels_of(character: dict[str, Any]) -> np.ndarray:
    """Return what the model saw of a character in the answer to `/read`, (28, 28) uint8."""
    return np.array(character["pixels"], np.uint8).reshape(SIDE, SIDE)
