"""Whatever is sent, the answer is right or a refusal: properties of validation and prediction."""

import json
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.reading.levels import frame_ink, wrong_levels
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.tests.conftest import BLOT, StandIn
from backend.tests.pictures import BLANK, NOT_A_DIGIT

client = assemble(Config(), StandIn()).test_client()

LEVELS = st.one_of(st.integers(0, 255), st.floats(0, 255))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)
NO_LEVEL = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=3),
    st.floats(max_value=-1e-9, allow_infinity=False, allow_nan=False),
    st.floats(min_value=255.001, allow_infinity=False, allow_nan=False),
    st.integers(max_value=-1),
    st.integers(min_value=256),
    st.lists(st.integers(0, 255), max_size=2),
)
quick = settings(max_examples=100)


def post(path, body):
    answer = client.post(path, data=body, content_type="application/json")
    document = json.loads(answer.data, parse_constant=refuse_constant)
    assert answer.status_code < 500
    if answer.status_code != 200:
        assert document["status"] == answer.status_code
        assert document["detail"]
    return answer.status_code, document


def refuse_constant(name):
    raise AssertionError(f"{name} in an answer")


def spread(levels):
    return (levels * (784 // len(levels) + 1))[:784]


@quick
@given(st.lists(LEVELS, min_size=1, max_size=60).map(spread))
def test_784_levels_are_always_answered_with_what_the_model_saw(pixels):
    status, answer = post("/predict", json.dumps({"pixels": pixels}))
    assert status == 200
    image = np.array(pixels, float).reshape(1, 28, 28)
    assert answer["pixels"] == frame_ink(image)[0].reshape(-1).tolist()
    assert abs(math.fsum(answer["probabilities"]) - 1) < 1e-6
    if (wrong := wrong_levels(image)[0]) is not None:
        assert (answer["digit"], answer["reason_code"]) == (None, wrong.value)
        return
    inked = sum(level > 0 for level in answer["pixels"])
    assert (answer["digit"] is not None) == (0 < inked <= BLOT)
    assert answer.get("reason") == (None if 0 < inked <= BLOT else NOT_A_DIGIT if inked else BLANK)


@quick
@given(st.integers(0, 2000).filter(lambda count: count != 784))
def test_any_other_count_is_refused_with_it(count):
    status, problem = post("/predict", json.dumps({"pixels": [0] * count}))
    assert status == 422
    assert problem["detail"] == f"pixels must hold 784 numbers, got {count:,}."


@quick
@given(st.integers(0, 783), NO_LEVEL)
def test_one_bad_level_is_refused_by_its_index(index, value):
    pixels = [0] * 784
    pixels[index] = value
    status, problem = post("/predict", json.dumps({"pixels": pixels}))
    if isinstance(value, list) and index == 0:
        assert status == 422  # the image is taken for a nested one
    elif isinstance(value, int) and abs(value) > 1 << 63:
        assert status in (400, 422)
    else:
        assert (status, problem["errors"][0]["location"]) == (422, f"pixels[{index}]")


@quick
@given(ANY_JSON)
def test_any_json_is_refused(value):
    for path in ("/predict", "/predict/batch"):
        status, _ = post(path, json.dumps(value))
        assert status in (400, 422)
        status, _ = post(path, json.dumps({"pixels": value}))
        assert status in (400, 422)


@quick
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_refused(body):
    for path in ("/predict", "/predict/batch"):
        assert post(path, body)[0] in (400, 422)


@quick
@given(st.binary(max_size=300))
def test_any_bytes_as_an_uploaded_form_are_refused(body):
    for content in (
        body,
        b"--b\r\n" + body,
        b'--b\r\nContent-Disposition: form-data; name="image"; filename="x"' + body,
    ):
        answer = client.post("/predict", data=content, content_type="multipart/form-data; boundary=b")
        assert answer.status_code in (400, 413, 422)


@quick
@given(st.text(max_size=100))
def test_any_text_as_an_image_is_refused(text):
    assert post("/predict", json.dumps({"image": text}))[0] in (400, 422)


@quick
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_every_bad_image_of_a_batch_is_named(missing):
    images = [[0] * (784 - count) for count in missing]
    status, answer = post("/predict/batch", json.dumps({"images": images}))
    bad = [f"images[{index}]" for index, count in enumerate(missing) if count]
    if bad:
        assert (status, [error["location"] for error in answer["errors"]]) == (422, bad)
    else:
        assert (status, len(answer["predictions"])) == (200, len(images))
