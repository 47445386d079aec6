"""A request's body: read within its limit and its time, parsed strictly."""

import base64
import binascii
import json
import re
from io import BytesIO
from typing import Any, TypeVar

from flask import Request
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, from_json
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser

from backend.api.errors import MOST_ERRORS, Problem, shortened
from backend.reading.errors import PictureError

JSON = "application/json"
MULTIPART = "multipart/form-data"
FILE_FIELDS = ("image", "file")
LATE = "backend.body_is_late"  # in the environ of a request: whether its body's time ran out before it came
MOST_PARTS = 8  # of a form; one is used
MOST_TEXT = 128 * 1024  # bytes of a form's heads and texts; also what its parser may buffer
WHITE_SPACE = b" \t\r\n"
T = TypeVar("T")
# Names of a union's cases, which an error's place holds and the body doesn't: of any, and of the whole body.
TAGS, TAGS_OF_WHOLE = ("flat", "nested"), ("pixels", "image", "digits", "letters")
# What text has to be that doesn't fit its field's pattern.
PATTERNS = {
    "meant": "a label of the alphabet, a digit or a capital letter, or null",
    "read": "a label of the alphabet, a digit or a capital letter, or null",
    "model": "a model's version",
    "collection": "a name of 1 to 64 characters without control characters, or spaces at its ends",
}
DATA_URL = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,", re.ASCII | re.IGNORECASE)


def check_headers(request: Request, limits: dict[str, int]) -> str:
    """Return the media type of `request`, one of the keys of `limits` (most bytes by media type).

    Nothing of the body is read. Raises Problem: 411 without a Content-Length, 413 over the limit,
    415 if the body is compressed or of another type.
    """
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", ""):
        raise Problem(415, "The body must not be compressed: send it without Content-Encoding.")
    if request.mimetype not in limits:
        named = f"got {shortened(request.mimetype)}" if request.mimetype else "got none"
        raise Problem(415, f"The Content-Type must be {' or '.join(limits)}, {named}.")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, f"The body must be UTF-8, got charset {shortened(charset)}.")
    length = request.content_length
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower() or length is None:
        raise Problem(411, "Send the body whole, with a Content-Length: chunked bodies are not taken.")
    limit = limits[request.mimetype]
    if length > limit:
        raise Problem(413, f"The body may hold {limit:,} bytes as {request.mimetype}, it has {length:,}.")
    return request.mimetype


def read_body(request: Request, seconds: float) -> bytes:
    """Return the body of a request that passed `check_headers`.

    Raises Problem: 400 if it ended before its Content-Length, 408 if the server waited for it the whole of
    its `seconds` (and says so in `LATE`).
    """
    expected = request.content_length or 0
    if request.environ.get(LATE):
        raise Problem(408, f"The body did not arrive within {seconds:g} s.")
    body: bytes = request.environ["wsgi.input"].read(expected)
    if len(body) < expected:
        raise Problem(400, f"The body ended after {len(body):,} of the {expected:,} bytes announced.")
    return body


def parse_json(body: bytes, adapter: TypeAdapter[T]) -> T:
    """Return what `adapter` makes of the JSON in `body`.

    Raises Problem: 400 if it isn't JSON as RFC 8259 has it (UTF-8 without a byte order mark, finite
    numbers, no key twice), 422 naming each place if it isn't what was asked for.
    """
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise Problem(400, f"The body is not JSON: {shortened(str(error), 120)}.") from None
    # Two quotes are one key, which can't be there twice; so numbers are parsed only once.
    if body.count(b'"') > 2:
        _refuse_duplicate_keys(body)
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise _problem(error) from None


def decode_base64(text: str) -> bytes:
    """Return the bytes of base64 `text`, in lines or not, alone or as a data URL. Raises PictureError."""
    head = DATA_URL.match(text)
    if text[:5].lower() == "data:" and not head:
        raise PictureError("must be a base64 data URL such as data:image/png;base64,iVBORw0...")
    try:
        # `base64 FILE` breaks its output into lines.
        encoded = text[head.end() if head else 0 :].encode("ascii").translate(None, WHITE_SPACE)
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise PictureError("must be base64 (A-Z, a-z, 0-9, +, /, = at the end, and white space)") from None
    if not content:
        raise PictureError("must hold a picture, it is empty")
    return content


def parse_upload(body: bytes, parameters: dict[str, str]) -> bytes:
    """Return the file in a multipart form's field `image` or `file`.

    `parameters` are those of the Content-Type, the boundary among them.
    Raises Problem: 400 if the form is broken or has too many parts, 422 if it isn't one file;
    PictureError if the file is empty.
    """
    parser = FormDataParser(
        stream_factory=lambda *_, **__: BytesIO(),  # never a file on disk
        max_form_memory_size=MOST_TEXT,
        max_form_parts=MOST_PARTS,
        silent=False,
    )
    try:
        _, form, files = parser.parse(BytesIO(body), MULTIPART, len(body), parameters)
    except HTTPException:
        limits = f"{MOST_PARTS} parts or over {MOST_TEXT:,} bytes beside its file"
        raise Problem(413, f"The form has over {limits}.") from None
    except ValueError:
        raise Problem(400, "The body is no multipart form with the boundary that its header names.") from None
    sent = [file for _, file in files.items(multi=True)]
    names = {*form, *files}
    if len(sent) != 1 or not names <= set(FILE_FIELDS) or form:
        others = shortened(", ".join(sorted(names - set(FILE_FIELDS))))
        found = f"the field {others}" if others else f"{len(sent)} files"
        if form and not others:
            found = "text instead of a file"
        raise Problem(422, f"The form must hold one file in the field image (or file), got {found}.")
    content: bytes = sent[0].stream.getvalue()  # type: ignore[attr-defined]  # shared and not copied
    if not content:
        raise PictureError("must hold a picture, the file is empty")
    return content


def _refuse_duplicate_keys(body: bytes) -> None:
    def unique(pairs: list[tuple[str, Any]]) -> None:
        seen = set()
        for name, _ in pairs:
            if name in seen:
                raise Problem(400, f"The body has the key {shortened(name)!r} twice.")
            seen.add(name)

    json.loads(body, object_pairs_hook=unique)


def _problem(error: ValidationError) -> Problem:
    count = error.error_count()
    errors = [
        {"location": _location(item), "message": _message(item)}
        for item in error.errors(include_url=False, include_context=True)[:MOST_ERRORS]
    ]
    first = f"{errors[0]['location']} {errors[0]['message']}"
    others = f" (and {count - 1:,} more)" if count > 1 else ""
    return Problem(422, f"{first}{others}.", errors)


def _location(item: ErrorDetails) -> str:
    """Return the place as a person would write it; tags of unions are none."""
    place = ""
    for index, step in enumerate(item["loc"]):
        if isinstance(step, int):
            place += f"[{step}]"
        elif step not in TAGS and not (index == 0 and step in TAGS_OF_WHOLE):
            place += shortened(step)
    return place or "body"


def _message(item: ErrorDetails) -> str:
    kind, context, place = item["type"], item.get("ctx", {}), item["loc"]
    got = shortened(repr(item["input"]), 30)
    if kind in ("too_short", "too_long"):
        return f"must hold {_size(place)}, got {context['actual_length']:,}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"must lie {_range(place)}, got {got}"
    if kind == "literal_error":
        # Each alphabet has a model of its own, which knows of no other.
        return "must be " + ("'digits' or 'letters'" if place[-1] == "alphabet" else context["expected"])
    if kind == "string_pattern_mismatch":
        return f"must be {PATTERNS[str(place[-1])]}, got {got}"
    sentences = {
        "float_type": "must be a number",
        "finite_number": "must be a finite number",
        "list_type": "must be a list",
        "string_type": "must be text",
        "string_too_short": "must hold a picture, it is empty",
        "missing": "is missing",
        "extra_forbidden": "is not a field of this request",
        "model_type": "must be an object",
        "uuid_type": "must be a UUID such as 7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "uuid_parsing": "must be a UUID such as 7c9e6679-7425-40de-944b-e07fc1f90ae7",
    }
    return f"{sentences.get(kind, item['msg'])}{_got(item)}"


def _size(place: tuple[int | str, ...]) -> str:
    """Return how much the list at `place` may hold."""
    if "strokes" in place:
        within = len(place) - 1 - place.index("strokes")
        return ("1 to 100 strokes", "1 to 4,000 points", "x, y and perhaps a time")[within]
    sizes: dict[int | str, str] = {"images": "1 to 1,000 images", "flat": "784 numbers", "nested": "28 rows"}
    return sizes.get(place[-1], "28 numbers")


def _range(place: tuple[int | str, ...]) -> str:
    """Return where the number at `place` must lie."""
    if place[-1] == "confidence":
        return "in 0..1"
    return "within a quadrillion of 0" if "strokes" in place else "in 0..255 (0 is paper, 255 is full ink)"


def _got(item: ErrorDetails) -> str:
    names = {
        bool: "true or false",
        str: "text",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        type(None): "null",
    }
    if item["type"] not in ("float_type", "list_type", "string_type", "model_type"):
        return ""
    return f", got {names.get(type(item['input']), 'something else')}"
