"""Corrections are kept, listed and deleted over HTTP, by whoever sent them alone."""

import subprocess
import sys
import uuid

import pytest

from backend.api.errors import MEDIA_TYPE
from backend.api.teaching import EXAMPLE_CORRECTION
from backend.reading.settings import REPOSITORY
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.store.settings import sqlite_url
from backend.tests.pictures import pixels_of

ANN = {"X-Teacher": "a" * 32}
BEN = {"X-Teacher": "b" * 32}
TOKEN = "a-token-for-the-class"


def correction(**other):
    """A good correction with an id of its own, changed as asked."""
    return EXAMPLE_CORRECTION | {"id": str(uuid.uuid4())} | other


@pytest.fixture
def teaching(stand_in, tmp_path):
    """Return a function that makes a client of an app with a database of its own, set up as asked."""

    def make(**settings):
        url = sqlite_url(tmp_path / "folder" / "corrections.sqlite3")
        config = Config(**{"teaching": "on", "database_url": url, **settings})
        return assemble(config, stand_in).test_client()

    return make


@pytest.fixture
def taught(teaching):
    return teaching()


def problem(answer, status, code=None):
    assert answer.status_code == status, answer.json
    assert answer.content_type == MEDIA_TYPE
    assert answer.json.get("code") == code
    assert answer.json["detail"].endswith(".")
    return answer.json


def test_a_correction_comes_back_as_it_was_sent_with_its_time_and_without_the_secret(taught):
    sent = correction(pixels=pixels_of(1), collection="Klasse 3b")
    answer = taught.post("/corrections", json=sent, headers=ANN)
    assert answer.status_code == 201
    assert answer.json.pop("created").endswith("Z")
    assert {name: value for name, value in answer.json.items() if name != "created"} == sent
    assert "a" * 32 not in answer.text


def test_sending_a_correction_again_keeps_the_first_once(taught):
    sent = correction()
    first = taught.post("/corrections", json=sent, headers=ANN)
    again = taught.post("/corrections", json=sent | {"meant": "7"}, headers=ANN)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    assert taught.get("/teaching", headers=ANN).json["kept"] == 1


def test_what_is_missing_may_be_missing(taught):
    sent = {name: correction()[name] for name in ("id", "alphabet", "model", "kind", "pixels")}
    answer = taught.post("/corrections", json=sent | {"meant": None}, headers=ANN)
    assert answer.status_code == 201
    assert {answer.json[name] for name in ("meant", "read", "confidence", "strokes")} == {None}
    assert answer.json["collection"] == "default"


def test_the_state_tells_what_one_keeps_oneself(taught):
    for collection in ("default", "metres", "a"):
        taught.post("/corrections", json=correction(collection=collection), headers=ANN)
    state = {"teaching": "on", "limit": Config.max_corrections_each}
    assert taught.get("/teaching", headers=ANN).json == {
        **state,
        "collections": ["default", "a", "metres"],
        "kept": 3,
    }
    nothing = {**state, "collections": ["default"], "kept": 0}
    assert taught.get("/teaching", headers=BEN).json == nothing
    assert taught.get("/teaching").json == nothing


def test_the_own_ones_are_listed_newest_first_and_page_by_page(taught):
    sent = [correction() for _ in range(5)]
    for each in sent:
        taught.post("/corrections", json=each, headers=ANN)
    listed, after = [], ""
    while after is not None:
        page = taught.get(f"/corrections?limit=2&after={after}".removesuffix("&after="), headers=ANN).json
        assert len(page["corrections"]) <= 2
        listed += [each["id"] for each in page["corrections"]]
        after = page["next"]
    assert listed == [each["id"] for each in reversed(sent)]


def test_nobody_sees_or_deletes_anothers(taught):
    sent = correction()
    taught.post("/corrections", json=sent, headers=ANN)
    assert taught.get("/corrections", headers=BEN).json == {"corrections": [], "next": None}
    problem(taught.get(f"/corrections?after={sent['id']}", headers=BEN), 404)
    problem(taught.delete(f"/corrections/{sent['id']}", headers=BEN), 404)
    assert taught.delete("/corrections", headers=BEN).json == {"deleted": 0}
    # Not even by sending the same id.
    own = taught.post("/corrections", json=sent | {"meant": "7"}, headers=BEN)
    assert (own.status_code, own.json["meant"]) == (201, "7")
    assert [each["meant"] for each in taught.get("/corrections", headers=ANN).json["corrections"]] == ["1"]


def test_one_or_all_can_be_deleted(taught):
    sent = [correction() for _ in range(3)]
    for each in sent:
        taught.post("/corrections", json=each, headers=ANN)
    answer = taught.delete(f"/corrections/{sent[1]['id']}", headers=ANN)
    assert (answer.status_code, answer.data) == (204, b"")
    problem(taught.delete(f"/corrections/{sent[1]['id']}", headers=ANN), 404)
    kept = taught.get("/corrections", headers=ANN).json["corrections"]
    assert [each["id"] for each in kept] == [sent[2]["id"], sent[0]["id"]]
    assert taught.delete("/corrections", headers=ANN).json == {"deleted": 2}
    assert taught.get("/teaching", headers=ANN).json["kept"] == 0


def test_without_teaching_everything_else_runs_and_the_state_says_off(client):
    assert client.get("/teaching", headers=ANN).json == {
        "teaching": "off",
        "collections": ["default"],
        "kept": 0,
        "limit": 0,
    }
    problem(client.post("/corrections", json=correction(), headers=ANN), 403, "teaching_off")
    problem(client.get("/corrections", headers=ANN), 403, "teaching_off")
    problem(client.delete("/corrections", headers=ANN), 403, "teaching_off")
    problem(client.delete(f"/corrections/{uuid.uuid4()}", headers=ANN), 403, "teaching_off")


@pytest.mark.slow
def test_without_teaching_no_database_is_loaded():
    code = (
        "import sys; from backend.tests.conftest import StandIn; from backend.serving import server; "
        "from backend.serving.assembly import assemble; from backend.serving.config import Config; "
        "from backend.api.store import prepare_store; prepare_store(Config()); "
        "assemble(Config(), StandIn()).test_client().get('/teaching'); "
        "assert not {'sqlalchemy', 'alembic', 'psycopg', 'sqlite3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}é"]
)
def test_where_a_token_is_asked_for_nothing_is_kept_without_it(teaching, authorization):
    client = teaching(teaching="token", teaching_token=TOKEN)
    headers = (
        ANN if authorization is None else ANN | {"Authorization": authorization.encode().decode("latin-1")}
    )
    answer = client.post("/corrections", json=correction(), headers=headers)
    problem(answer, 401, "token_needed")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert client.get("/teaching", headers=ANN).json["kept"] == 0


def test_with_the_token_corrections_are_kept(teaching):
    client = teaching(teaching="token", teaching_token=TOKEN)
    answer = client.post(
        "/corrections", json=correction(), headers=ANN | {"Authorization": f"Bearer {TOKEN}"}
    )
    assert answer.status_code == 201
    assert client.get("/teaching", headers=ANN).json["teaching"] == "token"


def test_what_one_keeps_can_be_seen_and_deleted_without_the_token(teaching):
    client = teaching(teaching="token", teaching_token=TOKEN)
    client.post("/corrections", json=correction(), headers=ANN | {"Authorization": f"Bearer {TOKEN}"})
    assert len(client.get("/corrections", headers=ANN).json["corrections"]) == 1
    assert client.delete("/corrections", headers=ANN).json == {"deleted": 1}


@pytest.mark.parametrize("secret", ["", "a" * 31, "a" * 33, "A" * 32, "g" * 32, " " + "a" * 31])
def test_a_secret_is_128_bits_in_hexadecimal(taught, secret):
    for answer in (
        taught.post("/corrections", json=correction(), headers={"X-Teacher": secret}),
        taught.get("/corrections", headers={"X-Teacher": secret}),
        taught.delete("/corrections", headers={"X-Teacher": secret}),
    ):
        assert "X-Teacher" in problem(answer, 422)["detail"]


def test_a_full_store_says_whose_limit_is_reached_and_what_to_do(teaching):
    client = teaching(max_corrections_each=2, max_corrections=3)
    sent = [correction() for _ in range(2)]
    for each in sent:
        assert client.post("/corrections", json=each, headers=ANN).status_code == 201
    own = problem(client.post("/corrections", json=correction(), headers=ANN), 507, "store_full")
    assert own["detail"].startswith("You keep 2 corrections")
    assert client.post("/corrections", json=sent[0], headers=ANN).status_code == 200
    assert client.post("/corrections", json=correction(), headers=BEN).status_code == 201
    whole = problem(client.post("/corrections", json=correction(), headers=BEN), 507, "store_full")
    assert whole["detail"].startswith("This server keeps")
    client.delete(f"/corrections/{sent[0]['id']}", headers=ANN)
    assert client.post("/corrections", json=correction(), headers=BEN).status_code == 201


def test_the_size_of_all_is_limited_too(teaching):
    client = teaching(max_store_bytes=2000)
    small, large = correction(strokes=None), correction(strokes=[[[1, 2]] * 2000])
    assert client.post("/corrections", json=small, headers=ANN).status_code == 201
    problem(client.post("/corrections", json=large, headers=ANN), 507, "store_full")
    assert client.post("/corrections", json=small | {"id": str(uuid.uuid4())}, headers=ANN).status_code == 201


def test_levels_are_kept_whole(taught):
    answer = taught.post("/corrections", json=correction(pixels=[0.4, 0.6, 254.9] + [255] * 781), headers=ANN)
    assert answer.json["pixels"][:4] == [0, 1, 255, 255]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"alphabet": "runes"}, "alphabet must be 'digits' or 'letters'."),
        ({"kind": "guess"}, "kind must be 'correction', 'confirmation' or 'challenge'."),
        ({"confidence": 2}, "confidence must lie in 0..1, got 2."),
        ({"strokes": []}, "strokes must hold 1 to 100 strokes, got 0."),
        ({"strokes": [[[1, 2]], []]}, "strokes[1] must hold 1 to 4,000 points, got 0."),
        ({"strokes": [[[1]]]}, "strokes[0][0] must hold x, y and perhaps a time, got 1."),
        ({"strokes": [[[1, "2"]]]}, "strokes[0][0][1] must be a number, got text."),
        ({"pixels": [1]}, "pixels must hold 784 numbers, got 1."),
        ({"digit": 9}, "digit is not a field of this request."),
    ],
)
def test_what_is_wrong_with_a_correction_is_said_by_its_place(taught, wrong, sentence):
    answer = taught.post("/corrections", json=correction(**wrong), headers=ANN)
    assert problem(answer, 422)["detail"] == sentence


def test_a_page_elsewhere_may_send_what_teaching_needs(taught):
    asked = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "x-teacher, authorization, content-type",
    }
    allowed = taught.options("/corrections", headers=asked).headers
    assert "DELETE" in allowed["Access-Control-Allow-Methods"]
    assert {"x-teacher", "authorization"} <= set(allowed["Access-Control-Allow-Headers"].lower().split(", "))
