"""A setting that cannot be used stops the start with a sentence that names it."""

import subprocess
import sys

import pytest

from tests import database
from tests.live import free_port, start_gunicorn
from volunteer_site.core.settings import WrongSetting


def test_the_server_stops_instead_of_trying_for_ever(tmp_path, capfd):
    uri = database.sqlite_copy(tmp_path / "site.sqlite")

    process = start_gunicorn(uri, free_port(), {"FLASK_DOOR_STEP_SECONDS": "7"})

    assert process.wait(timeout=60) != 0
    assert "FLASK_DOOR_STEP_SECONDS is 7" in capfd.readouterr().err


def test_a_command_stops_with_the_same_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "routes"],
        env={"FLASK_TIMEZONE": "Mars", "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "FLASK_TIMEZONE" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("former", ["abc", ["short"], [1]])
def test_a_former_secret_is_a_secret_too_and_is_not_shown(former):
    with pytest.raises(WrongSetting, match="FLASK_SECRET_KEY_FALLBACKS must be a list") as said:
        database.app_with(database.IN_MEMORY, SECRET_KEY_FALLBACKS=former)

    assert str(former) not in str(said.value)
