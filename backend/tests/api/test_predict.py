"""What /predict and /predict/batch answer to good input."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from backend.tests.bad_inputs import unlike_levels
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


def rows(pixels):
    return [pixels[start : start + 28] for start in range(0, 784, 28)]


def check_probabilities(prediction):
    assert len(prediction["probabilities"]) == 10
    assert abs(sum(prediction["probabilities"]) - 1) < 1e-6
    assert prediction["confidence"] == max(prediction["probabilities"])


def test_pixels_answer_digit_probabilities_pixels_and_model(client, stand_in):
    pixels = pixels_of(7)
    answer = client.post("/predict", json={"pixels": pixels})
    assert answer.status_code == 200
    assert set(answer.json) == {
        "digit", "character", "confidence", "probabilities", "is_character", "labels", "pixels", "model",
    }  # fmt: skip
    assert answer.json["digit"] == sum(level > 0 for level in pixels) % 10
    assert answer.json["character"] == str(answer.json["digit"])
    assert answer.json["labels"] == list("0123456789")
    assert answer.json["pixels"] == pixels
    assert answer.json["model"] == "stand-in-1"
    assert answer.json["is_character"] == 0.4
    check_probabilities(answer.json)
    assert stand_in.calls[-1] == 1


def test_nested_pixels_answer_as_flat_ones(client):
    flat = client.post("/predict", json={"pixels": pixels_of(3)}).json
    assert client.post("/predict", json={"pixels": rows(pixels_of(3))}).json == flat


def test_pixels_that_are_not_framed_are_framed_first(client):
    framed = np.array(pixels_of(4)).reshape(28, 28)
    moved = np.roll(framed, (3, -2), (0, 1))
    assert client.post("/predict", json={"pixels": moved.reshape(-1).tolist()}).json["pixels"] == pixels_of(4)


@pytest.mark.parametrize("level", [0, 0.0, 0.4, -0.0, 1e-300])
def test_a_blank_page_is_no_digit_and_says_why(client, level):
    answer = client.post("/predict", json={"pixels": [level] * 784}).json
    assert answer["digit"] is None
    assert answer["character"] is None
    assert (answer["reason"], answer["reason_code"]) == (BLANK, "nothing_drawn")
    assert answer["pixels"] == [0] * 784
    assert answer["is_character"] == 0
    check_probabilities(answer)


def test_what_is_no_digit_is_refused_with_its_real_probabilities(client):
    answer = client.post("/predict", json={"pixels": BLOCK}).json
    assert answer["digit"] is None
    assert answer["character"] is None
    assert (answer["reason"], answer["reason_code"]) == (NOT_A_DIGIT, "not_a_character")
    # 400 inked pixels once it is framed.
    assert answer["probabilities"] == [0.91] + [0.01] * 9
    assert answer["is_character"] == 0.39
    check_probabilities(answer)


def test_at_the_threshold_it_is_a_digit(client, stand_in):
    stand_in.threshold = 0.39
    assert client.post("/predict", json={"pixels": BLOCK}).json["digit"] == 0


def test_levels_may_be_fractions_and_reach_255(client):
    pixels = [float(level) for level in pixels_of(2)]
    assert client.post("/predict", json={"pixels": pixels}).json["pixels"] == pixels_of(2)
    assert client.post("/predict", json={"pixels": [255] * 784}).status_code == 200


@pytest.mark.parametrize("end", ["\n", "\r\n", " \t\n"])
@pytest.mark.parametrize("head", ["", "data:image/png;base64,"])
def test_base64_may_be_broken_into_lines(client, head, end):
    content = picture(grey_of(5))
    plain = client.post("/predict", json={"image": in_base64(content)}).json
    in_lines = head + end + base64.encodebytes(content).decode().replace("\n", end)
    assert client.post("/predict", json={"image": in_lines}).json == plain


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_way_to_send_a_picture_answers_alike(client, kind):
    content = picture(grey_of(5), kind)
    plain = client.post("/predict", json={"image": in_base64(content)})
    assert plain.status_code == 200
    assert plain.json["digit"] is not None
    as_url = {"image": f"data:image/{kind.lower()};base64,{in_base64(content)}"}
    assert client.post("/predict", json=as_url).json == plain.json
    for field in ("image", "file"):
        media_type, body = form((field, content))
        assert client.post("/predict", data=body, content_type=media_type).json == plain.json


def test_a_picture_is_told_by_its_content_and_not_by_its_name(client):
    # The form calls every file x.png.
    media_type, body = form(("image", picture(grey_of(5), "JPEG")))
    assert client.post("/predict", data=body, content_type=media_type).status_code == 200


def test_a_framed_image_as_a_picture_answers_as_its_pixels(client):
    framed = np.array(pixels_of(6), np.uint8).reshape(28, 28)
    as_picture = client.post("/predict", json={"image": in_base64(picture(framed))}).json
    assert as_picture == client.post("/predict", json={"pixels": pixels_of(6)}).json


def test_a_picture_without_writing_is_no_digit(client):
    answer = client.post(
        "/predict", json={"image": in_base64(picture(np.full((60, 40), 230, np.uint8)))}
    ).json
    assert (answer["digit"], answer["reason"]) == (None, NOTHING_FOUND)
    assert answer["reason_code"] == "nothing_found"


def shown(stage):
    content = base64.b64decode(stage["image"].removeprefix("data:image/png;base64,"), validate=True)
    return np.array(Image.open(BytesIO(content)))


def test_stages_are_shown_in_order_and_change_nothing_else(client):
    sent = {"image": in_base64(picture(grey_of(5, side=700, pen=50)))}
    plain = client.post("/predict?stages=false", json=sent).json
    answer = client.post("/predict?stages=true", json=sent).json
    stages = answer.pop("stages")
    assert answer == plain == client.post("/predict", json=sent).json
    names = [stage["name"] for stage in stages]
    assert names == ["grey", "paper removed", "ink", "pen evened", "what the model sees"]
    grey, _, ink, _, seen = [shown(stage) for stage in stages]
    assert grey.shape == ink.shape == (256, 256)
    assert grey[0, 0] == 255
    assert ink[0, 0] == 0
    assert ink.max() == 255
    assert seen.reshape(-1).tolist() == plain["pixels"]


def test_pixels_have_one_stage(client):
    answer = client.post("/predict?stages=true", json={"pixels": pixels_of(5)}).json
    assert [stage["name"] for stage in answer["stages"]] == ["what the model sees"]
    assert shown(answer["stages"][0]).reshape(-1).tolist() == pixels_of(5)


def test_a_picture_without_writing_shows_its_stages(client):
    paper = in_base64(picture(np.full((60, 40), 230, np.uint8)))
    answer = client.post("/predict?stages=true", json={"image": paper}).json
    assert answer["digit"] is None
    assert (shown(answer["stages"][0]) == 230).all()


@pytest.mark.parametrize("query", ["stages=1", "stages=", "stages", "stages=True", "stages=true&stages=true"])
def test_stages_are_asked_for_by_true_or_false_once(client, query):
    answer = client.post(f"/predict?{query}", json={"pixels": pixels_of(5)})
    assert answer.status_code == 422
    assert "must be true or false" in answer.json["detail"]
    assert answer.json["errors"][0]["location"] == "stages"


def test_a_batch_answers_in_order_with_one_call(client, stand_in):
    images = [pixels_of(digit) for digit in STROKES] + [[0] * 784, BLOCK, rows(pixels_of(1))]
    before = len(stand_in.calls)
    answer = client.post("/predict/batch", json={"images": images})
    assert stand_in.calls[before:] == [len(images)]
    one_by_one = [client.post("/predict", json={"pixels": image}).json for image in images]
    assert answer.json["model"] == "stand-in-1"
    assert answer.json["labels"] == list("0123456789")
    for prediction, alone in zip(answer.json["predictions"], one_by_one, strict=True):
        of_all = ("pixels", "labels", "model")
        assert prediction == {name: alone[name] for name in alone if name not in of_all}
        check_probabilities(prediction)


def test_a_batch_as_an_array_is_answered_as_one_in_json(client):
    images = np.array([pixels_of(digit) for digit in STROKES] + [[0] * 784], np.uint8)
    as_json = client.post("/predict/batch", json={"images": images.tolist()}).json
    cubes = images.reshape(-1, 28, 28)
    for array in (images, cubes, np.asfortranarray(cubes)):
        file = BytesIO()
        np.save(file, array)
        answer = client.post("/predict/batch", data=file.getvalue(), content_type="application/x-npy")
        assert answer.json == as_json
    answer = client.post("/predict/batch", data=images.tobytes(), content_type="application/octet-stream")
    assert answer.json == as_json


@pytest.mark.parametrize("path", ["/predict", "/explain", "/predict/batch"])
def test_the_alphabet_is_one_that_is_served(client, path):
    sent = {"images": [pixels_of(5)]} if "batch" in path else {"pixels": pixels_of(5)}
    plain = client.post(path, json=sent)
    assert client.post(f"{path}?alphabet=digits", json=sent).json == plain.json
    for query in ("letters", "", "digits&alphabet=digits"):
        answer = client.post(f"{path}?alphabet={query}", json=sent)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["location"] == "alphabet"
        assert "must be digits" in answer.json["detail"]


def test_a_batch_takes_a_thousand_images(client):
    answer = client.post("/predict/batch", json={"images": [pixels_of(1)] * 1000})
    assert answer.status_code == 200
    assert len(answer.json["predictions"]) == 1000


def test_model_gives_the_facts(client, stand_in):
    assert client.get("/model").json == stand_in.facts


def test_health_tells_live_from_ready(client, stand_in):
    assert client.get("/health").json == {"status": "ready"}
    stand_in.failure = RuntimeError("broken")
    assert client.get("/health").status_code == 503
    assert client.get("/health/live").json == {"status": "alive"}


@pytest.mark.parametrize(("code", "pixels"), unlike_levels().values(), ids=unlike_levels())
def test_pixels_on_another_scale_are_told_and_have_no_answer(client, code, pixels):
    alone = client.post("/predict", json={"pixels": pixels}).json
    batch = client.post("/predict/batch", json={"images": [pixels_of(1), pixels, pixels_of(2)]}).json
    explained = client.post("/explain", json={"pixels": pixels}).json
    for answer in (alone, batch["predictions"][1], explained):
        assert (answer["digit"], answer["character"], answer["is_character"]) == (None, None, 0)
        assert answer["reason_code"] == code
        assert "0 for paper to 255" in answer["reason"] or "0 is paper, 255 is full ink" in answer["reason"]
        assert answer["probabilities"] == [0.1] * 10
    assert [each["digit"] is None for each in batch["predictions"]] == [False, True, False]
    assert f'refusals_total{{reason="{alone["reason"]}"}} 2.0' in client.get("/metrics").text
