"""The demo's ledger is sealed by the same code, and verifies."""

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry


def test_the_demo_ledger_is_sealed_and_sound(app, tmp_path):
    app.instance_path = str(tmp_path)
    runner = app.test_cli_runner()

    loaded = runner.invoke(args=["demo", "load"])
    verified = runner.invoke(args=["ledger", "verify"])
    other = runner.invoke(args=["demo", "load", "--scale", "city"])

    assert "days sealed." in loaded.output
    assert verified.exit_code == 0, verified.output
    with app.app_context():
        entries = db.session.scalar(sa.select(sa.func.count()).select_from(HourEntry))
    assert entries > 1000
    assert "Sound: " in verified.output
    assert other.exit_code == 1 and "into an empty database" in other.output
