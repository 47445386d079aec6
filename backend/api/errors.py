"""The one error shape: every answer that isn't 2xx is a problem document (RFC 9457)."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from backend.reading.errors import PictureError, PictureTooLargeError

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 10  # of the list in one answer

log = logging.getLogger("backend")

# What Werkzeug and Flask raise by themselves, said so that a person can act on it.
SENTENCES = {
    404: "There is nothing at {path}. The API is described at /docs.",
    405: "{path} does not take {method}. The API is described at /docs.",
    500: "The server failed to answer. It is not your request; the request id finds it in the log.",
}


class Problem(Exception):
    """A request that can't be answered: `status` 400..599 and a sentence a person can act on.

    `errors` names what is wrong and where, one {"location", "message"} each; `code` says it to programs.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        code: str | None = None,
    ):
        super().__init__(status, detail, errors, headers, code)  # what it is made of anew in another process
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        self.code = code

    def __str__(self) -> str:
        return self.detail


def problem_response(problem: Problem) -> Response:
    """Return the answer for `problem`, with the id of the request that it belongs to."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "request_id": g.get("request_id", ""),
    }
    if problem.code:
        document["code"] = problem.code
    if problem.errors:
        document["errors"] = list(problem.errors[:MOST_ERRORS])
    # ASCII only: a detail may quote a lone surrogate, which has no UTF-8.
    response = Response(json.dumps(document), status=problem.status, content_type=MEDIA_TYPE)
    response.headers.update(problem.headers)
    return response


def install_error_handlers(app: Flask) -> None:
    """Make `app` answer every failure with a problem document and never with a stack trace."""

    @app.errorhandler(Problem)
    def answer_problem(problem: Problem) -> Response:
        return problem_response(problem)

    @app.errorhandler(PictureError)
    def answer_picture_error(error: PictureError) -> Response:
        status = 413 if isinstance(error, PictureTooLargeError) else 422
        return problem_response(Problem(status, str(error), [{"location": "image", "message": error.wrong}]))

    @app.errorhandler(HTTPException)
    def answer_http_exception(error: HTTPException) -> Response:
        status = error.code or 500
        if status in SENTENCES:
            detail = SENTENCES[status].format(path=shortened(request.path), method=shortened(request.method))
        else:
            detail = error.description or HTTPStatus(status).phrase
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Location")}
        return problem_response(Problem(status, detail, headers=kept))

    @app.errorhandler(Exception)
    def answer_failure(error: Exception) -> Response:
        log.error("request failed", {"id": g.get("request_id", "")}, exc_info=error)
        return problem_response(Problem(500, SENTENCES[500]))


def shortened(text: str, most: int = 60) -> str:
    """Return `text` fit to be quoted in a sentence: printable and at most `most` characters."""
    printable = "".join(c if c.isprintable() else "?" for c in text[: most + 1])
    return printable if len(printable) <= most else printable[: most - 3] + "..."
