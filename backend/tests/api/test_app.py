"""What the application does around its answers: origins, headers, logs, metrics."""

import json
import logging
import subprocess
import sys

import pytest

from backend.reading.settings import REPOSITORY
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.serving.logs import JsonFormatter
from backend.tests.pictures import BLOCK, pixels_of

OWN = "http://localhost:3000"


@pytest.mark.parametrize("origin", [OWN, "http://127.0.0.1:3000"])
def test_the_pages_own_origins_are_allowed(client, origin):
    answer = client.post("/predict", json={"pixels": pixels_of(1)}, headers={"Origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After, X-Request-ID"


def test_errors_reach_the_page_too(client):
    answer = client.post("/predict", json={}, headers={"Origin": OWN})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (422, OWN)


def test_a_page_on_an_ipv6_address_is_allowed(stand_in):
    client = assemble(Config(origins=("http://[::1]:3000",)), stand_in).test_client()
    allowed = {
        origin: client.get("/model", headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin")
        for origin in ("http://[::1]:3000", "http://::3000", "http://[::1]:30000")
    }
    assert allowed == {
        "http://[::1]:3000": "http://[::1]:3000",
        "http://::3000": None,
        "http://[::1]:30000": None,
    }


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:3001", "null", "https://localhost:3000"]
)
def test_other_origins_are_not_allowed(client, origin):
    answer = client.get("/model", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_preflight_allows_what_the_page_sends(client):
    asked = {
        "Origin": OWN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, x-request-id",
    }
    answer = client.options("/predict", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == OWN
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"]


def test_no_origin_gets_a_wildcard(client):
    for path in ("/model", "/docs", "/metrics", "/nothing"):
        assert client.get(path).headers.get("Access-Control-Allow-Origin") is None


def test_answers_carry_security_headers(client):
    headers = client.get("/model").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_debug_mode_cannot_be_switched_on_by_accident(monkeypatch, stand_in):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    monkeypatch.setenv("FLASK_ENV", "development")
    stand_in.failure = RuntimeError("secret")
    app = assemble(Config(), stand_in)
    assert app.debug is False
    answer = app.test_client().post("/predict", json={"pixels": pixels_of(1)})
    assert "secret" not in answer.text


def test_a_request_is_one_json_line_with_its_id_and_without_its_pixels(client, caplog):
    with caplog.at_level(logging.INFO, "backend.requests"):
        answer = client.post("/predict", json={"pixels": pixels_of(1)})
    assert len(caplog.records) == 1
    text = JsonFormatter().format(caplog.records[0])
    assert "\n" not in text
    line = json.loads(text)
    assert line["id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["path"], line["status"]) == ("POST", "/predict", 200)
    assert line["ms"] >= 0
    assert len(text) < 250


def test_a_path_with_a_line_break_stays_one_line(client, caplog):
    with caplog.at_level(logging.INFO, "backend.requests"):
        client.get("/x%0a{}")
    assert "\n" not in JsonFormatter().format(caplog.records[0])


def metrics_of(client):
    text = client.get("/metrics").text
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def test_metrics_count_requests_by_outcome_and_predictions_by_digit(client, stand_in):
    answer = client.post("/predict", json={"pixels": pixels_of(1)})
    client.post("/predict", json={"pixels": [0] * 784})
    client.post("/predict/batch", json={"images": [BLOCK]})
    client.post("/explain", json={"pixels": BLOCK})  # of what /predict has counted
    client.post("/predict", json={})
    client.get("/no/such/path")
    counted = metrics_of(client)
    assert counted['http_requests_total{method="POST",route="/predict",status="200"}'] == 2
    assert counted['http_requests_total{method="POST",route="/predict",status="422"}'] == 1
    assert counted['http_requests_total{method="GET",route="none",status="404"}'] == 1
    assert counted[f'predictions_total{{digit="{answer.json["digit"]}"}}'] == 1
    assert counted['predictions_total{digit="none"}'] == 2
    assert counted['explanations_total{digit="none"}'] == 1
    assert counted['refusals_total{reason="nothing is drawn"}'] == 1
    assert counted['refusals_total{reason="it doesn\'t look like a digit"}'] == 1
    assert counted['http_request_seconds_count{route="/predict"}'] == 3
    assert counted[f'model_info{{sha256="{"0" * 64}",version="stand-in-1"}}'] == 1


def test_paths_and_methods_that_are_made_up_make_no_new_metrics(client):
    for index in range(50):
        client.open(f"/made/up/{index}", method=f"M{index}")
    assert len([name for name in metrics_of(client) if name.startswith("http_requests_total")]) <= 2


def test_importing_the_server_loads_no_model_runtime_and_starts_no_thread():
    code = (
        "import sys, threading; import backend.api.app, backend.serving.server; "
        "assert not {'tensorflow', 'keras', 'ai_edge_litert'} & set(sys.modules); "
        "assert threading.active_count() == 1"
    )
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
