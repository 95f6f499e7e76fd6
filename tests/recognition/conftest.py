"""What the tests of recognition share."""

import pytest


@pytest.fixture(autouse=True)
def long_days(request):
    """Let one long service stand for many short ones; a day's limit has tests of its own (R7)."""
    if "app" in request.fixturenames:
        config = request.getfixturevalue("app").config
        config["DAY_AUTO_MINUTES"] = config["DAY_APPROVAL_MINUTES"] = 24 * 60
