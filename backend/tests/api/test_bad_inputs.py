"""Bad input of every class gets its status and a sentence, and leaves the server as it was."""

import json
from collections import Counter

import pytest

from backend.tests.bad_inputs import corpus
from backend.tests.pictures import pixels_of

CORPUS = corpus()
MOST_GROWTH = 64 * 1024 * 1024


def test_the_corpus_holds_at_least_90_inputs_of_every_class():
    kinds = Counter(bad.kind for bad in CORPUS)
    named = {"body", "top level", "type", "shape", "values", "structure", "headers", "base64", "multipart"}
    assert named <= set(kinds)
    assert len(CORPUS) >= 90
    assert len({str(bad) for bad in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("bad", CORPUS, ids=str)
def test_bad_input_is_refused_with_a_sentence(server, bad):
    check(bad, server.send_raw(bad.raw(), then_close=True))


def test_the_whole_corpus_leaves_the_server_right_and_its_memory_as_it_was(server):
    def run():
        for bad in CORPUS:
            server.send_raw(bad.raw(), then_close=True)

    def right_answer():
        status, _, body = server.post("/predict", {"pixels": pixels_of(1)})
        return status, json.loads(body)

    for bad in CORPUS[::10]:  # what is loaded and allocated at the first use only
        server.send_raw(bad.raw(), then_close=True)
    workers, before, answer = server.workers(), server.memory(), right_answer()
    run()
    assert server.workers() == workers, "a worker was replaced"
    assert right_answer() == answer
    assert answer[0] == 200
    assert server.memory() - before < MOST_GROWTH


def check(bad, received):
    head, _, body = received.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    assert status == bad.status, f"{status}: {body[:300]!r}"
    # What isn't HTTP at all is refused by the server itself, before there is a request.
    if bad.name in ("a Content-Length of words", "a negative Content-Length"):
        return
    assert b"content-type: application/problem+json" in head.lower()
    problem = json.loads(body, parse_constant=lambda name: pytest.fail(f"{name} in the answer"))
    assert problem["status"] == status
    assert problem["detail"].endswith(".")
    assert 10 < len(problem["detail"]) < 300
    assert problem["request_id"].encode() in head
    assert len(problem.get("errors", [])) <= 10
