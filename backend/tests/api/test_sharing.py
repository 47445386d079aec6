"""A drawing is shared by a short link, opened by whoever knows it, deleted by who shared it alone."""

from datetime import datetime, timedelta

import pytest

from backend.api.errors import MEDIA_TYPE
from backend.api.sharing import EXAMPLE_DRAWING
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.serving.limits import RateLimiter
from backend.store.settings import sqlite_url

NOBODYS = "/drawings/" + "a" * 22


@pytest.fixture
def sharing(stand_in, tmp_path):
    """Return a function that makes a client of an app that shares, set up as asked."""

    def make(limiter=None, **settings):
        config = Config(
            **{"sharing": True, "database_url": sqlite_url(tmp_path / "drawings.sqlite3"), **settings}
        )
        return assemble(config, stand_in, drawing_limiter=limiter).test_client()

    return make


def problem(answer, status, code=None):
    assert answer.status_code == status, answer.text
    assert answer.content_type == MEDIA_TYPE
    assert answer.json.get("code") == code
    return answer.json["detail"]


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_a_shared_drawing_is_there_for_whoever_knows_its_id_until_its_secret_deletes_it(sharing):
    client = sharing(drawing_days=7)
    assert client.get("/sharing").json == {"sharing": True, "days": 7}
    shared = client.post("/drawings", json=EXAMPLE_DRAWING)
    assert shared.status_code == 201
    secret = shared.json.pop("secret")
    path = f"/drawings/{shared.json['id']}"
    found = client.get(path).json
    assert found == {name: value for name, value in shared.json.items() if name != "secret"}
    assert found["strokes"] == EXAMPLE_DRAWING["strokes"]
    created, ends = (datetime.fromisoformat(found[name]) for name in ("created", "ends"))
    assert ends - created == timedelta(days=7)

    assert "secret" in problem(client.delete(path), 401, "token_needed")
    problem(client.delete(path, headers=bearer("0" * 32)), 404, "no_drawing")
    problem(client.delete(NOBODYS, headers=bearer(secret)), 404, "no_drawing")
    assert client.get(path).status_code == 200
    assert client.delete(path, headers=bearer(secret)).status_code == 204
    problem(client.get(path), 404, "no_drawing")


def test_where_sharing_is_off_that_is_said(client):
    assert client.get("/sharing").json == {"sharing": False, "days": 0}
    for answer in (
        client.post("/drawings", json=EXAMPLE_DRAWING),
        client.get(NOBODYS),
        client.delete(NOBODYS, headers=bearer("0" * 32)),
    ):
        problem(answer, 403, "sharing_off")


def test_how_much_is_shared_is_limited(sharing):
    client = sharing(RateLimiter(0.001, 2), max_drawings=1)
    assert client.post("/drawings", json=EXAMPLE_DRAWING).status_code == 201
    problem(client.post("/drawings", json=EXAMPLE_DRAWING), 507, "store_full")
    answer = client.post("/drawings", json=EXAMPLE_DRAWING)
    problem(answer, 429)
    assert int(answer.headers["Retry-After"]) > 0
    problem(client.get(NOBODYS), 404, "no_drawing")


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"strokes": []}, 422, "strokes must hold 1 to 100 strokes, got 0."),
        ({"strokes": [[[0, 1], [0]]]}, 422, "strokes[0][1] must hold x, y and perhaps a time, got 1."),
        ({"alphabet": "runes"}, 422, "alphabet must be 'digits' or 'letters'."),
        ({"id": "mine"}, 422, "id is not a field of this request."),
        ({"strokes": [[[0.25, 0.125]] * 4000] * 3}, 413, "The body may hold 65,536 bytes"),
    ],
)
def test_what_is_wrong_with_a_drawing_is_said(sharing, wrong, status, sentence):
    assert problem(sharing().post("/drawings", json=EXAMPLE_DRAWING | wrong), status).startswith(sentence)
