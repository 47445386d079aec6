"""The served document is true: what it promises holds for whatever is sent."""

import re
import tempfile
from io import BytesIO
from pathlib import Path

import hypothesis
import numpy as np
import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from backend.api.openapi import EXAMPLE, EXAMPLE_PICTURE
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.store.settings import sqlite_url
from backend.tests.conftest import LettersStandIn, StandIn
from backend.tests.pictures import STROKES, grey_of, in_base64, picture, pixels_of

EXAMPLES = 25  # of each kind, for each operation

# 413 comes before validation, so what is invalid by its length alone must fit.
app = assemble(Config(max_batch_bytes=1 << 26), StandIn(), LettersStandIn())
schema = schemathesis.openapi.from_wsgi("/openapi.json", app).exclude(
    path_regex="^/(teaching|corrections|drawings)"
)

database = sqlite_url(Path(tempfile.mkdtemp(), "corrections.sqlite3"))
taught = assemble(
    Config(
        max_json_bytes=1 << 26, teaching="on", sharing=True, max_drawing_bytes=1 << 26, database_url=database
    ),
    StandIn(),
)
schema_of_teaching = schemathesis.openapi.from_wsgi("/openapi.json", taught).include(
    path_regex="^/(teaching|corrections|drawings)"
)

# What JSON Schema can't say: the text is a picture's bytes.
pictures = st.sampled_from([picture(grey_of(digit), kind) for digit in STROKES for kind in ("PNG", "JPEG")])
schemathesis.openapi.format("picture-in-base64", pictures.map(in_base64))


def as_npy(images) -> bytes:
    file = BytesIO()
    np.save(file, images)
    return file.getvalue()


batches = st.integers(1, 3).map(lambda n: np.array([pixels_of(1)] * n, np.uint8))
schemathesis.openapi.media_type("application/x-npy", batches.map(as_npy))
schemathesis.openapi.media_type("application/octet-stream", batches.map(np.ndarray.tobytes))

the_same_each_time = hypothesis.settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(hypothesis.HealthCheck),
    derandomize=True,
    database=None,
)


@schema.parametrize()
@the_same_each_time
def test_the_document_holds(case):
    # A file of any bytes is what JSON Schema calls valid; that it must be a picture is said in words.
    excluded = [positive_data_acceptance] if case.media_type == "multipart/form-data" else []
    case.call_and_validate(excluded_checks=excluded)


@pytest.mark.slow
@schema_of_teaching.parametrize()
@the_same_each_time
def test_the_document_holds_of_teaching(case):
    case.call_and_validate()


def test_every_route_is_described(client):
    described = set(client.get("/openapi.json").json["paths"])
    hidden = {"/", "/docs", "/docs/<name>", "/openapi.json"}
    rules = {re.sub(r"<\w+:(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert described == rules - hidden


def test_the_document_is_openapi_3_1_with_every_reference_resolved(client):
    text = client.get("/openapi.json").text
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1.")
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in document["components"]["schemas"]
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["operationId"]
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    assert list(response["content"]) == ["application/problem+json"]


def test_the_examples_run(client):
    document = client.get("/openapi.json").json
    for path in ("/predict", "/explain", "/predict/batch", "/read"):
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        for example in content["examples"].values():
            assert client.post(path, json=example["value"]).status_code == 200


def test_both_examples_are_the_same_one(server):
    answers = [
        requests.post(f"http://127.0.0.1:{server.port}/predict", json=sent, timeout=60).json()
        for sent in ({"pixels": EXAMPLE}, {"image": EXAMPLE_PICTURE})
    ]
    assert [answer["digit"] for answer in answers] == [1, 1]
    assert answers[0]["pixels"] == answers[1]["pixels"]


def test_the_docs_work_offline(client):
    page = client.get("/docs")
    assert page.status_code == 200
    parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(parts) == 4
    for part in parts:
        if not part.startswith("data:"):
            assert not re.match(r"[a-z]+:|//", part), f"{part} is not ours"
            assert client.get("/" + part).status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self';" in policy


@pytest.mark.parametrize("name", ["app.py", "..%2f__init__.py", "index.html"])
def test_the_docs_serve_their_own_files_only(client, name):
    assert client.get(f"/docs/{name}").status_code == 404
