"""What holds for all tests, in whatever folder."""

import hypothesis

# However long an example takes: no test is timed, and a busy machine fails none.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_collection_modifyitems(items):
    """Put what takes longest first, so that no process is left with it alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
