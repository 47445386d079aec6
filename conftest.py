"""What holds for all tests, in whatever folder."""

import hypothesis

# However long an example takes: no test is timed, and a busy machine fails none.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
