"""What is answered where letters are asked for, and where they aren't."""

import string

import pytest

from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.tests.pictures import BLOCK, form, grey_of, in_base64, number, picture, pixels_of

LETTERS = "?alphabet=letters"
PIXELS = {"pixels": pixels_of(3)}
MEDIA_TYPE, FORM = form(("image", picture(grey_of(3))))


def letter_of(pixels):
    return string.ascii_uppercase[sum(level > 0 for level in pixels) % 26]


def metrics_of(client):
    lines = (line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if line[:1] != "#")
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize(
    "sent",
    [
        {"json": PIXELS},
        {"json": {"image": in_base64(picture(grey_of(3)))}},
        {"data": FORM, "content_type": MEDIA_TYPE},
    ],
    ids=["pixels", "base64", "upload"],
)
def test_a_letter_is_answered_however_the_image_comes(client_of_both, stand_in, sent):
    answer = client_of_both.post("/predict" + LETTERS, **sent).json
    assert answer["character"] == letter_of(answer["pixels"])
    assert answer["digit"] is None
    assert "reason" not in answer
    assert answer["labels"] == list(string.ascii_uppercase)
    assert len(answer["probabilities"]) == 26
    assert sum(answer["probabilities"]) == pytest.approx(1, abs=1e-6)
    assert answer["confidence"] == max(answer["probabilities"])
    assert answer["model"] == "stand-in-26"
    assert stand_in.calls == []


@pytest.mark.parametrize("query", ["", "?alphabet=digits"])
def test_digits_are_answered_as_if_there_were_no_letters(client, client_of_both, letters_stand_in, query):
    for path, body in (
        ("/predict", PIXELS),
        ("/explain", PIXELS),
        ("/predict/batch", {"images": [[0] * 784]}),
    ):
        alone = client.post(path, json=body)
        assert client_of_both.post(path + query, json=body).json == alone.json
    assert client_of_both.get("/model" + query).json == client.get("/model").json
    assert letters_stand_in.calls == []


def test_what_is_no_letter_is_refused_in_words_of_its_own(client_of_both):
    answer = client_of_both.post("/predict" + LETTERS, json={"pixels": BLOCK}).json
    assert (answer["character"], answer["digit"]) == (None, None)
    assert (answer["reason"], answer["reason_code"]) == ("it doesn't look like a letter", "not_a_character")
    blank = client_of_both.post("/predict" + LETTERS, json={"pixels": [0] * 784}).json
    assert (blank["reason_code"], blank["probabilities"]) == ("nothing_drawn", [1 / 26] * 26)


def test_a_batch_of_letters_names_its_labels_and_its_model(client_of_both):
    images = [pixels_of(digit) for digit in (2, 5)]
    answer = client_of_both.post("/predict/batch" + LETTERS, json={"images": images}).json
    assert [each["character"] for each in answer["predictions"]] == [letter_of(image) for image in images]
    assert (answer["labels"], answer["model"]) == (list(string.ascii_uppercase), "stand-in-26")


def test_a_word_is_read_letter_by_letter(client_of_both, stand_in):
    sent = {"image": in_base64(picture(number("142")))}
    answer = client_of_both.post("/read" + LETTERS, json=sent).json
    assert "".join(each["character"] for each in answer["characters"]) == answer["text"]
    assert answer["text"].isalpha()
    assert answer["text"] == answer["text"].upper()
    assert {len(each["probabilities"]) for each in answer["characters"]} == {26}
    assert (answer["labels"], answer["model"]) == (list(string.ascii_uppercase), "stand-in-26")
    assert stand_in.calls == []
    counted = metrics_of(client_of_both)
    assert sum(n for name, n in counted.items() if name.startswith("letter_predictions_total")) == len(
        answer["characters"]
    )


def test_a_letter_is_explained_in_words_of_its_own(client_of_both):
    answer = client_of_both.post("/explain" + LETTERS, json=PIXELS).json
    assert answer["labels"][answer["guess"]] == answer["character"]
    assert 0 <= answer["runner_up"] < 26
    assert answer["layers"][-1]["title"] == "The whole letter"
    assert "digit" not in str([layer["description"] for layer in answer["layers"]])


def test_each_model_tells_its_own_facts(client_of_both):
    assert client_of_both.get("/model" + LETTERS).json["version"] == "stand-in-26"
    assert client_of_both.get("/model").json["version"] == "stand-in-1"


@pytest.mark.parametrize("path", ["/predict", "/predict/batch", "/explain", "/read"])
@pytest.mark.parametrize(
    ("query", "got"),
    [
        ("?alphabet=greek", "got greek"),
        ("?alphabet=Letters", "got Letters"),
        ("?alphabet=", "got nothing"),
        ("?alphabet=letters&alphabet=digits", "got letters, digits"),
    ],
)
def test_an_unknown_alphabet_is_said_with_those_that_are_known(client_of_both, path, query, got):
    answer = client_of_both.post(path + query, json=PIXELS)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.json["detail"] == f"alphabet must be digits or letters, once, {got}."
    assert client_of_both.get("/model" + query).status_code == 422


def test_where_letters_are_left_out_they_are_an_unknown_alphabet(client):
    answer = client.post("/predict" + LETTERS, json=PIXELS)
    assert (answer.status_code, answer.json["detail"]) == (422, "alphabet must be digits, once, got letters.")
    assert client.get("/model" + LETTERS).status_code == 422


def test_each_alphabet_is_counted_by_itself(client_of_both):
    letter = client_of_both.post("/predict" + LETTERS, json=PIXELS).json["character"]
    client_of_both.post("/predict/batch" + LETTERS, json={"images": [BLOCK]})
    client_of_both.post("/explain" + LETTERS, json=PIXELS)
    client_of_both.post("/predict", json={"pixels": [0] * 784})
    counted = metrics_of(client_of_both)
    assert counted[f'letter_predictions_total{{letter="{letter}"}}'] == 1
    assert counted['letter_predictions_total{letter="none"}'] == 1
    assert counted['letter_refusals_total{reason="it doesn\'t look like a letter"}'] == 1
    assert counted[f'letter_explanations_total{{letter="{letter}"}}'] == 1
    assert counted['predictions_total{digit="none"}'] == 1
    assert counted['refusals_total{reason="nothing is drawn"}'] == 1
    assert f'letter_model_info{{sha256="{"0" * 64}",version="stand-in-26"}}' in counted


def test_the_server_is_ready_when_both_models_answer(client_of_both, letters_stand_in):
    assert client_of_both.get("/health").status_code == 200
    letters_stand_in.failure = RuntimeError("broken")
    assert client_of_both.get("/health").status_code == 503
    assert client_of_both.post("/predict", json=PIXELS).status_code == 200


def test_the_document_offers_the_alphabets_that_are_served(client, client_of_both):
    for of, names in ((client, ["digits"]), (client_of_both, ["digits", "letters"])):
        paths = of.get("/openapi.json").json["paths"]
        for operation in (paths["/predict"]["post"], paths["/predict/batch"]["post"], paths["/model"]["get"]):
            (schema,) = (each["schema"] for each in operation["parameters"] if each["name"] == "alphabet")
            assert schema == {"type": "string", "enum": names, "default": "digits"}


def test_a_classifier_of_letters_may_be_the_only_one(letters_stand_in):
    client = assemble(Config(), letters_stand_in).test_client()
    assert client.post("/predict", json=PIXELS).json["character"] == letter_of(pixels_of(3))
