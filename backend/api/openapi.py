"""The OpenAPI document, made from the routes and the models, and the page that shows it."""

from importlib.resources import files
from typing import Any

from apiflask import APIFlask
from flask import Response, g
from pydantic.json_schema import models_json_schema

from backend.api.bodies import JSON, MULTIPART
from backend.api.errors import MEDIA_TYPE, Problem
from backend.api.observation import SECURITY_HEADERS
from backend.api.schemas import (
    BatchRequest,
    BatchResponse,
    ExplainResponse,
    HealthResponse,
    ImageRequest,
    ModelResponse,
    PixelsRequest,
    PredictResponse,
    ProblemResponse,
    UploadRequest,
)

DESCRIPTION = """
Send an image of one handwritten digit, read which digit it is, and why.

An image is 28 x 28 levels, 0 for paper to 255 for full ink, or a picture file. It is framed as MNIST
was made (cropped, size-normalised, centred by mass); an image that is framed already is left as it is.
Every answer that is not 2xx is a problem document (RFC 9457) with a request id.
"""
SCHEMAS = "#/components/schemas/"
REQUESTS = (PixelsRequest, ImageRequest, BatchRequest, UploadRequest)
RESPONSES = (PredictResponse, ExplainResponse, BatchResponse, HealthResponse, ModelResponse, ProblemResponse)
PROBLEMS = {
    400: "The body is broken: not JSON or not a form, cut off, or with a key twice.",
    408: "The body did not arrive in time.",
    411: "The body has no Content-Length.",
    413: "The body or the picture is too large.",
    415: "The body is compressed or of another type.",
    422: "The body is not what was asked for; each place is named.",
    429: "Too many requests from this client (where the server limits them).",
    500: "The server failed.",
    503: "The model does not answer.",
}
ANY = (429, 500)
STAGES = {
    "name": "stages",
    "in": "query",
    "schema": {"type": "boolean", "default": False},
    "description": "Whether the answer shows how the picture became what the model was given.",
}
TAGS = [
    {"name": "predict", "description": "From images to digits"},
    {"name": "server", "description": "The server and its model"},
]
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


def install_openapi(app: APIFlask) -> None:
    """Serve the document at /openapi.json and Swagger UI, with its files from this server, at /docs."""
    app.config["AUTO_SERVERS"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.tags = TAGS  # type: ignore[assignment]
    app.description = DESCRIPTION.strip()
    app.spec_processor(complete_document)  # type: ignore[arg-type]

    @app.get("/docs")
    @app.doc(hide=True)
    def docs() -> Response:
        g.security_headers = SECURITY_HEADERS | {"Content-Security-Policy": DOCS_POLICY}
        return Response(DOCS_PAGE, content_type="text/html; charset=utf-8")

    @app.get("/docs/<name>")
    @app.doc(hide=True)
    def docs_file(name: str) -> Response:
        if name == "start.js":
            return Response(DOCS_START, content_type=DOCS_FILES["swagger-ui-bundle.js"])
        if name not in DOCS_FILES:
            raise Problem(404, "The API is described at /docs; it has no such part.")
        content = files("flask_swagger_ui").joinpath("dist", name).read_bytes()
        return Response(content, content_type=DOCS_FILES[name])


def complete_document(document: dict[str, Any]) -> dict[str, Any]:
    """Return what was generated from the routes with its schemas, request bodies and problems."""
    _, generated = models_json_schema(
        [(model, "validation") for model in REQUESTS] + [(model, "serialization") for model in RESPONSES],
        ref_template=SCHEMAS + "{model}",
    )
    document["components"] = {"schemas": generated["$defs"]}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            statuses: tuple[int, ...] = ANY
            if method == "post":
                statuses = tuple(PROBLEMS)
                operation["requestBody"] = {"required": True, "content": _bodies(path)}
            elif path == "/health":
                statuses = (*ANY, 503)
            for status in statuses:
                operation["responses"][str(status)] = _problem(PROBLEMS[status])
            for response in operation["responses"].values():
                response["headers"] = {
                    "X-Request-ID": {"schema": {"type": "string"}, "description": "Also in the log."}
                }
    document["paths"]["/predict"]["post"]["parameters"] = [STAGES]
    metrics = document["paths"]["/metrics"]["get"]["responses"]["200"]
    metrics["content"] = {"text/plain": {"schema": {"type": "string"}}}
    return document


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS + "ProblemResponse"}}},
    }


def _bodies(path: str) -> dict[str, Any]:
    if path == "/predict/batch":
        examples = {"two": {"summary": "Two images", "value": {"images": [EXAMPLE, [0] * 784]}}}
        return {JSON: {"schema": {"$ref": SCHEMAS + "BatchRequest"}, "examples": examples}}
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
