"""Every error status keeps the contract of RFC 9457, with the id that is in header and log."""

import functools
import json
import logging

import pytest
from flask import abort

from backend.api.errors import MEDIA_TYPE, MOST_ERRORS, shortened
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.serving.limits import RateLimiter
from backend.tests.pictures import form, pixels_of

JSON = "application/json"


def refused(client, status):
    """One request that is answered with `status`."""
    announced = {"wsgi.input_terminated": False}
    if status == 400:
        return client.post("/predict", data=b"{", content_type=JSON)
    if status == 404:
        return client.get("/nothing")
    if status == 405:
        return client.get("/predict")
    if status == 411:
        headers = {"Transfer-Encoding": "chunked"}
        return client.post("/predict", content_type=JSON, headers=headers, environ_overrides=announced)
    if status == 413:
        return client.post("/predict", data=b" " * (1 << 20 | 1), content_type=JSON)
    if status == 415:
        return client.post("/predict", data=b"7", content_type="text/plain")
    return client.post("/predict", json={"pixels": [0] * 783})


def check(answer, status):
    assert answer.status_code == status
    assert answer.content_type == MEDIA_TYPE
    problem = answer.json
    assert {"type", "title", "status", "detail", "request_id"} <= set(problem)
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return problem


@pytest.mark.parametrize("status", [400, 404, 405, 411, 413, 415, 422])
def test_every_refusal_is_a_problem_document(client, status):
    check(refused(client, status), status)


def test_a_failure_is_a_500_without_a_stack_trace_and_is_logged_with_it(client, stand_in, caplog):
    stand_in.failure = RuntimeError("the secret of the implementation")
    with caplog.at_level(logging.ERROR, "backend"):
        problem = check(client.post("/predict", json={"pixels": pixels_of(1)}), 500)
    assert "secret" not in json.dumps(problem)
    assert "RuntimeError: the secret" in caplog.text
    assert caplog.records[0].args == {"id": problem["request_id"]}


def test_a_model_that_fails_is_a_503_on_health(client, stand_in):
    stand_in.failure = RuntimeError("broken")
    answer = client.get("/health")
    check(answer, 503)
    assert answer.headers["Retry-After"] == "1"


def test_too_many_requests_are_a_429(stand_in):
    client = assemble(Config(), stand_in, limiter=RateLimiter(rate=1, burst=2)).test_client()
    assert [client.get("/model").status_code for _ in range(2)] == [200, 200]
    answer = client.get("/model")
    check(answer, 429)
    assert answer.headers["Retry-After"] == "1"
    assert client.get("/health").status_code == 200


def test_corrections_have_a_limit_of_their_own(stand_in):
    limiter = RateLimiter(rate=1, burst=2)
    client = assemble(Config(teaching="on"), stand_in, lesson_limiter=limiter).test_client()
    send = functools.partial(client.post, "/corrections", headers={"X-Teacher": "a" * 32}, json={})
    assert [send().status_code for _ in range(3)] == [422, 422, 429]
    check(send(), 429)
    assert client.get("/model").status_code == 200


def test_a_405_names_the_methods_that_are_taken(client):
    assert set(client.get("/predict").headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_a_wrong_length_is_said_in_a_sentence(client):
    assert refused(client, 422).json["detail"] == "pixels must hold 784 numbers, got 783."


def test_an_image_of_a_batch_is_named_by_its_index(client):
    good = pixels_of(1)
    sent = {"images": [good, good[1:], good, [*good[1:], 300], ["7"] * 784]}
    problem = check(client.post("/predict/batch", json=sent), 422)
    assert problem["detail"] == "images[1] must hold 784 numbers, got 783 (and 2 more)."
    assert problem["errors"] == [
        {"location": "images[1]", "message": "must hold 784 numbers, got 783"},
        {
            "location": "images[3][783]",
            "message": "must lie in 0..255 (0 is paper, 255 is full ink), got 300",
        },
        {"location": "images[4][0]", "message": "must be a number, got text"},
    ]


def test_the_list_of_errors_is_capped(client):
    problem = check(client.post("/predict/batch", json={"images": [[]] * 500}), 422)
    assert len(problem["errors"]) == MOST_ERRORS
    assert "and 499 more" in problem["detail"]


@pytest.mark.parametrize("sent", ["abc-1.2_3", "x" * 64])
def test_a_request_id_that_is_sent_is_kept(client, sent):
    assert client.get("/model", headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", '"', "é"])
def test_a_request_id_that_is_none_is_replaced(client, sent):
    answered = client.get("/model", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert answered != sent
    assert len(answered) == 16


def test_what_is_quoted_is_printable_and_short():
    assert shortened("a\x00\ud800b") == "a??b"
    assert len(shortened("x" * 1000)) == 60


def test_the_document_survives_any_path(client):
    for path in ("/%F0%9F%92%A9", "/{detail}", "/%7Bself.__class__%7D", "/<script>"):
        check(client.get(path), 404)


@pytest.mark.parametrize("description", ["{path}", "{0}", "{", "a } b"])
def test_what_others_say_of_a_failure_is_quoted_as_it_is(stand_in, description):
    app = assemble(Config(), stand_in)
    app.add_url_rule("/teapot", view_func=lambda: abort(418, description))
    assert check(app.test_client().get("/teapot"), 418)["detail"] == description


def test_a_form_is_refused_where_only_json_is_taken(client):
    media_type, body = form(("image", b"x"))
    check(client.post("/predict/batch", data=body, content_type=media_type), 415)
