"""What the tests of the door's pages share."""

import pytest

from tests.attendance.scene import Scene
from tests.factories import FRIDAY_18


@pytest.fixture
def scene(app, make, client_for, time_machine):
    time_machine.move_to(FRIDAY_18, tick=False)
    return Scene(app, make, client_for)
