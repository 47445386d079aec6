"""The event loop's side of the API: what it answers itself, Flask would have answered alike."""

import asyncio
import json

import pytest

from backend.api.plain import PLAIN
from backend.serving.asgi import AsgiApplication
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.serving.limits import RateLimiter
from backend.tests.pictures import STROKES, pixels_of

GOOD = json.dumps({"pixels": pixels_of(7)}).encode()


def ask(application, body=GOOD, headers=(), method="POST", path="/predict", query=b""):
    """Return status, headers and body of the answer to one request, which came in two pieces."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "http_version": "1.1",
        "headers": [
            (b"host", b"localhost"),
            (b"x-request-id", b"the-same"),
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            *headers,
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    pieces = [{"body": body[:9], "more_body": True}, {"body": body[9:], "more_body": False}]
    sent = []

    async def receive():
        return pieces.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(application(scope, receive, send))
    start, rest = sent
    return start["status"], dict(start["headers"]), rest["body"]


@pytest.fixture
def both(stand_in):
    """The application, and the same where Flask answers everything."""
    app = assemble(Config(), stand_in)
    quick = AsgiApplication(app, 1, 1 << 20)
    del app.extensions[PLAIN]
    return quick, AsgiApplication(app, 1, 1 << 20)


@pytest.mark.parametrize("digit", STROKES)
def test_a_plain_answer_is_flasks_answer_header_for_header(both, digit):
    body = json.dumps({"pixels": pixels_of(digit)}, indent=digit % 2 or None).encode()
    quick, through_flask = (ask(application, body) for application in both)
    assert quick == through_flask
    assert quick[0] == 200


def test_a_plain_answer_needs_no_flask(both, monkeypatch):
    quick, _ = both
    monkeypatch.setattr(quick, "_ask", None)
    assert ask(quick)[0] == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"pixels": [%s]}' % b",".join([b"0.5"] * 784), 200),
        (b'{"pixels": [%s]}' % b",".join([b"0"] * 784), 200),
        (b'{"pixels": [%s]}' % b",".join([b"1"] * 784), 200),
        (b'{"pixels": [%s]}' % b",".join([b"255"] * 784), 200),
        (b'{"pixels": [%s]}' % b",".join([b"256"] * 784), 422),
        (b'{"pixels": [%s]}' % b",".join([b"true"] * 784), 422),
        (b'{"pixels": [%s]}' % b",".join([b"0"] * 783), 422),
        (b'{"pixels": [%s]}' % b",".join([b"01"] * 784), 400),
        (b'{"pixels": [%s], "pixels": [1]}' % b",".join([b"0"] * 784), 400),
        (b'{"pixels": []}', 422),
        (b'{"pixels": 1', 400),
    ],
)
def test_what_is_not_plain_gets_flasks_answer(both, body, status):
    quick, through_flask = (ask(application, body) for application in both)
    assert quick == through_flask
    assert quick[0] == status


@pytest.mark.parametrize(
    "more",
    [
        {"headers": [(b"origin", b"http://localhost:3000")]},
        {"headers": [(b"content-encoding", b"gzip")]},
        {"query": b"alphabet=letters"},
        {"query": b"stages=true"},
        {"method": "PUT"},
        {"path": "/predict/"},
    ],
)
def test_a_request_that_asks_for_more_gets_flasks_answer(both, more):
    quick, through_flask = (ask(application, **more) for application in both)
    assert quick == through_flask


def test_a_failing_model_is_told_as_flask_tells_it(both, stand_in):
    stand_in.failure = FloatingPointError("no probabilities")
    assert ask(both[0])[0] == 500


def test_a_limit_of_the_rate_holds_for_plain_requests(stand_in):
    app = assemble(Config(), stand_in, limiter=RateLimiter(rate=0.001, burst=2))
    application = AsgiApplication(app, 1, 1 << 20)
    assert [ask(application)[0] for _ in range(3)] == [200, 200, 429]


def test_a_body_that_is_too_large_for_anything_is_not_waited_for(both):
    status, _, _ = ask(both[0], body=b" " * ((1 << 20) + 1))
    assert status == 413
