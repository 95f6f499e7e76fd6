"""What the tests of oversight start from."""

import pytest
import time_machine

from tests.oversight.scene import MONDAY, Scene


@pytest.fixture
def travelled():
    """It is Monday evening after the weekly hour; `travelled.move_to` goes on from there."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(app, make, client_for, travelled):
    return Scene(app, make, client_for)
