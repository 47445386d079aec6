"""The routes of teaching: corrections are kept, listed and deleted, by whoever sent them alone."""

import hmac
import re
from uuid import UUID

import numpy as np
from flask import Flask, Response, request
from pydantic_core import to_json

from backend.api.bodies import JSON, check_headers, parse_json, read_body
from backend.api.errors import Problem
from backend.api.openapi import EXAMPLE, OF_A_BODY, OF_THE_STORE, SCHEMAS, Documented, described, parameter
from backend.api.queries import MOST_LISTED, USUALLY_LISTED, page_of
from backend.api.rate_limit import take_turn
from backend.api.schemas import (
    CORRECTION_REQUEST,
    CorrectionResponse,
    CorrectionsResponse,
    DeletedResponse,
    DigitCorrection,
    LetterCorrection,
    TeachingResponse,
)
from backend.api.services import Services
from backend.api.settings import ApiSettings
from backend.api.store import open_store
from backend.store.corrections import (
    DEFAULT_COLLECTION,
    Correction,
    CorrectionStore,
    Kept,
    Summary,
    hashed,
)

SECRET = re.compile(r"[0-9a-f]{32}")  # 128 random bits
NONE_SUCH = "You keep no correction with this id."

TEACHER = parameter(
    "X-Teacher",
    "header",
    {"type": "string", "pattern": f"^{SECRET.pattern}$"},
    "A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete.",
    required=True,
)
CORRECTION_ID = {"type": "string", "format": "uuid"}
EXAMPLE_CORRECTION = {
    "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "alphabet": "digits",
    "meant": "1",
    "read": "7",
    "confidence": 0.62,
    "model": "2026.11.26-2e209047",
    "kind": "correction",
    "strokes": [[[14, 4, 0], [14, 23, 180]]],
    "pixels": EXAMPLE,
}
STATE = Documented("teach", (422, 503), [TEACHER | {"required": False}])
KEEP = Documented(
    "teach",
    (*OF_A_BODY, *OF_THE_STORE, 401, 507),
    [TEACHER],
    {
        JSON: {
            "schema": {
                "oneOf": [{"$ref": f"{SCHEMAS}{name}"} for name in ("DigitCorrection", "LetterCorrection")]
            },
            "examples": {"one": {"summary": "A one, read as a seven", "value": EXAMPLE_CORRECTION}},
        }
    },
    [(201, "It is kept."), (200, "It was kept before.")],
)
LIST = Documented(
    "teach",
    (*OF_THE_STORE, 404),
    [
        TEACHER,
        parameter("after", "query", CORRECTION_ID, "List what is older than this one."),
        parameter(
            "limit",
            "query",
            {"type": "integer", "minimum": 1, "maximum": MOST_LISTED, "default": USUALLY_LISTED},
            "How many to list at most.",
        ),
    ],
)
DELETE_ALL = Documented("teach", OF_THE_STORE, [TEACHER])
DELETE_ONE = Documented(
    "teach",
    (*OF_THE_STORE, 404),
    [TEACHER, parameter("id", "path", CORRECTION_ID, "Of the correction.", required=True)],
    successes=[(204, "It is deleted.")],
)


def install_teaching(app: Flask, settings: ApiSettings, services: Services) -> None:
    """Add the routes of teaching to `app`; without teaching they say that it is off."""
    opened = open_store(settings)

    def store() -> CorrectionStore:
        if opened is None:
            raise Problem(403, "This server keeps no corrections: teaching is off.", code="teaching_off")
        return opened

    @app.get("/teaching")
    @described("teaching", TeachingResponse, STATE)
    def teaching() -> Response:
        """Say whether corrections are kept here, and how many are kept of whoever asks.

        Without `X-Teacher` the database isn't asked, and nothing is kept.
        """
        found = Summary(0, [])
        teacher = _teacher() if "X-Teacher" in request.headers else None
        if opened and teacher:
            found = opened.summary(teacher)
        others = [name for name in found.collections if name != DEFAULT_COLLECTION]
        return _json(
            {
                "teaching": settings.teaching,
                "collections": [DEFAULT_COLLECTION, *others],
                "kept": found.kept,
                "limit": settings.max_corrections_each if opened else 0,
            }
        )

    @app.post("/corrections")
    @described("keepCorrection", CorrectionResponse, KEEP)
    def keep() -> Response:
        """Keep a correction: a drawing, and what it was meant to be.

        It can be sent again: what one sent before under the same `id` stays, and is the answer (200).
        """
        kept_in = store()
        take_turn(services.lesson_limiter)  # first, since a token can be guessed at
        if settings.teaching == "token":
            _check_token(settings.teaching_token)
        teacher = _teacher()
        check_headers(request, {JSON: settings.max_json_bytes})
        body = read_body(request, settings.body_timeout)
        kept, is_new = kept_in.keep(teacher, _as_correction(parse_json(body, CORRECTION_REQUEST)))
        return _json(_as_document(kept), 201 if is_new else 200)

    @app.get("/corrections")
    @described("corrections", CorrectionsResponse, LIST)
    def corrections() -> Response:
        """List the corrections that one keeps oneself, newest first."""
        kept_in, teacher = store(), _teacher()
        after, most = page_of(request)
        try:
            found = kept_in.newest(teacher, most + 1, after)
        except KeyError:
            raise Problem(404, NONE_SUCH) from None
        page = found[:most]
        older = str(page[-1].correction.id) if len(found) > most else None
        return _json({"corrections": [_as_document(kept) for kept in page], "next": older})

    @app.delete("/corrections")
    @described("deleteCorrections", DeletedResponse, DELETE_ALL)
    def delete_all() -> Response:
        """Delete all corrections that one keeps oneself."""
        return _json({"deleted": store().delete_all(_teacher())})

    @app.delete("/corrections/<uuid:id>")
    @described("deleteCorrection", None, DELETE_ONE)
    def delete_one(id: UUID) -> Response:
        """Delete one of the corrections that one keeps oneself."""
        if not store().delete(_teacher(), id):
            raise Problem(404, NONE_SUCH)
        return Response(status=204)


def _teacher() -> bytes:
    """Return the hash of the secret that the request's X-Teacher holds. Raises Problem 422 if it has none."""
    secret = request.headers.get("X-Teacher", "")
    if not SECRET.fullmatch(secret):
        message = "must hold the 128 random bits that your browser made itself, as 32 hexadecimal digits"
        raise Problem(
            422, f"The header X-Teacher {message}.", [{"location": "X-Teacher", "message": message}]
        )
    return hashed(secret)


def _check_token(token: str) -> None:
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    # In a time that doesn't tell how much of it was right.
    right = hmac.compare_digest(sent.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not right:
        sentence = "Teaching needs the token that whoever runs this server gives out, as a bearer token."
        raise Problem(401, sentence, headers={"WWW-Authenticate": "Bearer"}, code="token_needed")


def _as_correction(sent: DigitCorrection | LetterCorrection) -> Correction:
    levels = np.rint(np.array(sent.pixels, float)).astype(np.uint8)
    fields = {name: getattr(sent, name) for name in type(sent).model_fields}
    return Correction(**{**fields, "pixels": levels.tobytes()})


def _as_document(kept: Kept) -> dict[str, object]:
    return {**vars(kept.correction), "pixels": list(kept.correction.pixels), "created": kept.created}


def _json(document: dict[str, object], status: int = 200) -> Response:
    return Response(to_json(document), status=status, content_type=JSON)
