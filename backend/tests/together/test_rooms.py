"""Rooms bring everybody's changes to everybody else, within their limits, and forget themselves."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.tests.together.changes import element, update
from backend.together.server import PEN, PRESENCE, STATE, UPDATE, serve_rooms
from backend.together.settings import RoomSettings, room_settings
from backend.together.updates import write_state

ORIGIN = "http://localhost:3000"
ROOM, ELSEWHERE = "a" * 22, "b" * 22
ANN, BEN = 1, 2
PATIENCE = 10  # s


def served(test, **settings):
    """Run `test(visit)` beside a server with these settings; `visit(id)` is a connection to a room of it."""

    async def run():
        async with await serve_rooms(RoomSettings(port=0, **settings)) as server:
            port = next(iter(server.sockets)).getsockname()[1]

            def visit(id=ROOM, origin=ORIGIN):
                origin = origin.replace("PORT", str(port))
                return connect(f"ws://127.0.0.1:{port}/{id}", origin=origin, compression=None)

            await asyncio.wait_for(test(visit), PATIENCE)

    asyncio.run(run())


async def told(connection):
    """Return the changes that one who comes in is told of, and what they amount to."""
    updates = []
    while (message := await connection.recv())[:1] != STATE:
        updates.append(message[1:])
    return updates, message[1:]


@asynccontextmanager
async def refused(words):
    with pytest.raises(ConnectionClosed) as caught:
        yield
    assert words in caught.value.rcvd.reason


def test_what_one_draws_comes_to_the_others_at_once_and_to_who_comes_later():
    one, two = update(ANN, 0, element(b"one")), update(BEN, 0, element(b"two", (ANN, 0)))

    async def test(visit):
        async with visit() as ann, visit() as ben, visit(ELSEWHERE) as cleo:
            assert await told(ben) == await told(cleo) == ([], write_state({}))
            await ann.send(UPDATE + one)
            assert await ben.recv() == UPDATE + one
            await ben.send(UPDATE + two)
            await ben.send(UPDATE + one)  # again, as after a cut: nobody is told
            await ben.send(PEN + b"there")
            assert (await told(ann))[0] == []
            assert await ann.recv() == UPDATE + two
            assert (await ann.recv())[5:] == b"there"
            async with visit() as later:
                assert await told(later) == ([one, two], write_state({ANN: 1, BEN: 1}))
            await ann.send(STATE)
            assert await ann.recv() == STATE + write_state({ANN: 1, BEN: 1})

    served(test)


def test_a_room_waits_for_those_whose_network_was_cut_and_is_forgotten_then():
    async def drawn(visit, id=ROOM):
        async with visit(id) as connection:
            updates, _ = await told(connection)
            if not updates:
                await connection.send(UPDATE + update(ANN, 0, element(b"one")))
            return updates

    async def waiting(visit):
        await drawn(visit)
        assert len(await drawn(visit)) == 1
        await drawn(visit, ELSEWHERE)  # needs the place of the one that waits
        assert await drawn(visit) == []

    async def forgetful(visit):
        while await drawn(visit) or await drawn(visit):  # until the server has seen it leave
            pass

    served(waiting, max_rooms=1)
    served(forgetful, forgotten_after=0)


def test_who_is_there_is_told_to_the_others_also_later_and_that_they_have_gone():
    async def test(visit):
        async with visit() as first:
            await told(first)
            async with visit() as second:
                await second.send(PRESENCE + b"Ben")
                come = await first.recv()
                async with visit() as third:
                    await told(third)
                    assert await third.recv() == come
            gone = await first.recv()
        assert (come[:1], come[5:]) == (PRESENCE, b"Ben")
        assert gone == come[:5]

    served(test)


def test_a_room_holds_no_more_than_it_may():
    async def test(visit):
        async with visit() as first, visit():
            async with refused("full"), visit() as third:
                await third.recv()
            async with refused("as many rooms"), visit(ELSEWHERE) as elsewhere:
                await elsewhere.recv()
            async with refused("as large"):
                await told(first)
                for clock in range(9):
                    await first.send(UPDATE + update(ANN, clock, element(b"x" * 400)))
                await first.recv()

    served(test, max_people=2, max_rooms=1, max_room=2000)


def test_who_sends_too_much_or_nothing_of_the_kind_is_let_go_and_the_others_stay():
    async def test(visit):
        async with visit() as other:
            await told(other)
            for message, words in [
                (UPDATE + b"no update", "no change"),
                (UPDATE + update(ANN, 5, element(b"one")), "missing"),
                (STATE + b"more", "an update, a presence or a pen"),
                (PRESENCE + b"x" * 5000, "an update, a presence or a pen"),
                (b"", "an update, a presence or a pen"),
                ("text", "binary"),
            ]:
                async with refused(words), visit() as one:
                    await told(one)
                    await one.send(message)
                    await one.recv()
            for much in ([PEN + b"{}"] * 9, [PRESENCE + b"x" * 3500] * 4):
                async with refused("Too much"), visit() as hasty:
                    await told(hasty)
                    for message in much:
                        await hasty.send(message)
                    await hasty.recv()
            async with refused("exceeds limit"), visit() as large:
                await told(large)
                await large.send(UPDATE + b"x" * 7000)
                await large.recv()
            async with visit() as one:
                await told(one)
                await one.send(UPDATE + update(ANN, 0, element(b"one")))
                while (await other.recv())[:1] != UPDATE:
                    pass

    served(test, burst=5, rate=1, max_room=6000, byte_rate=1)


def test_who_does_not_read_what_others_send_is_let_go(monkeypatch):
    monkeypatch.setattr("backend.together.server.MOST_UNREAD", 10_000)

    async def test(visit):
        async with visit() as other, visit() as slow:
            await told(other)
            await slow.send(PRESENCE + b"Slow")
            assert (await other.recv())[5:] == b"Slow"
            slow.transport.pause_reading()
            gone = asyncio.create_task(other.recv())
            for _ in range(5000):  # 20 MB: more than a system keeps for who doesn't read
                if gone.done():
                    break
                await other.send(PEN + b"x" * 4000)
                await asyncio.sleep(0)
            assert gone.done()
            assert gone.result()[5:] == b""
            slow.transport.abort()

    served(test, rate=1e9, burst=1e9, byte_rate=1e12)


def test_pages_of_others_and_names_that_can_be_guessed_are_not_let_in():
    async def test(visit):
        for id, origin, status in [(ROOM, "http://elsewhere.example", 403), ("room", ORIGIN, 404)]:
            with pytest.raises(InvalidStatus) as caught:
                async with visit(id, origin):
                    pass
            assert caught.value.response.status_code == status
        async with visit(origin="https://127.0.0.1:PORT") as one:  # served from where the page is
            await told(one)

    served(test)


def test_it_listens_where_the_api_does_on_a_port_of_its_own():
    found = room_settings(
        {"API_HOST": "0.0.0.0", "TOGETHER_PORT": "5999", "API_ORIGINS": "https://a.example"}
    )
    assert (found.host, found.port, found.origins) == ("0.0.0.0", 5999, ("https://a.example",))
