"""The routes of short links: a drawing is kept for whoever knows its id, and deleted by who shared it."""

import re
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from pydantic_core import to_json

from backend.api.bodies import JSON, check_headers, parse_json, read_body
from backend.api.errors import Problem
from backend.api.openapi import OF_A_BODY, SCHEMAS, Documented, described, parameter
from backend.api.rate_limit import take_turn
from backend.api.schemas import DRAWING_REQUEST, DrawingResponse, SharedResponse, SharingResponse
from backend.api.services import Services
from backend.api.settings import ApiSettings
from backend.api.store import open_drawings

if TYPE_CHECKING:
    from backend.store.drawings import DrawingStore

DRAWING_ID = re.compile(r"[A-Za-z0-9_-]{22}")
NONE_SUCH = "There is no drawing with this id: it has ended, was deleted, or never was."
NOT_YOURS = "There is no drawing with this id that this secret deletes."
EXAMPLE_DRAWING = {"alphabet": "digits", "strokes": [[[0.5, 0.2], [0.5, 0.8]]]}
ID = parameter(
    "id", "path", {"type": "string", "pattern": f"^{DRAWING_ID.pattern}$"}, "Of the drawing.", required=True
)
SECRET = parameter(
    "Authorization",
    "header",
    {"type": "string", "pattern": "^Bearer [0-9a-f]{32}$"},
    "The secret that came when the drawing was shared, as a bearer token.",
    required=True,
)
SHARE = Documented(
    "share",
    (*OF_A_BODY, 403, 503, 507),
    body={
        JSON: {
            "schema": {"$ref": f"{SCHEMAS}DrawingRequest"},
            "examples": {"one": {"summary": "A one, in one stroke", "value": EXAMPLE_DRAWING}},
        }
    },
    successes=[(201, "It is kept.")],
)
OPEN = Documented("share", (403, 404, 503), [ID])
DELETE = Documented("share", (401, 403, 404, 503), [ID, SECRET], successes=[(204, "It is deleted.")])


def install_sharing(app: Flask, settings: ApiSettings, services: Services) -> None:
    """Add the routes of short links to `app`; where drawings aren't kept they say so."""
    opened = open_drawings(settings)

    def store() -> "DrawingStore":
        if opened is None:
            sentence = "This server keeps no drawings: sharing is off. A link can hold the drawing itself."
            raise Problem(403, sentence, code="sharing_off")
        return opened

    @app.get("/sharing")
    @described("sharing", SharingResponse, Documented("share", ()))
    def sharing() -> Response:
        """Say whether drawings are kept here for short links, and for how long."""
        return _json({"sharing": settings.sharing, "days": settings.drawing_days if settings.sharing else 0})

    @app.post("/drawings")
    @described("shareDrawing", SharedResponse, SHARE)
    def share() -> Response:
        """Keep a drawing for whoever knows its id, until its end or until it is deleted.

        The answer holds the secret that deletes it; nobody is told it again.
        """
        kept_in = store()
        take_turn(services.drawing_limiter)
        check_headers(request, {JSON: settings.max_drawing_bytes})
        body = read_body(request, settings.body_timeout)
        sent = parse_json(body, DRAWING_REQUEST)
        drawing, secret = kept_in.keep(sent.alphabet, sent.strokes)
        return _json({**drawing._asdict(), "secret": secret}, 201)

    @app.get("/drawings/<string:id>")
    @described("drawing", DrawingResponse, OPEN)
    def drawing(id: str) -> Response:
        """Return the drawing with this id."""
        kept_in = store()
        found = kept_in.find(id) if DRAWING_ID.fullmatch(id) else None
        if found is None:
            raise Problem(404, NONE_SUCH, code="no_drawing")
        return _json(found._asdict())

    @app.delete("/drawings/<string:id>")
    @described("deleteDrawing", None, DELETE)
    def delete(id: str) -> Response:
        """Delete the drawing with this id, by its secret."""
        kept_in = store()
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            sentence = "Deleting a drawing needs the secret that came when it was shared, as a bearer token."
            raise Problem(401, sentence, headers={"WWW-Authenticate": "Bearer"}, code="token_needed")
        if not DRAWING_ID.fullmatch(id) or not kept_in.delete(id, secret.strip()):
            raise Problem(404, NOT_YOURS, code="no_drawing")
        return Response(status=204)


def _json(document: dict[str, object], status: int = 200) -> Response:
    return Response(to_json(document), status=status, content_type=JSON)
