"""The page without JavaScript: a form, the answer, and failures in words."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
import requests
from PIL import Image

from backend.api.pages import STYLE
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.serving.limits import RateLimiter
from backend.tests.pictures import (
    NOTHING_FOUND,
    five_upside_down,
    form,
    grey_of,
    in_heic,
    number,
    picture,
    png_saying,
)

VOID = {"meta", "link", "input", "img"}


class Page(HTMLParser):
    """What stands on a page: its elements with attributes, its words, and whether every one is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self):
        return " ".join(" ".join(self.words).split())


def send(client, *parts, **options):
    media_type, body = form(*parts, **options)
    answer = client.post("/", data=body, content_type=media_type)
    assert answer.content_type == "text/html; charset=utf-8"
    return answer, Page(answer.text)


def test_the_page_has_a_form_that_posts_a_file(client):
    answer = client.get("/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    page = Page(answer.text)
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("form") == [{"method": "post", "action": "/", "enctype": "multipart/form-data"}]
    field = page.all("input")[0]
    assert (field["type"], field["name"]) == ("file", "image")
    assert page.all("label") == [{"for": field["id"]}]
    assert "table" not in [tag for tag, _ in page.elements]


def test_the_answer_shows_digit_stages_and_every_probability(client):
    answer, page = send(client, ("image", picture(grey_of(5))))
    assert answer.status_code == 200
    document = client.post("/predict?stages=true", data=form(("image", picture(grey_of(5))))[1],
                           content_type=form()[0]).json  # fmt: skip
    assert f"{document['digit']} 91.0% sure" in page.text()
    images = [image["src"] for image in page.all("img")]
    assert images[1:] == [stage["image"] for stage in document["stages"]]
    for stage in document["stages"]:
        assert stage["name"] in page.text()
    for digit, probability in enumerate(document["probabilities"]):
        assert f"{digit} {100 * probability:.2f}%" in page.text()


def test_a_picture_is_opened_once(client, monkeypatch):
    opened = []
    open_picture = Image.open
    monkeypatch.setattr(Image, "open", lambda *what, **how: opened.append(1) or open_picture(*what, **how))
    assert send(client, ("image", picture(grey_of(5))))[0].status_code == 200
    assert len(opened) == 1


def test_a_picture_that_may_stand_on_its_head_shows_what_it_would_be(server):
    upside_down, upright = (
        requests.post(f"http://127.0.0.1:{server.port}/", files={"image": picture(grey)}, timeout=60).text
        for grey in (five_upside_down(), grey_of(5))
    )
    assert "Upside down it reads as 5" in upside_down
    assert "Upside down" not in upright


def test_numbers_are_shown_line_by_line_with_what_the_model_saw(client):
    media_type, body = form(("image", picture(number("142", "53"))))
    answer = client.post("/?read=numbers", data=body, content_type=media_type)
    page = Page(answer.text)
    read = client.post("/read", data=body, content_type=media_type).json
    assert read["text"] in "\n".join(page.words)
    assert f"{100 * read['confidence']:.1f}% sure" in page.text()
    assert len(page.all("img")) == 1 + len(read["characters"]) == 6
    assert page.all("button") == [{}, {"formaction": "/?read=numbers", "class": "second"}]


def test_of_hundreds_of_characters_the_first_are_shown(client):
    media_type, body = form(("image", picture(number(*["1427"] * 12, height=24, pen=2.5, gap=9))))
    page = Page(client.post("/?read=numbers", data=body, content_type=media_type).text)
    assert len(page.all("img")) == 41
    assert "and 8 more" in page.text()


def test_no_number_is_said_with_its_reason(client):
    media_type, body = form(("image", picture(np.full((60, 40), 230, np.uint8))))
    page = Page(client.post("/?read=numbers", data=body, content_type=media_type).text)
    assert f"No number: {NOTHING_FOUND}" in page.text()
    assert client.post("/?read=words", data=body, content_type=media_type).status_code == 422


def test_letters_are_read_where_the_server_reads_them(client, client_of_both):
    buttons = Page(client_of_both.get("/").text).all("button")
    assert [each.get("formaction") for each in buttons] == [None, "/?read=numbers", "/?alphabet=letters"]
    media_type, body = form(("image", picture(grey_of(5))))
    read = client_of_both.post("/predict?alphabet=letters", data=body, content_type=media_type).json
    answer = client_of_both.post("/?alphabet=letters", data=body, content_type=media_type)
    page = Page(answer.text)
    assert f"{read['character']} {100 * read['confidence']:.1f}% sure" in page.text()
    assert "How probable each letter is" in page.text()
    assert len(page.all("meter")) == 26
    assert client.post("/?alphabet=letters", data=body, content_type=media_type).status_code == 422


def test_what_is_no_letter_or_no_word_is_said_so(client_of_both):
    media_type, body = form(("image", picture(np.full((60, 40), 230, np.uint8))))
    for query, what in (("?alphabet=letters", "letter"), ("?alphabet=letters&read=numbers", "word")):
        page = Page(client_of_both.post(f"/{query}", data=body, content_type=media_type).text)
        assert f"No {what}: " in page.text()


@pytest.mark.parametrize("content", [in_heic(grey_of(5)), picture(grey_of(5), "TIFF")], ids=["HEIC", "TIFF"])
def test_what_phones_and_scanners_write_can_be_chosen_and_is_read(client, content):
    accepted = Page(client.get("/").text).all("input")[0]["accept"].split(",")
    assert {"image/heic", ".heic", "image/tiff", ".tif"} <= set(accepted)
    answer, page = send(client, ("image", content))
    assert answer.status_code == 200
    assert "91.0% sure" in page.text()


def test_no_digit_is_said_with_its_reason(client):
    answer, page = send(client, ("image", picture(np.full((60, 40), 230, np.uint8))))
    assert answer.status_code == 200
    assert f"No digit: {NOTHING_FOUND}" in page.text()


@pytest.mark.parametrize(
    ("parts", "status", "words"),
    [
        ([("image", b"")], 422, "the file is empty"),
        ([("image", b"hello, this is no picture")], 422, "must be a PNG"),
        ([("image", picture(grey_of(1))[:300])], 422, "is damaged"),
        ([("image", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], 422, "export it as a PNG"),
        ([("image", png_saying(9000, 9000))], 413, "send a smaller copy, or a JPEG"),
        ([], 422, "must hold one file"),
        ([("image", b"x")] * 9, 413, "8 parts"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(client, parts, status, words):
    answer, page = send(client, *parts)
    assert answer.status_code == status
    assert words in page.text()
    assert {"class": "problem", "role": "alert"} in page.all("p")
    assert page.all("form")


def test_limits_are_those_of_the_api(client):
    for body, media_type, status in (
        (b"x" * (32 * 1024 * 1024 + 1), "multipart/form-data; boundary=x", 413),
        (b"{}", "application/json", 415),
        (b"", "", 415),
    ):
        answer = client.post("/", data=body, content_type=media_type)
        assert answer.status_code == status
        assert Page(answer.text).all("form")


def test_too_many_requests_and_failures_are_said_on_the_page_too(stand_in):
    client = assemble(Config(), stand_in, limiter=RateLimiter(0.001, 1)).test_client()
    stand_in.failure = RuntimeError("secret")
    failed, page = send(client, ("image", picture(grey_of(1))))
    assert failed.status_code == 500
    assert "secret" not in page.text()
    refused, page = send(client, ("image", picture(grey_of(1))))
    assert refused.status_code == 429
    assert "Too many requests" in page.text()
    assert int(refused.headers["Retry-After"]) > 0


def test_what_was_sent_is_escaped(client):
    field = "<script>alert(1)</script>"
    answer, page = send(client, (field, b"x"))
    assert answer.status_code == 422
    assert field in page.text()
    assert not page.all("script")


def test_nothing_is_loaded_and_no_script_runs(client):
    answer, page = send(client, ("image", picture(grey_of(5))))
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert not page.all("script")
    for _, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        assert re.match(r"data:(image/png;base64)?,|$", attributes.get("src", ""))
    assert f"<style>{STYLE}</style>" in answer.text


def test_the_page_is_counted_by_its_route(client):
    client.get("/")
    send(client, ("image", picture(grey_of(5))))
    metrics = client.get("/metrics").text
    assert 'http_requests_total{method="POST",route="/",status="200"} 1.0' in metrics
    assert 'predictions_total{digit="' in metrics
