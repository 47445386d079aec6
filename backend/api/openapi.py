"""The OpenAPI document, made from the routes and the models, and the page that shows it.

Pydantic makes the schemas, the rest is put together here: APIFlask and its like derive the document from
decorators that also parse and serialise, and of that every part would have to be overwritten, since bodies
are read within deadlines, one path takes three kinds of them, and every error is a problem document.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from inspect import getdoc
from typing import Any, TypeVar

from flask import Flask, Response, g, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.api.arrays import LEVELS, NPY
from backend.api.bodies import JSON, MULTIPART
from backend.api.errors import MEDIA_TYPE, Problem
from backend.api.observation import SECURITY_HEADERS
from backend.api.schemas import (
    BatchRequest,
    BatchResponse,
    CorrectionResponse,
    CorrectionsResponse,
    DeletedResponse,
    DigitCorrection,
    DrawingRequest,
    DrawingResponse,
    ExplainResponse,
    HealthResponse,
    ImageRequest,
    LetterCorrection,
    ModelResponse,
    PixelsRequest,
    PredictResponse,
    ProblemResponse,
    ReadResponse,
    SharedResponse,
    SharingResponse,
    TeachingResponse,
    UploadRequest,
    VersionsResponse,
)
from backend.reading.alphabet import Alphabet

TITLE = "Handwritten digit recognition"
DESCRIPTION = """
Send an image of one handwritten digit, read which digit it is, and why; or a picture of whole numbers. With
`?alphabet=letters` it is letters that are read.

An image is 28 x 28 levels, 0 for paper to 255 for full ink, or a picture file. It is framed as MNIST
was made (cropped, size-normalised, centred by mass); an image that is framed already is left as it is.
Every answer that is not 2xx is a problem document (RFC 9457) with a request id.
"""
SCHEMAS = "#/components/schemas/"
REQUESTS = (
    PixelsRequest,
    ImageRequest,
    BatchRequest,
    UploadRequest,
    DigitCorrection,
    LetterCorrection,
    DrawingRequest,
)
RESPONSES = (
    PredictResponse,
    ReadResponse,
    ExplainResponse,
    BatchResponse,
    HealthResponse,
    ModelResponse,
    VersionsResponse,
    TeachingResponse,
    CorrectionResponse,
    CorrectionsResponse,
    DeletedResponse,
    SharingResponse,
    DrawingResponse,
    SharedResponse,
    ProblemResponse,
)
PROBLEMS = {
    400: "The body is broken: not JSON or not a form, cut off, or with a key twice.",
    401: "A token is needed (where the server asks for one).",
    403: "The server keeps nothing of that kind.",
    404: "There is no such thing, or it is another's.",
    408: "The body did not arrive in time.",
    411: "The body has no Content-Length.",
    413: "The body or the picture is too large.",
    415: "The body is compressed or of another type.",
    422: "The body is not what was asked for; each place is named.",
    429: "Too many requests from this client (where the server limits them).",
    500: "The server failed.",
    503: "The model, or the database, does not answer.",
    507: "Nothing further is kept: one's own limit or the server's is reached.",
}
ANY = (429, 500)
OF_A_BODY = (400, 408, 411, 413, 415, 422)
OF_THE_STORE = (403, 422, 503)
REQUEST_ID = {"X-Request-ID": {"schema": {"type": "string"}, "description": "Also in the log."}}
STAGES = {
    "name": "stages",
    "in": "query",
    "schema": {"type": "boolean", "default": False},
    "description": "Whether the answer shows how the picture became what the model was given.",
}
BATCH_AS_NPY = {
    "type": "string",
    "format": "images-in-npy",
    "contentMediaType": NPY,
    "description": "What `numpy.save` writes of 1 to 1,000 images: (n, 28, 28) or (n, 784), uint8.",
}
BATCH_AS_LEVELS = {
    "type": "string",
    "format": "images-in-bytes",
    "contentMediaType": LEVELS,
    "description": "The levels of 1 to 1,000 images, 784 bytes each, row by row.",
}
TAGS = {
    "predict": "From images to digits",
    "teach": "Corrections that the model learns from",
    "share": "Drawings shared by a short link",
    "server": "The server and its model",
}
DOCS_FILES = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
}
DOCS_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Handwritten digit recognition: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
DOCS_START = 'SwaggerUIBundle({url: "openapi.json", dom_id: "#swagger-ui", validatorUrl: null});\n'
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'"
)


View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Documented:
    """What a view's document says beside its answer."""

    tag: str
    statuses: Sequence[int]  # of problems, beside those that anything may have
    parameters: Sequence[dict[str, Any]] = ()
    body: dict[str, Any] | None = None  # by media type
    successes: Sequence[tuple[int, str]] = ((200, "The answer."),)


def described(
    operation_id: str, answer: type[BaseModel] | None, documented: Documented | None = None
) -> Callable[[View], View]:
    """Mark a view as part of the document: its operation's id, and its answer's model; None is plain text.

    Without `documented` it takes what `/predict` takes, or nothing.

    What it does is said by the first line of its docstring, and what else is to be known by the rest.
    """

    def mark(view: View) -> View:
        view.described = (operation_id, answer, documented)  # type: ignore[attr-defined]
        return view

    return mark


def install_openapi(app: Flask, alphabets: Sequence[Alphabet]) -> None:
    """Serve the document at /openapi.json and Swagger UI, with its files from this server, at /docs.

    To be installed after the routes, which it describes.
    """
    document = make_document(app, alphabets)

    @app.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(document)

    @app.get("/docs")
    def docs() -> Response:
        g.security_headers = SECURITY_HEADERS | {"Content-Security-Policy": DOCS_POLICY}
        return Response(DOCS_PAGE, content_type="text/html; charset=utf-8")

    @app.get("/docs/<name>")
    def docs_file(name: str) -> Response:
        if name == "start.js":
            return Response(DOCS_START, content_type=DOCS_FILES["swagger-ui-bundle.js"])
        if name not in DOCS_FILES:
            raise Problem(404, "The API is described at /docs; it has no such part.")
        content = files("flask_swagger_ui").joinpath("dist", name).read_bytes()
        return Response(content, content_type=DOCS_FILES[name])


def make_document(app: Flask, alphabets: Sequence[Alphabet]) -> dict[str, Any]:
    """Return the OpenAPI document of those routes of `app` whose views are `described`.

    `alphabets` can be asked for, the first by default.
    """
    _, generated = models_json_schema(
        [(model, "validation") for model in REQUESTS] + [(model, "serialization") for model in RESPONSES],
        ref_template=SCHEMAS + "{model}",
    )
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        if hasattr(view, "described"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
                operation = _operation(path, method.lower(), view, alphabets)
                paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": DESCRIPTION.strip()},
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": paths,
        "components": {"schemas": generated["$defs"]},
    }


def parameter(
    name: str, where: str, schema: dict[str, Any], description: str, required: bool = False
) -> dict[str, Any]:
    """Return the document of a parameter in the `query`, the `path` or a `header`."""
    return {"name": name, "in": where, "required": required, "schema": schema, "description": description}


def _operation(path: str, method: str, view: Any, alphabets: Sequence[Alphabet]) -> dict[str, Any]:
    operation_id, answer, documented = view.described
    summary, _, description = (getdoc(view) or "").partition("\n\n")
    content: dict[str, Any] = {"text/plain": {"schema": {"type": "string"}}}
    if answer:
        content = {JSON: {"schema": {"$ref": SCHEMAS + answer.__name__}}}
    statuses: tuple[int, ...] = (*ANY, 503) if path == "/health" else ANY
    operation: dict[str, Any] = {"operationId": operation_id, "summary": summary}
    if description:
        operation["description"] = description
    if documented:
        return operation | _documented(documented, content if answer else {})
    if method == "post":
        statuses = (*OF_A_BODY, *ANY, 503)
        operation["parameters"] = [_alphabet(alphabets)] + ([STAGES] if path == "/predict" else [])
        operation["requestBody"] = {"required": True, "content": _bodies(path)}
    if path in ("/model", "/model/versions"):
        statuses = (422, *ANY)
        operation["parameters"] = [_alphabet(alphabets)]
    responses = {"200": {"description": "The answer.", "content": content, "headers": REQUEST_ID}}
    responses |= {str(status): _problem(PROBLEMS[status]) for status in statuses}
    return operation | {"tags": ["predict" if method == "post" else "server"], "responses": responses}


def _documented(documented: Documented, content: dict[str, Any]) -> dict[str, Any]:
    answered = {"content": content} if content else {}
    responses = {
        str(status): {"description": description, **answered, "headers": REQUEST_ID}
        for status, description in documented.successes
    }
    statuses = sorted({*documented.statuses, *ANY})
    responses |= {str(status): _problem(PROBLEMS[status]) for status in statuses}
    operation = {"tags": [documented.tag], "parameters": list(documented.parameters), "responses": responses}
    if documented.body:
        operation["requestBody"] = {"required": True, "content": documented.body}
    return operation


def _alphabet(alphabets: Sequence[Alphabet]) -> dict[str, Any]:
    names = [alphabet.name for alphabet in alphabets]
    return {
        "name": "alphabet",
        "in": "query",
        "schema": {"type": "string", "enum": names, "default": names[0]},
        "description": "What is to be read; of letters the case isn't told.",
    }


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS + "ProblemResponse"}}},
        "headers": REQUEST_ID,
    }


def _bodies(path: str) -> dict[str, Any]:
    if path == "/predict/batch":
        examples = {"two": {"summary": "Two images", "value": {"images": [EXAMPLE, [0] * 784]}}}
        return {
            JSON: {"schema": {"$ref": SCHEMAS + "BatchRequest"}, "examples": examples},
            NPY: {"schema": BATCH_AS_NPY},
            LEVELS: {"schema": BATCH_AS_LEVELS},
        }
    if path == "/read":
        examples = {"image": {"summary": "A one, as a picture", "value": {"image": EXAMPLE_PICTURE}}}
        return {
            JSON: {"schema": {"$ref": SCHEMAS + "ImageRequest"}, "examples": examples},
            MULTIPART: {"schema": {"$ref": SCHEMAS + "UploadRequest"}},
        }
    one_of = [{"$ref": SCHEMAS + "PixelsRequest"}, {"$ref": SCHEMAS + "ImageRequest"}]
    examples = {
        "pixels": {"summary": "A one, as numbers", "value": {"pixels": EXAMPLE}},
        "image": {"summary": "A one, as a picture", "value": {"image": EXAMPLE_PICTURE}},
    }
    return {
        JSON: {"schema": {"oneOf": one_of}, "examples": examples},
        MULTIPART: {"schema": {"$ref": SCHEMAS + "UploadRequest"}},
    }


# A one: a stroke two pixels wide, twenty high.
EXAMPLE = [255 if 4 <= row < 24 and 13 <= column < 15 else 0 for row in range(28) for column in range(28)]
EXAMPLE_PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABwAAAAcAQAAAABaduI5AAAAHElEQVR42mP8z8DwkYmB"
    "gYEBmfiFyqUJwYYhBgCOEAModt4SHAAAAABJRU5ErkJggg=="
)
