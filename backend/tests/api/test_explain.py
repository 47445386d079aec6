"""What /explain answers: all that /predict does, and why."""

import base64
import json
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.reading.explain import sprite
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.tests.bad_inputs import corpus
from backend.tests.conftest import StandIn
from backend.tests.pictures import (
    BLANK,
    BLOCK,
    NOT_A_DIGIT,
    NOTHING_FOUND,
    STROKES,
    form,
    grey_of,
    in_base64,
    picture,
    pixels_of,
)

REASONS = {"guess", "runner_up", "saliency", "counter_evidence", "layers"}
# What reaches the route as it is: the test client sends no body where there is none to send.
BAD = [
    bad
    for bad in corpus()
    if (bad.path, bad.method, bad.announced) == ("/predict", "POST", None) and bad.body
]
hypothesis_client = assemble(Config(), StandIn()).test_client()


def decoded(image):
    content = base64.b64decode(image.removeprefix("data:image/png;base64,"), validate=True)
    return np.array(Image.open(BytesIO(content)))


def check_shapes(answer):
    assert answer["guess"] != answer["runner_up"]
    for name in ("saliency", "counter_evidence"):
        assert len(answer[name]) == 784
        assert all(-1 <= value <= 1 for value in answer[name])
    for layer in answer["layers"]:
        *size, count = layer["shape"]
        height, width = size or (1, 1)
        assert layer["columns"] * layer["rows"] == count
        levels = decoded(layer["image"])
        assert levels.dtype == np.uint8
        assert levels.shape == (layer["rows"] * height, layer["columns"] * width)
        assert layer["title"]
        assert f" {count} " in layer["description"]


def sent_in_every_way(digit):
    content = picture(grey_of(digit))
    yield {"json": {"pixels": pixels_of(digit)}}
    yield {"json": {"image": in_base64(content)}}
    media_type, body = form(("file", content))
    yield {"data": body, "content_type": media_type}


@pytest.mark.parametrize("way", range(3))
def test_an_explanation_holds_the_whole_prediction(client, way):
    sent = list(sent_in_every_way(5))[way]
    answer = client.post("/explain", **sent).json
    prediction = client.post("/predict", **sent).json
    assert set(answer) == set(prediction) | REASONS
    assert {name: answer[name] for name in prediction} == prediction
    assert answer["guess"] == answer["digit"]
    check_shapes(answer)


def test_of_two_that_are_equal_the_lower_is_the_runner_up(client):
    # The stand-in gives all digits but one the same probability.
    answer = client.post("/explain", json={"pixels": pixels_of(5)}).json
    assert answer["runner_up"] == (1 if answer["guess"] == 0 else 0)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"pixels": [0] * 784}, BLANK),
        ({"image": in_base64(picture(np.full((60, 40), 230, np.uint8)))}, NOTHING_FOUND),
    ],
)
def test_where_there_is_no_ink_there_is_no_evidence_but_all_layers(client, sent, reason):
    answer = client.post("/explain", json=sent)
    assert answer.status_code == 200
    assert (answer.json["digit"], answer.json["reason"]) == (None, reason)
    assert answer.json["saliency"] == answer.json["counter_evidence"] == [0] * 784
    inked = client.post("/explain", json={"pixels": pixels_of(5)}).json
    assert [layer["shape"] for layer in answer.json["layers"]] == [
        layer["shape"] for layer in inked["layers"]
    ]
    check_shapes(answer.json)


def test_what_is_no_digit_still_has_a_guess_that_is_explained(client):
    answer = client.post("/explain", json={"pixels": BLOCK}).json
    assert (answer["digit"], answer["reason"]) == (None, NOT_A_DIGIT)
    assert answer["guess"] == answer["probabilities"].index(answer["confidence"])
    assert any(answer["saliency"])


def test_the_classifier_is_asked_about_65_images_at_most(client, stand_in):
    for digit in STROKES:
        before = len(stand_in.calls)
        client.post("/explain", json={"pixels": pixels_of(digit)})
        assert sum(stand_in.calls[before:]) <= 65


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_bad_input_meets_the_same_problem_as_at_predict(client, bad):
    answers = [client.post(path, data=bad.body, headers=bad.headers) for path in ("/explain", "/predict")]
    problems = [answer.json | {"request_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [bad.status] * 2
    assert problems[0] == problems[1]


def test_a_failure_inside_is_no_answer(client, stand_in):
    stand_in.failure = RuntimeError("secret")
    answer = client.post("/explain", json={"pixels": pixels_of(5)})
    assert answer.status_code == 500
    assert "secret" not in answer.text


@settings(max_examples=50)
@given(st.lists(st.integers(0, 255), min_size=1, max_size=60))
def test_784_levels_are_always_explained(levels):
    pixels = (levels * 784)[:784]
    answer = hypothesis_client.post("/explain", json={"pixels": pixels})
    assert answer.status_code == 200
    check_shapes(answer.json)


@pytest.mark.parametrize("shape", [(3, 2, 6), (4, 4, 7), (1, 1, 1), (12,), (128,)])
def test_each_map_is_a_tile_in_its_place(shape):
    values = np.random.default_rng(0).random(shape)
    rows = max(rows for rows in range(1, 12) if shape[-1] % rows == 0 and rows * rows <= shape[-1])
    together = sprite(values, rows)
    columns = shape[-1] // rows
    height, width = shape[:2] if len(shape) == 3 else (1, 1)
    assert together.shape == (rows * height, columns * width)
    assert together.max() == 255
    for index in range(shape[-1]):
        top, left = index // columns * height, index % columns * width
        tile = together[top : top + height, left : left + width]
        expected = values[..., index].reshape(height, width) / values.max() * 255
        np.testing.assert_allclose(tile, expected, atol=0.5)


def test_a_layer_without_response_is_black_and_so_is_a_negative_one():
    assert not sprite(np.zeros((4, 4, 6)), 2).any()
    assert not sprite(np.full((4, 4, 6), -1.0), 2).any()


@pytest.mark.parametrize(
    ("blocks", "titles"),
    [
        (0, []),
        (1, ["Strokes and edges"]),
        (2, ["Strokes and edges", "Parts of digits"]),
        (4, ["Strokes and edges", "Corners and curves", "Corners and curves", "Parts of digits"]),
    ],
)
def test_layers_are_titled_by_their_place_in_networks_of_any_depth(client, stand_in, blocks, titles):
    layers = {f"block{number}": np.ones((2, 2, 4)) for number in range(1, blocks + 1)}
    stand_in.activations = lambda image: layers | {"head": np.ones(8)}
    answer = client.post("/explain", json={"pixels": pixels_of(5)}).json
    assert [layer["name"] for layer in answer["layers"]] == [*layers, "head"]
    assert [layer["title"] for layer in answer["layers"]] == [*titles, "The whole digit"]


def test_a_network_without_such_layers_shows_none(client, stand_in):
    stand_in.activations = lambda image: {}
    assert client.post("/explain", json={"pixels": pixels_of(5)}).json["layers"] == []


def test_the_shipped_model_explains_what_it_reads_without_tensorflow(server):
    for digit in (2, 7):
        status, _, body = server.post("/explain", {"pixels": pixels_of(digit)})
        answer = json.loads(body)
        assert (status, answer["guess"]) == (200, digit)
        assert answer["runner_up"] == np.argsort(answer["probabilities"])[-2]
        assert max(answer["saliency"]) > 0
        assert max(answer["counter_evidence"]) > 0
        names = [layer["name"] for layer in answer["layers"]]
        assert names == [f"block{number}" for number in range(1, len(names))] + ["head"]
        assert len(names) > 2
        check_shapes(answer)
        assert all(decoded(layer["image"]).any() for layer in answer["layers"])
    for worker in server.workers():
        assert not [m.path for m in worker.memory_maps() if "tensorflow" in m.path]
