"""The rate limit gives each client its own bucket."""

import pytest

from backend.serving.limits import PROBES, SLOTS, RateLimiter


def test_a_client_may_make_its_burst_and_then_its_rate():
    limiter = RateLimiter(rate=2, burst=3)
    assert [limiter.wait("a", 100) for _ in range(3)] == [0, 0, 0]
    assert limiter.wait("a", 100) == pytest.approx(0.5)
    assert limiter.wait("a", 100.5) == 0
    assert limiter.wait("a", 100.5) > 0


def test_a_refused_request_costs_no_token():
    limiter = RateLimiter(rate=1, burst=1)
    assert limiter.wait("a", 100) == 0
    for tenth in range(1, 10):
        assert limiter.wait("a", 100 + tenth / 10) > 0
    assert limiter.wait("a", 101.001) == 0


def test_clients_do_not_share_a_bucket():
    limiter = RateLimiter(rate=1, burst=1)
    assert [limiter.wait(f"client {index}", 100) for index in range(100)] == [0] * 100
    assert all(limiter.wait(f"client {index}", 100) for index in range(100))


def test_the_table_may_overflow():
    limiter = RateLimiter(rate=1, burst=1)
    assert not any(limiter.wait(f"client {index}", index / 1000) for index in range(2 * SLOTS))
    assert limiter.wait(f"client {2 * SLOTS - 1}", 2 * SLOTS / 1000) > 0
    assert PROBES < SLOTS
