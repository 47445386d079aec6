"""`/read`: the contract of its answer, whichever way the picture comes."""

import numpy as np
import pytest
from PIL import Image

from backend.tests.pictures import (
    NOT_A_DIGIT,
    NOTHING_FOUND,
    form,
    grey_of,
    in_base64,
    number,
    picture,
)
from model_training.framing import frame


def post(client, content, query=""):
    media_type, body = form(("image", content))
    return client.post(f"/read{query}", data=body, content_type=media_type)


def test_the_answer_holds_every_character_with_its_place(client):
    answer = post(client, picture(number("1427", "53")))
    assert answer.status_code == 200
    document = answer.json
    assert list(document) == ["text", "confidence", "characters", "labels", "model"]
    lines = document["text"].split("\n")
    assert [len(line) for line in lines] == [4, 2]
    assert "".join(lines) == "".join(each["character"] for each in document["characters"])
    assert [each["line"] for each in document["characters"]] == [0] * 4 + [1] * 2
    assert 0 <= document["confidence"] <= 1
    for each in document["characters"]:
        assert each["confidence"] == max(each["probabilities"])
        assert each["character"] == document["labels"][np.argmax(each["probabilities"])]
        assert sum(each["probabilities"]) == pytest.approx(1, abs=1e-6)
        framed = np.array(each["pixels"], np.uint8).reshape(28, 28)
        assert np.array_equal(frame(framed), framed)


def test_boxes_lie_around_the_digits_from_left_to_right(client):
    grey = number("1427")
    boxes = [each["box"] for each in post(client, picture(grey)).json["characters"]]
    assert boxes == sorted(boxes)
    for left, top, width, height in boxes:
        inside = grey[top : top + height, left : left + width] < 128
        assert inside.any(axis=0).mean() > 0.6
        assert inside.any(axis=1).mean() > 0.9
        around = grey[max(top - 4, 0) : top + height + 4, max(left - 4, 0) : left + width + 4] < 128
        assert around.sum() <= inside.sum() * 1.05


def test_a_picture_in_base64_is_read_as_an_uploaded_one(client):
    content = picture(number("142"))
    assert client.post("/read", json={"image": in_base64(content)}).json == post(client, content).json
    assert client.post("/read?alphabet=digits", json={"image": in_base64(content)}).status_code == 200


def test_boxes_are_in_px_of_the_upright_picture_however_it_was_stored(client):
    grey = number("142")
    upright = [each["box"] for each in post(client, picture(grey)).json["characters"]]
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    turned = post(client, picture(np.rot90(grey), "PNG", exif=exif)).json["characters"]
    assert [each["box"] for each in turned] == upright
    large = np.repeat(np.repeat(grey, 4, axis=0), 4, axis=1)
    boxes = np.array([each["box"] for each in post(client, picture(large)).json["characters"]])
    assert np.abs(boxes - 4 * np.array(upright)).max() < 4 * 4


def test_nothing_written_and_nothing_read_say_why(client, stand_in):
    blank = post(client, picture(np.full((60, 40), 230, np.uint8))).json
    assert (blank["text"], blank["confidence"], blank["characters"]) == ("", 0, [])
    assert (blank["reason"], blank["reason_code"]) == (NOTHING_FOUND, "nothing_found")
    stand_in.threshold = 1.0
    other = post(client, picture(grey_of(4))).json
    assert (other["text"], other["reason"], other["reason_code"]) == ("", NOT_A_DIGIT, "not_a_character")


def test_what_is_read_is_counted_by_character(client):
    read = post(client, picture(number("11"))).json["text"]
    post(client, picture(np.full((60, 40), 230, np.uint8)))
    metrics = client.get("/metrics").text
    assert f'predictions_total{{digit="{read[0]}"}} {float(read.count(read[0]))}' in metrics
    assert f'refusals_total{{reason="{NOTHING_FOUND}"}} 1.0' in metrics


def test_a_failing_model_is_a_problem_of_the_server(client, stand_in):
    stand_in.failure = RuntimeError("secret")
    answer = post(client, picture(number("14")))
    assert answer.status_code == 500
    assert "secret" not in answer.text
